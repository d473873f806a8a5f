"""From typed text to a request and back, without a browser or a server."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from easeoff.medicines.model import Tier
from easeoff.planning.request import (
    BandCut,
    Base,
    Indication,
    IntakeDose,
    MethodName,
    MethodSettings,
    Override,
    Person,
    Pregnancy,
    TaperRequest,
)
from easeoff.proposing import plan_taper
from easeoff.quantities import EaseoffError
from easeoff.web.planning import flow
from easeoff.web.planning.lookup import facts_for
from easeoff.web.planning.pages import BY_SLUG, PAGES

TODAY = date(2026, 11, 23)
BASE = {"country": "GB", "medicine": "sertraline", "dose_1": "100"}


def test_only_what_was_answered_is_in_the_request() -> None:
    request = flow.request_from(BASE, TODAY)
    assert request == TaperRequest("sertraline", Decimal(100), "GB", TODAY)
    assert request.person == Person(), "silence must not become an answer"


def test_a_brand_is_read_as_its_medicine() -> None:
    assert flow.request_from(BASE | {"medicine": "Lustral"}, TODAY).medicine == "sertraline"


@pytest.mark.parametrize(
    "request_",
    [
        TaperRequest("sertraline", Decimal("12.5"), "GB", TODAY),
        TaperRequest(
            "venlafaxine", Decimal(150), "US", TODAY, form="MR capsule",
            intakes=(IntakeDose("08:00", Decimal(75)), IntakeDose("20:00", Decimal(75))),
            method=MethodName.PERCENT_CURRENT, limit=Decimal("7.5"), cap=Decimal(20), every=42, end_dose=Decimal(5),
            goal=Decimal("37.5"), tier=Tier.SPECIAL, products=("a", "b"), devices=(), halves=True, max_products=3,
            max_pieces=6, start=TODAY + timedelta(days=7), review=2,
            person=Person(
                Indication.ANXIETY, 41, Pregnancy.NO, Decimal("0.5"), 7, True, ("lithium", "st john's wort"), Decimal(3),
                False, False, False, True, False, False, False, False, False, False, False, None,
            ),
            override=Override("N. Name", "GP", "GMC 1", "agreed", TODAY),
        ),
        TaperRequest("sertraline", Decimal(50), "GB", TODAY, goal=Decimal(0), person=Person(others=())),
        TaperRequest("sertraline", Decimal(50), "GB", TODAY, devices=("oral-syringe-1ml",), products=()),
        TaperRequest(
            "diazepam", Decimal(20), "GB", TODAY, method=MethodName.BANDS,
            settings=MethodSettings(bands=(BandCut(Decimal(10), Decimal(1), 14), BandCut(Decimal(0), Decimal("0.5"))), at_least=200),
        ),
        TaperRequest("sertraline", Decimal(100), "GB", TODAY, method=MethodName.SLIDE,
                     settings=MethodSettings(base=Base.CURRENT, cuts=3, hold=0)),
        TaperRequest("sertraline", Decimal(100), "GB", TODAY, method=MethodName.TABLE, settings=MethodSettings(schedule="DTB-SER-100")),
        TaperRequest("sertraline", Decimal(100), "GB", TODAY, method=MethodName.PERCENT_START,
                     settings=MethodSettings(half_then=Decimal(50), ramp=(42, 28))),
        TaperRequest("sertraline", Decimal(100), "GB", TODAY, method=MethodName.PERCENT_CURRENT, settings=MethodSettings(unit=Decimal(25))),
    ],
)  # fmt: skip
def test_a_request_survives_the_way_through_the_answers(request_: TaperRequest) -> None:
    assert flow.request_from(flow.answers_from(request_), TODAY) == request_


def test_every_remedy_and_every_slower_plan_survives_too() -> None:
    proposal = plan_taper(TaperRequest("sertraline", Decimal(100), "GB", TODAY))
    wishes = [r.request for r in proposal.remedies if r.request] + [wish for _, wish in proposal.gentler]
    assert wishes
    for wish in wishes:
        assert flow.request_from(flow.answers_from(wish), TODAY) == wish


@pytest.mark.parametrize(
    ("page", "typed", "key", "says"),
    [
        ("country", {"country": ""}, "country", "Please answer"),
        ("country", {"country": "XX"}, "country", "choose from the list"),
        ("medicine", {"medicine": "sertrline"}, "medicine", "sertraline"),
        ("medicine", {"medicine": ""}, "medicine", "Please answer"),
        ("form", {"form": "MR moon"}, "form", "choose from the list"),
        ("dose", {"dose_1": ""}, "dose_1", "Please answer"),
        ("dose", {"dose_1": "1,5"}, "dose_1", "comma"),
        ("dose", {"dose_1": "-5"}, "dose_1", "below zero"),
        ("dose", {"dose_1": "0"}, "dose_1", "zero"),
        ("dose", {"dose_1": "5 mL"}, "dose_1", "volume"),
        ("dose", {"dose_1": "1e3"}, "dose_1", "not an amount"),
        ("dose", {"dose_1": "9" * 30}, "dose_1", "too long"),
        ("dose", {"dose_1": "50", "dose_2": "50"}, "dose_1", "time"),
        (
            "dose",
            {"dose_1": "50", "time_1": "08:00", "dose_2": "50", "time_2": "08:00"},
            "dose_1",
            "same time",
        ),
        ("dose", {"dose_1": "50", "time_1": "25:00"}, "time_1", "not a time"),
        ("dose", {"dose_1": "50", "time_2": "08:00"}, "dose_1", "missing"),
        ("about", {"age": "17.5"}, "age", "How old are you"),
        ("about", {"age": "old"}, "age", "figures"),
        ("taking", {"days_a_week": "8"}, "days_a_week", "1 to 7"),
        ("others", {"takes_others": "yes", "others": ""}, "others", "no medicine is listed"),
        ("others", {"takes_others": "no", "others": "lithium"}, "others", "You said no"),
        ("goal", {"goal_kind": "lower"}, "goal_mg", "missing"),
        ("goal", {"goal_kind": "lower", "goal_mg": "100"}, "goal_mg", "not lower"),
        ("goal", {"goal_kind": "stop", "goal_mg": "5"}, "goal_mg", "lower dose too"),
        ("goal", {"start": "2026-11-22"}, "start", "has passed"),
        ("goal", {"start": "31/12/2026"}, "start", "2027-01-31"),
        ("goal", {"start": "2036-01-01"}, "start", "two years"),
        ("pace", {"method": "hyper"}, "method", "choose from the list"),
        ("pace", {"limit": "0"}, "limit", "no step at all"),
        ("pace", {"every": "1.5"}, "every", "whole number"),
        ("pace", {"every": "0"}, "every", "whole number"),
        ("pace", {"bands": "20 to 2"}, "bands", "not a band"),
        ("pace", {"ramp": "42;28"}, "ramp", "not a number of days"),
        ("pace", {"at_least": "0"}, "at_least", "whole number"),
        ("pace", {"method": "slide", "bands": "0=1"}, "method", "does not belong to the method slide"),
        ("pace", {"method": "table"}, "method", "Which published schedule"),
        ("pace", {"method": "", "bands": "0=1"}, "method", "no way that it belongs to"),
    ],
)
def test_what_cannot_be_read_is_asked_back_beside_its_question(
    page: str, typed: dict[str, str], key: str, says: str
) -> None:
    answers = BASE | typed
    errors = flow.errors_on(BY_SLUG[page], answers, facts_for(answers), TODAY)
    assert says in errors.get(key, ""), errors


def test_the_relapse_plan_is_asked_only_about_antipsychotics() -> None:
    asked = {
        m: [p.slug for p in flow.pages_for(facts_for(BASE | {"medicine": m}))]
        for m in ("sertraline", "quetiapine")
    }
    assert "relapse" not in asked["sertraline"]
    assert "relapse" in asked["quetiapine"]


def test_the_form_is_asked_where_there_is_more_than_one() -> None:
    slow = facts_for(BASE | {"medicine": "venlafaxine"})
    assert {"MR capsule", "MR tablet", "tablet"} <= {value for value, _ in slow.forms}
    assert BY_SLUG["form"] in flow.pages_for(slow)


def test_every_form_on_offer_is_one_the_planner_takes() -> None:
    for medicine, country in (
        ("venlafaxine", "GB"),
        ("sertraline", "US"),
        ("quetiapine", "GB"),
        ("diazepam", "GB"),
    ):
        for value, _ in facts_for({"medicine": medicine, "country": country}).forms:
            request = TaperRequest(medicine, Decimal(50), country, TODAY, form=value)
            assert plan_taper(request).request.form == value


def test_next_and_back_are_each_other_s_undoing() -> None:
    facts = facts_for(BASE)
    page = PAGES[0]
    while (after := flow.page_after(page, facts)) is not None:
        assert flow.page_before(after, facts) is page
        page = after
    assert page is PAGES[-1]


def test_several_doses_are_put_in_order_of_time() -> None:
    answers = BASE | {"dose_1": "50", "time_1": "22:00", "dose_2": "0.5 g", "time_2": "8:00"}
    request = flow.request_from(answers, TODAY)
    assert request.intakes == (IntakeDose("08:00", Decimal(500)), IntakeDose("22:00", Decimal(50)))
    assert request.dose == Decimal(550)


def test_half_a_record_of_an_override_is_refused() -> None:
    with pytest.raises(EaseoffError, match="registration number"):
        flow.request_from(
            BASE | {"override_name": "N. Name", "override_role": "GP", "override_reason": "x"}, TODAY
        )


def test_published_schedules_are_offered_for_their_own_medicine_only() -> None:
    def offered(medicine: str) -> set[str]:
        fields = BY_SLUG["pace"].fields(facts_for(BASE | {"medicine": medicine}))
        return {choice.value for field in fields if field.key == "schedule" for choice in field.choices} - {
            ""
        }

    assert offered("sertraline") == {"DTB-SER-100", "HARV-SER", "SCOT-SER"}, (
        "what was seen on an untrusted copy is left out"
    )
    assert "CKS-DZP-20-1W" in offered("diazepam")
    assert not offered("mirtazapine")
    methods = BY_SLUG["pace"].fields(facts_for(BASE | {"medicine": "mirtazapine"}))[0].choices
    assert methods[0].value == "" and "table" not in {choice.value for choice in methods}
