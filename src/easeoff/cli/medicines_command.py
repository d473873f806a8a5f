"""``easeoff medicines``: what is known, each thing with its source."""

from __future__ import annotations

import sys

from easeoff.cli import exits
from easeoff.cli.arguments import Values
from easeoff.cli.medicine_text import list_text, medicine_text
from easeoff.cli.terminal import say, wants_colour, width
from easeoff.cli.typed import tidy
from easeoff.medicines import UnknownCountry, countries, find_medicine


def medicines(values: Values) -> int:
    """Print the list, or one medicine. Raises `EaseoffError` for an unknown name or country."""
    chosen = _countries(values.country)
    name = tidy(" ".join(values.name))
    colour = wants_colour(sys.stdout)
    if name:
        say(medicine_text(find_medicine(name), chosen, width(), colour=colour))
    else:
        say(list_text(chosen, width(), colour=colour))
    return exits.DONE


def _countries(text: str | None) -> tuple[str, ...]:
    known = countries()
    if text is None:
        return tuple(known)
    code = tidy(text).upper()
    if code not in known:
        raise UnknownCountry(tidy(text), known)
    return (code,)
