"""One name for all versions of a person's plan, so that a calendar or a record system knows them as one."""

from __future__ import annotations

from hashlib import sha256

from easeoff.documents.jsontext import JsonValue, json_text
from easeoff.documents.requestfile import request_object
from easeoff.planning.plan import Plan

#: What says who comes off what, and what no later version changes.
_KEPT = ("medicine", "dose_mg", "country", "today", "form", "intakes", "person")
_DIGITS = 32


def series_id(plan: Plan) -> str:
    """32 hexadecimal digits: the same for every version that starts from the same answers. It tells nobody what they are."""
    asked = request_object(plan.request)
    kept: dict[str, JsonValue] = {name: asked[name] for name in _KEPT}
    return sha256(json_text(kept).encode("utf-8")).hexdigest()[:_DIGITS]
