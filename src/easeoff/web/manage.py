"""Commands for whoever runs the hub: ``python -m easeoff.web.manage make_staff NAME``, ``check_links``, ``work_list`` ..."""

from __future__ import annotations

import os
import sys

_NO_TABLES = "This hub has no tables yet. Start it once with: easeoff serve"
_NOT_OPENED = "The database cannot be used. Look whether EASEOFF_DATA_DIR is a folder of yours, and whether EASEOFF_DATABASE_URL is right."


def main() -> None:
    """Run one of Django's or our own management commands. What a volunteer can mend is told in a sentence, with status 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "easeoff.web.project.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    except OSError as problem:
        sys.exit(
            f"{problem.filename}: {problem.strerror}. Run this as the hub's own user, and look at EASEOFF_DATA_DIR."
        )
    except (OperationalError, ProgrammingError) as problem:
        sys.exit(_NO_TABLES if _is_table_missing(problem) else _NOT_OPENED)


def _is_table_missing(problem: Exception) -> bool:
    """Both kinds of database say so only in words: ``no such table: ...`` and ``relation "..." does not exist``."""
    return "no such table" in str(problem) or 'relation "' in str(problem)


if __name__ == "__main__":
    main()
