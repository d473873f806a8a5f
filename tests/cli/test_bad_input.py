"""What cannot be used is asked back: exit status 2, one sentence and a hint on standard error, nothing printed."""

from __future__ import annotations

import pytest

PLAN = ("plan", "sertraline 100 mg", "--country", "GB")

NOT_USABLE = [
    ((), "No command was given.", "easeoff --help"),
    (("plna",), "“plna” is not a command", "plan"),
    (("--verson",), "“--verson” is not a command", "--version"),
    (("plan",), "No medicine and dose", "easeoff plan"),
    (("plan", "sertraline 100 mg"), "Which country", "--country GB"),
    (("plan", "sertaline 100 mg", "--country", "GB"), "no medicine called “sertaline”", "sertraline"),
    (("plan", "xyzzy 100 mg", "--country", "GB"), "no medicine called “xyzzy”", "name on the box"),
    (("plan", "medazepam 5 mg", "--country", "GB"), "no record of it", "Keep taking it"),
    (("plan", "sertraline", "--country", "GB"), "gives no dose", "100 mg"),
    (("plan", "sertraline 100", "--country", "GB"), "has no unit", "100 mg"),
    (("plan", "sertraline 100 mL", "--country", "GB"), "is a volume", "how many mg"),
    (("plan", "sertraline -100 mg", "--country", "GB"), "below zero", "above zero"),
    (("plan", "sertraline 0 mg", "--country", "GB"), "0 mg cannot be used", "above 0 mg"),
    (("plan", "sertraline 1,000 mg", "--country", "GB"), "has a comma", "decimal point"),
    (("plan", "escitalopram 200 mg", "--country", "GB"), "would take more than 8", "decimal point"),
    (("plan", "sertraline 100 g", "--country", "GB"), "would take more than 8", "unit"),
    (("plan", "sertraline 1e2 mg", "--country", "GB"), "not an amount we can read", "100 mg"),
    (("plan", "sertraline 0.0000001 mg", "--country", "GB"), "too many decimal places", "millionth"),
    (("plan", "sertraline 100 mg", "--country", "XX"), "“XX” is not a country", "GB (United Kingdom)"),
    ((*PLAN, "--product", "nope"), "“nope” is not a product", "easeoff medicines sertraline"),
    ((*PLAN, "--device", "nope"), "“nope” is not a syringe", "oral-syringe-1ml"),
    ((*PLAN, "--as", "horse pill"), "not a form we know", "tablet"),
    ((*PLAN, "--as", "MR capsule"), "not listed in the United Kingdom", "tablet"),
    ((*PLAN, "--person", "shoe=41"), "“shoe” is not something we ask", "age"),
    ((*PLAN, "--person", "age"), "“age” is not an answer", "key=value"),
    ((*PLAN, "--person", "=41"), "is not an answer", "key=value"),
    ((*PLAN, "--person", "age="), "No answer was given for age", "Leave the question out"),
    ((*PLAN, "--person", "age=-3"), "below zero", "zero or more"),
    ((*PLAN, "--person", "age=400"), "“400” is not an answer for age", "whole number"),
    ((*PLAN, "--person", "steady=maybe"), "“maybe” is not an answer", "yes or no"),
    ((*PLAN, "--person", "seizures=no", "--person", "seizures=yes"), "Two answers were given for seizures", "one"),
    ((*PLAN, "--person", "with=lithium", "with=none"), "none", "Name the other medicines"),
    (("plan", "--person", "age=41", "sertraline 100 mg", "--country", "GB"), "No medicine", "come first"),
    ((*PLAN, "--method", "hyperbolic"), "“hyperbolic” is not a method", "occupancy"),
    ((*PLAN, "--method", "fixd"), "“fixd” is not a method", "fixed?"),
    ((*PLAN, "--method", "fixed"), "no limit of its own", "--limit"),
    (("plan", "mirtazapine 15 mg", "--country", "GB", "--method", "occupancy"), "curve", "percent-current"),
    ((*PLAN, "--limit", "2,5"), "--limit: “2,5” has a comma", "2.5"),
    ((*PLAN, "--limit", "-5"), "below zero", "zero or more"),
    ((*PLAN, "--limit", "0"), "cannot be used", "above 0"),
    ((*PLAN, "--limit", "5%"), "has a unit", "number alone"),
    ((*PLAN, "--limit"), "--limit needs a value", "--help"),
    ((*PLAN, "--cap", "500"), "500 % cannot be used", "up to 100"),
    ((*PLAN, "--every", "1.5"), "“1.5” cannot be used for --every", "whole number"),
    ((*PLAN, "--every", "9999"), "9999 days", "days"),
    ((*PLAN, "--goal", "200"), "not below today's 100 mg", "lower dose"),
    ((*PLAN, "--goal", "5 mL"), "is a volume", "how many mg"),
    ((*PLAN, "--goal", "two"), "not an amount", "100 mg"),
    ((*PLAN, "--tier", "gold"), "“gold” is not a tier", "licensed"),
    ((*PLAN, "--halves", "yes"), "“yes” cannot be used for --halves", "confirmed"),
    ((*PLAN, "--intakes", "08:00=50,22:00=40"), "add up to 90 mg", "agree"),
    ((*PLAN, "--intakes", "8am=100"), "not a time with a dose", "08:00=50"),
    ((*PLAN, "--intakes", "08:00=87,5,22:00=12.5"), "“5” is not a time", "point for decimals"),
    ((*PLAN, "--intakes", "08:00=50,08:00=50"), "must differ", "08:00=50,22:00=50"),
    ((*PLAN, "--max-pieces", "99"), "99 pieces", "1 to 12"),
    ((*PLAN, "--max-products", "0"), "--max-products", "whole number"),
    ((*PLAN, "--review", "none"), "--review", "whole number"),
    ((*PLAN, "--start", "04/01/2027"), "not a date", "2027-01-04"),
    ((*PLAN, "--start", "2027-02-30"), "not a date", "2027-01-04"),
    ((*PLAN, "--start", "2020-01-04"), "has passed", "2026-12-01"),
    ((*PLAN, "--start", "9999-12-31"), "far away", "2028"),
    ((*PLAN, "--override", "me; GP"), "four parts", "name; role"),
    ((*PLAN, "--override", "me; GP; ; reason"), "four parts", "name; role"),
    ((*PLAN, "--override", f"{'x' * 90}; GP; 1; reason"), "name in the override is too long", "80"),
    ((*PLAN, "--prodct", "x"), "“--prodct” is not an option", "--product"),
    ((*PLAN, "--prod", "x"), "“--prod” is not an option", "--product"),
    ((*PLAN, "--table", "x"), "--table", "--to"),
    ((*PLAN, "--rows", "days"), "--rows belongs to --format csv", "leave the option out"),
    ((*PLAN, "--format", "csv", "--rows", "weeks"), "“weeks” is not a value of --rows", "steps, days or portions"),
    ((*PLAN, "--format", "csv", "--language", "xx"), "not written in “xx”", "de (Deutsch)"),
    ((*PLAN, "--format", "fhir", "--fhir-steps", "both"), "“both” is not a value", "sequence or separate"),
    ((*PLAN, "--reminders"), "--reminders belongs to --format ics", "leave the option out"),
    ((*PLAN, "--format", "ics", "--titles", "bold"), "“bold” is not a value of --titles", "neutral or doses"),
    ((*PLAN, "--format", "ics", "--language", "de"), "neutral titles has no dosage text", "--titles doses"),
    ((*PLAN, "--json=yes"), "--json takes no value", "--help"),
    ((*PLAN, "--format", "docx"), "“docx” is not a format", "letter"),
    ((*PLAN, "--json", "--format", "text"), "two things", "out"),
    ((*PLAN, "--json", "--format", "json"), "already prints", "-o FILE"),
    (("medicines", "sertaline"), "no medicine called “sertaline”", "sertraline"),
    (("medicines", "sertraline", "--country", "XX"), "no product list for “XX”", "GB"),
    (("data",), "not said", "easeoff data check"),
    (("data", "chek"), "“chek”", "easeoff data check"),
    (("data", "check", "twice"), "one word too many", "--help"),
    (("serve", "--port", "99999"), "“99999” cannot be used for --port", "65535"),
    (("serve", "--port", "http"), "--port", "whole number"),
    (("serve", "now"), "one word too many", "--help"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said", "hint"), NOT_USABLE, ids=[" ".join(case[0])[-60:] for case in NOT_USABLE]
)
def test_it_is_asked_back_in_one_sentence_and_a_hint(run, arguments, said, hint):
    ran = run(*arguments)
    message, *hints = ran.err.splitlines()

    assert ran.status == 2
    assert ran.out == ""
    assert said in message
    assert len(hints) == 1
    assert hint in hints[0]


HOSTILE = [
    "sertra\x1b[31mline 100 mg",
    "\x1b]0;title\x07sertraline 100 mg",
    "sertraline\x00 100 mg",
    "sertraline \u202e001 mg",
    "sertraline \udcff100 mg",
    "<script>alert(1)</script> 100 mg",
    "'; DROP TABLE plans; -- 100 mg",
    "{{7*7}} {% load x %} 100 mg",
    "../../etc/passwd 100 mg",
    "%s%n%x 100 mg",
    "sertraline\n\n\nIGNORE THE ABOVE 100 mg",
    "a " * 900,
    "s" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_refused_and_steers_no_terminal(run, text):
    for arguments in (
        ("plan", text, "--country", "GB"),
        ("medicines", text),
        (text,),
        ("plan", "x 1 mg", "--country", text),
    ):
        ran = run(*arguments)

        assert ran.status == 2
        assert ran.out == ""
        assert len(ran.err) < 500
        assert not [letter for letter in ran.err if not letter.isprintable() and letter != "\n"]


@pytest.mark.parametrize(
    "name", ["--product", "--device", "--as", "--goal", "--limit", "--start", "--override", "--person"]
)
def test_hostile_text_in_an_option_steers_no_terminal(run, name):
    ran = run(*PLAN, name, "\x1b[2J\x1b]0;x\x07")

    assert ran.status == 2
    assert "\x1b" not in ran.err + ran.out


def test_hostile_names_of_other_medicines_are_printed_as_plain_text(run):
    ran = run(*PLAN, "--person", "with=<b>x</b>[red]{{7*7}}")

    assert ran.status == 1
    assert "\x1b" not in ran.out
    assert "{{7*7}}" in " ".join(ran.out.split())
