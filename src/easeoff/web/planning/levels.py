"""“What each step does”: the plan's course over time, by POST, worked out on request and never kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from easeoff.documents.presenting import NOT_YET
from easeoff.planning.plan import Plan
from easeoff.proposing import Outcome, Proposal
from easeoff.quantities import EaseoffError
from easeoff.web.planning.downloads import proposal_of, send
from easeoff.web.planning.state import StateError
from easeoff.web.planning.views import lost
from easeoff.web.ui.themes import remember_theme

#: People for the band: enough for a band to the nearest point or two, few enough to answer at once. Project choice.
_PEOPLE = 300


@require_POST
def levels(request: HttpRequest) -> HttpResponse:
    """Chart, words and tables of what the plan does. A stop shows none of it."""
    try:
        response = render(request, "planning/levels.html", _frame(request) | _context(proposal_of(request)))
    except StateError as problem:
        return lost(request, problem)
    except EaseoffError as problem:
        context = _frame(request) | {"sentences": [problem.message, problem.hint]}
        response = render(request, "planning/no_levels.html", context, status=409)
    remember_theme(request, response)
    return response


@require_POST
def levels_paper(request: HttpRequest) -> HttpResponse:
    """The same on paper, where a schedule could be printed too."""
    from easeoff.documents.levelspdf import levels_pdf
    from easeoff.simulating import simulate

    def made(proposal: Proposal) -> bytes:
        found = simulate(_plan(proposal), people=_PEOPLE)
        return levels_pdf(proposal, found, "us-letter" if proposal.request.country == "US" else "a4")

    return send(request, "easeoff-levels.pdf", "application/pdf", made)


def _plan(proposal: Proposal) -> Plan:
    if proposal.outcome is Outcome.STOPPED:
        raise EaseoffError(
            "There is a stop, so no doses are shown.", "Go back to see why, and whom to contact."
        )
    if proposal.plan is None:
        raise EaseoffError("There is no plan to look at.", "Change the answers first.")
    return proposal.plan


def _frame(request: HttpRequest) -> dict[str, object]:
    """What the buttons of the page send on: the same answers, or the same file."""
    sealed = request.POST.get("sealed", "")
    return {"form_id": "levels", "sealed": sealed, "state": "" if sealed else request.POST.get("state", "")}


def _context(proposal: Proposal) -> dict[str, object]:
    # Imported here: the other pages of the planner need no numpy.
    from easeoff.documents.levelcharts import level_chart, level_svg
    from easeoff.documents.levelwords import KEEP_TAKING, WAVES_AT, how_to_read, sections
    from easeoff.documents.wavechart import wave_chart, wave_svg
    from easeoff.simulating import simulate

    found = simulate(_plan(proposal), people=_PEOPLE)
    chart = level_chart(found)
    first, *rest = sections(found)
    return {
        "medicine": found.medicine,
        "may_print": proposal.may_issue_schedule,
        "not_yet": "" if proposal.outcome is Outcome.PLAN else NOT_YET,
        "keep": KEEP_TAKING,
        "chart": mark_safe(level_svg(chart)),
        "chart_alternative": chart.alternative,
        "reading": how_to_read(found),
        "waves": mark_safe(wave_svg(wave_chart(found))),
        "waves_at": WAVES_AT,
        "first": first,
        "sections": rest,
    }
