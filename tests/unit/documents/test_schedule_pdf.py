"""The printed schedule: every dose with its unit, tagged for screen readers, and only from a plan that may be followed."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal as D

import documents_factory as make
import pypdf
import pytest

from easeoff.directory import Kind, Service, Status, crisis_panel
from easeoff.documents import schedule_pdf, step_rows
from easeoff.documents.drawings import drawing_of
from easeoff.documents.scheduledata import schedule_data
from easeoff.documents.typesetting import LACKING_NOTE
from easeoff.planning.plan import Intake, Plan
from easeoff.proposing.proposal import Proposal
from easeoff.quantities import EaseoffError
from easeoff.safety.words import NOTICE, RED_CARD_INTRO, START_ONLY_IF, red_flags

US_LETTER, A4 = (612, 792), (595, 842)
PANEL = crisis_panel((), "GB", make.plan().created_on)


def _pages(pdf: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def _long_plan() -> Plan:
    doses = [D("49.9") - D("0.8") * number for number in range(60)]
    parts = [(str(dose), (*[make.tablets("1")] * (dose > 25), make.liquid(str(dose % 25)))) for dose in doses]
    return make.plan(tuple(parts), days=14)


@pytest.fixture(scope="module")
def text() -> str:
    return " ".join(_pages(schedule_pdf(make.proposal())))


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("us-letter", US_LETTER)])
def test_it_is_tagged_titled_and_in_british_english(paper: str, size: tuple[int, int]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(schedule_pdf(make.proposal(), paper)))  # type: ignore[arg-type]
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == "Sertraline: schedule to the next review"
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_every_step_prints_its_dose_its_parts_and_when_to_start(text: str) -> None:
    for row in step_rows(make.plan(), make.FORMULARY):
        assert row.dose in text
        assert row.drop in text
        for intake in row.intakes:
            assert intake.text in text
    assert text.count(START_ONLY_IF) == 3
    assert "Mon 4 Jan" in text
    assert "4 January to 31 January 2027" in text


def test_dates_stop_at_the_review_and_the_rest_is_an_outline(text: str) -> None:
    assert "Next review 29 March 2027" in text
    assert "Sun 28 Mar" in text
    assert "Mon 29 Mar" not in text
    outline = text[text.index("Later steps, an outline") :]
    assert outline.index("Step 4 0.9 mg") < outline.index("Step 5 0 mg")


def test_it_says_whose_proposal_it_is_and_what_to_do_when_it_gets_hard(text: str) -> None:
    for words in ("A proposal to take to your prescriber", "Until then keep taking 50 mg a day as you do now.",
                  "never take a double dose", RED_CARD_INTRO, NOTICE, "Version 1, made on 20 December 2026",
                  "nothing: this is the first version", "listed on 14 August 2025", "data version 2025.08",
                  "1 taken from a work that quotes it", *red_flags(make.MEDICINE)):  # fmt: skip
        assert words in text
    assert not re.search(r"optimal|proved|\bsafe\b", text)


def test_sixty_steps_print_whole() -> None:
    plan = _long_plan()
    text = " ".join(_pages(schedule_pdf(make.proposal(plan))))
    for row in step_rows(plan, make.FORMULARY):
        assert f"{row.name}: {row.dose} a day" in text or f"{row.name} {row.dose} " in text
        assert all(intake.text in text for intake in row.intakes)


def test_a_recorded_override_stands_on_every_page() -> None:
    plan = _long_plan()
    override = replace(make.OVERRIDE, reason="Agreed in clinic. " * 30)
    plan = replace(plan, request=replace(plan.request, override=override), findings=make.LIFTED)
    pages = _pages(schedule_pdf(make.proposal(plan)))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert "Stops were lifted by A prescriber, GP, registration 0000000, on 19 December 2026" in page
        assert f"Page {number} of {len(pages)}" in page


@pytest.mark.parametrize(
    ("proposal", "message"),
    [
        (make.proposal(findings=(make.STOP,)), "No schedule is printed while a stop stands."),
        (
            make.proposal(open_questions=(make.QUESTION,)),
            "No schedule is printed while questions are open: pregnancy.",
        ),
        (
            make.proposal(within_limit=False),
            "No schedule is printed from a draft that is not within your limits.",
        ),
        (
            replace(make.proposal(), plan=None),
            "No schedule is printed from a draft that is not within your limits.",
        ),
    ],
    ids=["stop", "open", "beyond", "none"],
)
def test_what_may_not_be_followed_is_not_printed(proposal: Proposal, message: str) -> None:
    with pytest.raises(EaseoffError) as refused:
        schedule_pdf(proposal)
    assert refused.value.message == message
    assert refused.value.hint


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(EaseoffError, match="a4 or us-letter"):
        schedule_pdf(make.proposal(), "a5")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["中村", "\x01", "😀", "김 민준"])
def test_letters_that_cannot_be_printed_are_said_and_never_a_box(name: str) -> None:
    plan = make.plan()
    override = replace(make.OVERRIDE, name=f"A {name} B")
    pages = _pages(
        schedule_pdf(make.proposal(replace(plan, request=replace(plan.request, override=override))))
    )
    assert "by A [letters we cannot print] B, GP" in pages[0]
    assert LACKING_NOTE in pages[0]
    assert all(f"{row.dose} a day" in " ".join(pages) for row in step_rows(plan, make.FORMULARY)[:3])


def test_markup_in_a_text_is_printed_and_not_obeyed() -> None:
    plan = make.plan()
    name = '#panic("x") *bold* $x$ = heading <label> @ref \\u{41} Żółć Жук'
    plan = replace(plan, request=replace(plan.request, override=replace(make.OVERRIDE, name=name)))
    assert name in _pages(schedule_pdf(make.proposal(plan)))[0]


def test_the_same_proposal_gives_the_same_bytes() -> None:
    assert schedule_pdf(make.proposal()) == schedule_pdf(make.proposal())


def test_a_plan_without_dates_has_boxes_by_day_and_long_steps_boxes_by_week() -> None:
    by_day = schedule_data(make.plan(dated=0), make.FORMULARY, PANEL)["blocks"][0]  # type: ignore[index,call-overload]
    assert by_day["weeks"][0][0] == "day 1"
    assert sum(len(week) for week in by_day["weeks"]) == 28
    second = schedule_data(make.plan(dated=0), make.FORMULARY, PANEL)["blocks"][1]  # type: ignore[index,call-overload]
    assert second["when"].startswith("day 29 to day 56")
    assert second["weeks"][0][0] == "day 29" and second["weeks"][-1][-1] == "day 56"
    by_week = schedule_data(make.plan(dated=0, days=90), make.FORMULARY, PANEL)["blocks"][0]  # type: ignore[index,call-overload]
    assert [label for week in by_week["weeks"] for label in week] == [f"week {n}" for n in range(1, 14)]


def test_a_box_for_each_intake_of_the_day() -> None:
    plan = make.plan()
    first = plan.steps[0]
    twice = replace(
        first,
        dose_mg=first.dose_mg * 2,
        intakes=(first.intakes[0], Intake("22:00", first.intakes[0].portions)),
    )
    plan = replace(plan, steps=(twice, *plan.steps[1:]))
    assert schedule_data(plan, make.FORMULARY, PANEL)["blocks"][0]["boxes"] == 2  # type: ignore[index,call-overload]
    assert "Take at 22:00: one and a half 25 mg tablets (37.5 mg)" in " ".join(
        _pages(schedule_pdf(make.proposal(plan)))
    )


def test_drawings_show_the_parts_and_the_line_of_the_syringe() -> None:
    assert drawing_of(make.tablets("1.5"), make.FORMULARY) == {"kind": "tablet", "whole": 1, "quarters": 2}
    assert drawing_of(make.liquid("0.4"), make.FORMULARY) == {
        "kind": "syringe", "fill": 400, "label": "0.4 mL", "size": "1 mL", "marks": 10,
        "numbers": [[0, "0"], [200, "0.2"], [400, "0.4"], [600, "0.6"], [800, "0.8"]],
    }  # fmt: skip
    assert drawing_of(make.tablets("7"), make.FORMULARY) is None
    assert drawing_of(make.liquid("1.01"), make.FORMULARY) is None
    assert drawing_of(replace(make.liquid("0.4"), device="unknown"), make.FORMULARY) is None
    coarse = replace(make.DEVICE, size_ml=D(5), mark_ml=D("0.2"))
    drawn = drawing_of(make.liquid("0.4"), replace(make.FORMULARY, devices=(coarse,)))
    assert drawn is not None
    assert (drawn["marks"], drawn["fill"]) == (25, 80)
    assert drawn["numbers"] == [[0, "0"], [200, "1"], [400, "2"], [600, "3"], [800, "4"]]


def test_the_typesetter_is_loaded_only_to_print() -> None:
    code = "import sys, easeoff.documents; raise SystemExit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.hazard("H-018", "H-028")
def test_the_paper_names_only_crisis_numbers_that_a_person_has_checked() -> None:
    today = make.plan().created_on
    line = Service("lantern", "Lantern Line", Kind.CRISIS_LINE, "GB", phone="01632 960001", url="https://lantern.example",
                   status=Status.ACTIVE)  # fmt: skip
    unchecked = crisis_panel([line], "GB", today, {"GB": "000"})
    text = " ".join(_pages(schedule_pdf(make.proposal(), panel=unchecked)))
    assert "If life is in danger, ring 000 now." in text
    assert "Lantern Line, lantern.example" in text and "960001" not in text
    checked = crisis_panel([replace(line, last_human_check=today)], "GB", today)
    text = " ".join(_pages(schedule_pdf(make.proposal(), panel=checked)))
    assert "Lantern Line: ring 01632 960001. Checked on 20 December 2026." in text
    assert "If life is in danger, ring your local emergency number now." in text


def test_without_a_panel_the_paper_names_no_line_and_the_local_emergency_number(text: str) -> None:
    assert "If life is in danger, ring your local emergency number now." in text


def test_four_hundred_daily_steps_print_whole_and_a_day_alone_has_one_date() -> None:
    parts = [
        (str(D("0.9") - D("0.001") * n), (make.liquid(str(D("0.9") - D("0.001") * n)),)) for n in range(400)
    ]
    plan = make.plan(tuple(parts), dated=12, days=1)
    text = " ".join(_pages(schedule_pdf(make.proposal(plan))))
    rows = step_rows(plan, make.FORMULARY)
    assert rows[0].when == "4 January 2027"
    for row in rows:
        assert f"{row.name}: {row.dose} a day" in text or f"{row.name} {row.dose} " in text
        assert all(intake.text in text for intake in row.intakes)


@pytest.mark.parametrize("country", ["US", "CA"])
def test_where_letter_paper_is_usual_it_is_taken_unless_another_is_said(country: str) -> None:
    plan = replace(make.plan(), country=country)
    page = pypdf.PdfReader(io.BytesIO(schedule_pdf(make.proposal(plan)))).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == US_LETTER


def test_large_print_has_large_letters_and_says_all_that_ordinary_print_says() -> None:
    plan = make.plan()
    large, ordinary = (schedule_pdf(make.proposal(plan), large=size) for size in (True, False))
    text = " ".join(_pages(large))
    for row in step_rows(plan, make.FORMULARY):
        assert row.dose in text and row.drop in text
    assert NOTICE in text and all(flag in text for flag in red_flags(make.MEDICINE))
    assert len(_pages(large)) > len(_pages(ordinary))
    sizes: list[float] = []
    page = pypdf.PdfReader(io.BytesIO(large)).pages[0]
    page.extract_text(
        visitor_text=lambda text, cm, tm, font, size: (
            sizes.append(abs(tm[3] * cm[3] * size)) if text.strip() else None
        )
    )
    assert sorted(sizes)[len(sizes) // 4] >= 16


def test_the_lines_for_whom_to_call_stand_beside_what_to_do_when_it_gets_hard(text: str) -> None:
    for words in (
        "Whom I call, with the number",
        "My prescriber",
        "When they are closed",
        "My pharmacy",
        "Someone I trust",
    ):
        assert words in text


@pytest.mark.hazard("H-023")
@pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large print"])
def test_six_times_a_day_with_three_products_each_are_printed_whole(large: bool) -> None:
    plan = make.plan()
    first = plan.steps[0]
    portions = (make.tablets("1.5"), make.liquid("0.4"), make.tablets("0.5"))
    intakes = tuple(Intake(f"{hour:02}:00", portions) for hour in (6, 9, 12, 15, 18, 22))
    often = replace(first, intakes=intakes, dose_mg=sum((i.mg for i in intakes), D(0)), days=42)
    plan = replace(plan, steps=(often, *plan.steps[1:]))
    pages = _pages(schedule_pdf(make.proposal(plan), large=large))
    text = " ".join(pages)
    for intake in intakes:
        assert f"Take at {intake.time}: one and a half 25 mg tablets" in text
    for reader_page in pypdf.PdfReader(io.BytesIO(schedule_pdf(make.proposal(plan), large=large))).pages:
        lowest: list[float] = []
        reader_page.extract_text(
            visitor_text=lambda t, cm, tm, f, s, low=lowest: low.append(
                (cm[5] + tm[5] * cm[3]) if t.strip() else 100
            )
        )
        assert min(lowest) > 0, "nothing runs off the foot of the page"
    assert "Sun 14 Feb" in text
