"""A proposal: what an import would change, written beside the data and never into it."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from easeoff.medicines.checking_rows import PRODUCT_COLUMNS
from easeoff.medicines.files import DATA_ROOT, Row, read_rows
from easeoff.medicines.importing.catalogue import load_catalogue
from easeoff.medicines.importing.difference import Change, Difference, difference
from easeoff.medicines.importing.faults import Fault, refuse
from easeoff.medicines.importing.ids import with_ids
from easeoff.medicines.importing.listing import ProductRow, from_cells
from easeoff.medicines.importing.overlay import Decision, apply_overlay, read_overlay, undecided
from easeoff.medicines.importing.readers import Kind
from easeoff.medicines.importing.releases import Progress, Read, read_all, reader_of
from easeoff.medicines.importing.rowchecks import sound_rows

_ROWS, _LEFT_OUT, _CHANGES, _ABOUT = "rows.csv", "left_out.csv", "difference.csv", "proposal.json"


@dataclass(frozen=True, slots=True)
class ImportProposal:
    """What was read of a release. ``rows`` are as the release says, without the overlay.

    ``present`` is a fingerprint of the rows that it was compared with; ``source`` is the record for sources.toml.
    """

    kind: Kind
    country: str
    source_id: str
    released: date
    source: dict[str, str]
    files: tuple[tuple[str, str], ...]
    rows: tuple[ProductRow, ...]
    left_out: tuple[Fault, ...]
    present: str
    difference: Difference
    folder: Path


def propose_import(
    kind: Kind, paths: Sequence[Path], work_dir: Path, data_root: Path = DATA_ROOT, *,
    progress: Progress | None = None, released: date | None = None,
) -> ImportProposal:  # fmt: skip
    """Read a release and write a proposal into ``work_dir``. The data are not touched.

    An interrupted call is taken up again by the next with the same ``work_dir``. Raises `ImportRefused` where a
    file cannot be trusted whole; products that cannot be read by themselves are in ``left_out``.
    """
    catalogue = load_catalogue(data_root)
    reader = reader_of(kind)
    known = [
        code for row in present_rows(data_root, reader.country, reader.source_prefix) for code in row.codes
    ]
    read = read_all(
        kind, paths, progress=progress, catalogue=catalogue, released=released, work=work_dir, known=known
    )
    rows, unsound = sound_rows(read.rows)
    left_out = (*read.left_out, *unsound)
    proposal = _proposal(
        kind, read, rows, left_out, data_root, work_dir / f"proposal-{kind}", dict(catalogue.classes)
    )
    _write(proposal)
    return proposal


def present_rows(data_root: Path, country: str, prefix: str = "") -> tuple[ProductRow, ...]:
    """The rows of a country that stem from one kind of release (all without ``prefix``)."""
    read_rows.cache_clear()
    found = [from_cells(row) for path in sorted((data_root / "products" / country).glob("*.csv"))
             for row in read_rows(path)]  # fmt: skip
    return tuple(row for row in found if row.source_id.startswith(prefix))


def rows_to_be(
    proposal: ImportProposal,
    decisions: Sequence[Decision],
    old: Sequence[ProductRow],
    classes: dict[str, str],
) -> tuple[tuple[ProductRow, ...], tuple[Fault, ...]]:
    """The rows that the data would have: the release with the overlay on top, and rows that a person keeps."""
    rows = [*proposal.rows, *_kept(proposal, decisions, old)]
    sound, faults = sound_rows(apply_overlay(rows, decisions, classes))
    return with_ids(old, sound), (*proposal.left_out, *faults)


def _kept(
    proposal: ImportProposal, decisions: Sequence[Decision], old: Sequence[ProductRow]
) -> Iterable[ProductRow]:
    unread = {fault.record for fault in proposal.left_out}
    wanted = {decision.code for decision in decisions if decision.action == "keep"} & unread
    for row in old:
        codes = [code for code in row.codes if code in wanted]
        if codes:
            yield replace(row, id="", product_code="|".join(codes))


def _proposal(
    kind: Kind, read: Read, rows: Sequence[ProductRow], left_out: tuple[Fault, ...], data_root: Path, folder: Path,
    classes: dict[str, str],
) -> ImportProposal:  # fmt: skip
    reader = reader_of(kind)
    day = f"{read.day.day} {read.day:%B %Y}"
    source = {"title": reader.title.format(day=day), "doi_or_url": reader.url, "licence": reader.licence,
              "attribution": reader.attribution.format(day=day)}  # fmt: skip
    old = present_rows(data_root, reader.country, reader.source_prefix)
    bare = ImportProposal(kind, reader.country, read.about.source_id, read.day, source, read.files, tuple(rows),
                          left_out, fingerprint(old), Difference((), 0), folder)  # fmt: skip
    decisions = read_overlay(overlay_path(data_root, reader.country))
    coming, faults = rows_to_be(bare, decisions, old, classes)
    compared = difference(old, coming, faults)
    waiting = set(undecided(compared.to_decide, decisions))
    changes = tuple(replace(change, decide=change in waiting) for change in compared.changes)
    return replace(bare, difference=Difference(changes, compared.unchanged))


def overlay_path(data_root: Path, country: str) -> Path:
    """Where the decisions about a country's list stand."""
    return data_root / "overlay" / f"{country}.csv"


def fingerprint(rows: Iterable[ProductRow]) -> str:
    """A SHA-256 of rows, to see whether the data have changed since."""
    digest = hashlib.sha256()
    for cells in sorted("\x1f".join(row.cells().values()) for row in rows):
        digest.update(cells.encode() + b"\x1e")
    return digest.hexdigest()


def _write(proposal: ImportProposal) -> None:
    """Write the folder under another name first: a proposal is there whole or not at all."""
    folder = proposal.folder.with_name(f".{proposal.folder.name}.new")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    origins = [(row.origin[0], str(row.origin[1]), "|".join(row.previous_codes)) for row in proposal.rows]
    rows = [{**row.cells(), "file": file, "line": line, "previous_codes": previous}
            for row, (file, line, previous) in zip(proposal.rows, origins, strict=True)]  # fmt: skip
    write_csv(folder / _ROWS, (*PRODUCT_COLUMNS, "file", "line", "previous_codes"), rows)
    write_csv(folder / _LEFT_OUT, ("file", "row", "record", "reason"),
              [{name: str(value) for name, value in asdict(fault).items()} for fault in proposal.left_out])  # fmt: skip
    write_csv(folder / _CHANGES, ("kind", "id", "codes", "field", "old", "new", "reason", "decide"),
              [_change_cells(change) for change in proposal.difference.changes])  # fmt: skip
    about = {
        "kind": proposal.kind, "country": proposal.country, "source_id": proposal.source_id,
        "released": proposal.released.isoformat(), "source": proposal.source, "files": dict(proposal.files),
        "present": proposal.present, "unchanged": proposal.difference.unchanged,
        "sha256": {name: _sha256(folder / name) for name in (_ROWS, _LEFT_OUT, _CHANGES)},
    }  # fmt: skip
    (folder / _ABOUT).write_text(
        json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
    )
    shutil.rmtree(proposal.folder, ignore_errors=True)
    folder.rename(proposal.folder)


class _Edited(Exception):  # noqa: N818
    """A file of a proposal is not the one that was written."""


def read_proposal(folder: Path) -> ImportProposal:
    """A proposal that was written before. Raises `ImportRefused` where its files are not those that were written."""
    try:
        about = json.loads((folder / _ABOUT).read_text("utf-8"))
        damaged = sorted(name for name, digest in about["sha256"].items() if _sha256(folder / name) != digest)
        if damaged:
            raise _Edited(damaged[0])
        rows = tuple(_row_from(row) for row in _read_csv(folder / _ROWS))
        left_out = tuple(Fault(row["file"], int(row["row"]), row["record"], row["reason"])
                         for row in _read_csv(folder / _LEFT_OUT))  # fmt: skip
        changes = tuple(_change_from(row) for row in _read_csv(folder / _CHANGES))
        return ImportProposal(
            about["kind"], about["country"], about["source_id"], date.fromisoformat(about["released"]),
            about["source"], tuple(sorted(about["files"].items())), rows, left_out, about["present"],
            Difference(changes, about["unchanged"]), folder,
        )  # fmt: skip
    except _Edited as edited:
        raise refuse(str(edited), "it was changed after the proposal was made",
                     hint="Write decisions into the overlay, and make the proposal again.") from None  # fmt: skip
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise refuse(
            folder.name, f"it is not a proposal ({type(error).__name__})", hint="Make it again."
        ) from error


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """A CSV file as the data folder has them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _read_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _row_from(row: Row) -> ProductRow:
    cells = {name: row[name] for name in PRODUCT_COLUMNS}
    previous = tuple(filter(None, row["previous_codes"].split("|")))
    return replace(from_cells(cells), origin=(row["file"], int(row["line"])), previous_codes=previous)


def _change_cells(change: Change) -> Row:
    return {"kind": change.kind, "id": change.id, "codes": "|".join(change.codes), "field": change.field,
            "old": change.old, "new": change.new, "reason": change.reason,
            "decide": "yes" if change.decide else ""}  # fmt: skip


def _change_from(row: Row) -> Change:
    kind = row["kind"]
    if kind not in ("new", "gone", "changed"):
        raise ValueError(kind)
    return Change(kind, row["id"], tuple(row["codes"].split("|")), row["field"], row["old"], row["new"],  # type: ignore[arg-type]
                  row["reason"], row["decide"] == "yes")  # fmt: skip


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
