"""Error pages in plain words. They say what to do next and never repeat what was sent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, heading: str, *sentences: str) -> HttpResponse:
    context = {"heading": heading, "sentences": sentences}
    return render(request, "easeoff/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400."""
    return _page(request, 400, _("We could not read that"), _("Something in the request was not as we expected."),
                 _("Go to the start page and try again."))  # fmt: skip


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403."""
    return _page(request, 403, _("You cannot see this page"), _("This page is not open to you."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403, where a form did not come from one of our own pages, or the browser dropped our cookie."""
    return _page(request, 403, _("We could not be sure that form was ours"),
                 _("To keep you safe we only take forms that were sent from our own pages."),
                 _("This can happen when cookies are turned off or were cleared while the page was open."),
                 _("Nothing was saved. Go to the start page and try again."))  # fmt: skip


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404."""
    return _page(
        request,
        404,
        _("There is no such page"),
        _("The address may be mistyped, or the page may have moved."),
    )


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405. Most often a page that is made from a form, opened or reloaded without the form."""
    response = _page(request, 405, _("This page needs a form"),
                     _("It is made from answers, and none were sent."),
                     _("We keep no answers on the server and none in the address, so we cannot fetch them back."),
                     _("Go to the start page to begin again."))  # fmt: skip
    response["Allow"] = allowed
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return _page(request, 413, _("That file is too large"),
                 _("A file may have 2 MB at most. Check that you chose the right one. Nothing was saved."))  # fmt: skip


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(request, 500, _("Something went wrong here"), _("The fault is ours, not yours. Nothing was saved."),
                 _("Keep taking your medicine as you do now. Try again in a while."))  # fmt: skip
