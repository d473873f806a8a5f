"""What the dated part of a plan needs from the pharmacy, counted from the plan itself."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from easeoff.medicines.model import Formulary
from easeoff.planning.plan import Step, SupplyLine


def supply_until_review(formulary: Formulary, steps: Sequence[Step], review: int) -> tuple[SupplyLine, ...]:
    """One line a product: what steps 1 to ``review`` take. Nothing is added for spills or losses."""
    dated = [step for step in steps if step.number <= review]
    period = sum(step.days for step in dated)
    totals: dict[str, tuple[Decimal, str]] = {}
    for step in dated:
        for portion in (p for intake in step.intakes for p in intake.portions):
            amount, _ = totals.get(portion.product, (Decimal(0), ""))
            totals[portion.product] = (amount + portion.amount * step.days, portion.unit)
    return tuple(
        _line(formulary, product, amount, unit, period) for product, (amount, unit) in sorted(totals.items())
    )


def _line(formulary: Formulary, product_id: str, amount: Decimal, unit: str, period: int) -> SupplyLine:
    product = formulary.product(product_id)
    needed = amount
    if product.mg_per_drop is not None and product.concentration is not None:
        # Packs of drops are in mL; the plan counts drops.
        per_ml = product.concentration.mg / product.concentration.ml / product.mg_per_drop
        needed = amount / per_ml
    sizes = [size for size in product.pack_sizes if size > 0]
    if not sizes:
        return SupplyLine(product_id, amount, unit, None, None, period)
    size = min(sizes, key=lambda s: (ceil(needed / s) * s, ceil(needed / s)))
    return SupplyLine(product_id, amount, unit, ceil(needed / size), size, period)
