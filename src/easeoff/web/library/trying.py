"""The try-out: one medicine's curve with a mark at one dose."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from easeoff.library import (
    Stop,
    curve_figure,
    medicines_with_curve,
    occupancy_curve,
    stop_at,
    stops,
)
from easeoff.quantities import EaseoffError, parse_number, plain
from easeoff.web.library.presenting import example_dose

_FIRST = "sertraline"
_FIGURE = "try"


def shown(sent: Mapping[str, str], problem: EaseoffError | None = None, typed: str = "") -> dict[str, object]:
    """What the page needs. An empty dose, or another medicine than last time, shows that medicine's example.

    Raises `EaseoffError` for a dose that cannot be read or drawn. ``problem`` is one found before, and ``typed`` what
    it was found in.
    """
    name = sent.get("medicine", "")
    name = name if name in medicines_with_curve() else _FIRST
    curve = occupancy_curve(name)
    text = sent.get("dose", "").strip()
    changed = sent.get("last", name) != name
    dose = parse_number(text, what="dose") if text and not changed else example_dose(curve.largest_mg)
    here = stop_at(curve, dose)
    context: dict[str, object] = {
        "chosen": name,
        "dose": typed or plain(dose),
        "largest": plain(curve.largest_mg),
        "figure": curve_figure(curve, _FIGURE, (dose,)),
        "words": here.words,
        "mark": f"{_FIGURE}-mark",
        "stops": _stops(name),
        "at": _nearest(curve.largest_mg, dose, len(_stops(name)) - 1),
    }
    return context | ({"problem": problem} if problem else {})


@lru_cache(maxsize=32)
def _stops(name: str) -> tuple[Stop, ...]:
    """The slider's doses, kept by medicine. What a visitor types is never kept."""
    return stops(occupancy_curve(name))


def _nearest(largest: Decimal, dose: Decimal, count: int) -> int:
    """The stop of the slider nearest to ``dose``."""
    return int((dose * count / largest).to_integral_value())
