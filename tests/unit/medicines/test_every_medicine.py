"""Each medicine either plans or says in one sentence why not, and every one has a pace or a reason for none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from easeoff.medicines import (
    Policy,
    Tier,
    countries,
    load_formulary,
    load_medicine,
    load_sources,
    medicine_names,
)
from easeoff.planning.pace import no_pace_reason, no_paces, pace_faults, pace_for, paces
from easeoff.planning.request import Indication, MethodName, Person, Pregnancy, TaperRequest
from easeoff.proposing import plan_taper
from easeoff.proposing.unplannable import why_unplannable

TODAY = date(2026, 11, 23)
#: Someone who answered everything, and for whom nothing is a stop.
PERSON = Person(
    indication=Indication.OTHER, age=41, pregnancy=Pregnancy.NO, years=Decimal(3), days_a_week=7, steady=True, others=(),
    alcohol_units=Decimal(0), alcohol_dependence=False, drugs=False, seizures=False, past_withdrawal=False, psychosis=False,
    suicidal=False, crisis=False, liver=False, kidney=False, heart=False, breathing=False, relapse_plan=True,
)  # fmt: skip
BRIEF = Person(years=Decimal("0.5"), past_withdrawal=False)


def plausible_dose(name: str, country: str) -> Decimal:
    """A listed strength: the middle one of the licensed pieces, else of what there is."""
    listed = [
        p for p in load_formulary(name, country).products if p.route == "oral" and not p.combination_with
    ]
    licensed = [p for p in listed if p.tier is Tier.LICENSED] or listed
    pieces = sorted(p.mg_per_unit for p in licensed if p.mg_per_unit is not None)
    liquids = sorted(p.concentration.mg for p in licensed if p.concentration is not None)
    strengths = pieces or liquids
    return strengths[len(strengths) // 2] if strengths else Decimal(10)


@pytest.mark.parametrize("country", ["GB", "US", "FR", "CA", "NL"])
@pytest.mark.parametrize("name", medicine_names())
def test_a_medicine_plans_or_says_why_not(name: str, country: str) -> None:
    proposal = plan_taper(TaperRequest(name, plausible_dose(name, country), country, TODAY, person=PERSON))
    if proposal.plan is not None:
        assert proposal.plan.steps or proposal.plan.goal_mg == 0
        assert country != "NL"
        return
    stops = [f.text for f in proposal.findings if f.level.value == "stop"]
    why = stops or list(proposal.reasons)
    assert why
    assert all(re.fullmatch(r"[A-Z0-9].+[.?!]", text, re.DOTALL) for text in why), why


@pytest.mark.parametrize(("name", "country", "dose", "said"), [
    ("flunitrazepam", "GB", 1, "every entry of flunitrazepam is discontinued"),
    ("bupropion", "GB", 150, "is discontinued or holds naltrexone too"),
    ("asenapine", "US", 10, "is taken under the tongue or is a patch"),
    ("paliperidone", "FR", 6, "is injected"),
])  # fmt: skip
def test_where_nothing_listed_can_be_planned_with_the_sentence_says_what_is_listed(
    name: str, country: str, dose: int, said: str
) -> None:
    proposal = plan_taper(TaperRequest(name, Decimal(dose), country, TODAY, person=PERSON))
    assert proposal.plan is None
    assert said in proposal.reasons[0]
    assert proposal.reasons[0].count(".") == 1


def test_every_route_that_is_not_swallowed_has_words() -> None:
    listed = [
        p for name in medicine_names() for code in countries() for p in load_formulary(name, code).products
    ]
    alone = (replace(p, combination_with=()) for p in listed if p.route != "oral")
    said = {why_unplannable(replace(load_formulary("asenapine", "GB"), products=(p,))) for p in alone}
    assert len(said) == 7 and None not in said


def test_at_least_105_medicines_have_a_plan_in_one_of_the_four_countries() -> None:
    planned = set()
    for name in medicine_names():
        for country in ("GB", "US", "FR", "CA"):
            request = TaperRequest(name, plausible_dose(name, country), country, TODAY, person=PERSON)
            if plan_taper(request).plan is not None:
                planned.add(name)
    assert len(planned) >= 105


# Paces


def test_every_medicine_has_a_pace_or_a_sentence_on_why_not() -> None:
    sources = {source.id for source in load_sources()}
    assert pace_faults(sources, [load_medicine(name) for name in medicine_names()]) == ()


def test_a_medicine_without_a_pace_says_so_in_one_sentence() -> None:
    for record in no_paces():
        assert re.fullmatch(r"[A-Z][^.]+\.", record.reason)
    assert "blood levels" in no_pace_reason(load_medicine("lithium"))
    assert "MAO inhibitor" in no_pace_reason(load_medicine("phenelzine"))


@pytest.mark.parametrize(("name", "person", "method", "limit", "days"), [
    ("tramadol", PERSON, MethodName.PERCENT_CURRENT, "10", 28),
    ("tramadol", BRIEF, MethodName.PERCENT_CURRENT, "10", 7),
    ("tramadol", Person(), MethodName.PERCENT_CURRENT, "10", 28),
    ("lamotrigine", PERSON, MethodName.PERCENT_CURRENT, "10", 28),
    ("lamotrigine", BRIEF, MethodName.PERCENT_CURRENT, "25", 28),
    ("clonidine", PERSON, MethodName.FIXED, "0.1", 7),
    ("guanfacine", PERSON, MethodName.FIXED, "1", 7),
    ("baclofen", PERSON, MethodName.FIXED, "5", 7),
    ("propranolol", PERSON, MethodName.PERCENT_START, "25", 7),
    ("methylphenidate", PERSON, MethodName.PERCENT_CURRENT, "25", 14),
    ("promethazine", PERSON, MethodName.PERCENT_CURRENT, "25", 14),
    ("fluvoxamine", PERSON, MethodName.PERCENT_CURRENT, "10", 28),
    ("vortioxetine", PERSON, MethodName.OCCUPANCY, "5", 28),
    ("risperidone", PERSON, MethodName.OCCUPANCY, "10", 91),
    ("amitriptyline", PERSON, MethodName.PERCENT_CURRENT, "10", 28),
])  # fmt: skip
def test_the_pace_of_a_class(name: str, person: Person, method: MethodName, limit: str, days: int) -> None:
    pace = pace_for(load_medicine(name), TaperRequest(name, Decimal(10), "GB", TODAY, person=person))
    assert pace is not None
    assert (pace.method, pace.limit, pace.days) == (method, Decimal(limit), days)
    assert pace.basis.endswith(".")


def test_the_gentle_pace_is_never_faster_and_nothing_goes_by_more_than_half() -> None:
    for pace in paces():
        assert pace.limit_gentle * pace.days <= pace.limit * pace.days_gentle
        assert pace.first_cut_percent is None or pace.first_cut_percent <= 25


def test_clonidine_is_never_cut_by_more_than_0_1_mg() -> None:
    proposal = plan_taper(TaperRequest("clonidine", Decimal("0.3"), "US", TODAY, person=PERSON))
    assert proposal.plan is not None
    doses = [Decimal("0.3"), *(step.dose_mg for step in proposal.plan.steps), Decimal(0)]
    assert all(a - b <= Decimal("0.1") for a, b in pairwise(doses))


def test_a_medicine_that_is_refused_never_plans() -> None:
    for name in medicine_names():
        if load_medicine(name).policy is Policy.REFUSE:
            for country in ("GB", "US", "FR", "CA"):
                request = TaperRequest(name, plausible_dose(name, country), country, TODAY, person=PERSON)
                assert plan_taper(request).plan is None
