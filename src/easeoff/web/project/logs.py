"""What a log line may hold: the level, the logger, the kind of fault and where in our code it arose."""

from __future__ import annotations

import logging
import traceback


class BareFormatter(logging.Formatter):
    """Leaves out messages, addresses, headers and values, because any of them could hold what a person typed."""

    def format(self, record: logging.LogRecord) -> str:
        """One line for ``record``."""
        parts = [record.levelname, record.name]
        status = getattr(record, "status_code", None)
        if isinstance(status, int):
            parts.append(str(status))
        if record.exc_info and record.exc_info[0] is not None:
            parts.append(record.exc_info[0].__name__)
            parts.extend(
                f"{frame.name} line {frame.lineno}" for frame in traceback.extract_tb(record.exc_info[2])[-3:]
            )
        return " | ".join(parts)
