"""The one search. A search comes by POST, because a place or a medicine in an address is seen by others; a link may hold one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from easeoff.web.directory.selectors import directory, today
from easeoff.web.search import asking, selectors, urgent
from easeoff.web.ui.themes import remember_theme


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The search box, and what the words in it find. Nothing of it is kept."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = asking.read(sent, pressed=request.method == "POST" and "theme" not in sent)
    is_search = bool(asked.text) and not asked.error
    context = {
        "asked": asked,
        "longest": asking.LONGEST,
        "is_search": is_search,
        "groups": selectors.groups(asked.text, directory(), today(), asked.only) if is_search else (),
        "is_urgent": urgent.is_urgent(asked.text),
    }
    response = render(request, "search/search.html", context, status=422 if asked.error else 200)
    remember_theme(request, response)
    return response
