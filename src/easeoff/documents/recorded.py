"""What a prescriber recorded and stands for, on every page and paper."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from easeoff.medicines import find_medicine, load_formulary
from easeoff.planning.findings import Level
from easeoff.planning.request import Override, TaperRequest
from easeoff.quantities import format_date
from easeoff.safety.crossing import screen_all

_LIFTED = "Stops were lifted by"


def override_sentence(override: Override | None) -> str:
    """Who lifted the stops, why and when; empty where nobody did."""
    if override is None:
        return ""
    return (
        f"{_LIFTED} {override.name}, {override.role}, registration {override.registration}, "
        f"on {format_date(override.on)}: {override.reason.rstrip('.')}."
    )


@lru_cache(maxsize=64)
def record_sentence(request: TaperRequest) -> str:
    """The same of a request. A crossover needs the record also where it lifts no stop, and then says only that."""
    said = override_sentence(request.override)
    if request.crossover is None or not said or _lifts_a_stop(request):
        return said
    return said.replace(_LIFTED, "This change of medicine was recorded by", 1)


def _lifts_a_stop(request: TaperRequest) -> bool:
    formulary = load_formulary(find_medicine(request.medicine), request.country)
    found = screen_all(formulary, replace(request, override=None))
    return any(finding.level is Level.STOP for finding in found)
