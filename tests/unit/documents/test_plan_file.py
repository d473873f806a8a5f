"""The plan file keeps a whole plan exactly, and refuses what it cannot keep."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal as D
from importlib.resources import files
from typing import Any

import documents_factory as make
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from easeoff.documents import read_plan, write_plan
from easeoff.medicines.model import Tier
from easeoff.planning.plan import Plan
from easeoff.planning.request import Indication, MethodName, Person, Pregnancy
from easeoff.quantities import EaseoffError

SCHEMA = json.loads(files("easeoff.documents").joinpath("schemas/easeoff-plan-1.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())

figures = st.decimals(min_value=0, max_value=100, places=6, allow_nan=False)
doses = st.decimals(min_value="0.001", max_value=900, places=3, allow_nan=False)
texts = st.text(st.characters(codec="utf-8"), max_size=20)
people = st.builds(
    Person,
    indication=st.none() | st.sampled_from(Indication),
    age=st.none() | st.integers(0, 120),
    pregnancy=st.none() | st.sampled_from(Pregnancy),
    years=st.none() | figures,
    others=st.none() | st.lists(texts, max_size=3).map(tuple),
    seizures=st.none() | st.booleans(),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """The hand-built plan with other people, texts, figures and doses in it."""
    plan = make.plan()
    request = replace(
        plan.request, person=draw(people), method=draw(st.none() | st.sampled_from(MethodName)), tier=draw(st.sampled_from(Tier)),
        limit=draw(st.none() | figures), override=draw(st.none() | st.just(make.OVERRIDE)), form=draw(st.none() | texts),
    )  # fmt: skip
    dose = draw(doses)
    portion = replace(plan.steps[0].intakes[0].portions[0], mg=dose, equivalent_mg=dose, how=draw(texts))
    first = replace(
        plan.steps[0], dose_mg=dose, effect=draw(figures), drop=draw(figures), worst_drop=draw(st.none() | figures),
        intakes=(replace(plan.steps[0].intakes[0], portions=(portion,)),),
    )  # fmt: skip
    return replace(plan, request=request, steps=(first, *plan.steps[1:]))


@given(plans())
def test_reading_gives_back_the_plan_and_writing_it_again_the_same_bytes(plan: Plan) -> None:
    text = write_plan(plan)
    again = read_plan(text)
    assert again == plan
    assert write_plan(again) == text
    VALIDATOR.validate(json.loads(text))


def test_numbers_are_written_from_their_digits_and_doses_as_text() -> None:
    plan = make.plan()
    first = replace(plan.steps[0], drop=D("4.8000000000000000001"), effect=D("1E+1"))
    text = write_plan(replace(plan, steps=(first, *plan.steps[1:])))
    assert '"drop": 4.8000000000000000001,' in text
    assert '"effect": 10,' in text
    assert '"dose_mg": "37.5"' in text
    assert read_plan(text).steps[0].drop == D("4.8000000000000000001")


def test_keys_stand_in_the_promised_order() -> None:
    written = json.loads(write_plan(make.plan()))
    assert list(written) == [
        "format", "engine_version", "data_version", "created_on", "request", "status", "version", "replaces", "events",
        "medicine", "country", "method", "interval_days", "start", "steps", "goal_mg", "arrives_on", "review_on",
        "summary", "supply", "findings", "sources",
    ]  # fmt: skip
    assert list(written["steps"][0])[:14] == [
        "number", "from", "to", "days", "dose_mg", "low_mg", "high_mg", "ideal_mg", "intakes", "effect", "drop",
        "worst_drop", "percent_of_start", "because",
    ]  # fmt: skip
    portion = written["steps"][0]["intakes"][0]["portions"][0]
    assert list(portion)[:6] == ["product", "amount", "unit", "mg", "equivalent_mg", "how"]
    assert (written["steps"][0]["from"], written["steps"][3]["from"]) == ("2027-01-04", None)


@pytest.mark.parametrize("found", ["easeoff-plan/2", "easeoff-plan/1.1", "easeoff-plan/10"])
def test_another_format_version_is_refused(found: str) -> None:
    text = write_plan(make.plan()).replace("easeoff-plan/1", found)
    with pytest.raises(EaseoffError) as refused:
        read_plan(text)
    assert refused.value.message == f"This plan file is of format {found}; this version reads easeoff-plan/1."


@pytest.mark.parametrize(
    "text", ["{}", "[]", '{"format": 1}', '{"format": "easeoff-proposal/1"}', "null", '"x"']
)
def test_what_is_not_a_plan_file_is_refused(text: str) -> None:
    with pytest.raises(EaseoffError):
        read_plan(text)


WHOLE = write_plan(make.plan())


@pytest.mark.parametrize(
    "text",
    ["", "not JSON", WHOLE[:-40], WHOLE[: len(WHOLE) // 2], '{"format": NaN}', "[" * 100_000, '{"a": 1, "a": 1}',
     '{"a": ' + "9" * 5000 + "}"],
    ids=["empty", "words", "cut", "half", "nan", "deep", "repeated", "long number"],
)  # fmt: skip
def test_a_damaged_file_gets_one_clear_sentence(text: str) -> None:
    with pytest.raises(EaseoffError) as refused:
        read_plan(text)
    assert refused.value.message == "This plan file is damaged or cut short: it is not complete JSON."


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(EaseoffError, match="too large"):
        read_plan(" " * 8_000_001)


def _places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        found += _places(child, (*path, key))
    return found


FIELDS = [path for path in _places(json.loads(WHOLE)) if path != ("format",)]


def _changed(path: tuple[str | int, ...], value: Any) -> str:
    whole = json.loads(WHOLE)
    at = whole
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return json.dumps(whole)


def test_every_field_of_a_wrong_type_is_refused_by_its_name() -> None:
    for path in FIELDS:
        wrong: Any = {"surprise": 1} if not isinstance(_at(path), dict) else "surprise"
        with pytest.raises(EaseoffError) as refused:
            read_plan(_changed(path, wrong))
        field = next(str(key) for key in reversed(path) if isinstance(key, str))
        assert field in refused.value.message, path
        assert not VALIDATOR.is_valid(json.loads(_changed(path, wrong)))


def _at(path: tuple[str | int, ...]) -> Any:
    at: Any = json.loads(WHOLE)
    for key in path:
        at = at[key]
    return at


def test_a_field_that_is_missing_or_unknown_is_named() -> None:
    whole = json.loads(WHOLE)
    del whole["steps"][1]["dose_mg"]
    with pytest.raises(EaseoffError) as missing:
        read_plan(json.dumps(whole))
    assert missing.value.message == "“steps[1].dose_mg” is missing from this plan file."
    with pytest.raises(EaseoffError) as unknown:
        read_plan(_changed(("steps", 0, "dose_ml"), "1"))
    assert unknown.value.message == "“steps[0].dose_ml” is not a field of a plan file."


@pytest.mark.parametrize("dose", ["12.50", "012.5", ".5", "1e1", "-1", "12,5", "NaN", "", " 1", "१", 12.5])
def test_a_dose_is_read_only_as_plain_digits(dose: Any) -> None:
    with pytest.raises(EaseoffError, match="goal_mg"):
        read_plan(_changed(("goal_mg",), dose))


def test_parts_that_do_not_make_the_dose_are_refused() -> None:
    with pytest.raises(EaseoffError) as refused:
        read_plan(_changed(("steps", 0, "dose_mg"), "73.5"))
    assert refused.value.message == (
        "In step 1 of this plan file the parts add up to 37.5 mg, but the dose is 73.5 mg."
    )


def test_steps_out_of_order_are_refused() -> None:
    with pytest.raises(EaseoffError, match=r"Step 2 of this plan file is numbered 3\."):
        read_plan(_changed(("steps", 1, "number"), 3))


def test_what_is_taken_now_has_to_agree_with_the_request() -> None:
    with pytest.raises(EaseoffError, match="start"):
        read_plan(_changed(("start", "intakes", 0, "mg"), "500"))


def test_a_character_that_is_no_whole_character_is_refused() -> None:
    with pytest.raises(EaseoffError, match="replaces"):
        read_plan(WHOLE.replace('"replaces": ""', '"replaces": "\\ud800"'))


def test_without_times_the_whole_dose_is_what_is_taken_now() -> None:
    plan = make.plan()
    text = write_plan(replace(plan, request=replace(plan.request, intakes=())))
    assert json.loads(text)["start"] == {"dose_mg": "50", "intakes": [{"time": "", "mg": "50"}]}
    assert write_plan(read_plan(text)) == text
