"""Bands and intervals as they are typed and written back: ``20=2,10=1,0=0.5`` and ``42,28,21``."""

from __future__ import annotations

import re
from decimal import Decimal

from easeoff.planning.request import BandCut
from easeoff.quantities import EaseoffError, parse_mass, parse_number, plain

_WRITE_BANDS = "Write them like 20=2,10=1,0=0.5: above 20 mg 2 mg a cut, and so on; add /7 for 7 days each."
_WRITE_RAMP = "Write whole days that get fewer, such as 42,28,21."
_MOST_DIGITS = 4


def parse_bands(text: str) -> tuple[BandCut, ...]:
    """The bands in ``text``. Raises `EaseoffError` where it cannot be read."""
    return tuple(_band(part) for part in text.split(","))


def _band(part: str) -> BandCut:
    above, equals, rest = part.partition("=")
    cut, slash, days = rest.partition("/")
    if not above.strip() or not equals or not cut.strip() or (slash and not days.strip()):
        raise EaseoffError(f"“{part.strip()[:40]}” is not a band.", _WRITE_BANDS)
    return BandCut(_mg(above), _mg(cut), _days(days, _WRITE_BANDS) if slash else None)


def _mg(text: str) -> Decimal:
    said = text.strip()
    return parse_mass(said).mg if re.search(r"[^\W\d]", said) else parse_number(said, what="amount")


def parse_ramp(text: str) -> tuple[int, ...]:
    """The intervals in ``text``. Raises `EaseoffError` where it cannot be read."""
    return tuple(_days(part, _WRITE_RAMP) for part in text.split(","))


def _days(text: str, hint: str) -> int:
    said = text.strip()
    if not said.isascii() or not said.isdigit() or len(said) > _MOST_DIGITS:
        raise EaseoffError(f"“{said[:40]}” is not a number of days.", hint)
    return int(said)


def bands_text(bands: tuple[BandCut, ...]) -> str:
    """``bands`` as they are typed."""
    return ",".join(
        f"{plain(band.above_mg)}={plain(band.cut_mg)}" + ("" if band.days is None else f"/{band.days}")
        for band in bands
    )


def ramp_text(ramp: tuple[int, ...]) -> str:
    """``ramp`` as it is typed."""
    return ",".join(str(days) for days in ramp)
