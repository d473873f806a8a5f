"""One call for the command line: read a release, propose, and tell what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from easeoff.medicines.files import DATA_ROOT
from easeoff.medicines.importing.difference import Difference
from easeoff.medicines.importing.faults import Fault, ImportRefused
from easeoff.medicines.importing.proposing import ImportProposal, propose_import
from easeoff.medicines.importing.readers import Kind
from easeoff.medicines.importing.releases import Progress


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import. ``faults`` refuse the release whole, and then there is no proposal.

    ``left_out`` are single products that could not be read; ``difference`` is what accepting would change.
    """

    kind: Kind
    proposal: ImportProposal | None
    faults: tuple[Fault, ...]
    hint: str

    @property
    def left_out(self) -> tuple[Fault, ...]:
        """Products of the release that are not in the proposal, each with its row and reason."""
        return self.proposal.left_out if self.proposal else ()

    @property
    def difference(self) -> Difference:
        """What accepting would change; nothing where the release was refused."""
        return self.proposal.difference if self.proposal else Difference((), 0)


def run_import(
    kind: Kind, files: Sequence[Path], work_dir: Path, data_root: Path = DATA_ROOT, progress: Progress | None = None,
    *, released: date | None = None,
) -> ImportReport:  # fmt: skip
    """Read a release into a proposal in ``work_dir``; the data stay as they are. A bad release is told, not raised.

    ``progress`` is told bytes read and bytes in all. ``released`` is the date of a release that does not tell it.
    """
    try:
        proposal = propose_import(kind, files, work_dir, data_root, progress=progress, released=released)
    except ImportRefused as refusal:
        return ImportReport(kind, None, refusal.faults, refusal.hint)
    return ImportReport(kind, proposal, (), "")
