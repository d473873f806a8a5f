"""Calendar, FHIR document and tables from the plan's page: made on request, by POST, sent as attachments, never kept."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from easeoff.documents import calendar_file, fhir_bundle, plan_table, read_plan
from easeoff.documents.fhir import StepStyle
from easeoff.documents.tables import Table
from easeoff.planning.plan import Plan
from easeoff.proposing import Proposal
from easeoff.quantities import EaseoffError
from easeoff.web.planning.downloads import send


@require_POST
def calendar(request: HttpRequest) -> HttpResponse:
    """Changes of dose up to the next review, and reminders if they are wished for."""

    def make(proposal: Proposal) -> bytes:
        return calendar_file(
            proposal, timezone.now(), reminders=_ticked(request, "reminders"),
            titles="doses" if _ticked(request, "doses") else "neutral", code=_code(request), older=_older(request),
        )  # fmt: skip

    return send(request, "reminders.ics", "text/calendar; charset=utf-8", make)


@require_POST
def fhir(request: HttpRequest) -> HttpResponse:
    """The plan as a FHIR document of drafts."""

    def make(proposal: Proposal) -> bytes:
        steps: StepStyle = "separate" if _ticked(request, "separate") else "sequence"
        return fhir_bundle(proposal, timezone.now(), steps=steps, code=_code(request)).encode("utf-8")

    return send(request, "plan.fhir.json", "application/fhir+json", make)


@require_POST
def table(request: HttpRequest) -> HttpResponse:
    """The plan as one of the tables."""
    asked = request.POST.get("table") or "steps"

    def make(proposal: Proposal) -> bytes:
        return plan_table(proposal, cast(Table, asked), _code(request)).encode("utf-8")

    return send(request, "plan.csv", "text/csv; charset=utf-8; header=present", make)


def _ticked(request: HttpRequest, name: str) -> bool:
    return request.POST.get(name) == "yes"


def _code(request: HttpRequest) -> str:
    return request.POST.get("language") or "en"


def _older(request: HttpRequest) -> Plan | None:
    """The plan file of the calendar that was taken in before, if one was chosen. Raises `EaseoffError`."""
    upload = request.FILES.get("earlier")
    if not isinstance(upload, UploadedFile):
        return None
    if (upload.size or 0) > settings.MAX_UPLOAD_BYTES:
        raise EaseoffError(
            "That file is larger than 1 MB.", "A saved plan is smaller. Check that you chose the right file."
        )
    try:
        text = bytes(upload.read()).decode("utf-8")
    except UnicodeDecodeError:
        raise EaseoffError(
            "That file is not a saved plan.", "Choose the file that was saved before."
        ) from None
    return read_plan(text)
