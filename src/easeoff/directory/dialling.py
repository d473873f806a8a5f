"""What to dial for a number as it is written: the part that a telephone can ring by itself."""

from __future__ import annotations

import re

_DIALLED = re.compile(r"\+?[\d\s().\-]+")


def dialled(phone: str) -> str:
    """The digits that a ``tel:`` link rings: ``116123`` for “116 123”, ``111`` for “111 option 2”.

    Empty where the text does not begin with a number.
    """
    found = _DIALLED.match(phone.strip())
    if found is None:
        return ""
    digits = "".join(letter for letter in found.group() if letter.isdigit())
    return f"+{digits}" if digits and found.group().startswith("+") else digits
