"""The start page, the quick way out, and the choice of theme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from easeoff.web.ui.themes import remember_theme

#: Where a change of theme may lead back to: pages that need nothing typed.
_PLAIN_PAGES = frozenset({"/", "/help-now", "/plan/", "/plan/open", "/plan/follow", "/search/"})
#: Pages below these are plain too: a visitor who changes the theme comes back to where they read.
_PLAIN_PREFIXES = ("/understand/", "/find-help/", "/medicines/")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What do you need today?"""
    return render(request, "easeoff/home.html")


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """A page with nothing on it, which also clears our cookies and what the browser kept of our pages."""
    response = render(request, "easeoff/blank.html")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for name in request.COOKIES:
        response.delete_cookie(name)
    return response


def _is_plain(path: str) -> bool:
    """Whether this is a page of ours that is read with GET and holds nothing of a visitor."""
    inside = path.startswith(_PLAIN_PREFIXES) and "//" not in path and "\\" not in path and "?" not in path
    return path in _PLAIN_PAGES or inside


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme and go back to the page it was chosen on."""
    back = request.POST.get("back", "/")
    response = HttpResponseRedirect(back if _is_plain(back) else "/")
    response.status_code = 303
    remember_theme(request, response)
    return response
