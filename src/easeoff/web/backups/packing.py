"""Packed files: gzip, because its checksum tells a file that was cut or changed, and it opens everywhere."""

from __future__ import annotations

import gzip
import shutil
import zlib
from pathlib import Path

from easeoff.web.backups.contents import not_ours


def pack(plain: Path) -> Path:
    """``plain`` packed beside itself; the plain one goes."""
    packed = plain.with_name(f"{plain.name}.gz")
    with plain.open("rb") as source, gzip.open(packed, "wb") as out:
        shutil.copyfileobj(source, out)
    plain.unlink()
    return packed


def unpack(file: Path, work: Path) -> Path:
    """``file`` unpacked in the folder ``work``. Raises `EaseoffError` where it is not packed, or not whole."""
    plain = work / "unpacked"
    try:
        with gzip.open(file) as packed, plain.open("wb") as out:
            shutil.copyfileobj(packed, out)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise not_ours(file) from None
    return plain


def begins_with(plain: Path, magic: bytes) -> bool:
    """Whether these are the first bytes of ``plain``."""
    with plain.open("rb") as handle:
        return handle.read(len(magic)) == magic
