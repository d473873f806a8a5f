"""How far a portion that is not drawn with a syringe may be off, as a share of that portion."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PortionBands:
    """Delivery errors as fractions of the portion: 0.15 means 85 to 115 %.

    ``whole``: a whole piece. ``half``: half a tablet, by hand or knife. ``quarter``: a quarter of a tablet.
    ``drop``: counted drops. ``share``: a share drawn from a piece that was made to disperse.
    All are project choices; ``data/portion_bands.toml`` gives the reasons.
    """

    whole: Decimal
    half: Decimal
    quarter: Decimal
    drop: Decimal
    share: Decimal
