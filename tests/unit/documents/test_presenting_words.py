"""Doses in words: every number with its unit, mg never parted from mL, and no claim that is not true."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import documents_factory as make
import pytest

from easeoff.documents import (
    chart_alternative,
    drop_text,
    finding_blocks,
    headline,
    limits_sentence,
    method_sentence,
    portion_text,
    remedy_text,
    step_rows,
    worst_drop_sentence,
)
from easeoff.documents.presenting import until_answered
from easeoff.documents.wording import figure_mg, span_text
from easeoff.medicines.model import Concentration, Release
from easeoff.planning.plan import EffectKind, Limits, Method, Plan, Portion
from easeoff.planning.request import MethodName, MethodSettings, TaperRequest
from easeoff.quantities import EaseoffError, format_date

POINTS, PERCENT = EffectKind.OCCUPANCY_POINTS, EffectKind.PERCENT_OF_START
GOLDEN = Path(__file__).parents[2] / "golden"


def _portion(product: str, amount: str, unit: str, mg: str, equivalent: str | None = None) -> Portion:
    return Portion(product, D(amount), unit, D(mg), D(equivalent or mg), D(mg), D(mg), "", "")


@pytest.mark.parametrize(
    ("portion", "words"),
    [
        (_portion(make.TABLET, "1", "tablet", "25"), "one 25 mg tablet"),
        (_portion(make.TABLET, "2", "tablet", "50"), "two 25 mg tablets (50 mg)"),
        (_portion(make.TABLET, "12", "tablet", "300"), "12 × 25 mg tablets (300 mg)"),
        (_portion(make.TABLET, "0.5", "tablet", "12.5"), "half a 25 mg tablet (12.5 mg)"),
        (_portion(make.TABLET, "0.25", "tablet", "6.25"), "a quarter of a 25 mg tablet (6.25 mg)"),
        (_portion(make.TABLET, "2.75", "tablet", "68.75"), "two and three quarters 25 mg tablets (68.75 mg)"),
        (_portion(make.LIQUID, "0.4", "mL", "0.4"), "0.4 mg = 0.4 mL of 1 mg/mL liquid"),
        (_portion(make.DROPS, "4", "drop", "8"), "4 drops (8 mg) of 40 mg/mL liquid"),
        (
            _portion(make.DROPS, "1", "drop", "2", "2.5"),
            "1 drop (2 mg) of 40 mg/mL liquid, which counts as 2.5 mg of the form taken at the start",
        ),
        (_portion(make.CAPSULE, "1", "capsule", "75"), "one 75 mg slow-release capsule"),
    ],
)
def test_a_portion_in_words(portion: Portion, words: str) -> None:
    assert portion_text(portion, make.FORMULARY) == words


def test_half_an_eight_mg_tablet() -> None:
    eight = replace(make.FORMULARY, products=(replace(make.PRODUCTS[0], mg_per_unit=D(8)),))
    assert portion_text(_portion(make.TABLET, "0.5", "tablet", "4"), eight) == "half an 8 mg tablet (4 mg)"
    eighty = replace(
        make.FORMULARY, products=(replace(make.PRODUCTS[0], mg_per_unit=D(80), release=Release.GR),)
    )
    words = portion_text(_portion(make.TABLET, "0.5", "tablet", "40"), eighty)
    assert words == "half an 80 mg gastro-resistant tablet (40 mg)"


def test_a_strength_whose_decimals_never_end_is_given_as_the_label_has_it() -> None:
    liquid = replace(make.PRODUCTS[1], concentration=Concentration(D(10), D(3)))
    formulary = replace(make.FORMULARY, products=(liquid,))
    words = portion_text(_portion(make.LIQUID, "0.6", "mL", "2"), formulary)
    assert words == "2 mg = 0.6 mL of 10 mg in 3 mL liquid"


def test_a_strength_that_contradicts_the_plan_is_refused_and_not_printed() -> None:
    stronger = replace(make.PRODUCTS[1], concentration=Concentration(D(50), D(5)))
    formulary = replace(make.FORMULARY, products=(stronger,))
    with pytest.raises(EaseoffError, match="disagree about the strength"):
        portion_text(make.liquid("0.4"), formulary)


def test_a_product_no_longer_listed_and_a_part_that_cannot_be_cut_are_refused() -> None:
    with pytest.raises(EaseoffError, match="is not in this version's data"):
        portion_text(_portion("GB-gone", "1", "tablet", "25"), make.FORMULARY)
    with pytest.raises(EaseoffError, match="not a part that can be cut"):
        portion_text(_portion(make.TABLET, "0.1", "tablet", "2.5"), make.FORMULARY)


@pytest.mark.parametrize(
    ("drop", "kind", "within", "words"),
    [
        ("4.83", POINTS, True, "4.8 points"),
        ("1", POINTS, True, "1 point"),
        ("10", PERCENT, True, "10 % of the starting dose"),
        ("5.01", POINTS, False, "5.01 points"),
        ("5", POINTS, False, "5 points"),
    ],
)
def test_a_drop_carries_its_unit_and_one_over_the_limit_never_looks_within_it(
    drop: str, kind: EffectKind, within: bool, words: str
) -> None:
    assert drop_text(D(drop), kind, within=within) == words


def test_dates_and_figures() -> None:
    first = make.date(2027, 12, 20)
    assert format_date(first) == "20 December 2027"
    assert span_text(first, make.date(2028, 1, 2)) == "20 December 2027 to 2 January 2028"
    assert span_text(first, make.date(2027, 12, 31)) == "20 December to 31 December 2027"
    assert span_text(first, None) == "from 20 December 2027 on"
    assert [figure_mg(D(x)) for x in ("37.182", "0.58249", "120.06", "0")] == [
        "37.2 mg",
        "0.582 mg",
        "120 mg",
        "0 mg",
    ]


def _rendered(plan: Plan) -> str:
    lines = [
        headline(make.proposal(plan)),
        method_sentence(plan),
        limits_sentence(plan),
        worst_drop_sentence(plan),
    ]
    for row in step_rows(plan, make.FORMULARY):
        lines += ["", f"{row.name} | {row.when} | {row.days} | {row.dose}"]
        lines += [
            f"  {intake.when}: {intake.text} [{intake.dose}] {' '.join(intake.how)}" for intake in row.intakes
        ]
        lines.append(
            f"  delivered {row.delivered}; ideal {row.ideal}; leaves {row.effect}; {row.percent_of_start}"
        )
        lines.append(f"  drop {row.drop}; worst {row.worst_drop}; {', '.join(row.marks)}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def test_a_whole_plan_reads_as_the_golden_text() -> None:
    golden = GOLDEN / "hand-built-plan.txt"
    assert _rendered(make.plan()) == golden.read_text(encoding="utf-8")


def test_every_number_that_is_a_dose_has_its_unit_and_plain_digits() -> None:
    for row in step_rows(make.plan(), make.FORMULARY):
        for text in (row.dose, row.ideal, row.delivered, *(intake.text for intake in row.intakes)):
            for number in re.finditer(r"\d[\d.]*", text):
                assert re.match(r" (mg|mL|drop)", text[number.end() :]), text
                assert re.fullmatch(r"(0|[1-9]\d*)(\.\d*[1-9])?", number[0]), text


def test_the_drop_to_zero_is_a_row_and_can_be_the_worst() -> None:
    plan = make.plan()
    last = step_rows(plan, make.FORMULARY)[-1]
    assert (last.is_goal, last.number, last.dose, last.intakes) == (True, 5, "0 mg", ())
    big = replace(
        plan, summary=replace(plan.summary, last_drop=D(82), largest_drop=D(82), within_limit=False)
    )
    last = step_rows(big, make.FORMULARY)[-1]
    assert last.marks == ("the largest drop of this plan", "over the limit")
    assert worst_drop_sentence(big).startswith("The largest drop is 82 points: the last one, to 0 mg.")


def test_where_other_steps_break_the_limits_too_the_last_is_judged_by_the_limits() -> None:
    plan = make.plan()
    steps = (replace(plan.steps[0], within=False), *plan.steps[1:])
    over = replace(plan, steps=steps, summary=replace(plan.summary, within_limit=False))
    assert step_rows(over, make.FORMULARY)[-1].within
    assert not step_rows(over, make.FORMULARY)[0].within
    tight = replace(over, method=replace(plan.method, limits=Limits(points=D(5))))
    assert not step_rows(tight, make.FORMULARY)[-1].within


def test_a_plan_that_stays_on_a_dose_has_no_row_for_zero_and_no_end() -> None:
    plan = make.plan(make.DOSES[:2], dated=2)
    staying = replace(plan, goal_mg=plan.steps[-1].dose_mg)
    rows = step_rows(staying, make.FORMULARY)
    assert [row.when for row in rows] == ["4 January to 31 January 2027", "from 1 February 2027 on"]
    assert (rows[-1].days, rows[-1].is_goal) == ("", False)


def test_a_plan_without_dates_counts_days() -> None:
    rows = step_rows(make.plan(dated=0), make.FORMULARY)
    assert [row.when for row in rows] == [
        "day 1 to day 28", "day 29 to day 56", "day 57 to day 84", "day 85 to day 112", "after the last step",
    ]  # fmt: skip


def test_headlines_say_what_the_proposal_is() -> None:
    assert headline(make.proposal()).startswith("A proposal to take to your prescriber.")
    assert headline(make.proposal(open_questions=(make.QUESTION,))).startswith(
        "Draft: 1 question is still open."
    )
    beyond = headline(make.proposal(within_limit=False, blocking_dose_mg=D("0.9")))
    assert beyond == "Draft not within your limits. Do not follow it."
    stopped = headline(make.proposal(findings=(make.STOP,)))
    assert stopped.startswith("No doses are shown.")
    assert not re.search(r"\d", stopped)
    nothing = headline(replace(make.proposal(), plan=None, within_limit=False))
    assert nothing == "No plan can be drawn with what is listed and asked for."


def test_the_claim_is_made_only_where_it_was_checked_and_holds() -> None:
    plan = make.plan()
    claim = "No shorter plan keeps within these limits."
    assert claim in limits_sentence(plan)
    assert claim not in limits_sentence(replace(plan, summary=replace(plan.summary, checked_steps=False)))
    beyond = limits_sentence(replace(plan, summary=replace(plan.summary, within_limit=False)))
    assert claim not in beyond
    assert "does not keep within these limits" in beyond


def test_every_limit_is_said_with_its_base() -> None:
    limits = Limits(percent_of_current=D("17.857142857"), tail_percent_of_start=D(10), first_cut_percent=D(15),
                    last_steps_mg=D("0.5"))  # fmt: skip
    plan = replace(
        make.plan(), method=Method(MethodName.PERCENT_CURRENT, "the current dose", limits, D(5), ())
    )
    assert limits_sentence(plan).startswith(
        "Limits for one step: at most 17.86 % of the dose before it above 5 mg, 10 % of the starting dose from 5 mg "
        "down, 15 % of the starting dose in the first step, and 0.5 mg from 5 mg down."
    )
    fixed = replace(plan, method=Method(MethodName.FIXED, "mg", Limits(mg=D("2.5")), None, ()))
    assert limits_sentence(fixed).startswith("Limits for one step: at most 2.5 mg. ")
    share = replace(
        plan, method=Method(MethodName.PERCENT_START, "", Limits(percent_of_start=D(10)), None, ())
    )
    assert limits_sentence(share).startswith("Limits for one step: at most 10 % of the starting dose. ")


@pytest.mark.parametrize("name", list(MethodName))
def test_only_occupancy_is_called_hyperbolic(name: MethodName) -> None:
    plan = replace(make.plan(), method=Method(name, "", Limits(), None, ()))
    assert ("hyperbolic" in method_sentence(plan)) == (name is MethodName.OCCUPANCY)


def test_no_text_says_optimal_proved_or_safe() -> None:
    plan = make.plan()
    texts = [_rendered(plan), chart_alternative(plan), remedy_text(make.REMEDY, POINTS)]
    texts += [headline(make.proposal(within_limit=False)), headline(make.proposal(findings=(make.STOP,)))]
    assert not re.search(r"optimal|proved|proven|\bsafe", " ".join(texts), re.IGNORECASE)


def test_findings_stand_by_weight_with_a_heading_in_words() -> None:
    blocks = finding_blocks((*make.plan().findings[::-1], make.STOP))
    assert [block.heading for block in blocks] == ["Stop", "Warning", "Note"]
    assert blocks[0].hazards == ("H-005",)


def test_a_remedy_says_what_it_achieves_with_units() -> None:
    assert remedy_text(make.REMEDY, POINTS) == (
        "Sertraline 1 mg/mL oral suspension (list price GBP 120.50 for 150 mL). With this a plan keeps within your "
        "limits: 24 steps, largest drop 9.8 points, last drop 9.3 points."
    )
    assert "drop" not in remedy_text(make.REMEDY)
    less = replace(make.REMEDY, within_limit=False, largest_drop=D("22.01"), last_drop=None, steps=None)
    assert remedy_text(less, POINTS).endswith(
        "a plan is still not within your limits: largest drop 22.01 points."
    )
    asking = replace(
        less, largest_drop=None, add=(replace(make.SPECIAL, text="Ask the pharmacist.", price=None),)
    )
    assert remedy_text(asking, POINTS) == "Ask the pharmacist."


@pytest.mark.hazard("H-033")
@pytest.mark.parametrize(
    "own",
    [
        {"limit": D(8)},
        {"every": 14},
        {"method": MethodName.SLIDE},
        {"settings": MethodSettings(ramp=(42, 28))},
        {"cap": D(30)},
    ],
)
def test_the_pace_of_a_draft_is_called_the_gentlest_only_where_none_was_asked_for(
    own: dict[str, Any],
) -> None:
    request = TaperRequest("sertraline", D(50), "GB", today=date(2026, 11, 23))
    assert "the pace is the gentlest one" in until_answered(request)
    assert "gentlest" not in until_answered(replace(request, **own))
    assert "at the pace that you asked for" in until_answered(replace(request, **own))
