"""Reading what people type: what is plain is read, everything else is asked back in one sentence and a hint."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from easeoff.quantities import (
    EaseoffError,
    Mass,
    QuantityError,
    Volume,
    format_mg,
    format_ml,
    parse_amount,
    parse_mass,
    parse_medicine_and_dose,
    parse_number,
    plain,
)

#: Amounts as people meet them: up to six places, never more digits than the parser takes.
amounts = st.decimals(min_value=0, max_value=99_999, places=6).map(lambda d: d.normalize() + 0)


@pytest.mark.hazard("H-002")
@pytest.mark.parametrize(
    ("text", "mg"),
    [
        ("100 mg", "100"),
        ("100mg", "100"),
        ("12.5 mg", "12.5"),
        ("0.5 mg", "0.5"),
        (".5 mg", "0.5"),
        ("5.0 mg", "5"),
        ("  7.5  mg  ", "7.5"),
        ("20 MG", "20"),
        ("20 mgs", "20"),
        ("250 mcg", "0.25"),
        ("250 micrograms", "0.25"),
        ("250 µg", "0.25"),
        ("250 μg", "0.25"),
        ("0.3 g", "300"),
    ],
)
def test_a_plain_dose_is_read_exactly(text: str, mg: str) -> None:
    assert parse_mass(text) == Mass(Decimal(mg))


@pytest.mark.hazard("H-002")
@pytest.mark.parametrize("text", ["12,5 mg", "1,000 mg", "1,234.5 mg", "0,5 ml", "5, mg", ",5 mg"])
def test_a_comma_is_asked_back_because_it_can_mean_two_things(text: str) -> None:
    with pytest.raises(QuantityError) as asked:
        parse_amount(text)
    assert "comma" in asked.value.message
    assert asked.value.hint


@pytest.mark.hazard("H-002")
def test_a_comma_in_a_bare_number_is_asked_back_too() -> None:
    with pytest.raises(QuantityError, match="comma"):
        parse_number("2,5")


def test_the_hint_for_a_comma_never_suggests_a_number_that_cannot_be_read() -> None:
    with pytest.raises(QuantityError) as asked:
        parse_amount("1,234.5 mg")
    assert "1.234.5" not in asked.value.hint


@pytest.mark.hazard("H-001")
@pytest.mark.parametrize("text", ["100", "12.5", ".5", "0"])
def test_a_number_without_its_unit_is_never_given_one(text: str) -> None:
    with pytest.raises(QuantityError, match="no unit"):
        parse_amount(text)


@pytest.mark.hazard("H-001")
@pytest.mark.parametrize("text", ["5 ml", "0.5 mL", "10 millilitres", "2ML"])
def test_a_volume_is_refused_for_a_dose_because_it_says_nothing_without_the_bottles_strength(
    text: str,
) -> None:
    assert isinstance(parse_amount(text), Volume)
    with pytest.raises(QuantityError, match="volume"):
        parse_mass(text)


@pytest.mark.hazard("H-001")
@pytest.mark.parametrize(
    "text",
    ["5 drops", "1 tablet", "100 iu", "3 mmol", "2 tsp", "50 mg/ml", "50 mg/5 ml", "10 %", "1 kg", "5 ng"],
)
def test_a_unit_that_is_not_mass_or_volume_is_asked_back(text: str) -> None:
    with pytest.raises(QuantityError):
        parse_amount(text)


@pytest.mark.hazard("H-002")
@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "mg", "abc", "-5 mg", "−5 mg", "- 5 mg", "+5 mg", "1e3 mg", "1E2mg", "0x10 mg", "1_000 mg", "1 000 mg",
        "1'000 mg", "5. mg", "1.2.3 mg", "..5 mg", "½ mg", "1½ mg", "²5 mg", "nan mg", "inf mg", "Infinity mg", "٫5 mg",
        "100\x00 mg", "100 mg; drop table", "100 mg 50 mg", "<b>100</b> mg", "${100} mg", "1/2 mg", "5-10 mg", "~5 mg",
        "9999999999999 mg", "0.00000000000001 mg", "1" * 10_000 + " mg", "٣،٥ mg", "1\u200b00 mg", "１.５.５ mg",
    ],
)  # fmt: skip
def test_an_amount_that_is_not_plain_is_asked_back(text: str) -> None:
    with pytest.raises(QuantityError) as asked:
        parse_amount(text)
    assert asked.value.message and asked.value.hint
    assert len(str(asked.value)) < 300, "a long text is not echoed in full"


@given(st.text(max_size=40))
def test_any_text_is_read_or_asked_back_and_nothing_else(text: str) -> None:
    for parse in (parse_amount, parse_mass, parse_number, parse_medicine_and_dose):
        try:
            parse(text)
        except EaseoffError as asked:
            assert asked.message


@pytest.mark.hazard("H-002", "H-003")
@given(amounts)
def test_what_is_written_is_read_back_the_same(amount: Decimal) -> None:
    assert parse_mass(format_mg(amount)) == Mass(amount)
    assert parse_amount(format_ml(amount)) == Volume(amount)
    assert parse_number(plain(amount)) == amount


@given(st.sampled_from(["sertraline", "St John's wort", "insulin glargine"]), amounts)
def test_a_medicine_and_its_dose_are_told_apart(name: str, amount: Decimal) -> None:
    assert parse_medicine_and_dose(f"{name} {format_mg(amount)}") == (name, Mass(amount))


@pytest.mark.parametrize(
    "text",
    [
        "sertraline",
        "sertraline mg",
        "100 mg",
        "",
        "sertraline 100",
        "sertraline 5 ml",
        "sertraline 1,5 mg",
        "sertraline -5 mg",
    ],
)
def test_a_medicine_without_a_clear_dose_is_asked_back(text: str) -> None:
    with pytest.raises(QuantityError):
        parse_medicine_and_dose(text)


def test_a_very_long_text_is_asked_back() -> None:
    with pytest.raises(QuantityError):
        parse_medicine_and_dose(" " * 20_000 + "1")
