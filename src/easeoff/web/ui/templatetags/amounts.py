"""Keeping a number and its unit on one line, so that no amount is read in two halves."""

from __future__ import annotations

import re

from django import template

register = template.Library()
_AMOUNT = re.compile(r"(?<=\d) (?=(?:mg|mL|points?|%|days?|mcg)(?![A-Za-z]))")


@register.filter
def units(text: object) -> str:
    """``text`` with a no-break space between each number and its unit."""
    return _AMOUNT.sub("\u00a0", str(text))
