"""Every published schedule comes out of the planner's own methods: as a table dose by dose, and by rule where it is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import islice, pairwise

import pytest

from easeoff.medicines import Confidence, find_schedule, load_formulary, load_medicine, published_schedules
from easeoff.medicines.model import Tier
from easeoff.medicines.schedules import RuleName
from easeoff.pharmacology import ShareOfStart
from easeoff.planning.forms import start_form
from easeoff.planning.methods import choose_approach
from easeoff.planning.methods.against_class import own_doses
from easeoff.planning.methods.blocks import Block, blocks_from
from easeoff.planning.pace import pace_for
from easeoff.planning.plan import EffectKind
from easeoff.planning.request import MethodName, MethodSettings, TaperRequest
from easeoff.planning.rules import StepRule
from easeoff.planning.schedules.measures import measure, measures_for
from easeoff.planning.schedules.published import from_published
from easeoff.proposing import Outcome, plan_taper
from easeoff.quantities import EaseoffError, from_grid, to_grid

TODAY = date(2027, 1, 4)
OWN = [
    s for s in published_schedules() if s.medicine and s.provenance.confidence is not Confidence.UNVERIFIED
]
COMPLETE = [s for s in OWN if s.complete]


def table(schedule_id: str, dose: Decimal, country: str = "GB", **more: object) -> TaperRequest:
    record = find_schedule(schedule_id)
    return TaperRequest(
        record.medicine or "sertraline", dose, country, TODAY, tier=Tier.SPECIAL, method=MethodName.TABLE,
        settings=MethodSettings(schedule=schedule_id), **more,
    )  # fmt: skip


def approach_for(request: TaperRequest):
    formulary = load_formulary(request.medicine, request.country)
    pace = pace_for(formulary.medicine, request)
    assert pace is not None
    form, _ = start_form(formulary, request)
    return choose_approach(formulary, request, pace, form, gentle=False, smallest=None)


def test_all_complete_schedules_are_among_these_but_the_one_from_an_untrusted_copy() -> None:
    assert len(COMPLETE) == 39
    missing = {s.id for s in published_schedules() if s.complete} - {s.id for s in COMPLETE}
    assert missing == {"ETG-SER-100"}


@pytest.mark.parametrize("record", OWN, ids=[s.id for s in OWN])
def test_as_a_table_it_is_taken_dose_by_dose_with_its_days_and_drops(record) -> None:
    approach = approach_for(table(record.id, record.steps[0].mg))
    assert approach.timetable is not None and approach.timetable.exact
    assert [from_grid(dose) for dose in approach.timetable.doses] == [step.mg for step in record.steps[1:]]
    for asked, step in zip(approach.timetable.asked, record.steps[1:], strict=True):
        assert step.days is None or asked.days == step.days
    release = None if approach.effect_kind is EffectKind.OCCUPANCY_POINTS else "none"
    measures = measures_for(None if release else load_medicine(record.medicine), record.steps[0].mg)
    shown = measure(from_published(record), measures).steps[1:]
    doses = [to_grid(step.mg) for step in record.steps]
    for (a, b), step in zip(pairwise(doses), shown, strict=True):
        assert abs(Fraction(approach.rule.drop(a, b), 10**6) - Fraction(step.drop)) <= Fraction(1, 100)


@pytest.mark.parametrize("record", COMPLETE, ids=[s.id for s in COMPLETE])
def test_what_a_table_breaks_of_our_pace_is_said_and_it_stays_a_draft(record) -> None:
    proposal = plan_taper(
        table(record.id, record.steps[0].mg, record.country if record.country in {"GB", "US"} else "GB")
    )
    if proposal.outcome is Outcome.STOPPED:
        assert proposal.plan is None
        return
    rules = {finding.rule for finding in proposal.findings}
    faster = rules & {"cuts-above-pace", "last-cut-above-pace", "interval-below-pace"}
    # Only the one for zopiclone keeps to the pace of its class.
    assert bool(faster) == (record.id != "DEPR-ZOP")
    assert not faster or "pace" in {question.key for question in proposal.open_questions}
    assert not proposal.may_issue_schedule
    if proposal.plan is None:
        assert "Nothing at hand makes" in proposal.reasons[0] and proposal.blocking_dose_mg
    else:
        assert [s.dose_mg for s in proposal.plan.steps] == [s.mg for s in record.steps[1:] if s.mg]


def rule_of(start: Decimal, **limits: object) -> StepRule:
    return StepRule(ShareOfStart(to_grid(start)), to_grid(start), **limits)


@pytest.mark.parametrize(
    "record", [s for s in published_schedules() if s.rule and s.rule.name is RuleName.BANDS and s.complete], ids=lambda s: s.id
)  # fmt: skip
def test_bands_give_the_doses_of_every_schedule_made_by_bands(record) -> None:
    bands = tuple((to_grid(b.above_mg), to_grid(b.cut_mg)) for b in record.rule.bands)
    assert own_doses(rule_of(record.steps[0].mg, bands=bands)) == [to_grid(s.mg) for s in record.steps]


@pytest.mark.parametrize(
    "schedule_id", ["BNF-DZP-EIGHTH", "CDC-MOR-10M", "DTB-SER-100", "TMD-AP-25M", "TMD-LTG-25W"]
)
def test_percent_of_the_start_gives_the_doses_of_the_guidelines(schedule_id: str) -> None:
    record = find_schedule(schedule_id)
    start = record.steps[0].mg
    cut = int(to_grid(start) * Fraction(record.rule.percent) / 100)
    assert own_doses(rule_of(start, amount=cut)) == [to_grid(s.mg) for s in record.steps]


@pytest.mark.parametrize(
    "schedule_id", ["HOR-OLZ-25", "HOR-HAL-10M", "SA-10-PAR", "ASAM-DZP-25-2W", "ASAM-LOR-10-4W"]
)
def test_percent_of_the_current_dose_gives_the_doses_of_guidelines_and_peers(schedule_id: str) -> None:
    record = find_schedule(schedule_id)
    start, end = record.steps[0].mg, to_grid(record.rule.end_mg or 0)
    rule = rule_of(start, cap=Fraction(record.rule.percent) / 100, cap_above=end, tail=end or None)
    doses = own_doses(rule)[: len(record.steps)]
    printed = [to_grid(step.mg) for step in record.steps]
    # A dose is rounded up to a millionth of a mg at each cut, and printed to four decimals.
    assert all(abs(a - b) <= 100 for a, b in zip(doses, printed, strict=True))


def test_half_then_is_the_peer_rule_that_halves_its_cuts_in_the_lower_range() -> None:
    record = find_schedule("ADFD-10START")
    request = TaperRequest(
        "citalopram", Decimal(20), "GB", TODAY, method=MethodName.PERCENT_START, limit=Decimal(10), every=42,
        settings=MethodSettings(half_then=Decimal(50)),
    )  # fmt: skip
    approach = approach_for(request)
    bands = approach.rule.bands
    assert own_doses(rule_of(Decimal(20), bands=bands)) == [to_grid(s.mg) for s in record.steps]


def test_halving_to_the_unit_is_the_rule_that_guidance_is_said_to_give() -> None:
    record = find_schedule("ETG-SER-100")
    request = TaperRequest(
        "sertraline", Decimal(100), "GB", TODAY, method=MethodName.PERCENT_CURRENT, limit=Decimal(50), cap=Decimal(50),
        settings=MethodSettings(unit=Decimal(50)),
    )  # fmt: skip
    rule = approach_for(request).rule
    bare = rule_of(Decimal(100), cap=rule.cap, cap_above=rule.cap_above, tail=rule.tail)
    assert own_doses(bare) == [to_grid(step.mg) for step in record.steps]


def test_the_slide_in_both_readings() -> None:
    linear = Block(Fraction(1, 40), 4, 7, 14)
    compound = Block(Fraction(1, 40), 4, 7, 14, compound=True)
    record = find_schedule("BM-LIN-20")
    made = list(islice(blocks_from(Fraction(20), linear), len(record.steps) - 1))
    assert [(Decimal(str(float(d))), days) for d, days in made] == [
        (s.mg, s.days or 21) for s in record.steps[1:]
    ]
    assert linear.whole == Fraction(1, 10) and linear.days == 42
    assert round(float(compound.whole) * 100, 2) == 9.63


def test_the_micro_taper_gives_the_published_month() -> None:
    record = find_schedule("TWP-MICRO-5")
    made = list(islice(blocks_from(Fraction(record.steps[0].mg), Block(Fraction(5, 3000), 30, 1)), 30))
    for (dose, days), step in zip(made, record.steps[1:], strict=True):
        assert days == 1 and abs(dose - Fraction(step.mg)) <= Fraction(1, 20_000)


@pytest.mark.parametrize(
    ("schedule_id", "dose", "what"),
    [
        ("ETG-SER-100", "100", "cannot be trusted"),
        ("DTB-SER-100", "90", "has no step at 90 mg"),
        ("NOBODY-1", "100", "not the id of a published schedule"),
        ("SCOT-CIT", "25", "has no step at 25 mg"),
    ],
)
def test_a_schedule_that_cannot_be_followed_is_refused_in_a_sentence(
    schedule_id: str, dose: str, what: str
) -> None:
    medicine = "citalopram" if schedule_id == "SCOT-CIT" else "sertraline"
    request = TaperRequest(
        medicine,
        Decimal(dose),
        "GB",
        TODAY,
        method=MethodName.TABLE,
        settings=MethodSettings(schedule=schedule_id),
    )
    with pytest.raises(EaseoffError, match=what):
        plan_taper(request)


def test_a_schedule_of_another_medicine_is_refused() -> None:
    request = TaperRequest(
        "sertraline",
        Decimal(40),
        "GB",
        TODAY,
        method=MethodName.TABLE,
        settings=MethodSettings(schedule="SCOT-CIT"),
    )
    with pytest.raises(EaseoffError, match="a schedule for citalopram"):
        plan_taper(request)


def test_a_table_can_be_joined_further_down() -> None:
    proposal = plan_taper(table("DTB-SER-100", Decimal(75)))
    assert proposal.plan is not None
    assert [s.dose_mg for s in proposal.plan.steps] == [50, 25]


def test_days_that_the_source_does_not_allow_are_asked_back() -> None:
    with pytest.raises(EaseoffError, match="does not allow 7 days"):
        plan_taper(table("DTB-SER-100", Decimal(100), every=7))
    longer = plan_taper(table("DTB-SER-100", Decimal(100), every=42))
    assert longer.plan is not None and {s.days for s in longer.plan.steps} == {42}


def test_doses_that_cannot_be_made_are_named_with_what_would_make_them() -> None:
    request = TaperRequest(
        "sertraline", Decimal(100), "US", TODAY, method=MethodName.TABLE, devices=(),
        settings=MethodSettings(schedule="DTB-SER-100"),
    )  # fmt: skip
    products = [p for p in load_formulary("sertraline", "US").products if p.mg_per_unit == 100]
    proposal = plan_taper(replace(request, products=(products[0].id,)))
    assert proposal.plan is None and proposal.outcome is Outcome.NOT_WITHIN_LIMITS
    assert "75 mg, 50 mg, 25 mg" in proposal.reasons[0]
    assert proposal.blocking_dose_mg == 75 and proposal.remedies
