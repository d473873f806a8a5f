"""A progress bar on standard error, for people only: a file or a pipe gets none."""

from __future__ import annotations

import sys
from types import TracebackType

from easeoff.cli.terminal import is_terminal, width

_SHORTEST = 8


class ProgressBar:
    """Told bytes done and bytes in all. Redraws only when the percentage changes, and is gone at the end."""

    def __init__(self, label: str) -> None:
        self.label = label
        self._shown = -1
        self._on = is_terminal(sys.stderr)

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown >= 0:
            self._write("\r" + " " * (width() - 1) + "\r")

    def __call__(self, done: int, total: int) -> None:
        """Draw it."""
        percent = 100 if total <= 0 else done * 100 // total
        if not self._on or percent == self._shown:
            return
        self._shown = percent
        room = max(_SHORTEST, width() - len(self.label) - 10)
        filled = room * percent // 100
        self._write(f"\r{self.label} [{'#' * filled}{'.' * (room - filled)}] {percent:3d} %")

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            self._on = False  # nobody looks any more
