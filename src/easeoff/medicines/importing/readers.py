"""What every kind of release has in common: its files, its tables, and how a product is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from easeoff.medicines.importing.catalogue import Catalogue, Substance
from easeoff.medicines.importing.faults import Fault, refuse
from easeoff.medicines.importing.listing import Listing
from easeoff.medicines.importing.store import Store, Table

Kind = Literal["dmd", "orange-book", "bdpm", "dpd"]
Add = Callable[[str, int, tuple[str, ...]], None]
Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of release is read.

    ``roles`` finds out which file is which; ``load`` puts one file into the store; ``released`` is the date that the
    release itself tells, or ``None``; ``listings`` reads products, with a `Fault` for each that must be left out.
    ``still_listed`` finds the line of a code that the release still offers, whether or not we read it.
    """

    kind: Kind
    country: str
    code_system: str
    source_prefix: str
    title: str
    url: str
    licence: str
    attribution: str
    tables: tuple[Table, ...]
    still_listed: str
    grouped: bool
    roles: Callable[[Sequence[Path]], dict[str, Path]]
    load: Callable[[str, Path, Add, Advance], None]
    released: Callable[[Mapping[str, Path], Store], date | None]
    listings: Callable[[Store, Catalogue], Iterator[Listing | Fault]]


def in_scope(
    substances: Sequence[Substance | None], catalogue: Catalogue
) -> tuple[Substance, tuple[str, ...]] | None:
    """The medicine that a product is filed under and its partners; ``None`` where it is not ours to list.

    A product with a substance that we know nothing of is left out, and so is a sedating antihistamine in a
    combination: those are sold for coughs and colds.
    """
    known = tuple(found for found in substances if found is not None)
    principal = catalogue.principal(known)
    if principal is None or len(known) < len(substances):
        return None
    partners = tuple(sorted({found.name for found in known} - {principal.name}))
    if partners and catalogue.classes[principal.name] == "sedative_antihistamine":
        return None
    if {principal.name, *partners} == {"amfetamine", "dexamfetamine"}:
        return next(found for found in known if found.name == "amfetamine"), ()
    return principal, partners


def pick(paths: Sequence[Path], name_of: Callable[[str], str]) -> dict[str, Path]:
    """The file of each role, by ``name_of`` (empty for a file that is not read). Raises for two of one role."""
    found: dict[str, Path] = {}
    for path in paths:
        role = name_of(path.name.casefold())
        if role in found:
            raise refuse(path.name, f"there are two {role} files", hint="Give the files of one release only.")
        if role:
            found[role] = path
    return found
