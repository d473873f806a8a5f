"""Which step is allowed, at the edges where one unit decides."""

from __future__ import annotations

from fractions import Fraction

import pytest

from easeoff.pharmacology import FULL, PER_POINT, Occupancy, ShareOfStart
from easeoff.planning.rules import StepRule

MG = 10**6


def test_a_cut_of_exactly_the_cap_is_allowed_and_one_unit_more_is_not() -> None:
    rule = StepRule(ShareOfStart(100 * MG), 100 * MG, cap=Fraction(1, 4))
    assert rule.allows(100 * MG, 75 * MG)
    assert not rule.allows(100 * MG, 75 * MG - 1)


def test_at_or_below_the_ed50_only_the_points_count() -> None:
    ed50 = 9 * MG
    rule = StepRule(
        Occupancy(ed50, 100 * MG), 100 * MG, effect_drop=50 * PER_POINT, cap=Fraction(1, 10), cap_above=ed50
    )
    assert not rule.allows(ed50 + 1, ed50 // 2)
    assert rule.allows(ed50, ed50 // 2)


def test_from_the_end_dose_on_the_steps_are_parts_of_the_start() -> None:
    rule = StepRule(ShareOfStart(100 * MG), 100 * MG, cap=Fraction(1, 10), cap_above=10 * MG, tail=10 * MG)
    assert rule.allows(10 * MG, 0), "a method that never reaches zero is given an end"
    assert not rule.allows(11 * MG, 0)


def test_the_first_cut_is_held_smaller_only_from_todays_dose() -> None:
    rule = StepRule(ShareOfStart(100 * MG), 100 * MG, cap=Fraction(1, 4), first_cut=Fraction(1, 10))
    assert not rule.allows(100 * MG, 89 * MG)
    assert rule.allows(90 * MG, 68 * MG)


def test_a_step_never_leads_up_or_nowhere() -> None:
    rule = StepRule(ShareOfStart(100 * MG), 100 * MG)
    assert not rule.allows(50 * MG, 50 * MG)
    assert not rule.allows(50 * MG, 51 * MG)


@pytest.mark.hazard("H-011")
@pytest.mark.parametrize("ed50", [1, MG // 3, 9 * MG, 10**9])
def test_the_starting_dose_is_100_points_and_nothing_is_none(ed50: int) -> None:
    scale = Occupancy(ed50, 100 * MG)
    assert scale.effect(100 * MG) == FULL
    assert scale.effect(0) == 0


@pytest.mark.hazard("H-011")
def test_the_curve_is_steep_at_the_bottom() -> None:
    scale = Occupancy(9 * MG, 100 * MG)
    assert scale.effect(100 * MG) - scale.effect(75 * MG) < 4 * PER_POINT
    assert scale.effect(25 * MG) - scale.effect(0) > 75 * PER_POINT
