"""How each way of making a dose is done, in plain sentences, with what to be careful about.

The sentences rest on what was measured in laboratories (docs/reference/documents.md names the works); where only
reasoning stands behind one, it says "we think".
"""

from __future__ import annotations

from enum import StrEnum

from easeoff.medicines.model import Product
from easeoff.planning.plan import Portion

#: Forms that are made to fall apart in water.
_DISPERSIBLE_FORMS = frozenset({"dispersible_tablet"})


class Way(StrEnum):
    """A way of making a dose that is more than taking whole pieces."""

    HALVE = "halve"
    QUARTER = "quarter"
    SYRINGE = "syringe"
    DILUTE = "dilute"
    DROPS = "drops"
    DISPERSE = "disperse"
    BEADS = "beads"  #: never in a plan: to be settled with a pharmacist first


def way_of(portion: Portion, product: Product) -> Way | None:
    """How this portion is made ready, or ``None`` for whole pieces that are simply taken."""
    if portion.unit == "drop":
        return Way.DROPS
    if portion.unit == "mL":
        return Way.DILUTE if product.must_dilute else Way.SYRINGE
    part = portion.amount % 1
    if part:
        return Way.HALVE if part * 2 == 1 else Way.QUARTER
    return Way.DISPERSE if product.form_group in _DISPERSIBLE_FORMS else None


TITLES = {
    Way.HALVE: "Halving",
    Way.QUARTER: "Quartering",
    Way.SYRINGE: "Measuring with an oral syringe",
    Way.DILUTE: "Measuring, then diluting",
    Way.DROPS: "Counting drops",
    Way.DISPERSE: "Dispersing in water",
    Way.BEADS: "Counting beads",
}
_DIVIDE = (
    "Wash and dry your hands. Use a tablet cutter if you can: its halves come out more even than by hand.",
    "Lay the line of the tablet under the blade and close it in one go.",
    "Take one part now. Use the other part of the same tablet next, so that the error evens out.",
    "Keep the other part dry, in the dark and apart from whole tablets.",
)
_DRAW = (
    "Read the strength on the bottle. It must be the one on this card.",
    "Shake the bottle if its label says so.",
    "Draw up slowly, with the tip under the liquid. Push air bubbles back and draw again.",
    "Hold the syringe at eye level. The edge of the plunger that is nearest the tip must stand at the line.",
)
WORDS: dict[Way, tuple[str, ...]] = {
    Way.HALVE: _DIVIDE,
    Way.QUARTER: (
        "Halve the tablet first, then halve the half, each time along its line.",
        *_DIVIDE[:1],
        *_DIVIDE[2:],
    ),
    Way.SYRINGE: (
        *_DRAW,
        "Push it slowly into your cheek and swallow. Drink some water after it.",
        "Rinse the syringe with water and let it dry.",
    ),
    Way.DILUTE: (
        *_DRAW,
        "Push it at once into {volume} of a drink that its label names{drinks}.",
        "Stir, and drink all of it at once. Rinse the glass, and drink that too.",
    ),
    Way.DROPS: (
        "Read the strength on the bottle. It must be the one on this card.",
        "Hold the bottle as its label says and let the drops fall one by one into a little water. Count aloud.",
        "If you lose count, pour it away and begin again.",
        "Drink all of it at once. Rinse the glass, and drink that too.",
    ),
    Way.DISPERSE: (
        "Put the whole tablet into a little water, in the oral syringe or in a small glass.",
        "Wait until it has fallen apart, then stir or shake.",
        "Take all of it at once. Rinse, and take that too.",
    ),
    Way.BEADS: (
        "First ask your pharmacist whether your brand holds many small beads that may be taken whole. Some hold a few small"
        " tablets or flakes, and these cannot be counted.",
        "Open 3 to 5 capsules of one box over a plate with a rim, one after the other; 10 give a better mean.",
        "Count the beads of each and write the number below. Put its beads back before you open the next.",
        "The medicine in one bead is {strength} divided by the mean number of beads.",
        "Take the counts to your prescriber and pharmacist: whether to plan by beads is theirs to agree.",
    ),
}
CAREFUL: dict[Way, tuple[str, ...]] = {
    Way.HALVE: (
        "Only tablets with a line, of the brand that your pharmacist looked at.",
        "Do not halve a whole month’s tablets ahead: divide as you go.",
        "Never halve slow-release or coated tablets unless their own label says that they may be.",
    ),
    Way.QUARTER: (
        "Only tablets that are scored in four.",
        "Quarters differ much: never choose by size, take the parts one after the other.",
    ),
    Way.SYRINGE: (
        "No spoon and no cup: with them most people measure wrongly.",
        "Keep to one syringe of one kind. Much of its error is the same every day, we think, so changing it is worse.",
        "Say and write mg and mL together: mL alone can mean another dose with another bottle.",
        "One strength of this medicine at home at a time.",
    ),
    Way.DILUTE: (
        "Never prepare it ahead, and never keep a part for later.",
        "Never take only a share of the mixed drink: the dose in it is not even.",
    ),
    Way.DROPS: (
        "Drops are counted, never drawn into a syringe: the two do not agree.",
        "Count the drops of this product only. Another brand’s drop can hold another dose.",
    ),
    Way.DISPERSE: (
        "Never take only a share of the water: in a laboratory a share held 3 to 99 % of what was meant.",
        "Take it at once. Do not use fizzy water.",
    ),
    Way.BEADS: (
        "Whole beads only. Never crush, chew or dissolve them, and never keep them mixed into food.",
        "Count again at every new box: the number differs between brands and batches.",
        "The error is one bead, and besides that as much as your own counts differ.",
        "Opening capsules to count beads is outside the licence.",
    ),
}
