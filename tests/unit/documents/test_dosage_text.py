"""The dosage text: every case in every language, nothing in part, and no number written in a way that can be misread."""

from __future__ import annotations

import gettext
import re
import string
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import documents_factory as make
import polib
import pytest
from dosage_corpus import Case, cases, formulary
from hypothesis import given
from hypothesis import strategies as st

import easeoff.documents.dosage as dosage
from easeoff.documents.dosage import LANGUAGES, intake_dosage, language, portion_dosage, step_dosage
from easeoff.documents.dosage.languages import _Refusing
from easeoff.documents.dosage.words import Counted, every_phrase
from easeoff.planning.plan import Intake, Portion
from easeoff.quantities import EaseoffError

pytestmark = pytest.mark.hazard("H-031")

LISTED = formulary()
EVERY = cases()
SAID = [case for case in EVERY if not case.refused]
REFUSED = [case for case in EVERY if case.refused]
LOCALE = Path(dosage.__file__).parent / "locale"
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def by_name(case: Case) -> str:
    return case.about


@pytest.mark.parametrize("case", SAID, ids=by_name)
def test_a_case_is_said_as_the_corpus_has_it(case: Case) -> None:
    assert case.said.keys() == set(LANGUAGES)
    for code, words in case.said.items():
        assert case.text(LISTED, code) == words


@pytest.mark.parametrize("case", REFUSED, ids=by_name)
def test_what_cannot_be_said_whole_is_refused(case: Case) -> None:
    for code in LANGUAGES:
        with pytest.raises(EaseoffError) as refusal:
            case.text(LISTED, code)
        assert refusal.value.message.startswith(case.refused)
        assert refusal.value.hint


@pytest.mark.parametrize("case", SAID, ids=by_name)
def test_every_language_names_the_same_amounts(case: Case) -> None:
    """Days of the month and years included; only the decimal mark differs."""
    english = sorted(NUMBER.findall(case.said["en"]))
    for code in LANGUAGES:
        mark = language(code).decimal_mark
        assert (
            sorted(NUMBER.findall(case.said[code].replace(mark, ".") if mark == "," else case.said[code]))
            == english
        )


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_translation_is_whole_and_keeps_every_value(code: str) -> None:
    catalogue = polib.pofile(str(LOCALE / code / "LC_MESSAGES" / "dosage.po"))
    assert not catalogue.fuzzy_entries() and not catalogue.untranslated_entries()
    known = {entry.msgid: entry for entry in catalogue}
    assert known.keys() == {p.one if isinstance(p, Counted) else p for p in every_phrase()}
    for entry in catalogue:
        for text in (entry.msgstr_plural or {0: entry.msgstr}).values():
            assert _values(text) == _values(entry.msgid), entry.msgid
    assert language(code).review == "machine-checked, not yet reviewed by a native clinician"


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_phrase_is_listed_twice() -> None:
    phrases = [p.one if isinstance(p, Counted) else p for p in every_phrase()]
    assert len(phrases) == len(set(phrases))


def test_a_phrase_without_translation_is_an_error_and_not_english() -> None:
    half_done = gettext.NullTranslations()
    half_done.add_fallback(_Refusing())
    lacking = replace(language("de"), catalogue=half_done)
    with pytest.raises(EaseoffError, match="no translation of “by mouth”"):
        lacking.say("by mouth")
    with pytest.raises(EaseoffError, match="no translation"):
        lacking.count(Counted("{number} tablet", "{number} tablets"), 2)


def test_an_unknown_language_is_asked_back() -> None:
    with pytest.raises(EaseoffError, match="not written in “xx”") as refusal:
        language("xx")
    assert "en (English), de (Deutsch)" in refusal.value.hint


def test_a_strength_that_changed_in_the_data_is_refused() -> None:
    step = make.plan().steps[0]
    stronger = replace(
        make.FORMULARY,
        products=(make.product(make.TABLET, "Sertraline 50mg tablets", "tablet", mg_per_unit=D(50)),),
    )
    with pytest.raises(EaseoffError, match="disagree about the strength"):
        step_dosage(step, stronger)


def test_parts_that_do_not_add_up_are_refused() -> None:
    step = make.plan().steps[1]
    with pytest.raises(EaseoffError, match="does not add up"):
        step_dosage(replace(step, dose_mg=D("25.5")), make.FORMULARY)


def test_days_and_dates_that_disagree_are_refused() -> None:
    step = make.plan().steps[0]
    with pytest.raises(EaseoffError, match="does not add up"):
        step_dosage(replace(step, days=27), make.FORMULARY)
    with pytest.raises(EaseoffError, match="does not add up"):
        step_dosage(replace(step, end=None), make.FORMULARY)


def test_one_product_alone_has_its_own_sentence_for_its_own_prescription() -> None:
    step = make.plan().steps[1]
    alone = [portion_dosage(step, "08:00", portion, make.FORMULARY) for portion in step.intakes[0].portions]
    assert alone[0].startswith(
        "Take 25 mg = 1 tablet of 25 mg, once a day at 08:00, by mouth, from 1 February 2027"
    )
    assert alone[1].startswith("Take 0.4 mg = 0.4 mL of 1 mg/mL oral suspension, once a day at 08:00")
    assert intake_dosage(step, step.intakes[0], make.FORMULARY).startswith(
        "Take 25 mg = 1 tablet of 25 mg, plus 0.4 mg"
    )


QUARTERS = st.integers(1, 40).map(lambda n: D(n) / 4)
HUNDREDTHS = st.integers(1, 9999).map(lambda n: D(n) / 100)


@given(
    tablets=QUARTERS,
    ml=HUNDREDTHS,
    days=st.integers(1, 400),
    dated=st.booleans(),
    code=st.sampled_from(LANGUAGES),
)
def test_no_number_can_be_misread(tablets: D, ml: D, days: int, dated: bool, code: str) -> None:
    """Never .5, 5.0, 1e-7 or 1,000: digits, one decimal mark, no needless zero; and the sum stands there."""
    parts = (Portion("tablet", tablets, "tablet", *(tablets * 25,) * 4, "", ""),
             Portion("suspension", ml, "mL", *(ml,) * 4, "", ""))  # fmt: skip
    dose = tablets * 25 + ml
    start = date(2027, 1, 4) if dated else None
    end = date.fromordinal(date(2027, 1, 4).toordinal() + days - 1) if dated else None
    step = replace(SAID[0].step, start=start, end=end, days=days, dose_mg=dose, intakes=(Intake("", parts),))
    text = step_dosage(step, LISTED, code)
    said = language(code)
    for number in re.findall(r"[\d.,]*\d", text.replace(", ", " ")):
        assert re.fullmatch(rf"(0|[1-9]\d*)([{said.decimal_mark}]\d*[1-9])?", number), text
    assert f"{said.number(dose)} mg" in text
    assert f"{said.number(ml)} m" in text
