"""A crossover that cannot be done with what is at hand: the smallest sets of additions for either medicine, each worked out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from itertools import combinations

import pytest

from easeoff.documents import proposal_json
from easeoff.medicines import load_formulary
from easeoff.medicines.model import Release
from easeoff.planning.request import (
    CrossoverWish,
    Indication,
    IntakeDose,
    MethodName,
    Override,
    Person,
    Pregnancy,
    TaperRequest,
)
from easeoff.proposing import AdditionKind, Outcome, Proposal, Remedy, plan_taper

TODAY = date(2026, 12, 20)
NO = dict.fromkeys(("alcohol_dependence", "drugs", "seizures", "past_withdrawal", "psychosis", "suicidal", "crisis", "liver",
                    "kidney", "heart", "breathing"), False)  # fmt: skip
SETTLED = Person(indication=Indication.ANXIETY, age=45, pregnancy=Pregnancy.NO, years=D(3), days_a_week=7, steady=True,
                 others=(), alcohol_units=D(0), **NO)  # fmt: skip
BY = Override("Dr A Example", "GP", "GMC 7654321", "asked for", TODAY)


def asked(
    medicine: str, dose: str, country: str, to: str, mg: str, times: str = "", **more: object
) -> TaperRequest:
    intakes = tuple(IntakeDose(time, D(dose) / len(times.split())) for time in times.split())
    return TaperRequest(
        medicine, D(dose), country, TODAY, start=TODAY, intakes=intakes, method=MethodName.CROSSOVER, override=BY,
        person=SETTLED, crossover=CrossoverWish(to, D(mg), "prescriber"), **more,  # type: ignore[arg-type]
    )  # fmt: skip


#: The new medicine too coarse, none of it small enough, and the old one that cannot be made by itself.
FAILING = {
    "too coarse": asked("diazepam", "10", "GB", "chlordiazepoxide", "23", "08:00 22:00"),
    "nothing small enough": asked("nitrazepam", "5", "GB", "zopiclone", "7"),
    "today's doses cannot be made": asked("zopiclone", "5", "GB", "diazepam", "3.3"),
    "today's doses need halves": asked("lorazepam", "1.25", "US", "diazepam", "12", form="tablet"),
    "nothing listed would do": asked("temazepam", "30", "US", "zolpidem", "9"),
    "a loss that only halves make smaller": asked("lorazepam", "1", "FR", "oxazepam", "17"),
}


def again(remedy: Remedy) -> Proposal:
    assert remedy.request is not None
    return plan_taper(remedy.request)


@pytest.mark.parametrize("name", FAILING)
def test_it_is_no_plan_and_says_what_would_help(name: str) -> None:
    found = plan_taper(FAILING[name])
    assert found.outcome is Outcome.NOT_WITHIN_LIMITS
    assert found.remedies and len(found.reasons) == 1 and "--" not in found.reasons[0]
    assert proposal_json(found)


@pytest.mark.hazard("H-001", "H-015", "H-038")
@pytest.mark.parametrize("name", FAILING)
def test_each_way_does_what_it_says_when_it_is_asked_for(name: str) -> None:
    for remedy in plan_taper(FAILING[name]).remedies:
        if remedy.request is None:
            assert remedy.add[0].kind is AdditionKind.COMPOUNDED
            continue
        found = again(remedy)
        assert found.within_limit is remedy.within_limit
        assert found.plan is not None and len(found.plan.steps) == remedy.steps
        assert found.plan.summary.largest_drop == remedy.largest_drop
        assert found.plan.summary.last_drop == remedy.last_drop


def test_a_set_of_two_needs_both() -> None:
    sets = [remedy for remedy in plan_taper(FAILING["nothing small enough"]).remedies if len(remedy.add) == 2]
    assert sets
    weak = next(a.id for remedy in sets for a in remedy.add if a.kind is AdditionKind.PRODUCT)
    for remedy in sets:
        assert {a.kind for a in remedy.add} & {AdditionKind.HALVES, AdditionKind.DEVICE}
        assert remedy.request is not None
        without_habit = replace(remedy.request, halves=False, devices=None)
        assert weak in (without_habit.products or ())
        assert not plan_taper(without_habit).within_limit


def test_no_shown_set_holds_all_of_another() -> None:
    for request in FAILING.values():
        sets = [{addition.id for addition in remedy.add} for remedy in plan_taper(request).remedies]
        assert not any(one <= other for one, other in combinations(sets, 2))


def test_a_product_for_one_medicine_leaves_what_is_at_hand_of_the_other() -> None:
    remedy = plan_taper(FAILING["too coarse"]).remedies[0]
    used = {p.medicine for s in again(remedy).plan.steps for i in s.intakes for p in i.portions}  # type: ignore[union-attr]
    assert used == {"diazepam", "chlordiazepoxide"}
    assert remedy.request is not None
    assert all(product.startswith("GB-chlordiazepoxide-") for product in remedy.request.products or ())


def test_where_one_listed_product_would_do_one_is_shown() -> None:
    request = FAILING["too coarse"]
    shown = {a.id for r in plan_taper(request).remedies for a in r.add if len(r.add) == 1}
    listed = [
        p.id
        for p in load_formulary("chlordiazepoxide", "GB").products
        if p.tier is not None and p.route == "oral"
    ]
    usual = [
        p.id
        for p in load_formulary("chlordiazepoxide", "GB").products
        if p.tier is not None and p.tier.rank == 0
    ]
    enough = {
        one
        for one in listed
        if one not in usual and plan_taper(replace(request, products=(*usual, one))).within_limit
    }
    assert shown and shown <= enough


@pytest.mark.parametrize(("to", "mg"), [("lorazepam", "2.3"), ("alprazolam", "1.1"), ("zolpidem", "10")])
def test_the_new_medicine_is_never_a_slow_form_where_an_ordinary_one_is_listed(to: str, mg: str) -> None:
    found = plan_taper(asked("clonazepam", "1", "US", to, mg))
    assert found.plan is not None
    for portion in (p for s in found.plan.steps for i in s.intakes for p in i.portions):
        assert found.formulary.product(portion.product).release is Release.IR


def test_a_crossover_to_nothing_is_never_drawn() -> None:
    found = plan_taper(FAILING["nothing small enough"])
    assert found.plan is None
    assert found.reasons[0].startswith("Nothing at hand makes a dose of zopiclone that is small enough")
