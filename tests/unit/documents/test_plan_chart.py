"""The chart is well-formed, has words for those who do not see it, and needs neither colour nor style attributes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal as D

import documents_factory as make
import pytest

from easeoff.documents import plan_chart
from easeoff.planning.plan import EffectKind, Plan

SVG = "{http://www.w3.org/2000/svg}"


def _many() -> Plan:
    return make.plan(
        tuple((str(D(49) - D(number) / 2), (make.tablets("1"),)) for number in range(60)), days=91
    )


def _in_percent() -> Plan:
    plan = make.plan()
    return replace(plan, summary=replace(plan.summary, effect_kind=EffectKind.PERCENT_OF_START))


def _to_a_lower_dose() -> Plan:
    plan = make.plan()
    return replace(
        plan, goal_mg=plan.steps[-1].dose_mg, steps=(*plan.steps[:-1], replace(plan.steps[-1], days=0))
    )


PLANS = {"small": make.plan(), "many": _many(), "percent": _in_percent(), "staying": _to_a_lower_dose()}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_it_is_well_formed_with_title_and_description_and_without_styles(plan: Plan) -> None:
    chart = plan_chart(plan, name="first")
    root = ET.fromstring(chart)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "first-title first-desc"
    assert root.findtext(f"{SVG}title") == "Sertraline: dose over time"
    assert "The largest drop is" in (root.findtext(f"{SVG}desc") or "")
    assert not re.search(r"style=|<style|<script|url\(|#[0-9a-f]{3}", chart)
    assert {e.get("stroke", "none") for e in root.iter()} <= {"none", "currentColor"}
    assert {e.get("fill", "none") for e in root.iter()} <= {"none", "currentColor"}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_everything_stands_inside_the_picture_and_text_is_large_enough_at_320_pixels(plan: Plan) -> None:
    root = ET.fromstring(plan_chart(plan))
    _, _, width, height = map(int, (root.get("viewBox") or "").split())
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x", "-1")) <= width
        assert 0 <= float(text.get("y", "-1")) <= height
        assert float(text.get("font-size", "0")) * 320 / width >= 10


def test_dose_is_solid_effect_dashed_and_the_largest_drop_has_a_shape_and_words() -> None:
    root = ET.fromstring(plan_chart(make.plan()))
    lines = {e.get("class"): e.get("stroke-dasharray") for e in root.iter(f"{SVG}path") if e.get("class")}
    assert lines["chart-dose"] is None
    assert lines["chart-effect"] is not None
    worst = next(e for e in root.iter(f"{SVG}g") if e.get("class") == "chart-worst")
    assert len(worst.findall(f"{SVG}path")) == 2
    assert worst.findtext(f"{SVG}text") == "largest drop: 58.8 points, to 0.9 mg"


def test_the_dose_line_falls_by_steps_from_the_start_to_the_goal() -> None:
    root = ET.fromstring(plan_chart(make.plan()))
    dose = [e.get("d", "") for e in root.iter(f"{SVG}path") if e.get("class") == "chart-dose"][-1]
    heights = [float(y) for y in re.findall(r"V([\d.]+)", dose)]
    assert heights == sorted(heights)
    assert len(heights) == 5
    assert heights[0] == 64 + 180 * (50 - 37.5) / 50
    assert heights[-1] == 244
    assert re.fullmatch(r"M48 64(H[\d.]+V[\d.]+)+H318", dose)


def test_in_percent_of_the_start_one_line_says_it_all() -> None:
    chart = plan_chart(_in_percent())
    assert "chart-effect" not in chart
    assert "58.8 % of the starting dose" in chart
