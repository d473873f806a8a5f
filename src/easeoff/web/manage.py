"""Commands for whoever runs the hub: ``python -m easeoff.web.manage make_staff NAME``, ``check_links``, ``work_list`` ..."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one of Django's or our own management commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "easeoff.web.project.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
