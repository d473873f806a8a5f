"""The kinds of release, and reading one into rows of a country file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from easeoff.medicines.files import DATA_ROOT
from easeoff.medicines.importing import bdpm, bdpm_products, dmd, dmd_products, dpd, dpd_products, orange_book
from easeoff.medicines.importing.catalogue import Catalogue, load_catalogue
from easeoff.medicines.importing.faults import Fault, refuse
from easeoff.medicines.importing.listing import List, Listing, ProductRow, one_row, to_rows
from easeoff.medicines.importing.readers import Kind, Reader
from easeoff.medicines.importing.store import Store, sha256_of

Progress = Callable[[int, int], None]

READERS: dict[Kind, Reader] = {
    "dmd": Reader(
        kind="dmd", country="GB", code_system="dm+d VMP (SNOMED CT)", source_prefix="gb_dmd", grouped=False,
        title="NHS dictionary of medicines and devices (dm+d), release of {day}",
        url="https://isd.digital.nhs.uk/trud/users/guest/filters/0/categories/6", licence="OGL-UK-3.0",
        attribution="Contains public sector information licensed under the Open Government Licence v3.0. Source: NHS"
        " dictionary of medicines and devices (dm+d), NHS Business Services Authority, {day}.",
        tables=dmd.TABLES, still_listed="SELECT line FROM vmp WHERE VPID = ?", roles=dmd.roles, load=dmd.load, released=dmd.released, listings=dmd_products.listings,
    ),
    "orange-book": Reader(
        kind="orange-book", country="US", code_system="FDA application/product number",
        source_prefix="us_orange_book", grouped=True,
        title="Approved Drug Products with Therapeutic Equivalence Evaluations (Orange Book), data files of {day}",
        url="https://www.fda.gov/drugs/drug-approvals-and-databases/orange-book-data-files",
        licence="public domain (US Government work)",
        attribution="Source: US Food and Drug Administration, Orange Book data files, {day}.",
        tables=orange_book.TABLES,
        still_listed="SELECT line FROM product WHERE code = ? AND type <> 'DISCN'", roles=orange_book.roles, load=orange_book.load, released=orange_book.released,
        listings=orange_book.listings,
    ),
    "bdpm": Reader(
        kind="bdpm", country="FR", code_system="BDPM CIS", source_prefix="fr_bdpm", grouped=True,
        title="Base de données publique des médicaments (BDPM), files of {day}",
        url="https://base-donnees-publique.medicaments.gouv.fr/", licence="Licence Ouverte 2.0 (Etalab)",
        attribution="Source: Base de données publique des médicaments (ANSM, HAS, UNCAM), {day}.",
        tables=bdpm.TABLES, still_listed="SELECT line FROM cis WHERE code = ?", roles=bdpm.roles, load=bdpm.load, released=bdpm.released, listings=bdpm_products.listings,
    ),
    "dpd": Reader(
        kind="dpd", country="CA", code_system="Health Canada DIN", source_prefix="ca_dpd", grouped=True,
        title="Drug Product Database (DPD), files of {day}",
        url="https://www.canada.ca/en/health-canada/services/drugs-health-products/drug-products/"
        "drug-product-database.html",
        licence="OGL-Canada-2.0",
        attribution="Contains information licensed under the Open Government Licence - Canada. Source: Health Canada,"
        " Drug Product Database, {day}.",
        tables=dpd.TABLES,
        still_listed="SELECT d.line FROM drug d JOIN status s ON s.code = d.code"
        " WHERE d.din = ? AND s.status = 'MARKETED'", roles=dpd.roles, load=dpd.load, released=dpd.released, listings=dpd_products.listings,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a release: rows, products left out, the date, and the SHA-256 of each file."""

    about: List
    day: date
    rows: tuple[ProductRow, ...]
    left_out: tuple[Fault, ...]
    files: tuple[tuple[str, str], ...]


def reader_of(kind: Kind) -> Reader:
    """The reader of a kind of release. Raises `ImportRefused` for a kind that is not known."""
    if kind not in READERS:
        raise refuse(
            str(kind), "it is not a kind of release that can be read", hint=f"Give {' or '.join(READERS)}."
        )
    return READERS[kind]


def read_release(
    kind: Kind, paths: Sequence[Path], *, progress: Progress | None = None, catalogue: Catalogue | None = None,
    released: date | None = None,
) -> Iterator[ProductRow]:  # fmt: skip
    """The rows of one release, without ids. Products that cannot be read are left out; `propose_import` names them.

    ``progress`` is told bytes read and bytes in all. Raises `ImportRefused` for files that cannot be trusted whole.
    """
    yield from read_all(kind, paths, progress=progress, catalogue=catalogue, released=released).rows


def read_all(
    kind: Kind, paths: Sequence[Path], *, progress: Progress | None = None, catalogue: Catalogue | None = None,
    released: date | None = None, work: Path | None = None, known: Iterable[str] = (),
) -> Read:  # fmt: skip
    """The same with all that is known of it. ``work`` is a folder in which an interrupted import is taken up again.

    ``released`` is the date of the release, where its files do not tell it or tell it wrongly. ``known`` are codes
    that we list: one that the release still offers, but that is not taken for a medicine of ours, is named.
    """
    reader = reader_of(kind)
    roles = reader.roles([_file(path) for path in paths])
    catalogue = catalogue or load_catalogue(DATA_ROOT)
    store = Store(reader.tables, None if work is None else work / f"{kind}.sqlite", kind)
    try:
        hashes = _load(reader, roles, store, progress)
        day = released or reader.released(roles, store)
        if day is None:
            raise refuse(
                reader.kind, "no file tells the date of the release", hint="Give the date of the release."
            )
        about = List(
            reader.country, reader.code_system, f"{reader.source_prefix}_{day:%Y_%m_%d}", day.isoformat()
        )
        listings: list[Listing] = []
        left_out: list[Fault] = []
        for found in reader.listings(store, catalogue):
            (listings if isinstance(found, Listing) else left_out).append(found)  # type: ignore[arg-type]
        left_out += _not_recognised(reader, store, roles, known, listings, left_out)
    finally:
        store.close()
    classes = dict(catalogue.classes)
    if reader.grouped:
        rows = tuple(to_rows(listings, about, classes))
    else:
        rows = tuple(one_row(listing, about, classes) for listing in listings)
    return Read(about, day, rows, tuple(left_out), tuple(sorted(hashes.items())))


def _not_recognised(
    reader: Reader, store: Store, roles: Mapping[str, Path], known: Iterable[str], listings: Sequence[Listing],
    left_out: Sequence[Fault],
) -> list[Fault]:  # fmt: skip
    read = {listing.code for listing in listings} | {fault.record for fault in left_out}
    file = next(roles[role].name for role in ("vmp", "products", "cis", "drug") if role in roles)
    lines = {code: store.one(reader.still_listed, (code,)) for code in sorted(set(known) - read)}
    reason = "it is still in the release, but its substances or its form are not read as one of ours"
    return [Fault(file, int(line), code, reason) for code, line in lines.items() if line]


def _load(reader: Reader, roles: dict[str, Path], store: Store, progress: Progress | None) -> dict[str, str]:
    total = sum(path.stat().st_size for path in roles.values())
    done = 0
    hashes = {}
    store.forget_others(frozenset(roles))

    def advance(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress(min(done, total), total)

    for role, path in roles.items():
        digest = sha256_of(path)
        hashes[path.name] = digest
        if store.done(role) == digest:
            advance(path.stat().st_size)
            continue
        with store.file(role, path, digest) as add:
            reader.load(role, path, add, advance)
    if progress:
        progress(total, total)
    return hashes


def _file(path: Path) -> Path:
    if not path.is_file():
        raise refuse(str(path.name), "there is no such file")
    return path
