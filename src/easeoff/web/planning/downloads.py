"""The plan as a file: made on request, by POST, never kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from easeoff.documents import read_plan, write_plan
from easeoff.proposing import Outcome, Proposal, plan_taper
from easeoff.proposing.issuing import proposal_of_version
from easeoff.quantities import EaseoffError
from easeoff.web.planning.flow import request_from
from easeoff.web.planning.opening import is_same, worked_out_again
from easeoff.web.planning.state import StateError, unseal, unseal_file
from easeoff.web.planning.views import lost, today


@require_POST
def plan_file(request: HttpRequest) -> HttpResponse:
    """The plan file, where there is a plan and no stop."""
    return send(request, "easeoff-plan.json", "application/json", _plan_file)


def _plan_file(proposal: Proposal) -> bytes:
    if proposal.plan is None or proposal.outcome is Outcome.STOPPED:
        raise EaseoffError("There is no plan to save.", "Change the answers first.")
    return write_plan(proposal.plan).encode("utf-8")


def proposal_of(request: HttpRequest) -> Proposal:
    """From the signed answers; from a plan file that is on show, where it is still what we would make; from a later version."""
    sealed = request.POST.get("sealed", "")
    if not sealed:
        return plan_taper(request_from(unseal(request.POST.get("state", "")), today()))
    plan = read_plan(unseal_file(sealed))
    if plan.version > 1:
        return proposal_of_version(plan, today())
    again, problem = worked_out_again(plan)
    if again is None or not is_same(again, plan):
        raise problem or EaseoffError(
            "This saved plan would come out differently today.", "Work it out again first."
        )
    return again


def send(
    request: HttpRequest, name: str, content_type: str, make: Callable[[Proposal], bytes]
) -> HttpResponse:
    """What ``make`` gives as an attachment, or one sentence on why there is none."""
    try:
        body = make(proposal_of(request))
    except StateError as problem:
        return lost(request, problem)
    except EaseoffError as problem:
        context = {"heading": "We cannot make this yet", "sentences": [problem.message, problem.hint]}
        return render(request, "easeoff/error.html", context, status=409)
    return HttpResponse(
        body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
