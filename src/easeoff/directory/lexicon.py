"""Which class of drugs a word stands for: brand, substance, class name, everyday word.

Substances and brands come from the medicines on record; ``data/directory/spellings.csv`` adds everyday
words, spellings, and substances that have no record.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from easeoff.directory.folding import stem, words
from easeoff.directory.model import DrugClass
from easeoff.medicines import load_medicine, medicine_names
from easeoff.medicines.files import DATA_ROOT, DataError, choice, read_rows
from easeoff.quantities import EaseoffError

Stems = tuple[str, ...]

#: How the classes of the medicines on record begin, and which class of the directory they belong to.
_BEGINNINGS = {
    "antidepressant": DrugClass.ANTIDEPRESSANT,
    "antipsychotic": DrugClass.ANTIPSYCHOTIC,
    "benzodiazepine": DrugClass.BENZODIAZEPINE,
    "gabapentinoid": DrugClass.GABAPENTINOID,
    "mood_stabiliser": DrugClass.MOOD_STABILISER,
    "opioid": DrugClass.OPIOID,
    "stimulant": DrugClass.STIMULANT,
    "z_drug": DrugClass.Z_DRUG,
}
_LONGEST_SHOWN = 40


class Lexicon:
    """Words that mean a class of drugs, and words that are spelt or said in two ways.

    ``heard`` is every word as it is written, ``kinds`` what means a class by itself and is no medicine's name.
    """

    def __init__(
        self,
        classes: dict[Stems, frozenset[DrugClass]],
        same: dict[str, frozenset[str]],
        heard: frozenset[str],
        kinds: dict[Stems, frozenset[DrugClass]],
    ) -> None:
        self.classes = classes
        self.same = same
        self.heard = heard
        self.kinds = kinds
        self.longest = max(map(len, classes), default=1)


def stems(text: str) -> Stems:
    """The stems of the words of ``text``."""
    return tuple(stem(word) for word in words(text))


@lru_cache(maxsize=2)
def load_lexicon(root: Path = DATA_ROOT) -> Lexicon:
    """The words of the medicines on record and of ``spellings.csv``. Raises `DataError`."""
    classes: dict[Stems, set[DrugClass]] = {}
    heard: set[str] = set()
    kinds: dict[Stems, set[DrugClass]] = {stems(one.replace("_", " ")): {one} for one in DrugClass}
    for name in medicine_names(root):
        medicine = load_medicine(name, root)
        for word in (name, *medicine.synonyms, *medicine.brands):
            heard.update(words(word))
            for drug_class in directory_class(medicine.drug_class):
                classes.setdefault(stems(word), set()).add(drug_class)
    same: dict[str, set[str]] = {}
    brands: list[tuple[Stems, Stems]] = []
    for number, row in enumerate(read_rows(root / "directory" / "spellings.csv"), 2):
        where, term, means = f"spellings.csv row {number}", stems(row["term"]), row["means"]
        heard.update(words(row["term"]))
        if row["kind"] in ("class", "drug"):
            found = choice(DrugClass, means, where)
            classes.setdefault(term, set()).add(found)
            if row["kind"] == "class":
                kinds.setdefault(term, set()).add(found)
        elif row["kind"] == "brand":
            brands.append((term, stems(means)))
        elif row["kind"] == "spelling":
            same.setdefault(term[0], set()).add(stems(means)[0])
            same.setdefault(stems(means)[0], set()).add(term[0])
        else:
            raise DataError(where, f"{row['kind']!r} is not brand, class, drug or spelling")
    for term, means_stems in brands:
        classes.setdefault(term, set()).update(classes.get(means_stems, ()))
    classes.pop((), None)
    return Lexicon(
        {term: frozenset(found) for term, found in classes.items()},
        {term: frozenset(found) for term, found in same.items()},
        frozenset(heard),
        {term: frozenset(found) for term, found in kinds.items()},
    )


def directory_class(medicine_class: str) -> tuple[DrugClass, ...]:
    """The directory's class for a class of the medicines on record; none where it has none."""
    return tuple(found for beginning, found in _BEGINNINGS.items() if medicine_class.startswith(beginning))


def named_kinds(text: str, root: Path = DATA_ROOT) -> frozenset[DrugClass]:
    """The classes that ``text`` says by a word for them (``opiates``, ``z drug``), never by a medicine's name."""
    return load_lexicon(root).kinds.get(stems(text[:200]), frozenset())


def find_drug_class(text: str, root: Path = DATA_ROOT) -> DrugClass:
    """The class that ``text`` names: ``benzodiazepines``, ``SSRI``, ``sertraline``, ``Seroxat``, ``z-drugs``.

    Raises `EaseoffError` where it names none.
    """
    plain = text.strip().casefold().replace(" ", "_").replace("-", "_").removesuffix("s")
    if plain in set(DrugClass):
        return DrugClass(plain)
    lexicon, wanted = load_lexicon(root), stems(text[:200])
    found = lexicon.classes.get(wanted)
    if found is None and len(wanted) == 1:
        found = next((lexicon.classes[(same,)] for same in sorted(lexicon.same.get(wanted[0], ()))
                      if (same,) in lexicon.classes), None)  # fmt: skip
    if found:
        return min(found, key=list(DrugClass).index)
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    names = ", ".join(name.replace("_", " ") for name in DrugClass if name is not DrugClass.ANY)
    raise EaseoffError(
        f"We do not know the kind of drug “{shown}”.", f"Write the name on the box, or one of: {names}."
    )
