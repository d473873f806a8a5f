"""The secret that signs forms: from the environment, or made once and kept in a private file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_FILE_NAME = "secret-key"


def secret_key(data_dir: Path) -> str:
    """The key from ``EASEOFF_SECRET_KEY``, else from a file in ``data_dir`` that only its owner can read."""
    given = os.environ.get("EASEOFF_SECRET_KEY", "")
    return given or _from_file(data_dir / _FILE_NAME)


def _from_file(path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_once(path)
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path) -> None:
    """Create the file with a new key unless it stands. Linking a finished file means no reader sees half of it."""
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(secrets.token_urlsafe(64))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
