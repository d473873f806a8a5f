"""Stops on the way through the form, and the record with which a prescriber lifts one."""

from __future__ import annotations

from datetime import date

from easeoff.medicines import load_formulary
from easeoff.planning.findings import Level
from easeoff.quantities import EaseoffError
from easeoff.safety import apply_override, screen
from easeoff.web.planning.fields import Answers, Field, Kind
from easeoff.web.planning.flow import Errors, request_from

OVERRIDE_FIELDS = (
    Field("override_name", "Your name", Kind.TEXT, longest=80, required=True),
    Field("override_role", "Your role", Kind.TEXT, "Such as GP, psychiatrist or prescribing pharmacist.", longest=60, required=True),
    Field("override_registration", "Your registration number", Kind.TEXT, "With the name of the register.", longest=60, required=True),
    Field("override_reason", "Your reason", Kind.LINES, longest=300, required=True),
)  # fmt: skip


def stops(answers: Answers, today: date) -> frozenset[str]:
    """The rules that stop these answers so far; none while there is not yet a request that can be screened."""
    try:
        request = request_from(answers, today)
        findings = screen(load_formulary(request.medicine, request.country), request)
        return frozenset(f.rule for f in apply_override(findings, request.override) if f.level is Level.STOP)
    except EaseoffError:
        return frozenset()


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
