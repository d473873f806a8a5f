"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import tempfile
from pathlib import Path

from easeoff.quantities.errors import EaseoffError

#: A plan is about someone's health: a new file can be read by its owner only.
_PRIVATE = 0o600


def write_whole(name: str, content: bytes) -> None:
    """Write ``content`` to the file ``name``, by way of a second file beside it, so that it is never half there.

    Raises `EaseoffError` where it cannot be written.
    """
    path = Path(name)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)  # a pipe or a device cannot be replaced
            return
        _replace(path.resolve(), content)
    except OSError as problem:
        raise _refusal(name, problem) from None


def must_be_writable(name: str) -> None:
    """Say before long work, not after it, that nothing could be written there. Raises `EaseoffError`."""
    path = Path(name)
    try:
        if path.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        if not path.parent.is_dir():
            raise FileNotFoundError(0, "there is no such folder")
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise PermissionError(0, "it may not be changed")
    except OSError as problem:
        raise _refusal(name, problem) from None


def spare_a_history(name: str | None) -> None:
    """Refuse a file that holds a plan under way: its versions cannot be made again. Raises `EaseoffError`."""
    if name and _version_of(Path(name)) > 1:
        raise EaseoffError(
            f"“{name[:60]}” holds a plan with what happened to it, which cannot be made again.",
            "Name another file with -o.",
        )


def _version_of(path: Path) -> int:
    """The version of the plan in a file; 0 where it holds none."""
    try:
        held = json.loads(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        return 0
    version = held.get("version") if isinstance(held, dict) and "events" in held else None
    return version if isinstance(version, int) else 0


def _replace(path: Path, content: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else _PRIVATE
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(0, "it may not be changed")
    handle, name = tempfile.mkstemp(prefix=".easeoff-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _refusal(name: str, problem: OSError) -> EaseoffError:
    shown = name if len(name) <= 60 else f"{name[:60]}…"
    if isinstance(problem, FileNotFoundError) and not Path(name).parent.is_dir():
        return EaseoffError(
            f"“{shown}” cannot be written: there is no such folder.",
            "Make the folder first, or name another.",
        )
    reason = (problem.strerror or type(problem).__name__).lower()
    return EaseoffError(f"“{shown}” cannot be written: {reason}.", "Name another file with -o.")
