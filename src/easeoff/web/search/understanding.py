"""What a search is about: the medicines that it names, the place that it ends with, and other ways to say the rest."""

from __future__ import annotations

from dataclasses import dataclass

from easeoff.directory import Placed, place_in
from easeoff.library import DRUG_CLASSES
from easeoff.library.loading import reader_class
from easeoff.medicines import Part, load_medicine, parts_of


@dataclass(frozen=True, slots=True)
class Understood:
    """A search in parts. ``readings`` are the words to look for in texts, the closest to what was meant first.

    ``by_class`` is the one of them that names classes instead of medicines; empty where no medicine is named.
    """

    text: str
    parts: tuple[Part, ...]
    placed: Placed
    readings: tuple[str, ...]
    by_class: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The medicines that are named, by INN."""
        return tuple(dict.fromkeys(part.name for part in self.parts if part.name))


def understand(text: str) -> Understood:
    """``text`` in parts. Texts speak of sertraline rather than Zoloft, and of antidepressants rather than of either."""
    parts, placed = parts_of(text), place_in(text)
    rest = parts_of(placed.words)
    by_class = " ".join(_class_of(part) or part.typed for part in rest) if any(map(_class_of, rest)) else ""
    is_named = any(part.name for part in parts)
    readings = (_by_name(parts), text if is_named else "", _by_name(rest), by_class)
    return Understood(text, parts, placed, tuple(filter(None, dict.fromkeys(readings))), by_class)


def _by_name(parts: tuple[Part, ...]) -> str:
    return " ".join(part.name or part.typed for part in parts)


def _class_of(part: Part) -> str:
    """The readers' word for the class of a medicine that is named; empty for anything else."""
    return DRUG_CLASSES.get(reader_class(load_medicine(part.name).drug_class), "") if part.name else ""
