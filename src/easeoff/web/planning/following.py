"""What happened to a saved plan: one question page, then the new version with its difference. By POST, nothing kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from easeoff.documents.history import follow_plan
from easeoff.documents.planfile import read_plan, write_plan
from easeoff.planning.crossover.two_medicines import formulary_of
from easeoff.planning.lifecycle import Kind, recordable
from easeoff.planning.plan import Plan
from easeoff.quantities import EaseoffError
from easeoff.web.planning.fields import Answers
from easeoff.web.planning.followfields import TITLES, Situation, fields_for, read
from easeoff.web.planning.followview import followed_context, frame
from easeoff.web.planning.showing import shown_field
from easeoff.web.planning.state import StateError, unseal_file
from easeoff.web.planning.views import lost, today
from easeoff.web.ui.themes import remember_theme

_RECORD = "record"


@require_http_methods(["GET", "HEAD", "POST"])
def followed(request: HttpRequest) -> HttpResponse:
    """The page of the button that was pressed; without a plan, the page that asks for the file."""
    if request.method != "POST":
        return render(request, "planning/open.html", {"follow": True})
    try:
        plan = read_plan(unseal_file(request.POST.get("sealed", "")))
    except StateError as problem:
        return lost(request, problem)
    try:
        response = _answer(request, plan)
    except EaseoffError as problem:
        # Such as a product that newer data no longer hold: said as it is, and nothing is lost, for nothing is kept here.
        response = render(request, "planning/open.html", {"problem": problem, "follow": True}, status=422)
    remember_theme(request, response)
    return response


@require_POST
def followed_file(request: HttpRequest) -> HttpResponse:
    """The version on show as a plan file, named by its number."""
    try:
        plan = read_plan(unseal_file(request.POST.get("sealed", "")))
    except StateError as problem:
        return lost(request, problem)
    name = f"easeoff-plan-version-{plan.version}.json"
    return HttpResponse(
        write_plan(plan).encode("utf-8"),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def show_followed(request: HttpRequest, plan: Plan) -> HttpResponse:
    """A later version, opened from its file."""
    return render(request, "planning/followed.html", followed_context(plan, today()))


def _answer(request: HttpRequest, plan: Plan) -> HttpResponse:
    kind = _kind(request.POST.get("kind", ""), plan) or _kind(request.POST.get("happened", ""), plan)
    if kind is None or request.POST.get("go") == "plan":
        return show_followed(request, plan)
    at = Situation(plan, kind, formulary_of(plan), today())
    typed = {field.key: field.typed(request.POST.getlist(field.key)) for field in fields_for(at)}
    if "theme" in request.POST:
        return _question(request, at, typed if "kind" in request.POST else {})
    return _record(request, at, typed) if request.POST.get("go") == _RECORD else _question(request, at, {})


def _kind(said: str, plan: Plan) -> Kind | None:
    return next((kind for kind in recordable(plan) if kind == said), None)


def _question(
    request: HttpRequest,
    at: Situation,
    answers: Answers,
    errors: dict[str, str] | None = None,
    problem: EaseoffError | None = None,
) -> HttpResponse:
    errors = errors or {}
    context = frame(at.plan) | {
        "kind": at.kind,
        "title": TITLES[at.kind],
        "form_id": "happening",
        "fields": tuple(shown_field(field, answers, errors) for field in fields_for(at)),
        "errors": errors,
        "problem": problem,
    }
    return render(request, "planning/happening.html", context, status=422 if errors or problem else 200)


def _record(request: HttpRequest, at: Situation, typed: Answers) -> HttpResponse:
    happening, errors = read(at, typed)
    if happening is None:
        return _question(request, at, typed, errors)
    try:
        made = follow_plan(at.plan, happening, at.today)
    except EaseoffError as problem:
        return _question(request, at, typed, problem=problem)
    return render(request, "planning/followed.html", followed_context(made.plan, at.today, made))
