"""What to prescribe, as drafts: one request a product with every step in it, or one a step for systems without ``sequence``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from easeoff.documents.crosswords import check_text
from easeoff.documents.dosage import Language
from easeoff.documents.fhir.codes import PLANS, PURPOSE_URL, extension, medication, quantity
from easeoff.documents.fhir.instructions import Taken, dosage_of, part_of, taken_of
from easeoff.documents.fhir.names import Names
from easeoff.documents.fhir.narrative import listed, narrative, paragraph
from easeoff.documents.issuing import PURPOSE, Covered
from easeoff.documents.jsontext import JsonValue
from easeoff.documents.needs import PERIOD_DAYS
from easeoff.documents.recorded import override_sentence
from easeoff.documents.requestfile import JsonObject
from easeoff.documents.standing import Standing, start_words
from easeoff.medicines import load_medicine
from easeoff.medicines.model import Formulary
from easeoff.planning.findings import Finding
from easeoff.planning.plan import Plan
from easeoff.quantities import EaseoffError
from easeoff.safety.words import START_ONLY_IF


@dataclass(frozen=True, slots=True)
class Asked:
    """What the requests are made from."""

    plan: Plan
    formulary: Formulary
    covered: tuple[Covered, ...]
    names: Names
    said: Language
    now: Standing
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Request:
    """One request to be: its name, its product, what is taken of it, the group it belongs to, how much for how long."""

    name: str
    product: str
    taken: tuple[Taken, ...]
    group: str
    status: str
    prior: str
    amount: Decimal
    unit: str
    days: int


def requests_of(asked: Asked, *, numbered: bool) -> list[JsonObject]:
    """The requests: joined by ``sequence``, or a request for each step, the later ones on hold."""
    made = _joined(asked) if numbered else _separate(asked)
    return [_resource(request, asked, numbered=numbered) for request in made]


def _products(taken: Sequence[Taken]) -> dict[str, tuple[Taken, ...]]:
    ids = dict.fromkeys(item.portion.product for item in taken)
    return {product: tuple(t for t in taken if t.portion.product == product) for product in ids}


def _joined(asked: Asked) -> list[_Request]:
    made = []
    for product, taken in _products(taken_of(asked.covered)).items():
        amount = _amount(asked, product, taken)
        days = sum(c.days_left(asked.now.on) for c in dict.fromkeys(t.covered for t in taken))
        amount, days = _at_once(asked, product, taken, amount, days)
        made.append(_Request(f"request-{product}", product, taken, asked.names.group, "draft", "", amount,
                             taken[0].portion.unit, days))  # fmt: skip
    return made


def _at_once(
    asked: Asked, product: str, taken: Sequence[Taken], amount: Decimal, days: int
) -> tuple[Decimal, int]:
    """How much one prescription holds: of a controlled drug the first 28 days, of another medicine all to the review."""
    if days <= PERIOD_DAYS or not _is_controlled(asked, product):
        return amount, days
    amount, left = Decimal(0), PERIOD_DAYS
    for covered in dict.fromkeys(t.covered for t in taken):
        kept = min(left, covered.days_left(asked.now.on))
        amount += kept * sum((t.portion.amount for t in taken if t.covered == covered), Decimal(0))
        left -= kept
    return amount, PERIOD_DAYS


def _is_controlled(asked: Asked, product: str) -> bool:
    """Whether this product's own medicine is controlled: a crossover holds two."""
    name, record = asked.formulary.product(product).medicine, asked.formulary.medicine
    if asked.plan.crossover is not None and name == asked.plan.crossover.medicine:
        record = load_medicine(name)
    return asked.plan.country in record.controlled


def _amount(asked: Asked, product: str, taken: Sequence[Taken]) -> Decimal:
    """What is needed up to the review: as a first version says; of a later one for the days that are left."""
    if asked.now.later:
        return sum((t.portion.amount * t.covered.days_left(asked.now.on) for t in taken), Decimal(0))
    supply = {line.product: line.amount for line in asked.plan.supply}
    if product not in supply:
        raise EaseoffError(f"The plan does not say how much of {product} is needed.", "Make the plan again.")
    return supply[product]


def _separate(asked: Asked) -> list[_Request]:
    made, before = [], dict[str, str]()
    every = taken_of(asked.covered)
    for covered in asked.covered:
        number = covered.step.number
        status = "draft" if covered is asked.covered[0] else "on-hold"
        for product, taken in _products([t for t in every if t.covered is covered]).items():
            name = f"request-{number}-{product}"
            a_day = sum((t.portion.amount for t in taken), Decimal(0))
            group = f"{asked.names.group}-step-{number}"
            days = covered.days_left(asked.now.on)
            amount, days = _at_once(asked, product, taken, a_day * days, days)
            made.append(_Request(name, product, taken, group, status, before.get(product, ""), amount,
                                 taken[0].portion.unit, days))  # fmt: skip
            before[product] = name
    return made


def _resource(request: _Request, asked: Asked, *, numbered: bool) -> JsonObject:
    plan, names = asked.plan, asked.names
    product = asked.formulary.product(request.product)
    dosages = [
        dosage_of(t, asked.formulary, asked.said, _begins(asked, t), numbered=numbered) for t in request.taken
    ]
    override = override_sentence(plan.request.override, plan.findings)
    waits = request.status == "on-hold"
    review = paragraph(
        f"The texts are in {asked.said.name}: {asked.said.review}." if asked.said.review else ""
    )
    parts = dict.fromkeys(part_of(taken, asked.formulary) for taken in request.taken)
    text = narrative(
        paragraph(product.name),
        listed([str(d["text"]) for d in dosages], asked.said),
        *map(paragraph, parts),
        review,
        paragraph(override),
    )
    resource: JsonObject = {
        "resourceType": "MedicationRequest",
        "id": names.id(request.name),
        "text": text,
        "extension": [extension(PURPOSE_URL, "String", PURPOSE)],
        "status": request.status,
        "intent": "plan",
        "medicationCodeableConcept": medication(product),
        "subject": names.reference("patient"),
        "authoredOn": plan.created_on.isoformat(),
        "groupIdentifier": {"system": PLANS, "value": request.group},
        "dosageInstruction": dosages,
        "dispenseRequest": _dispense(request, asked.now),
    }
    if waits:
        resource["statusReason"] = {"text": START_ONLY_IF}
    notes: list[JsonValue] = [{"text": note} for note in (belongs_together(plan), override) if note]
    if notes:
        resource["note"] = notes
    if request.prior:
        resource["priorPrescription"] = names.reference(request.prior)
    return resource


def _begins(asked: Asked, taken: Taken) -> str:
    """When to start a step; in a crossover also when the prescriber looks."""
    words = start_words(asked.plan, taken.covered.step, asked.now)
    return words if asked.plan.crossover is None else f"{words} {check_text(asked.plan, taken.covered.step)}"


def belongs_together(plan: Plan) -> str:
    """That a request of a crossover must not be read alone; empty for one medicine."""
    if plan.crossover is None:
        return ""
    return (
        f"One of two medicines of a crossover from {plan.medicine} to {plan.crossover.medicine}. Read the requests for both together:"
        " none of them is the whole dose."
    )


def _dispense(request: _Request, now: Standing) -> JsonObject:
    """How much for the days up to the review, of the step, or of one prescription of a controlled drug; never repeated by itself."""
    first, last = _span(request.taken)
    period: JsonObject = {}
    if first is not None and last is not None:
        first = max(first, now.on) if now.later else first
        period = {"validityPeriod": {"start": first.isoformat(), "end": last.isoformat()}}
    return period | {
        "numberOfRepeatsAllowed": 0,
        "quantity": quantity(request.amount, request.unit),
        "expectedSupplyDuration": quantity(request.days, "day"),
    }


def _span(taken: Sequence[Taken]) -> tuple[date | None, date | None]:
    return taken[0].covered.start, taken[-1].covered.end
