"""The sources a plan rests on, each with the least sure confidence of what was taken from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from easeoff.medicines.model import Confidence, Formulary, Provenance
from easeoff.planning.methods import Approach
from easeoff.planning.plan import CitedSource, Step

#: From most to least sure.
_SURENESS = [Confidence.READ, Confidence.SECONDARY, Confidence.PROJECT_CHOICE, Confidence.UNVERIFIED]


def cited_sources(formulary: Formulary, approach: Approach, steps: Sequence[Step]) -> tuple[CitedSource, ...]:
    """Curve, pace, product lists, product facts, syringes and form equivalences that this plan used."""
    return least_sure(formulary, _used(formulary, approach, steps))


def least_sure(formulary: Formulary, used: Iterator[Provenance]) -> tuple[CitedSource, ...]:
    """Each source of ``used`` that is on record, with the least sure confidence of what was taken from it."""
    least: dict[str, Confidence] = {}
    for provenance in used:
        known = least.get(provenance.source)
        if known is None or _SURENESS.index(provenance.confidence) > _SURENESS.index(known):
            least[provenance.source] = provenance.confidence
    by_id = {source.id: source for source in formulary.sources}
    return tuple(
        CitedSource(by_id[source], confidence.value)
        for source, confidence in sorted(least.items())
        if source in by_id
    )


def _used(formulary: Formulary, approach: Approach, steps: Sequence[Step]) -> Iterator[Provenance]:
    if approach.curve is not None:
        yield approach.curve.provenance
    for source in approach.pace.sources:
        yield Provenance(source, approach.pace.confidence)
    if (about := approach.method.about) is not None:
        yield from (Provenance(source, Confidence(about.confidence)) for source in about.sources)
    portions = [p for s in steps for i in s.intakes for p in i.portions]
    divided = {p.product for p in portions if p.unit == "tablet" and p.amount != int(p.amount)}
    for product_id in {p.product for p in portions}:
        product = formulary.product(product_id)
        yield Provenance(product.source, Confidence.READ)
        relied_on = {"mg_per_drop", "dilutable", *(["divisible"] if product_id in divided else [])}
        yield from (
            fact.provenance
            for fact in product.properties
            if fact.name in relied_on and fact.provenance.confidence is not Confidence.UNVERIFIED
        )
        yield from (e.provenance for e in formulary.form_equivalences if e.from_form == product.form_group)
    used_devices = {p.device for p in portions}
    for device in formulary.devices:
        if device.id in used_devices:
            yield from device.provenance
    yield Provenance("project_choice", Confidence.PROJECT_CHOICE)
