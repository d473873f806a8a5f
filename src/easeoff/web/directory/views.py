"""The pages of the directory. A search comes by POST, because a place beside a kind of medicine is nobody's business."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from easeoff.directory import Found, Status, in_words
from easeoff.documents.locallist import local_list_pdf
from easeoff.quantities import EaseoffError
from easeoff.safety.words import GENERAL_RED_FLAGS, RED_CARD_INTRO
from easeoff.web.directory import flows, limits, presenting, selectors
from easeoff.web.directory.forms import ABOUT, LONGEST_WORDS, Search, choices, read_report, read_search
from easeoff.web.directory.models import ServiceRecord
from easeoff.web.directory.words import DRUGS
from easeoff.web.ui.themes import remember_theme

PER_PAGE = 20
_MOST_PRINTED = 40


@require_http_methods(["GET", "HEAD", "POST"])
def find_help(request: HttpRequest) -> HttpResponse:
    """The search form and what it finds; by GET everything, page by page."""
    held = selectors.directory()
    sent = request.POST if request.method == "POST" else {"page": request.GET.get("page", "")}
    search = read_search(sent, held.languages)
    day = selectors.today()
    found = _found(held, search, limit=PER_PAGE, offset=(search.page - 1) * PER_PAGE)
    pages = max(1, -(-found.total // PER_PAGE))
    page = min(search.page, pages)
    if page != search.page:
        found = _found(held, search, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    context = {
        "search": search,
        "choices": choices(search, held.languages),
        "entries": presenting.entries(found.hits, day),
        "found": found,
        "page": page,
        "pages": pages,
        "previous": page - 1,
        "following": page + 1 if page < pages else 0,
        "also": search.place.also if search.place else (),
        "articles": presenting.reading((search.drug,) if search.drug else ()),
        "form_id": "search",
        "asked": request.method == "POST",
    }
    response = render(request, "directory/find_help.html", context, status=422 if search.errors else 200)
    remember_theme(request, response)
    return response


def _found(
    held: selectors.Directory, search: Search, *, limit: int, offset: int = 0, live: bool = False
) -> Found:
    return held.index.search(
        search.words, today=selectors.today(), drug_class=search.drug, place=search.place, kind=search.kind,
        cost=search.cost, language=search.language, home=frozenset(settings.CRISIS_COUNTRIES), live_only=live, limit=limit,
        offset=offset,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """One service: what is known, from where, how old; by POST a message about it."""
    hit = selectors.directory().index.hit(slug, today=selectors.today())
    if hit is None:
        raise Http404
    if request.method == "POST" and "theme" not in request.POST:
        return _report(request, hit.service.id, hit.service.name)
    day = selectors.today()
    when, addresses = presenting.evidence(hit.service)
    context = {
        "service": presenting.shown(hit, day),
        "unconfirmed": hit.service.status is Status.UNCONFIRMED,
        "on_founding_page": hit.service.on_founding_page,
        "evidence_date": when,
        "evidence": addresses,
        "checks": [presenting.shown_check(row) for row in selectors.checks_of(slug)],
        "articles": presenting.reading(hit.service.drug_classes),
        "about": ABOUT,
        "longest": LONGEST_WORDS,
        "typed": read_report(request.POST.dict()) if request.method == "POST" else None,
        "form_id": "correct",
    }
    response = render(request, "directory/service.html", context)
    remember_theme(request, response)
    return response


def _report(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    report = read_report(request.POST.dict())
    if report.error:
        return _reported(request, slug, name, problem=report.error, status=422)
    if not limits.REPORTS.take(request):
        return limits.too_many(request, limits.REPORTS)
    record = ServiceRecord.objects.filter(slug=slug).first()
    kept = record is not None and flows.take_complaint(
        record, report.what, report.about, report.words, selectors.today()
    )
    if not kept:
        problem = "So many messages wait to be read that we cannot take another now. Nothing was saved."
        return _reported(request, slug, name, problem=problem, status=503)
    return _reported(request, slug, name)


def _reported(
    request: HttpRequest, slug: str, name: str, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {"slug": slug, "name": name, "problem": problem, "back": f"/find-help/{slug}/",
               "words": request.POST.get("words", "")[:LONGEST_WORDS] if problem else "",
               "about": ABOUT, "longest": LONGEST_WORDS}  # fmt: skip
    return render(request, "directory/reported.html", context, status=status)


@require_safe
def crisis(request: HttpRequest) -> HttpResponse:
    """Crisis lines of every country."""
    return render(request, "directory/crisis.html", {"panels": selectors.panels(selectors.today())})


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Signs that need help now, and whom to turn to."""
    shown = selectors.panels(selectors.today(), settings.CRISIS_COUNTRIES)
    context = {"intro": RED_CARD_INTRO, "signs": GENERAL_RED_FLAGS, "panels": shown}
    return render(request, "directory/help_now.html", context)


@require_safe
def old_list(request: HttpRequest) -> HttpResponse:
    """What stood on the support page that this project grew from, each with its present state."""
    day = selectors.today()
    shown = [presenting.shown(hit, day) for hit in selectors.on_old_page(day)]
    return render(request, "directory/old_list.html", {"hits": shown})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What is listed, what is not, and what the words beside an entry mean."""
    held = selectors.directory()
    statuses = [one.status for one in held.index.services]
    context = {
        "total": len(statuses),
        "active": statuses.count(Status.ACTIVE),
        "unconfirmed": statuses.count(Status.UNCONFIRMED),
        "gone": sum(one.is_tombstone for one in held.index.services),
        "checked": sum(one.last_human_check is not None for one in held.index.services),
    }
    return render(request, "directory/about.html", context)


@require_POST
def printed(request: HttpRequest) -> HttpResponse:
    """What the search finds, as a PDF for paper."""
    if not limits.PRINTS.take(request):
        return limits.too_many(request, limits.PRINTS)
    held, day = selectors.directory(), selectors.today()
    search = read_search(request.POST.dict(), held.languages)
    found = _found(held, search, limit=_MOST_PRINTED, live=True)
    country = search.place.country if search.place else ""
    try:
        if search.errors:
            raise EaseoffError(next(iter(search.errors.values())), "Change the search and try again.")
        body = local_list_pdf(
            found,
            asked=tuple(filter(None, (search.words, search.place.label if search.place else "",
                                      str(DRUGS.get(str(search.drug or ""), ""))))),
            panel=selectors.panel(country, day),
            today=day,
            paper="us-letter" if country in ("US", "CA") else "a4",
        )  # fmt: skip
    except EaseoffError as problem:
        context = {"heading": "We cannot print this list", "sentences": [problem.message, problem.hint]}
        return render(request, "easeoff/error.html", context, status=422)
    name = f"help-{in_words(day).replace(' ', '-').lower()}.pdf"
    return HttpResponse(
        body,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
