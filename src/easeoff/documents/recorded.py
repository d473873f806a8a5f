"""What a prescriber recorded and stands for, on every page and paper."""

from __future__ import annotations

from collections.abc import Iterable

from easeoff.planning.findings import Finding
from easeoff.planning.request import Override
from easeoff.quantities import format_date
from easeoff.safety.screening import is_lifted


def override_sentence(override: Override | None, findings: Iterable[Finding]) -> str:
    """Who took responsibility, why and when; that stops were lifted only where one was. Empty where nobody did."""
    if override is None:
        return ""
    did = "Stops were lifted by" if any(map(is_lifted, findings)) else "Responsibility was taken by"
    return (
        f"{did} {override.name}, {override.role}, registration {override.registration}, "
        f"on {format_date(override.on)}: {override.reason.rstrip('.')}."
    )
