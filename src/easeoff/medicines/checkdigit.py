"""The check digit of SNOMED CT identifiers (Verhoeff's dihedral scheme)."""

from __future__ import annotations

#: Multiplication in the dihedral group of order ten.
_TIMES = tuple(
    tuple((a + b) % 5 if a < 5 and b < 5 else
          (a + b) % 5 + 5 if a < 5 else
          (a - b) % 5 + 5 if b < 5 else
          (a - b) % 5
          for b in range(10))
    for a in range(10)
)  # fmt: skip
_SHUFFLE = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def verhoeff_valid(code: str) -> bool:
    """Whether the last digit of ``code`` is the right check digit for the others. Digits only."""
    check = 0
    for place, character in enumerate(reversed(code)):
        digit = int(character)
        for _ in range(place % 8):
            digit = _SHUFFLE[digit]
        check = _TIMES[check][digit]
    return check == 0
