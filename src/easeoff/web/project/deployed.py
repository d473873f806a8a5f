"""What whoever runs the hub says in the environment: countries, and their emergency numbers."""

from __future__ import annotations

import re

from django.core.exceptions import ImproperlyConfigured

from easeoff.directory import read_emergency_numbers
from easeoff.quantities import EaseoffError

_CODE = re.compile(r"[A-Z]{2}")


def emergency_numbers(text: str) -> dict[str, str]:
    """``GB=999,US=911`` as a table. Raises `ImproperlyConfigured` for anything else."""
    try:
        return read_emergency_numbers(text)
    except EaseoffError as problem:
        raise ImproperlyConfigured(str(problem)) from None


def country_codes(text: str) -> tuple[str, ...]:
    """``GB,IE`` as a tuple. Raises `ImproperlyConfigured` for anything else."""
    codes = tuple(filter(None, (part.strip() for part in text.split(","))))
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if wrong:
        raise ImproperlyConfigured(f"EASEOFF_COUNTRIES has “{wrong[0]}”. Write country codes, such as GB,IE.")
    return codes
