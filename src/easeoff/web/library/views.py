"""The reading pages. Articles and shelf are the same for everyone; the try-out keeps nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from easeoff.library import (
    READERS_WORDS,
    is_overdue,
    load_article,
    load_shelf,
    medicines_with_curve,
    rendered,
)
from easeoff.quantities import EaseoffError
from easeoff.web.library import presenting, trying
from easeoff.web.library.filters import read_shelf
from easeoff.web.ui.themes import remember_theme

#: With more parts than this an article opens with a list of them.
_CONTENTS_FROM = 4


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What there is to read, by readers."""
    return render(
        request, "library/index.html", {"sections": presenting.sections(), "resources": len(load_shelf())}
    )


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article with its sources."""
    found = load_article(slug)
    if found is None:
        raise Http404
    page = rendered(slug)
    context = {
        "article": found,
        "audience": READERS_WORDS[found.audience],
        "overdue": is_overdue(found, timezone.localdate()),
        "html": page.html,
        "headings": page.headings if len(page.headings) >= _CONTENTS_FROM else (),
        "notes": [presenting.shown_note(note) for note in page.notes],
        "further": presenting.further(found),
    }
    return render(request, "library/article.html", context)


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """Other people's work, with filters."""
    found = read_shelf(request.GET.dict())
    context = {"shelf": found, "shown": [presenting.shown_resource(resource) for resource in found.resources]}
    return render(request, "library/shelf.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def try_curve(request: HttpRequest) -> HttpResponse:
    """Choose a medicine and a dose and see the curve. An example by GET; a choice only ever by POST."""
    sent = request.POST.dict() if request.method == "POST" else {}
    context: dict[str, object] = {"medicines": medicines_with_curve()}
    try:
        context |= trying.shown(sent)
    except EaseoffError as problem:
        context |= trying.shown({"medicine": sent.get("medicine", "")}, problem, sent.get("dose", ""))
    response = render(request, "library/try.html", context, status=400 if "problem" in context else 200)
    remember_theme(request, response)
    return response
