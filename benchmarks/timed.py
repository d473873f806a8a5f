"""The hub's settings with a clock around every answer: server time goes into a ``Server-Timing`` header."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse

from easeoff.web.project.settings import *  # noqa: F403
from easeoff.web.project.settings import MIDDLEWARE as _OURS

MIDDLEWARE = ["timed.Timed", *_OURS]


class Timed:
    """Outermost, so that everything the hub does for an answer is counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = self.get_response(request)
        response["Server-Timing"] = f"hub;dur={1000 * (perf_counter() - began):.3f}"
        return response
