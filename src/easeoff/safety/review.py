"""After planning: what a finished plan must stop, warn or say."""

from __future__ import annotations

from easeoff.medicines.model import Formulary
from easeoff.planning.findings import Finding
from easeoff.planning.plan import Plan
from easeoff.planning.request import TaperRequest
from easeoff.safety.crossing import review_crossover
from easeoff.safety.parts import Case
from easeoff.safety.review_guards import guards
from easeoff.safety.review_pace import pace
from easeoff.safety.review_products import products
from easeoff.safety.review_trust import trust
from easeoff.safety.screening import apply_override


def review(formulary: Formulary, request: TaperRequest, plan: Plan) -> tuple[Finding, ...]:
    """What the plan calls for: errors that must not reach anyone, its pace, its products, how sure it is.

    An override in the request has been applied.
    """
    if plan.crossover is not None:
        return review_crossover(formulary, request, plan)
    case = Case(formulary, request)
    found = tuple(finding for part in (guards, pace, products, trust) for finding in part(case, plan))
    return apply_override(found, request.override)
