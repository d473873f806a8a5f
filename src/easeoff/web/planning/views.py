"""The form and the page of the plan: one address, everything by POST, nothing kept."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from easeoff.proposing import Proposal, plan_taper
from easeoff.quantities import EaseoffError
from easeoff.web.directory import selectors as directory
from easeoff.web.planning import flow, showing, stopping
from easeoff.web.planning.fields import Answers
from easeoff.web.planning.lookup import facts_for
from easeoff.web.planning.pages import BY_SLUG, INTAKES, PAGES, Page
from easeoff.web.planning.planview import plan_context
from easeoff.web.planning.state import StateError, seal, unseal
from easeoff.web.ui.themes import remember_theme

_CHECK = "check"
_PLAN = "plan"


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """The first page, or the answer to the button that was pressed."""
    if request.method != "POST":
        return _question(request, PAGES[0], {}, {})
    try:
        answers = unseal(request.POST.get("state", ""))
    except StateError as problem:
        return lost(request, problem)
    response = _answer(request, answers)
    remember_theme(request, response)
    return response


def lost(request: HttpRequest, problem: EaseoffError) -> HttpResponse:
    """The hidden field cannot be used: say so, and offer a new start."""
    return render(request, "planning/lost.html", {"problem": problem}, status=400)


def today() -> date:
    """Today where the hub runs. The only place that asks a clock."""
    return timezone.localdate()


def _answer(request: HttpRequest, answers: Answers) -> HttpResponse:
    """What the pressed button asks for, after taking in what was typed."""
    where = request.POST.get("page", "")
    page = BY_SLUG.get(where)
    if page is not None:
        typed = flow.with_typed(page, answers, request.POST.getlist, facts_for(answers))
        answers = stopping.with_record_that_holds(answers, typed, today())
    go = request.POST.get("go", "")
    if "theme" in request.POST:
        return _same_page(request, where, page, answers)
    if go.startswith("edit:") and go[5:] in BY_SLUG:
        return _question(request, BY_SLUG[go[5:]], answers, {}, back_to_check=True)
    if go == "drop-extras":
        return _check(request, {key: text for key, text in answers.items() if not _is_extra(key)})
    if go == "show":
        return show(request, answers)
    if go == "override":
        return _override(request, answers)
    if page is None:
        return _last_question(request, answers) if go == "back" else _check(request, answers)
    return _back(request, page, answers) if go == "back" else _next(request, page, answers)


def _is_extra(key: str) -> bool:
    return key in flow.EXTRAS or key.startswith("override_")


def _same_page(request: HttpRequest, where: str, page: Page | None, answers: Answers) -> HttpResponse:
    if page is not None:
        return _question(request, page, answers, {}, back_to_check=_came_from_check(request))
    return show(request, answers) if where == _PLAN else _check(request, answers)


def _came_from_check(request: HttpRequest) -> bool:
    return request.POST.get("from") == _CHECK


def _back(request: HttpRequest, page: Page, answers: Answers) -> HttpResponse:
    """One page back; what was typed stays, right or wrong."""
    if _came_from_check(request):
        return _check(request, answers)
    return _question(request, flow.page_before(page, facts_for(answers)) or page, answers, {})


def _last_question(request: HttpRequest, answers: Answers) -> HttpResponse:
    return _question(request, flow.pages_for(facts_for(answers))[-1], answers, {})


def _next(request: HttpRequest, page: Page, answers: Answers) -> HttpResponse:
    facts = facts_for(answers)
    errors = flow.errors_on(page, answers, facts, today())
    back_to_check = _came_from_check(request)
    if errors:
        return _question(request, page, answers, errors, back_to_check=back_to_check)
    later = flow.page_after(page, facts)
    before = unseal(request.POST.get("state", ""))
    if stopping.stops(answers, today()) - stopping.stops(before, today()):
        # A new answer brought a stop: say so at once, rather than after all the other questions.
        return show(request, answers)
    return (
        _check(request, answers) if back_to_check or later is None else _question(request, later, answers, {})
    )


def _override(request: HttpRequest, answers: Answers) -> HttpResponse:
    """A prescriber's record: complete, or asked for again with what was typed."""
    typed = {field.key: field.typed(request.POST.getlist(field.key)) for field in stopping.OVERRIDE_FIELDS}
    errors = stopping.override_errors(typed)
    if not errors:
        return show(request, answers | typed | {"override_on": today().isoformat()})
    context = shown_proposal(plan_taper(flow.request_from(answers, today()))) | _override_form(typed, errors)
    return render(request, "planning/plan.html", _frame(answers) | context, status=422)


def _override_form(typed: Answers, errors: flow.Errors) -> dict[str, object]:
    fields = tuple(showing.shown_field(field, typed, errors) for field in stopping.OVERRIDE_FIELDS)
    return {"override_fields": fields, "override_errors": errors}


def _question(
    request: HttpRequest, page: Page, answers: Answers, errors: flow.Errors, *, back_to_check: bool = False
) -> HttpResponse:
    facts = facts_for(answers)
    fields = showing.shown_fields(page, answers, errors, facts)
    pages = flow.pages_for(facts)
    context = _frame(answers) | {
        "page": page,
        "fields": fields,
        "errors": errors,
        "rows": showing.intake_rows(fields) if page.note == "intakes" else (),
        "more_intakes": any(
            answers.get(f"{name}_{row}") for name in ("dose", "time") for row in range(2, INTAKES + 1)
        ),
        "another_way": page.note == "pace" and any(field.text or field.error for field in fields),
        "number": pages.index(page) + 1 if page in pages else 1,
        "count": len(pages),
        "back_to_check": back_to_check,
        "is_first": page is PAGES[0],
        "panel": directory.panel(facts.country, today()) if page.note == "crisis" else None,
    }
    return render(request, "planning/question.html", context, status=422 if errors else 200)


def shown_proposal(proposal: Proposal) -> dict[str, object]:
    """The page of a proposal, with the crisis lines of its country as the directory has them today."""
    return plan_context(proposal, directory.panel(proposal.request.country, today()))


def _frame(answers: Answers) -> dict[str, object]:
    return {"state": seal(answers), "form_id": "flow"}


def _check(request: HttpRequest, answers: Answers, problem: EaseoffError | None = None) -> HttpResponse:
    facts = facts_for(answers)
    context = _frame(answers) | {"rows": showing.summary_rows(answers, facts), "problem": problem}
    return render(request, "planning/check.html", context, status=422 if problem else 200)


def show(request: HttpRequest, answers: Answers) -> HttpResponse:
    """The plan for these answers, or the first page on which something has to be put right."""
    facts = facts_for(answers)
    found = flow.first_problem(answers, facts, today())
    if found is not None:
        return _question(request, found[0], answers, found[1], back_to_check=True)
    try:
        proposal = plan_taper(flow.request_from(answers, today()))
        context = shown_proposal(proposal) | _override_form({}, {})
    except EaseoffError as problem:
        return _check(request, answers, problem)
    return render(request, "planning/plan.html", _frame(answers) | context)
