"""Which substances an import is about: the medicines on record, by every name that a list may use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from easeoff.medicines.files import DATA_ROOT
from easeoff.medicines.importing.spellings import (
    FRENCH_NAMES,
    FRENCH_SALTS,
    FRENCH_TAILS,
    OTHER_NAMES,
    PARTNERS,
    SALTS,
)
from easeoff.medicines.loading import load_medicine, medicine_names

#: Under which medicine a product with two is filed: the first class here that is in it.
_CLASS_ORDER = (
    "opioid", "antidepressant", "stimulant", "mood_stabiliser", "antipsychotic", "benzodiazepine", "z_drug",
    "gabapentinoid", "hypnotic", "alpha_beta", "sedative_antihistamine",
)  # fmt: skip
_OF = re.compile(r"^(.+?) (?:de |d')(.+)$")
_BRACKETS = re.compile(r"^(.+?) \((.+?) (?:de|d')\)\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Substance:
    """A substance of ours, or a partner that is listed with one. ``salt`` is the salt that the list names."""

    name: str
    salt: str = ""
    ours: bool = True

    @property
    def full_name(self) -> str:
        """The name with its salt, as notes say it."""
        if not self.salt or self.name in self.salt or self.salt.endswith(" acid"):
            return self.salt or self.name
        return f"{self.name} {self.salt}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The class of each medicine, and the medicine behind each other name (all in lower case, without accents)."""

    classes: Mapping[str, str]
    names: Mapping[str, str]

    def find(self, text: str) -> Substance | None:
        """The substance that an English list names: ``SERTRALINE HYDROCHLORIDE``, ``X (X HYDROCHLORIDE)``."""
        name = plain_name(text)
        whole, _, rest = name.partition(" (")
        if rest:
            base, inner = self.find(whole), self.find(rest.rstrip(") "))
            return base if base and (inner is None or inner.name == base.name) else None
        exact = self._known(name)
        if exact:
            return exact
        words = name.replace(",", " ").split()
        known = self._known(" ".join(words))
        if known:
            return known
        left = [word for word in words if word not in SALTS]
        stem = self._known(" ".join(left))
        if stem is None or not left:
            return None
        salt = " ".join(word for word in words if word in SALTS and word != "base")
        if stem.name == "valproate":
            salt = (
                "valproic acid"
                if "valproic" in words
                else f"{salt} valproate".replace("divalproex", "").strip()
            )
            salt = "semisodium valproate" if "divalproex" in words else salt
        return Substance(stem.name, salt, stem.ours)

    def find_french(self, text: str) -> Substance | None:
        """The substance that a French list names: ``CHLORHYDRATE DE SERTRALINE``, ``X (CHLORHYDRATE DE)``."""
        name = plain_name(text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        tails: list[str] = []
        salt = ""
        words = name.split()
        while len(words) > 1 and words[-1] in FRENCH_TAILS:
            tails.insert(0, FRENCH_TAILS[words.pop()])
        name = " ".join(words)
        if name in FRENCH_NAMES:
            found, salt = FRENCH_NAMES[name]
            named = self._known(found)
            return Substance(named.name, salt, named.ours) if named else None
        brackets, of = _BRACKETS.match(name), _OF.match(name)
        if brackets and brackets[2] in FRENCH_SALTS:
            name, salt = brackets[1], FRENCH_SALTS[brackets[2]]
        elif of and of[1] in FRENCH_SALTS:
            name, salt = of[2], FRENCH_SALTS[of[1]]
        known = self._known(name) or (self._known(name[:-1]) if name.endswith("e") else None)
        if known is None:
            return None
        return Substance(known.name, " ".join(filter(None, [salt, *tails])), known.ours)

    def principal(self, substances: tuple[Substance, ...]) -> Substance | None:
        """The medicine that a product is filed under; ``None`` where none of ours is in it."""
        ours = [found for found in substances if found.ours]
        return min(ours, key=self._rank, default=None)

    def _rank(self, substance: Substance) -> tuple[int, str]:
        drug_class = self.classes[substance.name]
        for place, start in enumerate(_CLASS_ORDER):
            if drug_class.startswith(start):
                return place, substance.name
        return len(_CLASS_ORDER), substance.name

    def _known(self, name: str) -> Substance | None:
        inn = self.names.get(name) or OTHER_NAMES.get(name, name)
        if inn in self.classes:
            return Substance(inn, name if name in self.names and name != inn and inn in name else "")
        return Substance(inn, "", ours=False) if inn in PARTNERS else None


def plain_name(text: str) -> str:
    """A name in lower case, without accents and with single blanks."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def load_catalogue(root: Path = DATA_ROOT) -> Catalogue:
    """Every medicine on record under ``root``. Synonyms that are salts are left to the salt words."""
    classes, names = {}, {}
    for inn in medicine_names(root):
        medicine = load_medicine(inn, root)
        classes[inn] = medicine.drug_class
        for name in medicine.synonyms:
            known = plain_name(name)
            if not set(known.split()) & SALTS:
                names[known] = inn
    return Catalogue(classes, names)
