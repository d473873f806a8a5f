"""Occupancy: steps of equal effect by a published curve. The only method that may be called hyperbolic."""

from __future__ import annotations

from decimal import Decimal

from easeoff.pharmacology import Occupancy
from easeoff.planning.findings import Finding
from easeoff.planning.methods.approach import Approach
from easeoff.planning.methods.asking import Asking
from easeoff.planning.methods.class_limits import OTHER_CAP_PERCENT, millionths, share
from easeoff.planning.plan import EffectKind, Limits, Method
from easeoff.planning.rules import StepRule


def by_curve(asking: Asking, limit: Decimal, findings: tuple[Finding, ...]) -> Approach:
    """At most ``limit`` points a step, and above the ED50 at most the cap on percent of the current dose."""
    scale, worst = asking.scales()
    assert isinstance(scale, Occupancy)
    cap = asking.request.cap if asking.request.cap is not None else asking.pace.cap_percent
    limits = Limits(
        points=limit,
        percent_of_current=OTHER_CAP_PERCENT if cap is None else cap,
        first_cut_percent=asking.first_cut,
    )
    rule = StepRule(
        scale,
        asking.start,
        effect_drop=millionths(limit),
        cap=share(limits.percent_of_current),
        cap_above=scale.ed50,
        first_cut=share(asking.first_cut),
    )
    method = Method(
        asking.name, asking.base, limits, None, asking.because, ramp=asking.settings.ramp, about=asking.about
    )
    return Approach(
        method,
        rule,
        EffectKind.OCCUPANCY_POINTS,
        asking.days,
        asking.pace,
        asking.curve,
        worst,
        findings,
        asking.rhythm(),
    )
