"""The languages of the dosage text. A phrase that a language does not have is an error, never English in between."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import NoReturn

from easeoff.documents.dosage import words
from easeoff.documents.dosage.words import Counted
from easeoff.quantities import EaseoffError, plain

#: How far a translation has been checked; printed with every text in it.
NOT_REVIEWED = "machine-checked, not yet reviewed by a native clinician"


@dataclass(frozen=True, slots=True)
class _Known:
    """A language on record: its own name, its decimal mark, and what is said of its translation."""

    name: str
    decimal_mark: str
    review: str


_KNOWN = {"en": _Known("English", ".", ""), "de": _Known("Deutsch", ",", NOT_REVIEWED)}
LANGUAGES = tuple(_KNOWN)


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language: ``code`` (BCP 47), its own ``name``, and ``review``, how far it was checked; empty for English."""

    code: str
    name: str
    decimal_mark: str
    review: str
    catalogue: gettext.NullTranslations

    def say(self, phrase: str, **values: str) -> str:
        """``phrase`` in this language with its values put in."""
        return self.catalogue.gettext(phrase).format(**values)

    def count(self, phrase: Counted, number: Decimal | int, **values: str) -> str:
        """A phrase with ``{number}`` in the form that goes with a whole number."""
        said = self.catalogue.ngettext(phrase.one, phrase.many, int(number))
        return said.format(number=self.number(number), **values)

    def number(self, number: Decimal | int) -> str:
        """Plain digits with this language's decimal mark: leading zero, no trailing zero, no exponent, no grouping."""
        return plain(number).replace(".", self.decimal_mark)

    def mg(self, mg: Decimal) -> str:
        """An amount in milligrams."""
        return self.say(words.MG, number=self.number(mg))

    def ml(self, ml: Decimal) -> str:
        """A volume in millilitres."""
        return self.say(words.ML, number=self.number(ml))

    def date(self, day: date) -> str:
        """A civil date with its month in words."""
        month = self.say(words.MONTHS[day.month - 1])
        return self.say(words.DATE, day=str(day.day), month=month, year=str(day.year))


class _Refusing(gettext.NullTranslations):
    """Stands behind a catalogue: what is not in it is not said at all."""

    def gettext(self, message: str) -> NoReturn:
        raise EaseoffError(
            f"The dosage text has no translation of “{message}”.", "Use --language en for this plan."
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> NoReturn:  # noqa: ARG002
        self.gettext(msgid1)


def language(code: str) -> Language:
    """The language with this code. Raises `EaseoffError` for one that the dosage text does not have."""
    if code not in _KNOWN:
        names = ", ".join(f"{key} ({known.name})" for key, known in _KNOWN.items())
        raise EaseoffError(f"The dosage text is not written in “{code[:20]}”.", f"Choose one of {names}.")
    return _loaded(code)


@lru_cache(maxsize=len(_KNOWN))
def _loaded(code: str) -> Language:
    known = _KNOWN[code]
    return Language(code, known.name, known.decimal_mark, known.review, _catalogue(code))


def _catalogue(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    compiled = files("easeoff.documents.dosage").joinpath(f"locale/{code}/LC_MESSAGES/dosage.mo")
    with compiled.open("rb") as file:
        found = gettext.GNUTranslations(file)
    found.add_fallback(_Refusing())
    return found
