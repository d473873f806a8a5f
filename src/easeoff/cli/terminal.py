"""Printing to a terminal, a pipe or a file: safely, whole, and without ever failing on a letter."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from typing import TextIO

from easeoff.quantities.errors import EaseoffError

#: Prose wider than this is hard to read.
_WIDEST = 100
_NARROWEST = 24
_PIPE_WIDTH = 80
#: For terminals that do not know these marks.
_PLAIN_MARKS = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "×": "x", "…": "...", "−": "-", "–": "-",
                              "—": "-", "µ": "u", "μ": "u", "\u00a0": " "})  # fmt: skip
_JOINERS = "\u200c\u200d"


def width() -> int:
    """How many columns to write in."""
    found = shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns
    return max(_NARROWEST, min(found, _WIDEST))


def wants_colour(stream: TextIO | None) -> bool:
    """Whether colour may be used: on a terminal, unless ``NO_COLOR`` is set (no-color.org) or it is dumb."""
    if stream is None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return is_terminal(stream)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person reads along."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def is_harmless(letter: str) -> bool:
    """Whether a letter can be shown: no control, no change of direction, no half of a pair."""
    return letter in _JOINERS or unicodedata.category(letter)[0] != "C"


def harmless(text: str) -> str:
    """``text`` with everything that could steer a terminal shown as a question mark; line breaks stay."""
    if text.isprintable():
        return text
    return "".join(letter if letter == "\n" or is_harmless(letter) else "?" for letter in text)


def say(text: str) -> None:
    """Print ``text``, which is ours, to standard output. A reader that has gone away has read enough."""
    _write(sys.stdout, text)


def say_bytes(content: bytes) -> None:
    """The same for bytes, such as a PDF or UTF-8 JSON."""
    stream = sys.stdout
    if stream is None:
        return
    try:
        stream.flush()
        stream.buffer.write(content)
        stream.flush()
    except BrokenPipeError:
        _quieten(stream)
    except OSError as problem:
        _quieten(stream)
        raise _unwritable(problem) from None


def complain(message: str, hint: str = "") -> None:
    """An error or a remark, to standard error; what a person typed may be part of it."""
    lines = [harmless(" ".join(message.split()))]
    if hint:
        lines.append(harmless(" ".join(hint.split())))
    try:
        _write(sys.stderr, "\n".join(lines) + "\n")
    except EaseoffError:
        return  # nobody is left to tell


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        return
    try:
        stream.write(_encodable(text, stream))
        stream.flush()
    except BrokenPipeError:
        _quieten(stream)
    except OSError as problem:
        _quieten(stream)
        raise _unwritable(problem) from None


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN_MARKS).encode(encoding, "replace").decode(encoding)
    return text


def _quieten(stream: TextIO) -> None:
    """Let what is left unwritten go nowhere, so that the interpreter does not complain when it ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def _unwritable(problem: OSError) -> EaseoffError:
    reason = problem.strerror or type(problem).__name__
    return EaseoffError(
        f"The output could not be written: {reason}.", "Check where it goes, and the space there."
    )
