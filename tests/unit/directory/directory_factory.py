"""Made-up services and checks for the tests of the directory."""

from __future__ import annotations

from datetime import date
from typing import Any

from easeoff.directory import Kind, Method, Result, Service, Status, Verification

TODAY = date(2026, 11, 1)


def service(**changes: Any) -> Service:
    """An active helpline with a number, never checked; ``changes`` are other fields."""
    return Service(**{"id": "harbour", "name": "Harbour Helpline", "kind": Kind.HELPLINE, "country": "GB", "phone": "01632 960001",
                      "url": "https://harbour.example", "status": Status.ACTIVE, **changes})  # fmt: skip


def crisis_line(**changes: Any) -> Service:
    """A crisis line in the same state."""
    return service(
        **{
            "id": "lantern",
            "name": "Lantern Line",
            "kind": Kind.CRISIS_LINE,
            "url": "https://lantern.example",
            **changes,
        }
    )


def check(**changes: Any) -> Verification:
    """A telephone check that confirmed the number of the helpline today."""
    return Verification(**{"service": "harbour", "fields_covered": ("phone",), "method": Method.PHONE_CALL, "result": Result.CONFIRMED,
                           "checked_at": TODAY, "checker_role": "volunteer", **changes})  # fmt: skip
