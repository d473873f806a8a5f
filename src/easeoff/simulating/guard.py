"""Whether a plan may be shown at all: a simulation prints doses, so a stop holds here as it does everywhere."""

from __future__ import annotations

from easeoff.medicines import find_medicine, load_formulary
from easeoff.planning.findings import Finding, Level
from easeoff.planning.plan import Plan
from easeoff.safety import review, screen


def stops_of(plan: Plan) -> tuple[Finding, ...]:
    """What stops this plan by today's rules, empty where nothing does."""
    formulary = load_formulary(find_medicine(plan.medicine), plan.country)
    findings = (*screen(formulary, plan.request), *review(formulary, plan.request, plan))
    return tuple(finding for finding in findings if finding.level is Level.STOP)
