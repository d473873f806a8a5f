"""Taking a proposal into the data: all of it or nothing, with the overlay on top, and only after each decision."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from easeoff.medicines.checking_rows import PRODUCT_COLUMNS
from easeoff.medicines.files import DATA_ROOT, read_rows, read_toml
from easeoff.medicines.importing.catalogue import load_catalogue
from easeoff.medicines.importing.difference import Difference, difference
from easeoff.medicines.importing.faults import Fault, ImportRefused, refuse
from easeoff.medicines.importing.listing import ProductRow
from easeoff.medicines.importing.overlay import Decision, undecided
from easeoff.medicines.importing.proposing import (
    ImportProposal,
    fingerprint,
    present_rows,
    rows_to_be,
    write_csv,
)
from easeoff.medicines.importing.releases import reader_of
from easeoff.medicines.loading import data_version, load_formulary, load_rules, load_sources

_STAGE = ".accepting"
_COMMIT = "COMMIT"


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was taken in: the files written, the change, and the new version of the data."""

    files: tuple[str, ...]
    difference: Difference
    data_version: str


def accept(proposal: ImportProposal, overlay: Sequence[Decision], data_root: Path = DATA_ROOT) -> Accepted:
    """Write the proposal with the overlay on top. Raises `ImportRefused` and writes nothing where the data have
    changed since the proposal, or where a change needs a decision that the overlay does not have."""
    recover(data_root)
    reader = reader_of(proposal.kind)
    every = present_rows(data_root, proposal.country)
    old = tuple(row for row in every if row.source_id.startswith(reader.source_prefix))
    others = tuple(row for row in every if not row.source_id.startswith(reader.source_prefix))
    if fingerprint(old) != proposal.present:
        raise refuse(
            proposal.folder.name, "the data have changed since it was made", hint="Make the proposal again."
        )
    catalogue = load_catalogue(data_root)
    coming, faults = rows_to_be(proposal, overlay, old, dict(catalogue.classes))
    coming = _apart_from(others, coming)
    compared = difference(old, coming, faults)
    waiting = undecided(compared.to_decide, overlay)
    if waiting:
        raise ImportRefused(
            [Fault(proposal.folder.name, 0, "|".join(change.codes), f"{change.id}: {change.reason}"
                   + (f" ({change.old} before, {change.new} now)" if change.new else "")) for change in waiting],
            f"Look at each, and write a decision into overlay/{proposal.country}.csv.",
        )  # fmt: skip
    texts = _other_files(proposal, data_root)
    files = _stage(data_root, proposal.country, (*others, *coming), texts)
    recover(data_root)
    return Accepted(files, compared, data_version(data_root))


def recover(data_root: Path = DATA_ROOT) -> bool:
    """Finish an acceptance that was interrupted, or clear away one that had not been decided yet.

    Everything is staged first; the file COMMIT marks the moment from which the staged files count. Each is then
    moved into place, which can be done again and again. Returns whether anything was finished.
    """
    stage = data_root / _STAGE
    commit = stage / _COMMIT
    done = commit.is_file()
    if done:
        orders = json.loads(commit.read_text("utf-8"))
        for name in orders["write"]:
            staged, target = stage / name, data_root / name
            if staged.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                staged.replace(target)
        for name in orders["remove"]:
            (data_root / name).unlink(missing_ok=True)
    shutil.rmtree(stage, ignore_errors=True)
    _forget()
    return done


def _stage(
    data_root: Path, country: str, rows: Sequence[ProductRow], texts: Mapping[str, str]
) -> tuple[str, ...]:
    stage = data_root / _STAGE
    by_medicine: dict[str, list[ProductRow]] = {}
    for row in rows:
        by_medicine.setdefault(row.medicine, []).append(row)
    written = []
    for medicine, found in sorted(by_medicine.items()):
        name = f"products/{country}/{medicine}.csv"
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        write_csv(
            stage / name, PRODUCT_COLUMNS, [row.cells() for row in sorted(found, key=lambda row: row.id)]
        )
        written.append(name)
    for name, text in texts.items():
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        (stage / name).write_text(text, "utf-8")
        written.append(name)
    present = {f"products/{country}/{path.name}" for path in (data_root / "products" / country).glob("*.csv")}
    orders = {"write": written, "remove": sorted(present - set(written))}
    for name in written:
        _to_disk(stage / name)
    draft = stage / f"{_COMMIT}.new"
    draft.write_text(json.dumps(orders), "utf-8")
    _to_disk(draft)
    draft.replace(stage / _COMMIT)
    return tuple(written)


def _other_files(proposal: ImportProposal, data_root: Path) -> dict[str, str]:
    """The records that go with a new list: its source, the country's date, and the version of the data."""
    sources = (data_root / "sources.toml").read_text("utf-8")
    texts = {"VERSION": f"{_raised(data_version(data_root))}\n"}
    if proposal.source_id not in read_toml(data_root / "sources.toml"):
        lines = [
            f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in proposal.source.items()
        ]
        texts["sources.toml"] = (
            sources.rstrip("\n") + f"\n\n[{proposal.source_id}]\n" + "\n".join(lines) + "\n"
        )
    countries = dict(read_toml(data_root / "countries.toml"))
    if proposal.country in countries:
        texts["countries.toml"] = _dated(
            (data_root / "countries.toml").read_text("utf-8"), proposal.country, proposal.source_id,
            proposal.released.isoformat(),
        )  # fmt: skip
    return texts


def _dated(text: str, country: str, source_id: str, day: str) -> str:
    """``countries.toml`` with the source and date of one country replaced, all else as it is."""
    lines, here = [], ""
    for line in text.splitlines():
        if line.startswith("["):
            here = line.strip("[] ")
        if here == country and line.startswith("products_source"):
            line = f'products_source = "{source_id}"'
        if here == country and line.startswith("listed_on"):
            line = f"listed_on = {day}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def _raised(version: str) -> str:
    """2026.11 becomes 2026.11.1, which becomes 2026.11.2: the clock is never asked."""
    parts = version.split(".")
    return f"{version}.1" if len(parts) == 2 else ".".join([*parts[:2], str(int(parts[2]) + 1)])


def _apart_from(others: Sequence[ProductRow], rows: Sequence[ProductRow]) -> tuple[ProductRow, ...]:
    """Rows of another list of the country keep their ids: a new row with the same id takes its code along."""
    taken = {row.id for row in others}
    return tuple(
        replace(row, id=f"{row.id}-{row.codes[0].replace('/', '-')}") if row.id in taken else row
        for row in rows
    )


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _forget() -> None:
    """What was loaded from the data before is no longer what stands there."""
    for kept in (read_rows, read_toml, load_formulary, load_rules, load_sources, data_version):
        kept.cache_clear()
