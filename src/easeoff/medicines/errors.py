"""What goes wrong when a medicine or a country is looked up."""

from __future__ import annotations

from collections.abc import Mapping

from easeoff.quantities import EaseoffError

_LONGEST_SHOWN = 40


class UnknownMedicine(EaseoffError):  # noqa: N818
    """No record goes by this name. ``nearest`` are the INNs that look most like it.

    ``recordless`` is for a substance that is known by name but of which nothing is on record.
    """

    def __init__(self, text: str, nearest: tuple[str, ...] = (), *, recordless: bool = False) -> None:
        shown = _shown(text)
        if recordless:
            message = f"We know of {shown}, but have no record of it yet, so nothing can be planned with it."
            hint = "Keep taking it as you do now and ask your prescriber or pharmacist."
        else:
            message = f"We have no medicine called “{shown}”."
            hint = "Write the name on the box, such as sertraline."
            if nearest:
                hint = f"Did you mean {_either(nearest)}?"
        super().__init__(message, hint)
        self.nearest = nearest


class UnknownCountry(EaseoffError):  # noqa: N818
    """No product list for this country."""

    def __init__(self, country: str, known: Mapping[str, str]) -> None:
        names = _either(tuple(f"{code} ({name})" for code, name in known.items()))
        super().__init__(f"We have no product list for “{_shown(country)}”.", f"Choose {names}.")


def _shown(text: str) -> str:
    stripped = text.strip()
    return stripped if len(stripped) <= _LONGEST_SHOWN else f"{stripped[:_LONGEST_SHOWN]}…"


def _either(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
