"""A plan in progress travels in one signed hidden field, and nowhere else.

Nothing is kept on the server, in a cookie, in the address or in the browser's storage.
"""

from __future__ import annotations

import bz2

from django.core import signing

from easeoff.quantities import EaseoffError
from easeoff.web.planning.fields import Answers

_SALT = "easeoff.web.planning.answers"
#: Far above the longest set of honest answers.
LONGEST = 16_000
#: A form left open overnight still works in the morning.
SECONDS = 24 * 60 * 60


class StateError(EaseoffError):
    """The hidden field was changed, cut short, or is too old."""


def seal(answers: Answers) -> str:
    """``answers`` as one signed, compressed line."""
    return signing.dumps({k: v for k, v in sorted(answers.items()) if v != ""}, salt=_SALT, compress=True)


def unseal(sealed: str) -> Answers:
    """The answers again. Raises `StateError`."""
    if len(sealed) > LONGEST:
        raise _changed()
    try:
        found = signing.loads(sealed, salt=_SALT, max_age=SECONDS)
    except signing.SignatureExpired:
        raise StateError("This form was left open for more than a day.", "Please start again.") from None
    except signing.BadSignature:
        raise _changed() from None
    if not isinstance(found, dict):
        raise _changed()
    return {str(key): str(value) for key, value in found.items()}


def _changed() -> StateError:
    return StateError("Your earlier answers did not reach us in one piece.", "Please start again.")


_FILE_SALT = "easeoff.web.planning.plan-file.packed"
#: A plan file on its way through the pages of what happened, packed; the largest one that may be opened takes less.
LONGEST_FILE = 1_200_000


class _Packed:
    """A text as bytes in half of what zlib needs: a plan of hundreds of small cuts repeats itself over long distances."""

    def dumps(self, text: str) -> bytes:
        return bz2.compress(text.encode("utf-8"))

    def loads(self, packed: bytes) -> str:
        return bz2.decompress(packed).decode("utf-8")


def seal_file(text: str) -> str:
    """A plan file's text as one signed, compressed line."""
    return signing.dumps(text, salt=_FILE_SALT, serializer=_Packed)


def unseal_file(sealed: str) -> str:
    """The text again. Raises `StateError`."""
    if len(sealed) > LONGEST_FILE:
        raise _changed()
    try:
        found = signing.loads(sealed, salt=_FILE_SALT, serializer=_Packed, max_age=SECONDS)
    except signing.SignatureExpired:
        raise StateError(
            "This page was left open for more than a day.", "Open your saved plan again."
        ) from None
    except signing.BadSignature:
        raise StateError("The plan did not reach us in one piece.", "Open your saved plan again.") from None
    return str(found)
