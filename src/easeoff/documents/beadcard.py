"""The card for counting beads: what has to be known before anybody can plan by beads. It holds no dose to take.

No record gives a number of beads that could be relied on, so a plan never counts them; where counting would help, the
proposal names it as a way, and this card is how person and pharmacist find out whether it can be done.
"""

from __future__ import annotations

from easeoff.documents.carddata import records_of
from easeoff.documents.preparing import CAREFUL, TITLES, WORDS, Way
from easeoff.documents.recorded import override_sentence
from easeoff.documents.requestfile import JsonObject
from easeoff.documents.wording import strength_text
from easeoff.medicines.model import Product
from easeoff.proposing.proposal import AdditionKind, Proposal
from easeoff.quantities import EaseoffError, format_date, format_mg
from easeoff.safety.words import NOTICE

#: Capsules to count: 3 to 5 are said to do (read), 10 to give a better mean (read, lay source).
_CAPSULES = 10


def offers_beads(proposal: Proposal) -> bool:
    """Whether counting beads is one of the ways out of this draft, with no question open."""
    kinds = {addition.kind for remedy in proposal.remedies for addition in remedy.add}
    return AdditionKind.BEADS in kinds and not proposal.open_questions


def bead_card_data(proposal: Proposal, person: str = "") -> JsonObject:
    """The texts of the card. Raises `EaseoffError` where counting beads is no way of this proposal."""
    product = _smallest_countable(proposal)
    name = proposal.formulary.medicine.name.capitalize()
    dose, strength = format_mg(proposal.request.dose), strength_text(product)
    return {
        "title": f"{name}: counting beads, to settle with your pharmacist",
        "name": f"For {person}" if person else "",
        "intro": (
            f"This comes before any plan. No dose follows from this card: keep taking {dose} a day as you do now. Do not cut"
            " and do not stop."
        ),
        "override": override_sentence(proposal.request.override, proposal.findings),
        "cards": [{
            "heading": f"{TITLES[Way.BEADS]}: {product.name}",
            "strength": strength,
            "device": "",
            "drawings": [],
            "drawn": "",
            "how": [words.format(strength=strength) for words in WORDS[Way.BEADS]],
            "careful": CAREFUL[Way.BEADS],
            "rows": [],
            "counts": [f"Capsule {number}" for number in range(1, _CAPSULES + 1)],
            "counted": ("Capsule", "Beads in it"),
            "records": [*records_of(Way.BEADS, product, proposal.formulary)],
        }],
        "columns": (),
        "notice": NOTICE,
        "footer": f"{name}, {format_date(proposal.request.today)}. Counting beads.",
    }  # fmt: skip


def _smallest_countable(proposal: Proposal) -> Product:
    """The capsule with the least mg whose record says that some brands can be counted."""
    countable = [
        (product.mg_per_unit, product.id, product)
        for product in proposal.formulary.products
        if product.tier is not None
        and product.mg_per_unit is not None
        and any(f.name == "bead_countable" and f.value in ("yes", "by_brand") for f in product.properties)
    ]
    if not offers_beads(proposal) or not countable:
        raise EaseoffError(
            "Counting beads is not one of the ways here.", "The proposal lists what could be added."
        )
    return min(countable)[2]
