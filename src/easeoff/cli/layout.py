"""Text on a page of so many columns: paragraphs, lists and tables that never part a number from its unit."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from easeoff.cli.terminal import harmless

_HELD = "\u00a0"
_NUMBER_AND_UNIT = re.compile(
    r"(?<=\d) (?=(?:mg|mL|mcg|points?|days?|steps?|hours?|%|x|=)(?:\b|/|$|[ .,;)]))"
)
_BEFORE_HELD = re.compile(r"(?<==) (?=\d)")
_INDENT = "  "
_GAP = "  "


class Style(StrEnum):
    """How a line may be coloured. The words never depend on it."""

    HEADING = "1"
    STOP = "1;31"
    WARN = "33"
    GOOD = "1;32"


@dataclass(frozen=True)
class Column:
    """One column of a table: its title (a table without any has no heading row) and its width."""

    title: str
    width: int


@dataclass
class Sheet:
    """Lines in the making. ``colour`` is a second channel only."""

    width: int
    colour: bool = False
    lines: list[str] = field(default_factory=list)

    def heading(self, text: str, style: Style = Style.HEADING) -> None:
        """A title with an empty line before it."""
        if self.lines:
            self.lines.append("")
        self._add(wrapped(text, self.width), style)

    def say(self, text: str, indent: int = 0, style: Style | None = None) -> None:
        """A paragraph."""
        margin = _INDENT * indent
        self._add((margin + line for line in wrapped(text, self.width - len(margin))), style)

    def item(self, text: str, mark: str = "- ", style: Style | None = None, indent: int = 0) -> None:
        """One thing of a list; the lines after the first stand under its text."""
        room = self.width - len(mark) - 2 * indent
        for number, line in enumerate(wrapped(text, room)):
            self._add([_INDENT * indent + (mark if number == 0 else " " * len(mark)) + line], style)

    def command(self, label: str, tokens: Sequence[str], indent: int) -> None:
        """Words to type, over several lines with a backslash where they are many, so that they can be copied."""
        margin = _INDENT * indent
        line = f"{margin}{label}"
        for group in _with_first_value(tokens):
            if len(line) + len(group) + 3 > self.width and line.strip() != label:
                self._add([f"{line} \\"], None)
                line = f"{margin}{_INDENT}{group}"
            else:
                line = f"{line} {group}"
        self._add([line], None)

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[tuple[Sequence[str], Sequence[str]]],
        *,
        spaced: bool = False,
    ) -> None:
        """Rows of cells, each with the remarks that stand below it. A line break in a cell stays.

        ``spaced`` puts an empty line before each row, for rows that are several lines high.
        """
        if any(column.title for column in columns):
            self._row(columns, [column.title for column in columns], Style.HEADING)
        for cells, remarks in rows:
            if spaced:
                self.lines.append("")
            self._row(columns, cells, Style.WARN if remarks else None)
            for remark in remarks:
                self.item(remark, mark="  >> ", style=Style.WARN)

    def _row(self, columns: Sequence[Column], cells: Sequence[str], style: Style | None) -> None:
        stacks = [
            wrapped(cell, column.width, break_words=True) for column, cell in zip(columns, cells, strict=True)
        ]
        for number in range(max(len(stack) for stack in stacks)):
            parts = [
                (stack[number] if number < len(stack) else "").ljust(column.width)
                for column, stack in zip(columns, stacks, strict=True)
            ]
            self._add([_GAP.join(parts).rstrip()], style)

    def _add(self, lines: Iterable[str], style: Style | None) -> None:
        clean = [harmless(line) for line in lines]
        coloured = self.colour and style is not None
        self.lines += [f"\x1b[{style}m{line}\x1b[0m" if coloured and line else line for line in clean]

    def text(self) -> str:
        """Everything, ending in a line break."""
        return "\n".join(self.lines) + "\n"


def wrapped(text: str, width: int, *, break_words: bool = False) -> list[str]:
    """``text`` in lines of ``width`` columns; a number stays with its unit where there is room for both.

    A word that is too long, such as an address, stays whole unless ``break_words``.
    """
    if len(text) <= width and text.isprintable() and text == text.strip():
        return [text]
    lines: list[str] = []
    for paragraph in text.split("\n"):
        held = _BEFORE_HELD.sub(_HELD, _NUMBER_AND_UNIT.sub(_HELD, paragraph))
        broken = textwrap.wrap(held, max(width, 8), break_on_hyphens=False, break_long_words=break_words)
        lines += [line.replace(_HELD, " ") for line in broken] or [""]
    return lines


def _with_first_value(tokens: Sequence[str]) -> list[str]:
    """An option and its first value stay on one line."""
    groups: list[str] = []
    for token in tokens:
        if groups and groups[-1].startswith("--") and " " not in groups[-1] and not token.startswith("--"):
            groups[-1] += f" {token}"
        else:
            groups.append(token)
    return groups
