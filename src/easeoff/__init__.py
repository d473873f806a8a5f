"""Easeoff: plan a slow, dispensable reduction of a psychiatric medicine, together with a prescriber.

Not medical advice. A research prototype: no clinical safety officer has signed a safety case.

>>> from datetime import date
>>> from decimal import Decimal
>>> from easeoff import Tier, TaperRequest, plan_taper
>>> request = TaperRequest("sertraline", Decimal(100), "GB", today=date(2026, 1, 5), tier=Tier.SPECIAL, limit=Decimal(10))
>>> proposal = plan_taper(request)
>>> proposal.outcome.value, len(proposal.open_questions), proposal.plan.summary.steps
('draft', 20, 17)

A plan is kept as a file, byte for byte:

>>> from easeoff import read_plan, write_plan
>>> text = write_plan(proposal.plan)
>>> read_plan(text) == proposal.plan, write_plan(read_plan(text)) == text
(True, True)

What is known of a medicine:

>>> from easeoff import load_medicine
>>> load_medicine("sertraline").drug_class
'antidepressant_ssri'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from easeoff.documents import read_plan, write_plan
    from easeoff.documents.history import follow_plan
    from easeoff.medicines import load_medicine
    from easeoff.medicines.model import Medicine, Tier
    from easeoff.planning.lifecycle import Kind
    from easeoff.planning.plan import Plan, Step
    from easeoff.planning.request import CrossoverWish, IntakeDose, MethodName, Override, Person, TaperRequest
    from easeoff.proposing import Proposal, plan_taper
    from easeoff.proposing.following import Happening
    from easeoff.quantities import EaseoffError
    from easeoff.simulating import Simulation, simulate

__all__ = [
    "CrossoverWish",
    "EaseoffError",
    "Happening",
    "IntakeDose",
    "Kind",
    "Medicine",
    "MethodName",
    "Override",
    "Person",
    "Plan",
    "Proposal",
    "Simulation",
    "Step",
    "TaperRequest",
    "Tier",
    "follow_plan",
    "load_medicine",
    "plan_taper",
    "read_plan",
    "simulate",
    "write_plan",
]

_HOMES = {
    "CrossoverWish": "easeoff.planning.request",
    "EaseoffError": "easeoff.quantities",
    "Happening": "easeoff.proposing.following",
    "IntakeDose": "easeoff.planning.request",
    "Kind": "easeoff.planning.lifecycle",
    "Medicine": "easeoff.medicines.model",
    "MethodName": "easeoff.planning.request",
    "Override": "easeoff.planning.request",
    "Person": "easeoff.planning.request",
    "Plan": "easeoff.planning.plan",
    "Proposal": "easeoff.proposing",
    "Simulation": "easeoff.simulating",
    "Step": "easeoff.planning.plan",
    "TaperRequest": "easeoff.planning.request",
    "Tier": "easeoff.medicines.model",
    "follow_plan": "easeoff.documents.history",
    "load_medicine": "easeoff.medicines",
    "plan_taper": "easeoff.proposing",
    "read_plan": "easeoff.documents",
    "simulate": "easeoff.simulating",
    "write_plan": "easeoff.documents",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: a command that needs little starts fast."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'easeoff' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)
