"""What holds of every proposal, whoever asks for whatever."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from comparing import best_of_all_doses, richer_wishes, small_enough
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st
from invariants import (
    CHECKS,
    gentler_is_gentler,
    limits_of,
    no_worse,
    remedies_do_what_they_say,
    used_products,
)
from wishes import SETTLED, STOPPED, TODAY, plannable, wish, wishes

from easeoff.documents import proposal_json, write_plan
from easeoff.medicines.model import Confidence
from easeoff.planning.request import IntakeDose, MethodName, Person, TaperRequest
from easeoff.proposing import Outcome, Proposal, plan_taper
from easeoff.quantities import EaseoffError

#: For properties that plan several times over: a third of the examples.
FEWER = settings(max_examples=max(10, settings().max_examples // 3))


def proposed(request: TaperRequest) -> Proposal:
    """The proposal; a request that is asked back in a sentence is no example."""
    try:
        return plan_taper(request)
    except EaseoffError as error:
        assert error.message and error.hint, "one sentence and a hint"
        assume(False)
        raise


@pytest.mark.hazard("H-001", "H-003", "H-004", "H-007", "H-008", "H-024", "H-034")
@given(plannable())
def test_every_plan_keeps_every_invariant(request: TaperRequest) -> None:
    proposal = proposed(request)
    assume(proposal.plan is not None)
    for check in CHECKS:
        check(proposal)


@pytest.mark.hazard("H-013", "H-032")
@given(wishes())
def test_a_proposal_never_contradicts_itself(request: TaperRequest) -> None:
    proposal = proposed(request)
    if proposal.outcome is Outcome.STOPPED:
        assert proposal.plan is None and not proposal.remedies and not proposal.gentler
    if proposal.plan is None:
        assert not proposal.within_limit
    assert proposal.within_limit == (proposal.outcome in {Outcome.PLAN, Outcome.DRAFT})
    assert not proposal.may_issue_schedule or not proposal.open_questions


@pytest.mark.hazard("H-013")
@given(plannable(), st.sampled_from(STOPPED))
def test_a_stop_has_no_plan_and_no_doses(request: TaperRequest, person: Person) -> None:
    proposal = proposed(replace(request, person=person))
    if any(f.level == "stop" for f in proposal.findings):
        assert proposal.plan is None and proposal.remedies == () and proposal.gentler == ()
        assert proposal.outcome.exit_status == 3


@pytest.mark.hazard("H-030")
@given(wishes())
def test_the_same_request_gives_the_same_bytes(request: TaperRequest) -> None:
    first, second = proposed(request), proposed(request)
    assert first == second
    assert proposal_json(first) == proposal_json(second)
    if first.plan is not None and second.plan is not None:
        assert write_plan(first.plan) == write_plan(second.plan)


_BYTES = """
import sys
sys.path[:0] = sys.argv[1:3]
from hashlib import sha256
from random import Random
from wishes import wish
from easeoff.documents import proposal_json
from easeoff.proposing import plan_taper
from easeoff.quantities import EaseoffError
for seed in range(int(sys.argv[3])):
    try:
        print(seed, sha256(proposal_json(plan_taper(wish(Random(seed).choice))).encode()).hexdigest())
    except EaseoffError as error:
        print(seed, error)
"""


@pytest.mark.hazard("H-030")
def test_another_process_with_another_hash_seed_writes_the_same_bytes() -> None:
    here = Path(__file__).parent
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _BYTES, str(here), str(here.parent / "reference"), "25"],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1


@pytest.mark.hazard("H-011", "H-034")
@given(plannable())
def test_no_other_dose_that_can_be_made_gives_a_shorter_plan(request: TaperRequest) -> None:
    assume(small_enough(request))
    proposal = proposed(request)
    assume(proposal.plan is not None)
    best_of_all_doses(proposal)


@FEWER
@given(plannable(), st.data())
def test_more_options_never_make_the_best_plan_worse(request: TaperRequest, data: st.DataObject) -> None:
    request = replace(request, goal=request.goal or Decimal(0))
    poorer = proposed(request)
    assume(poorer.plan is not None)
    name, richer = data.draw(st.sampled_from(list(richer_wishes(request))))
    note(name)
    no_worse(proposed(richer), poorer)


@pytest.mark.hazard("H-033")
@FEWER
@given(plannable())
def test_every_remedy_and_every_gentler_plan_is_what_it_says(request: TaperRequest) -> None:
    proposal = proposed(request)
    assume(proposal.remedies or proposal.gentler)
    remedies_do_what_they_say(proposal, plan_taper)
    gentler_is_gentler(proposal, plan_taper)


@given(st.text(max_size=30))
def test_an_unknown_medicine_is_refused_in_a_sentence(name: str) -> None:
    try:
        plan_taper(TaperRequest(name, Decimal(10), "GB", TODAY, person=SETTLED))
    except EaseoffError as error:
        assert error.message


@pytest.mark.hazard("H-007")
@given(st.text(min_size=1, max_size=20))
def test_an_unknown_country_product_form_or_syringe_is_refused_in_a_sentence(word: str) -> None:
    known = {"GB", "US"}
    wishes = [
        {"products": (word,)},
        {"devices": (word,)},
        *([{"country": word}] if word.strip().upper() not in known else []),
    ]
    for change in wishes:
        with pytest.raises(EaseoffError) as refused:
            plan_taper(
                TaperRequest(
                    **{
                        "medicine": "sertraline",
                        "dose": Decimal(50),
                        "country": "GB",
                        "today": TODAY,
                        **change,
                    }
                )
            )  # type: ignore[arg-type]
        assert refused.value.message and refused.value.hint


_NUMBERS = [
    Decimal(t)
    for t in ("0", "-1", "1E-7", "0.000001", "1E+9", "NaN", "Infinity", "-Infinity", "0.3", "99.9999999")
]


@pytest.mark.hazard("H-002")
@given(
    number=st.sampled_from(_NUMBERS) | st.decimals(allow_nan=True, allow_infinity=True),
    field=st.sampled_from(["dose", "limit", "cap", "end_dose", "goal", "intake"]),
    method=st.sampled_from([None, *MethodName]),
)
def test_an_absurd_number_is_asked_back_and_never_breaks_the_planner(
    number: Decimal, field: str, method: MethodName | None
) -> None:
    wanted: dict[str, object] = {"dose": Decimal(10), "limit": Decimal(10), "method": method}
    wanted |= {"intakes": (IntakeDose("08:00", number),)} if field == "intake" else {field: number}
    request = TaperRequest(
        medicine="sertraline",
        country="GB",
        today=TODAY,
        form="tablet",
        person=SETTLED,
        **wanted,  # type: ignore[arg-type]
    )
    try:
        proposal = plan_taper(request)
    except EaseoffError as error:
        assert error.message
        return
    if proposal.plan is not None:
        for check in CHECKS:
            check(proposal)


@pytest.mark.hazard("H-009")
@given(st.dates(min_value=TODAY, max_value=date.max), st.sampled_from([7, 28, 730]), st.integers(1, 12))
def test_a_far_start_date_is_asked_back_or_planned(start: date, every: int, review: int) -> None:
    request = TaperRequest(
        "sertraline",
        Decimal(50),
        "GB",
        TODAY,
        form="tablet",
        start=start,
        every=every,
        review=review,
        person=SETTLED,
    )
    try:
        proposal = plan_taper(request)
    except EaseoffError:
        return
    for check in CHECKS:
        check(proposal)


@pytest.mark.hazard("H-010")
@given(plannable())
def test_nothing_unverified_reaches_a_dose(request: TaperRequest) -> None:
    """The curve, the factors between forms and the records of each product in the plan are all surer than that."""
    proposal = proposed(request)
    plan = proposal.plan
    assume(plan is not None)
    assert plan is not None
    if plan.method.name is MethodName.OCCUPANCY:
        limits_of(proposal)
    deciding = {"divisible", "mg_per_drop"}
    for product in used_products(proposal):
        divided = product.parts is not None and product.parts > 1
        facts = [f for f in product.properties if f.name in deciding]
        if divided or product.mg_per_drop is not None:
            assert any(f.provenance.confidence is not Confidence.UNVERIFIED for f in facts)
    assert all(s.confidence != "unverified" or s.source.id == "" for s in plan.sources)


def test_the_long_run_asks_for_every_kind_of_thing() -> None:
    """The random wishes cover every method, tier and way of taking it, so that the properties mean something."""
    asked = [wish(Random(seed).choice) for seed in range(300)]
    # A change of medicine has properties of its own.
    assert {r.method for r in asked} == {None, *MethodName} - {MethodName.CROSSOVER}
    assert {len(r.intakes) for r in asked} >= {0, 1, 2, 3}
    assert {r.tier for r in asked} and {r.halves for r in asked} == {True, False}
    assert any(r.goal for r in asked) and any(r.devices == () for r in asked)
