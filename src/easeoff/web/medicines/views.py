"""The medicine pages. They are the same for everyone, and nothing that is searched for is kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from easeoff.medicines import load_medicine
from easeoff.web.medicines import finding, lacking, presenting
from easeoff.web.ui.themes import remember_theme


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Every medicine by class, or what a search finds. It comes by POST, so that it stands in no address; a link may hold one."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = " ".join(sent.get("q", "").split())[: finding.LONGEST]
    context = {
        "asked": asked,
        "longest": finding.LONGEST,
        "found": finding.search(asked) if asked else None,
        "classes": finding.by_class(),
        "count": len(finding.slugs()),
    }
    response = render(request, "medicines/index.html", context)
    remember_theme(request, response)
    return response


@require_safe
def medicine(request: HttpRequest, slug: str) -> HttpResponse:
    """One medicine: what is known, how sure we are, and what it means for coming off it."""
    name = finding.slugs().get(slug)
    if name is None:
        raise Http404
    context = presenting.page(load_medicine(name), timezone.localdate())
    return render(request, "medicines/medicine.html", context)


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """What the data do not hold, by the data themselves."""
    return render(request, "medicines/gaps.html", lacking.page(timezone.localdate()))
