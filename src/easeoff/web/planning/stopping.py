"""Stops on the way through the form, and the record with which a prescriber lifts one."""

from __future__ import annotations

from datetime import date

from easeoff.medicines import load_formulary
from easeoff.planning.findings import Level
from easeoff.quantities import EaseoffError
from easeoff.safety import screen
from easeoff.safety.crossing import screen_crossover
from easeoff.web.planning.fields import Answers, Field, Kind
from easeoff.web.planning.flow import Errors, request_from

OVERRIDE_FIELDS = (
    Field("override_name", "Your name", Kind.TEXT, longest=80, required=True),
    Field("override_role", "Your role", Kind.TEXT, "Such as GP, psychiatrist or prescribing pharmacist.", longest=60, required=True),
    Field("override_registration", "Your registration number", Kind.TEXT, "With the name of the register.", longest=60, required=True),
    Field("override_reason", "Your reason", Kind.LINES, longest=300, required=True),
)  # fmt: skip


_RECORD = "override_"
#: What a record speaks of besides the stops: another medicine, or another equivalent, needs a new one.
_SPOKEN_OF = ("medicine", "cross_to", "cross_mg", "cross_table", "cross_parts", "cross_keep")


def stops(answers: Answers, today: date) -> frozenset[str]:
    """The rules that stop these answers so far, lifted ones too; none while there is nothing yet that can be screened."""
    try:
        request = request_from(_without_record(answers), today)
        formulary = load_formulary(request.medicine, request.country)
        findings = screen(formulary, request)
        if request.crossover is not None:
            other = load_formulary(request.crossover.medicine, request.country)
            findings = (*findings, *screen_crossover(formulary, other, request))
        return frozenset(finding.rule for finding in findings if finding.level is Level.STOP)
    except EaseoffError:
        return frozenset()


def with_record_that_holds(before: Answers, after: Answers, today: date) -> Answers:
    """``after``, with a prescriber's record only where it still speaks of what its writer saw.

    A new stop or another medicine needs a new record: nobody took responsibility for those.
    """
    if not after.get("override_name"):
        return after
    same = all(after.get(key, "") == before.get(key, "") for key in _SPOKEN_OF)
    return after if same and stops(after, today) <= stops(before, today) else _without_record(after)


def _without_record(answers: Answers) -> Answers:
    return {key: text for key, text in answers.items() if not key.startswith(_RECORD)}


def override_errors(typed: Answers) -> Errors:
    """What the record still lacks, by field."""
    errors: Errors = {}
    for field in OVERRIDE_FIELDS:
        text = typed.get(field.key, "")
        if not text:
            errors[field.key] = f"{field.label} is missing. All four are needed."
        elif len(text) > field.longest:
            errors[field.key] = f"{field.label} is too long. Use at most {field.longest} characters."
    return errors
