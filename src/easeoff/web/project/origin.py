"""Who sent a form, where ``Referrer-Policy: no-referrer`` makes the browser hide even our own address from us.

Under that policy a browser sends ``Origin: null`` with every form, and Django's check would refuse them all. Browsers say apart
from it, in ``Sec-Fetch-Site``, whether the form came from our own pages; no page can forge that. A browser
too old to say so is judged by the token alone, whose cookie is ``SameSite=Strict``.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class HiddenOrigin:
    """Fills in our own origin where it was only hidden. A form from elsewhere keeps ``null`` and is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        hidden = request.META.get("HTTP_ORIGIN") == "null"
        if hidden and request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") == "same-origin":
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        return self.get_response(request)
