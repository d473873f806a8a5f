"""The start page, help now, the quick way out, and the choice of theme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from easeoff.safety.words import GENERAL_RED_FLAGS, HELP_NOW, RED_CARD_INTRO
from easeoff.web.ui.themes import remember_theme

COUNTRY_NAMES = {"GB": "United Kingdom", "US": "United States", "CA": "Canada", "AU": "Australia"}
#: Where a change of theme may lead back to: pages that need nothing typed.
_PLAIN_PAGES = frozenset({"/", "/help-now", "/plan/", "/plan/open"})


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What do you need today?"""
    return render(request, "easeoff/home.html")


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Signs that need a doctor today, and whom to turn to."""
    countries = [(COUNTRY_NAMES.get(code, code), lines) for code, lines in HELP_NOW.items()]
    context = {"intro": RED_CARD_INTRO, "signs": GENERAL_RED_FLAGS, "countries": countries}
    return render(request, "easeoff/help_now.html", context)


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """A page with nothing on it, which also clears our cookies and what the browser kept of our pages."""
    response = render(request, "easeoff/blank.html")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for name in request.COOKIES:
        response.delete_cookie(name)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme and go back to the page it was chosen on."""
    back = request.POST.get("back", "/")
    response = HttpResponseRedirect(back if back in _PLAIN_PAGES else "/")
    response.status_code = 303
    remember_theme(request, response)
    return response
