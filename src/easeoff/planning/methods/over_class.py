"""Which drops of a plan are over the class's own pace, where somebody asked for more or follows a published schedule."""

from __future__ import annotations

from itertools import pairwise

from easeoff.medicines.model import Formulary
from easeoff.planning.forms import start_form
from easeoff.planning.methods.choosing import class_rule
from easeoff.planning.pace import pace_for
from easeoff.planning.plan import Plan
from easeoff.quantities import to_grid

#: Findings that say so of a plan; a prescriber has to agree to it.
_SAID = frozenset({"cuts-above-pace", "last-cut-above-pace", "limit-above-pace", "cap-above-pace"})


def goes_over_class(plan: Plan) -> bool:
    """Whether the plan says of itself that it takes more at once than the class's pace does."""
    return any(finding.rule in _SAID for finding in plan.findings)


def over_class(plan: Plan, formulary: Formulary) -> frozenset[int]:
    """The numbers of the steps over the class's fastest pace; ``len(steps) + 1`` stands for the drop to a goal of zero.

    Empty for a plan that keeps the class's pace. Raises `EaseoffError` where newer data no longer know its form.
    """
    pace = pace_for(formulary.medicine, plan.request)
    if plan.crossover is not None or pace is None or not goes_over_class(plan):
        return frozenset()
    form, _ = start_form(formulary, plan.request)
    rule = class_rule(formulary, plan.request, pace, form)
    doses = [to_grid(plan.start_dose_mg), *(to_grid(step.dose_mg) for step in plan.steps)]
    doses += [0] if plan.goal_mg == 0 else []
    return frozenset(n for n, (a, b) in enumerate(pairwise(doses), 1) if b < a and not rule.allows(a, b))
