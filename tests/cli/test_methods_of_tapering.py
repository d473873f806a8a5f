"""``easeoff plan --method``: every way of tapering by its name, with what it needs."""

from __future__ import annotations

import json
import re
import shlex
from itertools import pairwise

import pytest

WAYS = [
    ("bands", ("--bands", "50=5/28,0=2")),
    ("slide", ()),
    ("slide", ("--base", "current", "--cuts", "3", "--hold", "7")),
    ("micro", ("--base", "start")),
    ("table", ("--schedule", "dtb-ser-100")),
    ("percent-start", ("--limit", "10", "--half-then", "50%", "--ramp", "42,28", "--at-least", "500")),
    ("percent-current", ("--limit", "10", "--smallest", "25 mg")),
    ("percent-current", ("--limit", "10", "--end-dose", "5")),
]


@pytest.mark.parametrize(("method", "more"), WAYS, ids=[" ".join((m, *o)) for m, o in WAYS])
def test_each_way_prints_a_plan_or_a_draft_that_says_what_the_method_is(run, method, more):
    asked = ("plan", "sertraline 100 mg", "--country", "GB", "--tier", "tariff", "--method", method, *more)
    ran = run(*asked)

    assert ran.status in (0, 1) and ran.err == ""
    assert "How it ends:" in ran.out and "Who uses it:" in ran.out and "What is known:" in ran.out
    plan = json.loads(run(*asked, "--json").out)["plan"]
    assert plan["method"]["name"] == method
    assert plan["method"]["about"]["sources"]
    doses = [100, *(float(step["dose_mg"]) for step in plan["steps"])]
    assert all(a > b for a, b in pairwise(doses)), "nothing rises"


def test_a_published_schedule_is_printed_dose_by_dose_with_its_warning(run):
    ran = run(
        "plan", "sertraline 100 mg", "--country", "GB", "--method", "table", "--schedule", "DTB-SER-100"
    )

    assert ran.status == 0
    assert re.findall(r"^\d +(\d+) mg ", ran.out, re.MULTILINE) == ["75", "50", "25", "0"]
    assert "larger than this class's usual pace allows" in " ".join(ran.out.split())
    assert "--override" in ran.out


def test_a_published_schedule_makes_a_paper_once_a_prescriber_agreed(run, answers, tmp_path):
    asked = (
        "plan",
        "sertraline 100 mg",
        "--country",
        "GB",
        "--method",
        "table",
        "--schedule",
        "DTB-SER-100",
        *answers,
    )
    target = str(tmp_path / "schedule.pdf")

    assert run(*asked, "--format", "pdf", "-o", target).status == 1
    agreed = ("--override", "Dr N; GP; 1234567; We agreed on the schedule.")
    assert run(*asked, *agreed, "--format", "pdf", "-o", target).status == 0


def test_what_is_slower_can_be_asked_for_with_the_words_that_are_printed(run):
    asked = ("plan", "diazepam 20 mg", "--country", "GB", "--method", "bands", "--bands", "CKS-DZP-20-1W")
    slower = re.findall(r"Add: (.+)", run(*asked).out.split("Slower is always possible")[1])

    assert slower
    for words in slower:
        ran = run(*asked, *shlex.split(words))
        assert ran.status in (0, 1), ran.err


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--method", "bands"), "Bands need to be said"),
        (("--method", "bands", "--bands", "twenty"), "not the id of a published schedule"),
        (("--method", "bands", "--bands", "20=2,ten"), "is not a band"),
        (("--method", "bands", "--bands", "20=2/x,0=1"), "not a number of days"),
        (("--method", "table"), "Which published schedule"),
        (("--method", "slide", "--schedule", "DTB-SER-100"), "belongs to the method table"),
        (("--method", "slide", "--base", "week"), "is not a base"),
        (("--method", "slide", "--base", "month"), "does not count from the month"),
        (("--ramp", "28,42"), "do not shorten"),
        (("--ramp", "28;21"), "not a number of days"),
        (("--at-least", "0"), "--at-least"),
        (("--method", "micro", "--limit", "0.1"), "more than 3650 days"),
        (("--method", "hyperbolic"), "is not a method"),
    ],
)
def test_what_does_not_fit_is_asked_back_in_a_sentence(run, more, says):
    ran = run("plan", "sertraline 100 mg", "--country", "GB", *more)

    assert ran.status == 2 and ran.out == ""
    assert says in ran.err
    assert len(ran.err.strip().splitlines()) <= 4
