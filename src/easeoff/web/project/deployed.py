"""What whoever runs the hub says in the environment: countries, and their emergency numbers."""

from __future__ import annotations

import re

from django.core.exceptions import ImproperlyConfigured

_CODE = re.compile(r"[A-Z]{2}")
_NUMBER = re.compile(r"[0-9]{2,6}")


def emergency_numbers(text: str) -> dict[str, str]:
    """``GB=999,US=911`` as a table. Raises `ImproperlyConfigured` for anything else."""
    found = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        code, _, number = (piece.strip() for piece in part.partition("="))
        if not _CODE.fullmatch(code) or not _NUMBER.fullmatch(number):
            raise ImproperlyConfigured(
                f"EASEOFF_EMERGENCY_NUMBERS has “{part}”. Write it like GB=999,US=911."
            )
        found[code] = number
    return found


def country_codes(text: str) -> tuple[str, ...]:
    """``GB,IE`` as a tuple. Raises `ImproperlyConfigured` for anything else."""
    codes = tuple(filter(None, (part.strip() for part in text.split(","))))
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if wrong:
        raise ImproperlyConfigured(f"EASEOFF_COUNTRIES has “{wrong[0]}”. Write country codes, such as GB,IE.")
    return codes
