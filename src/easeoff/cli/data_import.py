"""``easeoff data import``: what an official release would change, and only then taking it in."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from easeoff.cli import exits
from easeoff.cli.arguments import Values
from easeoff.cli.import_text import difference_text
from easeoff.cli.progress_bar import ProgressBar
from easeoff.cli.terminal import complain, say, wants_colour, width
from easeoff.cli.typed import tidy
from easeoff.medicines import DATA_ROOT
from easeoff.medicines.files import read_toml
from easeoff.medicines.importing import (
    READERS,
    ImportProposal,
    ImportReport,
    Kind,
    accept,
    overlay_path,
    read_overlay,
    run_import,
)
from easeoff.quantities import EaseoffError

_WORK = "var/import"
_KINDS = ", ".join(READERS)


def import_release(values: Values) -> int:
    """Read a release, print the difference, and with ``--accept`` take in what was shown by an earlier call."""
    kind, files = _kind_and_files(values.files)
    work = Path(values.work or _WORK)
    shown_before = _record_of(work, kind)
    try:
        with ProgressBar(f"Reading {kind}") as bar:
            found = run_import(kind, files, work, DATA_ROOT, bar, released=_released(values.released))
    except OSError as problem:
        raise _unusable(problem) from None
    if found.proposal is None:
        return _refused(found)
    say(
        difference_text(
            found.proposal, _listed_on(found.proposal.country), width(), colour=wants_colour(sys.stdout)
        )
    )
    if not values.accept:
        return exits.DONE
    if shown_before != _record_of(work, kind):
        raise EaseoffError("Nothing was taken in: this difference has not been shown before.",
                           "Look at what stands above, then give the same command again.")  # fmt: skip
    return _take_in(found.proposal)


def _listed_on(country: str) -> date | None:
    """The date of the list that the data hold now."""
    return next((day for code, record in read_toml(DATA_ROOT / "countries.toml").items()
                 if code == country and isinstance(day := record["listed_on"], date)), None)  # fmt: skip


def _take_in(proposal: ImportProposal) -> int:
    try:
        taken = accept(proposal, read_overlay(overlay_path(DATA_ROOT, proposal.country)), DATA_ROOT)
    except OSError as problem:
        raise _unusable(problem) from None
    say(f"\nTaken in: {len(taken.files)} files written. The data are now version {taken.data_version}.\n")
    say("Check them with: easeoff data check\n")
    return exits.DONE


def _refused(found: ImportReport) -> int:
    """Nothing was imported: each row and its reason."""
    for fault in found.faults:
        complain(str(fault))
    complain("Nothing was imported, and the data are as they were.",
             found.hint or "Get the whole release again from its publisher, and give all of its files.")  # fmt: skip
    return exits.BAD_INPUT


def _record_of(work: Path, kind: Kind) -> bytes:
    """What identifies the proposal that lies in the work folder: it holds the checksum of every part of it."""
    try:
        return (work / f"proposal-{kind}" / "proposal.json").read_bytes()
    except OSError:
        return b""


def _kind_and_files(words: list[str]) -> tuple[Kind, list[Path]]:
    if not words:
        raise EaseoffError("Which release to import was not said.", f"Give one of {_KINDS}, then its files.")
    kind = next((known for known in READERS if known == tidy(words[0])), None)
    if kind is None:
        raise EaseoffError(f"“{tidy(words[0])[:40]}” is not a release we can read.", f"Give one of {_KINDS}.")
    if len(words) == 1:
        raise EaseoffError(f"No file of {kind} was given.", "Name all files of one release after the kind.")
    return kind, [Path(word) for word in words[1:]]


def _released(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(tidy(text))
    except ValueError:
        raise EaseoffError(
            f"“{tidy(text)[:40]}” is not a date we can read.",
            "Write year, month and day, such as 2026-11-20.",
        ) from None


def _unusable(problem: OSError) -> EaseoffError:
    reason = (problem.strerror or type(problem).__name__).lower()
    where = Path(str(problem.filename)).name if problem.filename else "the work folder"
    return EaseoffError(
        f"Nothing was imported: “{where}” cannot be used: {reason}.", "Name another folder with --work."
    )
