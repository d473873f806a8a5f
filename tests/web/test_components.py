"""Each component alone: what it says, how it is tied to its labels, what it does with nothing and with hostile text."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from easeoff.web.planning.fields import Field, Kind, choices
from easeoff.web.planning.showing import shown_field
from easeoff.web.ui.themes import THEMES

FOLDER = Path(settings.WEB_DIR) / "ui/templates/easeoff/components"
CSS = (Path(settings.WEB_DIR) / "ui/static/easeoff.css").read_text(encoding="utf-8")
HOSTILE = '"><script>alert(1)</script>{{7*7}}'
RADIO = Field(
    "goal", "What do you want?", Kind.RADIO, "Both are good.", choices(("less", "Less"), ("stop", "Stop"))
)
TICKS = Field(
    "devices", "What do you have?", Kind.CHECKS, "", choices(("a", "A syringe"), ("b", "A scale"), skip="")
)
DOSE = Field("dose", "Dose a day", Kind.NUMBER, "In mg.", suffix="mg", longest=12)
NAME = Field("name", "Medicine", Kind.TEXT, suggestions=("sertraline", "sodium <valproate>"))
OTHERS = Field("others", "Others", Kind.LINES, "One a line.", longest=300)


def component(name: str, **context: object) -> str:
    return render_to_string(f"easeoff/components/{name}.html", context)


def drawn(field: Field, typed: str | None = None, error: str = "", **more: object) -> str:
    answers = {} if typed is None else {field.key: typed}
    return component("field", shown=shown_field(field, answers, {field.key: error} if error else {}), **more)


def test_every_component_is_tested_here() -> None:
    tested = Path(__file__).read_text(encoding="utf-8")
    for file in FOLDER.glob("*.html"):
        assert f"# {file.stem}\n" in tested, (
            f"{file.name} has no tests under its name in {Path(__file__).name}"
        )


# error_summary


def test_the_summary_of_errors_is_announced_and_each_line_leads_to_its_field() -> None:
    page = component("error_summary", errors={"dose_1": "No dose was given.", "age": "Write your age."})
    assert 'role="alert"' in page and "data-focus" in page and 'tabindex="-1"' in page
    assert re.search(
        r'aria-labelledby="errors-title".*<h2 id="errors-title">Please check these</h2>', page, re.S
    )
    assert '<a href="#dose_1">No dose was given.</a>' in page and '<a href="#age">Write your age.</a>' in page
    assert "Please check this<" in component("error_summary", errors={"age": "Write your age."})


def test_without_errors_there_is_no_summary() -> None:
    assert component("error_summary", errors={}).strip() == ""


# field


def test_a_choice_is_a_group_with_a_legend_and_each_option_has_its_label() -> None:
    page = drawn(RADIO, "stop")
    assert page.count("<fieldset") == page.count("</fieldset>") == 1
    assert "<legend>What do you want?</legend>" in page
    assert 'aria-describedby="goal-hint"' in page and 'id="goal-hint">Both are good.' in page
    ids = re.findall(r'<input type="radio" id="([^"]+)"', page)
    assert ids[0] == "goal" and len(set(ids)) == len(ids) == 3, (
        "the summary of errors leads to the first option"
    )
    assert re.findall(r'<label for="([^"]+)"', page) == ids
    assert re.findall(r'value="([^"]*)" checked', page) == ["stop"]


def test_several_ticks_can_be_set() -> None:
    page = drawn(TICKS, "a\nb")
    assert page.count('type="checkbox"') == page.count(" checked") == 2
    assert " checked" not in drawn(TICKS, "-"), "none of them is an answer too"


def test_a_legend_that_repeats_the_heading_is_kept_for_screen_readers() -> None:
    assert '<legend class="hidden">What do you want?</legend>' in drawn(RADIO, only=True)


def test_a_text_field_has_a_label_and_is_tied_to_its_hint_and_its_error() -> None:
    page = drawn(DOSE, "ten", "Write it in figures.")
    assert '<label for="dose">Dose a day</label>' in page
    assert 'aria-describedby="dose-hint dose-error"' in page and 'aria-invalid="true"' in page
    assert '<p class="error" id="dose-error"><strong>Please check:</strong> Write it in figures.</p>' in page
    assert 'value="ten"' in page, "what was typed stays"
    assert "has-error" in page and "has-error" not in drawn(DOSE, "10")


@pytest.mark.parametrize("field", [RADIO, DOSE, NAME, OTHERS], ids=lambda field: field.kind)
def test_hostile_text_in_a_field_stays_text(field: Field) -> None:
    page = drawn(field, HOSTILE, HOSTILE)
    assert "<script" not in page and "49" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


# input


def test_a_number_has_its_unit_and_the_keys_of_a_phone_for_figures() -> None:
    page = drawn(DOSE, "10")
    assert (
        'inputmode="decimal"' in page
        and '<span class="suffix">mg</span>' in page
        and 'maxlength="12"' in page
    )


def test_the_browser_neither_fills_in_nor_corrects_what_is_typed() -> None:
    for field in (DOSE, NAME, OTHERS):
        assert 'spellcheck="false"' in drawn(field, "x")
    assert 'autocomplete="off"' in drawn(NAME, "x")


def test_several_lines_get_a_box() -> None:
    page = drawn(OTHERS, "one\ntwo")
    assert re.search(r'<textarea id="others" name="others"[^>]*>one\ntwo</textarea>', page)
    assert '<label for="others">' in page


def test_suggestions_stand_in_a_list_of_their_own() -> None:
    page = drawn(NAME, "")
    assert 'list="name-list"' in page and '<datalist id="name-list">' in page
    assert "sodium &lt;valproate&gt;" in page


@pytest.mark.parametrize(
    ("kind", "drawn_as"), [(Kind.DATE, "date"), (Kind.TIME, "time"), (Kind.TEXT, "text")]
)
def test_a_date_a_time_and_a_text_are_asked_for_as_such(kind: Kind, drawn_as: str) -> None:
    assert f'type="{drawn_as}"' in drawn(Field("when", "When", kind), "")


# finding


@pytest.mark.parametrize(
    ("level", "word"), [("stop", "Stop"), ("warn", "Take care"), ("note", "Good to know")]
)
def test_a_finding_says_how_grave_it_is_in_words_and_not_by_colour_alone(level: str, word: str) -> None:
    page = component("finding", finding=SimpleNamespace(level=level, text="Cut by 5 mg < 10 mg."))
    assert f'class="finding {level}"' in page and word in page
    assert re.search(r'<span aria-hidden="true">[■▲●]</span>', page), "the sign is not read out"
    assert "Cut by 5\u00a0mg &lt; 10\u00a0mg." in page, "a number and its unit stay on one line"


# theme_buttons


@pytest.mark.parametrize("theme", [value for value, _ in THEMES])
def test_one_theme_is_pressed_and_the_others_are_not(theme: str) -> None:
    page = component("theme_buttons", themes=THEMES, theme=theme)
    assert page.count('name="theme"') == len(THEMES)
    assert re.findall(r'value="(\w+)"[^>]*aria-pressed="true"', page) == [theme]
    assert "formnovalidate" not in page


def test_inside_a_form_the_theme_is_sent_with_what_was_typed() -> None:
    page = component("theme_buttons", themes=THEMES, theme="auto", form_id="flow")
    assert page.count('form="flow" formnovalidate') == len(THEMES)


# The tokens


def tokens(selector: str) -> dict[str, str]:
    block = re.search(rf"{re.escape(selector)}\s*{{(.*?)}}", CSS, re.S)
    assert block, selector
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", block[1]))


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((brightness(one), brightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


LOOKS = {
    "light": tokens(":root"),
    "dark": tokens('[data-theme="dark"]'),
    "dim": tokens('[data-theme="dim"]'),
}


@pytest.mark.parametrize("look", LOOKS)
def test_in_every_theme_text_edges_and_the_ring_of_the_focus_can_be_seen(look: str) -> None:
    held = LOOKS[look]
    for ground in ("paper", "sheet", "sunk"):
        for ink in ("ink", "quiet", "link", "clay", "alarm"):
            assert contrast(held[ink], held[ground]) >= 4.5, (ink, ground)
        assert contrast(held["line"], held[ground]) >= 3, ("the edge of a field", ground)
        ring = max(contrast(held[one], held[ground]) for one in ("focus", "focus-back"))
        assert ring >= 3, ("the ring", ground)
    assert contrast(held["focus"], held["focus-back"]) >= 3
    assert contrast(held["on-deep"], held["deep"]) >= 4.5
    assert (
        contrast(held["alarm"], held["alarm-soft"]) >= 4.5
        and contrast(held["clay"], held["clay-soft"]) >= 4.5
    )


def test_no_theme_is_pure_white_or_black_and_dim_is_the_quietest() -> None:
    for look, held in LOOKS.items():
        assert not {"#ffffff", "#000000"} & set(held.values()), look
    brightest = {
        look: max(brightness(held["paper"]), brightness(held["ink"])) for look, held in LOOKS.items()
    }
    assert brightest["dim"] < brightest["dark"] < brightest["light"]


def test_a_device_that_prefers_dark_gets_the_dark_theme_itself() -> None:
    assert tokens(":root:not([data-theme])") == LOOKS["dark"]


def test_every_colour_outside_print_is_a_token() -> None:
    looks = "|".join(
        re.escape(selector) for selector in (":root", '[data-theme="dark"]', '[data-theme="dim"]')
    )
    rules = re.sub(r"@media print.*", "", CSS, flags=re.S)
    rules = re.sub(rf"(?:{looks})(?::not\(\[data-theme\]\))?\s*{{.*?}}", "", rules, flags=re.S)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)}])|rgba?\(|hsla?\(", rules)


def test_nothing_moves() -> None:
    assert not re.search(r"animation|transition|@keyframes|scroll-behavior", CSS)
