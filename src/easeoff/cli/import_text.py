"""What an import would change, as text: what waits for a decision, new, gone, changed, and what was left out."""

from __future__ import annotations

from datetime import date

from easeoff.cli.layout import Sheet, Style
from easeoff.medicines.importing import Change, ImportProposal
from easeoff.quantities import format_date


def difference_text(proposal: ImportProposal, listed_on: date | None, columns: int, *, colour: bool) -> str:
    """The whole report. Every line names the product, the row where it stands, and the reason.

    ``listed_on`` is the date of the list that the data hold now.
    """
    sheet = Sheet(columns, colour)
    found = proposal.difference
    new, gone, changed = found.of("new"), found.of("gone"), found.of("changed")
    sheet.heading(f"{proposal.kind}, {proposal.country}, release of {format_date(proposal.released)}")
    sheet.say(
        f"New {len(new)}, gone {len(gone)}, changed {len(changed)}, as before {found.unchanged}, "
        f"left out {len(proposal.left_out)}."
    )
    if listed_on is not None and proposal.released < listed_on:
        sheet.say(
            f"This release is older than the list we hold, of {format_date(listed_on)}.", style=Style.STOP
        )
    lines = _lines(proposal)
    if found.to_decide:
        sheet.heading(f"To be decided by a person first ({len(found.to_decide)})", Style.STOP)
        for change in found.to_decide:
            sheet.item(f"{_words(change, lines)} [{', '.join(change.codes)}]", style=Style.WARN)
    for title, changes in (("New", new), ("Gone", gone), ("Changed", changed)):
        _say_changes(sheet, title, changes, lines)
    sheet.heading(f"Left out: could not be read ({len(proposal.left_out)})")
    for fault in proposal.left_out:
        sheet.item(str(fault))
    sheet.heading("What next")
    if found.to_decide:
        sheet.say(
            f"Write a decision on each into overlay/{proposal.country}.csv of the data folder, and run this again."
        )
    sheet.say(f"The same as tables: {proposal.folder}. The data are as they were.")
    sheet.say("To take it in, once a person has looked at it: the same command with --accept.")
    return sheet.text()


def _say_changes(sheet: Sheet, title: str, changes: tuple[Change, ...], lines: dict[str, str]) -> None:
    sheet.heading(f"{title} ({len(changes)})")
    for change in changes:
        sheet.item(_words(change, lines))


def _words(change: Change, lines: dict[str, str]) -> str:
    name = f"{change.id} ({change.new})" if change.kind == "new" else change.id
    if change.kind == "changed":
        name = f"{change.id}, {change.field}: {change.old or 'empty'} before, {change.new or 'empty'} now"
    place = next((lines[code] for code in change.codes if code in lines), "")
    shown = f" [{place}]" if place and place not in change.reason else ""
    return f"{name}: {change.reason}{shown}"


def _lines(proposal: ImportProposal) -> dict[str, str]:
    """The file and line of each product code of the release."""
    return {
        code: f"{row.origin[0]} line {row.origin[1]}"
        for row in proposal.rows if row.origin[0]
        for code in row.codes
    }  # fmt: skip
