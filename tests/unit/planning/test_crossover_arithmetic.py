"""Which dose is exchanged when and for how much, and what the named tables say: worked by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from easeoff.medicines import load_formulary
from easeoff.planning.crossover.tables import named_table, span_of, table_figures
from easeoff.planning.methods.crossover import (
    Exchange,
    allowed,
    counted,
    crossover_choices,
    exchanges,
    night_first,
)
from easeoff.quantities import EaseoffError, to_grid

MG = to_grid(Decimal(1))


def test_the_night_dose_goes_first_also_when_it_is_taken_after_midnight() -> None:
    assert night_first(("08:00", "14:00", "22:00")) == (2, 1, 0)
    assert night_first(("01:00", "08:00", "18:00")) == (0, 2, 1)
    assert night_first(("",)) == (0,)


def test_one_time_of_day_after_the_other_is_exchanged_whole() -> None:
    found = list(exchanges((MG, 2 * MG), ("08:00", "22:00"), 0, 1, frozenset({MG, 2 * MG})))
    assert found == [Exchange(1, 2 * MG, 0), Exchange(0, MG, 0)]


def test_what_is_to_stay_stays() -> None:
    found = list(exchanges((MG, 2 * MG), ("08:00", "22:00"), MG, 1, frozenset({MG, 2 * MG})))
    assert found == [Exchange(1, 2 * MG, 0)]


def test_a_part_that_cannot_be_made_is_left_larger_and_never_smaller() -> None:
    found = list(exchanges((3 * MG,), ("",), 0, 2, frozenset({MG, 2 * MG, 3 * MG})))
    assert found == [Exchange(0, 3 * MG, 2 * MG), Exchange(0, 2 * MG, 0)]


def test_the_incoming_rises_by_the_equivalent_of_what_fell_and_counts_rounded_up() -> None:
    ratio = Fraction(20) / Fraction(3)
    assert allowed(Exchange(0, MG, 0), 0, ratio) == 6_666_666
    assert counted(5 * MG, Fraction(15)) == 333_334


def test_alprazolam_stands_for_fifteen_to_thirty_milligrams_of_diazepam() -> None:
    figures = table_figures(
        load_formulary("alprazolam", "GB"), load_formulary("diazepam", "GB"), Decimal("1.5")
    )
    by_table = {figure.table: (figure.low_mg, figure.high_mg, figure.usable) for figure in figures}
    assert by_table["Ashton type (ADFD)"] == (30, 30, True)
    assert by_table["NSW Health Table 11.2"] == (15, 15, True)
    assert by_table["ClinCalc (as reproduced by benzoreform.org)"] == (Decimal("7.5"), 30, False)
    assert span_of(figures) == (15, 30), "what is not verified widens no range"


def test_between_two_that_are_not_diazepam_one_table_has_to_list_both() -> None:
    figures = table_figures(load_formulary("lorazepam", "GB"), load_formulary("oxazepam", "GB"), Decimal(1))
    by_table = {figure.table: (figure.low_mg, figure.high_mg) for figure in figures}
    assert by_table["Ashton type (ADFD)"] == (20, 20)
    assert (
        table_figures(load_formulary("lorazepam", "GB"), load_formulary("sertraline", "GB"), Decimal(1)) == ()
    )


@pytest.mark.hazard("H-015")
def test_a_table_is_named_by_a_part_of_its_name_only_where_one_has_it() -> None:
    figures = table_figures(
        load_formulary("alprazolam", "GB"), load_formulary("diazepam", "GB"), Decimal("1.5")
    )
    assert named_table("nsw", figures) == "NSW Health Table 11.2"
    assert named_table("Prescriber", figures) == "prescriber"
    with pytest.raises(EaseoffError, match="Ashton"):
        named_table("Ashton", figures)
    with pytest.raises(EaseoffError, match="cannot be trusted"):
        named_table("ClinCalc", figures)


def test_the_figures_of_our_own_name_their_basis() -> None:
    choices = crossover_choices()
    assert (choices.check_from, choices.check_to) == (5, 7) and choices.days >= choices.check_to
    assert "our choice" in choices.basis
