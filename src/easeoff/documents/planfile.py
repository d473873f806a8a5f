"""The plan file, ``easeoff-plan/1``: a whole plan as text, exactly.

Reading a file that was written here and writing it again gives the same bytes. Doses are decimal strings in
mg as labelled; effect and drops are numbers. ``docs/reference/plan-file.md`` describes every field.
"""

from __future__ import annotations

from easeoff.documents.history import follows_from_its_events
from easeoff.documents.jsonrecord import JsonRecord
from easeoff.documents.jsontext import json_text, parsed_json
from easeoff.documents.planrecord import PLAN_FORMAT, plan_from, plan_object
from easeoff.planning.plan import Plan
from easeoff.quantities import EaseoffError

__all__ = ["PLAN_FORMAT", "plan_object", "read_plan", "write_plan"]
_WHAT = "plan file"


def write_plan(plan: Plan) -> str:
    """``plan`` as the text of a plan file; the same plan gives the same bytes."""
    return json_text(plan_object(plan))


def read_plan(text: str) -> Plan:
    """The plan in a plan file's ``text``.

    Raises `EaseoffError`, one sentence and a hint, for a file that is damaged, is of another format, has a
    field of the wrong type (which it names), or whose parts do not add up to its doses.
    """
    plan = plan_from(JsonRecord(parsed_json(text, what=_WHAT), "", _WHAT))
    _check_history(plan)
    return plan


def _check_history(plan: Plan) -> None:
    """A later version has to be what its events make of the first one. Raises `EaseoffError`."""
    if (plan.first is None) != (plan.version <= 1):
        raise EaseoffError("This plan file has lost its first version.", "Use the file as it was saved.")
    if not _follows(plan):
        raise EaseoffError(
            "This plan file does not follow from its own events: somebody may have changed it.",
            "Do not take doses from it; use the file as it was saved.",
        )


def _follows(plan: Plan) -> bool:
    try:
        return follows_from_its_events(plan)
    except (ArithmeticError, AssertionError, LookupError, TypeError, ValueError):
        return False  # an event that makes no sense leads nowhere
