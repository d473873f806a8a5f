"""What happened to a plan as JSON, ``easeoff-follow/1``: the difference in words and the new plan file within it."""

from __future__ import annotations

from datetime import date

from easeoff.documents.calendarentries import renewal
from easeoff.documents.history import Version, identity, versions
from easeoff.documents.jsontext import JsonValue, json_text
from easeoff.documents.planfile import plan_object
from easeoff.documents.requestfile import JsonObject
from easeoff.planning.lifecycle import Difference, recordable, suggestion
from easeoff.planning.plan import Plan
from easeoff.proposing.following import Followed

FOLLOW_FORMAT = "easeoff-follow/1"


def followed_json(followed: Followed, on: date) -> str:
    """A new version: what it changes, what to do now and to the calendar of the version before (``on``: today), and the plan itself."""
    plan = followed.plan
    return json_text(
        {
            "format": FOLLOW_FORMAT,
            "identity": identity(plan),
            "difference": _difference(followed.difference),
            "words": followed.words,
            "renew_calendar": renewal(plan, on),
            "plan": plan_object(plan),
        }
    )


def standing_json(plan: Plan, on: date) -> str:
    """Where a plan stands: what may be recorded, what may be proposed, and its history."""
    proposed = suggestion(plan, on)
    return json_text(
        {
            "format": FOLLOW_FORMAT,
            "identity": identity(plan),
            "status": plan.status,
            "suggestion": {"what": proposed.what, "text": proposed.text},
            "allowed": list(recordable(plan)),
            "history": [_version(version) for version in versions(plan)],
        }
    )


def _version(version: Version) -> JsonObject:
    told: JsonValue = None if version.difference is None else _difference(version.difference)
    return {
        "version": version.plan.version,
        "identity": version.identity,
        "status": version.plan.status,
        "difference": told,
    }


def _difference(told: Difference) -> JsonObject:
    return {"happened": told.happened, "changes": told.changes, "faster": told.faster}
