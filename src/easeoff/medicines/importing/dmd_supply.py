"""How a VMP of dm+d is supplied: licensed, special, imported or discontinued; its packs and its lowest price."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from easeoff.medicines.importing.faults import RowFault
from easeoff.medicines.importing.store import Store
from easeoff.medicines.importing.strengths import number

_PACKS = """
    SELECT p.QTY, a.DISCONTINUED, m.LICENCE, m.RESTRICTION, r.PRICE, r.BASIS, t.CATEGORY, t.PRICE
    FROM vmpp p JOIN ampp a ON a.VPPID = p.VPPID JOIN amp m ON m.APID = a.APID
    LEFT JOIN price r ON r.APPID = a.APPID LEFT JOIN dt t ON t.VPPID = p.VPPID WHERE p.VPID = ?"""
_DISCONTINUED = "0001"
_LICENSED = "0001"  # LICENSING_AUTHORITY: Medicines - MHRA/EMA
_IMPORTED = "0004"  # AVAILABILITY_RESTRICTION
_SPECIAL = frozenset({"0006", "0007"})  # special; made up for one person
_NOT_SUPPLIED = frozenset({"0003", "0005", "0009"})  # one named person, clinical trial, not available
_TARIFF_SPECIAL = "0012"  # DT_PAYMENT_CATEGORY: Part VIIIB
_INDICATIVE = "0001"  # PRICE_BASIS: NHS Indicative Price
#: From the easiest to the hardest to get.
_ORDER = ("licensed_listed", "special_tariff", "import", "special", "doubtful")


@dataclass(frozen=True, slots=True)
class Supply:
    """``price`` is in pounds, with the size of that pack; the pack that is cheapest for one piece."""

    availability: str
    pack_sizes: tuple[Decimal, ...]
    price: tuple[Decimal, Decimal] | None
    note: str


def supply_of(store: Store, code: str) -> Supply:
    """What the packs of a VMP say. Where one is discontinued it counts for nothing."""
    packs = store.rows(_PACKS, (code,)).fetchall()
    if not packs:
        return Supply("unknown", (), None, "no pack of it is listed")
    live = [
        (_kind(pack), pack) for pack in packs if pack[1] != _DISCONTINUED and pack[3] not in _NOT_SUPPLIED
    ]
    if not live:
        return Supply("discontinued", (), None, "")
    best = min((kind for kind, _ in live), key=_ORDER.index)
    chosen = [pack for kind, pack in live if kind == best]
    sizes = sorted({size for pack in chosen if (size := _size(pack[0])) is not None})
    prices = [found for pack in chosen if (found := _price(pack, best)) is not None]
    lowest = min(prices, key=lambda item: (Fraction(item[0]) / Fraction(item[1]), item[1]), default=None)
    unlisted = best == "licensed_listed" and not any(pack[6] for pack in chosen)
    return Supply(best, tuple(sizes), lowest, "no Drug Tariff category" if unlisted else "")


def _kind(pack: tuple[str, ...]) -> str:
    _, _, licence, restriction, _, _, category, tariff = pack
    if restriction == _IMPORTED:
        return "import"
    if restriction in _SPECIAL:
        return "special_tariff" if category == _TARIFF_SPECIAL and tariff else "special"
    return "licensed_listed" if licence == _LICENSED else "doubtful"


def _size(text: str) -> Decimal | None:
    return number(text) if text else None


def _price(pack: tuple[str, ...], kind: str) -> tuple[Decimal, Decimal] | None:
    size = _size(pack[0])
    pence = pack[7] if kind == "special_tariff" else pack[4] if pack[5] == _INDICATIVE else ""
    if size is None or not pence or pence == "0":
        return None
    if not pence.isdecimal():
        raise RowFault(f"its price “{pence}” is not in whole pence")
    return Decimal(pence) / 100, size
