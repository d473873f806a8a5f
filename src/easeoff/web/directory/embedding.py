"""A list that a charity can put into its own page: no scripts, no cookies, nothing about the visitor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from easeoff.directory import country_name
from easeoff.web.directory import presenting, selectors
from easeoff.web.directory.words import DRUGS, KINDS

_MOST = 50


@require_safe
def embedded(request: HttpRequest) -> HttpResponse:
    """The list for a country, a kind of medicine and a kind of help, as the page around it chose them."""
    held, day = selectors.directory(), selectors.today()
    asked = {key: request.GET.get(key, "") for key in ("country", "drug", "kind")}
    asked["country"] = asked["country"].upper()
    wrong = [key for key, options in (("country", held.countries), ("drug", DRUGS), ("kind", KINDS))
             if asked[key] and asked[key] not in options]  # fmt: skip
    found = held.index.search(
        "", today=day, country=asked["country"], drug_class=asked["drug"] or None, kind=asked["kind"] or None,  # type: ignore[arg-type]
        live_only=True, limit=_MOST,
    ) if not wrong else None  # fmt: skip
    context = {
        "wrong": wrong,
        "hits": [presenting.shown(hit, day) for hit in found.hits] if found else [],
        "total": found.total if found else 0,
        "country": country_name(asked["country"]) if asked["country"] and not wrong else "",
        "drug": DRUGS.get(asked["drug"], ""),
    }
    return render(request, "directory/embedded.html", context, status=400 if wrong else 200)
