"""How often one address may do something. Counted in memory, by a keyed digest; nothing is stored."""

from __future__ import annotations

from collections import OrderedDict, deque
from hashlib import blake2b
from secrets import token_bytes
from threading import Lock
from time import monotonic

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: How many addresses are remembered. The oldest go first.
_MOST_ADDRESSES = 20_000
_KEY = token_bytes(32)


class Allowance:
    """At most ``times`` in ``seconds`` for one address, in this process."""

    def __init__(self, times: int, seconds: int) -> None:
        self.times, self.seconds = times, seconds
        self._seen: OrderedDict[bytes, deque[float]] = OrderedDict()
        self._lock = Lock()

    def take(self, request: HttpRequest) -> bool:
        """Whether this request is still within the allowance. Counts it where it is."""
        now, key = monotonic(), _digest(request)
        with self._lock:
            held = self._seen.pop(key, deque())
            while held and now - held[0] > self.seconds:
                held.popleft()
            allowed = len(held) < self.times
            if allowed:
                held.append(now)
            self._seen[key] = held
            while len(self._seen) > _MOST_ADDRESSES:
                self._seen.popitem(last=False)
        return allowed

    def forget(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self._seen.clear()


#: Messages from the public.
REPORTS = Allowance(5, 10 * 60)
#: Attempts to sign in to the back office.
SIGN_IN = Allowance(8, 10 * 60)
#: Printed lists: each takes some work.
PRINTS = Allowance(20, 10 * 60)


def too_many(request: HttpRequest, allowance: Allowance) -> HttpResponse:
    """429, in plain words."""
    minutes = allowance.seconds // 60
    context = {
        "heading": "That was too often",
        "sentences": [f"We take only so many of these in {minutes} minutes. Nothing was saved.",
                      f"Please try again in {minutes} minutes."],
    }  # fmt: skip
    response = render(request, "easeoff/error.html", context, status=429)
    response["Retry-After"] = str(allowance.seconds)
    return response


def _digest(request: HttpRequest) -> bytes:
    return blake2b(request.META.get("REMOTE_ADDR", "").encode(), key=_KEY, digest_size=16).digest()
