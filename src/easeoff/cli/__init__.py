"""The command line: ``easeoff plan``, ``follow``, ``simulate``, ``compare``, ``medicines``, ``help-near``, ``data`` and ``serve``.

Nothing is imported here but what the interpreter has loaded already: help has to come at once, and Ctrl-C
while the rest is being loaded must not end in a traceback.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

__all__ = ["main"]

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status, see `easeoff.cli.exits`."""
    try:
        from easeoff.cli.running import run

        return run(argv)
    except KeyboardInterrupt:
        os.write(2, b"Stopped, as you asked. No file was changed.\n")
        return _INTERRUPTED
