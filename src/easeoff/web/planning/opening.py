"""A saved plan, shown again. What the file says is checked against what would be worked out today."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from easeoff.documents import read_plan, write_plan
from easeoff.medicines import find_medicine, load_formulary
from easeoff.planning.findings import Level
from easeoff.planning.plan import Plan
from easeoff.proposing import Outcome, Proposal, plan_taper
from easeoff.quantities import EaseoffError
from easeoff.safety import red_flags, review, screen
from easeoff.web.directory import selectors as directory
from easeoff.web.onward.panel import panel as onward_panel
from easeoff.web.planning.flow import answers_from
from easeoff.web.planning.following import show_followed
from easeoff.web.planning.followview import choices
from easeoff.web.planning.planview import finding_parts, plan_context, plan_parts
from easeoff.web.planning.state import seal, seal_file, unseal_file
from easeoff.web.ui.themes import remember_theme


@require_http_methods(["GET", "HEAD", "POST"])
def open_plan(request: HttpRequest) -> HttpResponse:
    """Ask for the file, or show what is in it."""
    if request.method != "POST":
        return render(request, "planning/open.html")
    try:
        text = _text(request)
        response = _shown(request, text)
    except EaseoffError as problem:
        response = render(request, "planning/open.html", {"problem": problem}, status=422)
    remember_theme(request, response)
    return response


def _text(request: HttpRequest) -> str:
    """The uploaded file, or the text of one that this page already shows. Raises `EaseoffError`."""
    upload = request.FILES.get("plan")
    if not isinstance(upload, UploadedFile):
        shown = request.POST.get("sealed", "")
        if not shown:
            raise EaseoffError(
                "No file was chosen.", "Choose the file that was saved, such as easeoff-plan.json."
            )
        return unseal_file(shown)
    if (upload.size or 0) > settings.MAX_UPLOAD_BYTES:
        raise EaseoffError(
            "That file is larger than 2 MB.", "A saved plan is smaller. Check that you chose the right file."
        )
    try:
        return bytes(upload.read()).decode("utf-8")
    except UnicodeDecodeError:
        raise EaseoffError(
            "That file is not a saved plan.", "Choose the file that was saved, such as easeoff-plan.json."
        ) from None


def _shown(request: HttpRequest, text: str) -> HttpResponse:
    plan = read_plan(text)
    if plan.version > 1:
        return show_followed(request, plan)
    frame = {"state": seal(answers_from(plan.request)), "form_id": "reopen", "opened": True,
             "sealed": seal_file(text), "choices": choices(plan)}  # fmt: skip
    return render(request, "planning/plan.html", _context(plan) | frame | {"answers_form": "answers"})


def _context(plan: Plan) -> dict[str, object]:
    again, problem = worked_out_again(plan)
    panel = directory.panel(plan.country, directory.today())
    if again is not None and (again.outcome is Outcome.STOPPED or is_same(again, plan)):
        return plan_context(again, panel)
    if plan.crossover is not None:
        raise EaseoffError(
            "This saved crossover would come out differently today, so it is not shown.",
            "Make it again with your prescriber, and until then keep taking what you take now.",
        )
    formulary = load_formulary(find_medicine(plan.medicine), plan.country)
    findings = (*screen(formulary, plan.request), *review(formulary, plan.request, plan))
    if any(finding.level is Level.STOP for finding in findings):
        stopped = Proposal(plan.request, None, False, (), findings, (), None, (), (), formulary)
        return plan_context(stopped, panel)
    return {
        "outcome": "saved",
        "title": "A saved plan that would come out differently today",
        "medicine": plan.medicine,
        "problem": problem,
        "panel": panel,
        "red_flags": red_flags(formulary.medicine),
        "onward": onward_panel(formulary.medicine.drug_class, plan.country),
        **finding_parts(findings, formulary),
        **plan_parts(plan, formulary),
    }


def worked_out_again(plan: Plan) -> tuple[Proposal | None, EaseoffError | None]:
    """What the plan's own request gives now, or why it gives nothing."""
    try:
        return plan_taper(plan.request), None
    except EaseoffError as problem:
        return None, problem


def is_same(proposal: Proposal, plan: Plan) -> bool:
    """Whether the plan made now is the saved one, to the last byte; of one from before methods were described, but for that.
    How its packs were counted then may differ."""
    now = proposal.plan
    if now is None:
        return False
    if plan.method.about is None:
        now = replace(
            now, method=replace(now.method, about=None), sources=plan.sources, findings=plan.findings
        )
    return write_plan(replace(now, supply=())) == write_plan(replace(plan, supply=()))
