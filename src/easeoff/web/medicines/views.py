"""The medicine pages. They are the same for everyone, and nothing that is searched for is kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from easeoff.medicines import load_medicine
from easeoff.web.medicines import finding, lacking, presenting


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every medicine by class, or what a search finds."""
    asked = " ".join(request.GET.get("q", "").split())[: finding.LONGEST]
    context = {
        "asked": asked,
        "longest": finding.LONGEST,
        "found": finding.search(asked) if asked else None,
        "classes": finding.by_class(),
        "count": len(finding.slugs()),
    }
    return render(request, "medicines/index.html", context)


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
