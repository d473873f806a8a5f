"""Every session of the back office ends after twelve hours, however busy."""

from __future__ import annotations

from collections.abc import Callable
from time import time

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

LONGEST_SECONDS = 12 * 60 * 60
_BEGAN = "began"
_ROOT = "/back-office/"


class BackOfficeGuard:
    """Signs out whoever signed in too long ago, and counts each page as a sign of life. Touches no other page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_ROOT) and request.user.is_authenticated:
            began = request.session.setdefault(_BEGAN, int(time()))
            if time() - began > LONGEST_SECONDS:
                logout(request)
            else:
                request.session.modified = True
        return self.get_response(request)
