"""The figures say what the published curve says, on the page, in words and in the table alike."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from easeoff.library import checked_dose, curve_figure, medicines_with_curve, occupancy_curve, stop_at, stops
from easeoff.library.figures import make_figure
from easeoff.medicines import load_medicine
from easeoff.pharmacology import planning_curve, scale_of
from easeoff.quantities import EaseoffError, to_grid

MEDICINES = medicines_with_curve()


@pytest.mark.parametrize(
    ("name", "mg", "percent"),
    # Own arithmetic on the published rows, at the usual smallest doses (reference notes on occupancy).
    [("citalopram", 20, 75), ("fluoxetine", 20, 79), ("paroxetine", 20, 76), ("sertraline", 50, 80),
     ("venlafaxine", 75, 84), ("escitalopram", 10, 70), ("duloxetine", 60, 82)],
)  # fmt: skip
def test_the_usual_smallest_dose_has_the_known_occupancy(name: str, mg: int, percent: int) -> None:
    assert occupancy_curve(name).at(Decimal(mg)).percent == percent


@pytest.mark.parametrize("name", MEDICINES)
def test_the_figure_agrees_with_the_scale_that_plans_use(name: str) -> None:
    drawn = occupancy_curve(name)
    start = drawn.largest_mg
    curve = planning_curve(load_medicine(name), drawn.curve.releases[0])
    assert curve is not None
    scale = scale_of(curve, to_grid(start))
    for part in (1, 2, 3, 4):
        dose = start * part / 4
        share = drawn.exact(dose) / drawn.exact(start) * 100
        assert abs(share - Fraction(scale.effect(to_grid(dose)), 10**6)) < Fraction(1, 10**5)


@pytest.mark.parametrize("name", MEDICINES)
def test_the_band_holds_the_line_and_nothing_is_above_100_or_below_0(name: str) -> None:
    curve = occupancy_curve(name)
    for stop in range(41):
        expected = curve.at(curve.largest_mg * stop / 40)
        assert 0 <= expected.low <= expected.percent <= expected.high <= 100


def test_the_band_spans_the_other_published_regions() -> None:
    expected = occupancy_curve("escitalopram").at(Decimal(10))
    assert (expected.low, expected.high) == (62, 82)


def test_equal_cuts_take_more_and_more_away() -> None:
    rows = curve_figure(occupancy_curve("sertraline"), "f", ()).rows
    assert [row[0] for row in rows] == ["200 mg", "150 mg", "100 mg", "50 mg", "0 mg"]
    lost = [int(row[3].split()[0]) for row in rows[1:]]
    assert lost == sorted(lost)
    assert lost[-1] == 80
    shown = [int(row[1].split()[0]) for row in rows]
    assert lost == [before - after for before, after in pairwise(shown)]


@pytest.mark.parametrize("name", MEDICINES)
def test_the_drawing_is_sound_themeable_and_named(name: str) -> None:
    svg = make_figure("occupancy-curve", {"medicine": name}, "f-1").svg
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "f-1-title f-1-desc"
    assert "style" not in svg
    assert not re.search(r"(?:fill|stroke)=\"(?!currentColor|none)", svg)
    for point in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", svg):
        assert 0 <= float(point[0]) <= 360
        assert 0 <= float(point[1]) <= 292


def test_the_words_say_what_the_table_says() -> None:
    figure = make_figure("occupancy-curve", {"medicine": "olanzapine"}, "f")
    for row in figure.rows:
        assert f"{row[0]}: {row[1]}" in figure.alternative
    assert "dopamine D2 receptors" in figure.caption


def test_the_source_and_how_sure_we_are_stand_with_the_figure() -> None:
    figure = make_figure("occupancy-curve", {"medicine": "sertraline"}, "f")
    assert "not yet checked against the paper" in figure.source
    assert figure.sureness == "We know this from another work that quotes it."


def test_the_slider_goes_from_nothing_to_the_whole_and_says_each_dose() -> None:
    curve = occupancy_curve("sertraline")
    found = stops(curve)
    assert (found[0].dose, found[-1].dose, len(found)) == ("0 mg", "200 mg", 41)
    assert found[10].words == stop_at(curve, Decimal(50)).words
    assert found[10].words.startswith("50 mg a day: about 80 % of the serotonin transporters")


@pytest.mark.parametrize("dose", ["-1", "200.1", "100000"])
def test_a_dose_outside_the_drawing_is_refused(dose: str) -> None:
    with pytest.raises(EaseoffError, match="goes from 0 mg to 200 mg a day"):
        checked_dose(occupancy_curve("sertraline"), Decimal(dose))


def test_a_medicine_without_a_curve_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(EaseoffError, match="There is one for citalopram"):
        occupancy_curve("diazepam")
