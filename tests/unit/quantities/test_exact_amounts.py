"""Amounts are exact: nothing drifts, nothing is rounded unseen, nothing is written in two ways."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from easeoff.quantities import (
    Concentration,
    Count,
    Mass,
    QuantityError,
    Volume,
    count_in_words,
    exact_decimal,
    format_mg,
    from_grid,
    on_grid,
    plain,
    rounded,
    to_grid,
)

grid_units = st.integers(0, 10**12)
small = st.decimals(min_value="0.01", max_value=1000, places=2)


@pytest.mark.hazard("H-003")
@given(grid_units)
def test_a_dose_survives_the_grid(units: int) -> None:
    assert to_grid(from_grid(units)) == units


@pytest.mark.hazard("H-002")
@given(grid_units)
def test_a_dose_is_written_with_a_leading_zero_no_trailing_zero_and_no_exponent(units: int) -> None:
    text = format_mg(from_grid(units))
    assert re.fullmatch(r"(0|[1-9]\d*)(\.\d*[1-9])? mg", text)
    assert Decimal(text.removesuffix(" mg")) == from_grid(units)


@pytest.mark.parametrize(
    ("number", "text"), [("1E+2", "100"), ("1E-7", "0.0000001"), ("5.00", "5"), ("-0", "0"), ("0.50", "0.5")]
)
def test_a_number_is_written_plainly_however_it_is_held(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


def test_what_falls_between_two_grid_units_is_refused_and_never_rounded() -> None:
    assert on_grid(Fraction(1, 3)) is None
    with pytest.raises(ValueError, match="millionths"):
        to_grid(Decimal("0.0000001"))


@pytest.mark.hazard("H-001", "H-003")
@given(small, small, small)
def test_millilitres_times_strength_is_milligrams_exactly(mg: Decimal, ml: Decimal, volume: Decimal) -> None:
    strength = Concentration(mg, ml)
    mass = strength.mass_in(Volume(volume))
    if mass is None:
        assert exact_decimal(Fraction(mg) / Fraction(ml) * Fraction(volume)) is None
        return
    assert Fraction(mass.mg) * Fraction(ml) == Fraction(mg) * Fraction(volume)
    assert strength.volume_of(mass) == Volume(volume)


@given(st.fractions(max_denominator=10**6))
def test_a_fraction_has_a_decimal_only_where_its_digits_end(value: Fraction) -> None:
    found = exact_decimal(value)
    if found is None:
        denominator = value.denominator
        for prime in (2, 5):
            while denominator % prime == 0:
                denominator //= prime
        assert denominator != 1
    else:
        assert Fraction(found) == value


@pytest.mark.parametrize("bad", ["-1", "NaN", "Infinity"])
def test_a_mass_or_volume_is_never_negative_or_nothing_at_all(bad: str) -> None:
    with pytest.raises(QuantityError):
        Mass(Decimal(bad))
    with pytest.raises(QuantityError):
        Volume(Decimal(bad))
    with pytest.raises(QuantityError):
        Count(Decimal(bad))


@pytest.mark.parametrize(("mg", "ml"), [("0", "5"), ("5", "0"), ("-5", "1")])
def test_a_strength_of_nothing_is_refused(mg: str, ml: str) -> None:
    with pytest.raises(QuantityError):
        Concentration(Decimal(mg), Decimal(ml))


def test_more_than_all_of_it_cannot_be_taken_away() -> None:
    with pytest.raises(QuantityError):
        Mass(Decimal(5)) - Mass(Decimal(6))


@pytest.mark.hazard("H-023")
@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        ("0.25", "tablet", "a quarter of a tablet"),
        ("0.5", "tablet", "half a tablet"),
        ("0.5", "orodispersible tablet", "half an orodispersible tablet"),
        ("1", "capsule", "1 capsule"),
        ("1.5", "tablet", "1 and a half tablets"),
        ("2", "tablet", "2 tablets"),
        ("2.75", "tablet", "2 and three quarters tablets"),
    ],
)
def test_pieces_are_said_as_people_say_them(amount: str, unit: str, words: str) -> None:
    assert count_in_words(Decimal(amount), unit) == words


@pytest.mark.hazard("H-003")
def test_a_figure_is_rounded_from_the_exact_number_not_from_a_binary_one() -> None:
    assert rounded(Decimal("2.675"), 2) == Decimal("2.68")
    assert rounded(Decimal("2.665"), 2) == Decimal("2.66")
