"""``easeoff help-near``: services near a place, each with how old what we know of it is."""

from __future__ import annotations

import json
from datetime import date

import pytest

from easeoff.directory import load_services, phone_shown

BY_ID = {service.id: service for service in load_services()}


def test_the_nearest_comes_first_and_every_entry_says_how_old_it_is(run):
    ran = run("help-near", "BD1", "--for", "benzodiazepines")

    assert ran.status == 0
    assert ran.out.startswith("BD1 (Bradford) for help with benzodiazepines:")
    assert ran.out.index("The Bridge Project") < ran.out.index(
        "National Psychiatric Drug Deprescribing Clinic"
    )
    assert "about 4 km away" in ran.out
    assert ran.out.count("Not checked, use with care.") >= 10
    assert "If life is in danger, ring your local emergency number now." in ran.out


def test_json_stands_alone_and_holds_no_number_that_must_not_be_shown(run):
    ran = run("help-near", "London", "--most", "200", "--json")
    held = json.loads(ran.out)

    assert held["format"] == "easeoff-help-near/1" and held["place"].startswith("London")
    assert len(held["services"]) == held["total"] > 20
    for one in held["services"]:
        may_be_seen = phone_shown(BY_ID[one["id"]], date(2026, 12, 1)).show
        assert bool(one["phone"] or one["text_line"]) == may_be_seen
        assert one["freshness"] in ("checked", "due", "stale", "never") and one["freshness_words"]
        assert BY_ID[one["id"]].status not in ("closed", "renamed")


def test_a_brand_name_will_do_for_the_kind_of_drug(run):
    assert json.loads(run("help-near", "Leeds", "--for", "Seroxat", "--json").out)["for"] == "antidepressant"


@pytest.mark.parametrize(
    ("arguments", "wrong", "hint"),
    [
        ((), "No place was given", "BD1"),
        (("ZZ9",), "do not know the postcode “ZZ9”", "next town"),
        (("Bradfrod",), "Bradfrod", "Bradford"),
        (("'; DROP TABLE services; --",), "do not know the place", "postcode"),
        (("BD1", "--for", "kittens"), "“kittens”", "benzodiazepine"),
        (("BD1", "--for", ""), "kind of drug", "benzodiazepine"),
        (("BD1", "--most", "0"), "“0” cannot be used for --most", "200"),
        (("BD1", "--near"), "--near", "--help"),
    ],
)
def test_bad_input_gives_one_sentence_and_a_hint(run, arguments, wrong, hint):
    ran = run("help-near", *arguments)

    assert ran.status == 2 and ran.out == ""
    first, second = ran.err.strip().split("\n")
    assert wrong in first and hint in second
