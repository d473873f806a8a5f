"""The buttons of the back office: record a check, answer a message, decide on a change, import, export."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from easeoff.directory import Method, Result, to_csv, to_hsds
from easeoff.quantities import EaseoffError
from easeoff.web.directory import flows, queueing, selectors
from easeoff.web.directory.back_office.forms import CheckForm, ImportForm
from easeoff.web.directory.models import Complaint, ProposedChange, ServiceRecord
from easeoff.web.directory.records import service_of


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down one check of one service."""
    record = get_object_or_404(ServiceRecord, pk=pk)
    form = CheckForm(request.POST)
    if not form.is_valid():
        said = " ".join(str(text) for texts in form.errors.values() for text in texts)
        messages.error(request, f"The check was not recorded. {said}")
        return _to_record(record)
    given = form.cleaned_data
    method, _, result = given["outcome"].partition(":")
    day = selectors.today()
    try:
        fresh = flows.record_check(
            record, flows.actor_of(request.user), method=Method(method), result=Result(result),
            fields_covered=tuple(given["covered"]), on=day, today=day, answered_by=given["answered_by"],
            evidence_url=given["evidence_url"], note=given["note"],
        )  # fmt: skip
    except EaseoffError as problem:
        messages.error(request, f"{problem.message} {problem.hint}")
        return _to_record(record)
    if fresh:
        messages.success(request, f"Recorded. {record.name} counts as checked today.")
    else:
        messages.warning(request, "Recorded. This does not count as a fresh check: it takes an answer from the service "
                                  "itself, and for a crisis line every number that it has.")  # fmt: skip
    return _to_record(record)


@require_POST
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a message from the public."""
    found = get_object_or_404(Complaint.objects.select_related("service"), pk=pk)
    state = request.POST.get("state", "")
    if (
        state not in (Complaint.State.UPHELD, Complaint.State.DISMISSED)
        or found.state != Complaint.State.OPEN
    ):
        messages.error(request, "This message was dealt with already, or no button was pressed.")
    else:
        flows.close_complaint(found, state, flows.actor_of(request.user), selectors.today())
        messages.success(request, "The message is dealt with, and its words are deleted.")
    return _to_record(found.service)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over or refuse one proposed change."""
    change = get_object_or_404(ProposedChange, pk=pk)
    try:
        queueing.decide(change, request.POST.get("take") == "yes", flows.actor_of(request.user))
        messages.success(request, "Decided.")
    except EaseoffError as problem:
        messages.error(request, f"{problem.message} {problem.hint}")
    return redirect("admin:directory_proposedchange_changelist")


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Choose a file; what it would change waits in the queue."""
    problem: EaseoffError | None = None
    if request.method == "POST":
        form = ImportForm(request.POST, request.FILES)
        try:
            batch = queueing.queue_file(*_file_of(form), flows.actor_of(request.user))
        except EaseoffError as found:
            problem = found
        else:
            messages.success(request, f"{batch.waiting_words} for you. Nothing has been changed yet.")
            return redirect("admin:directory_proposedchange_changelist")
    context = site.each_context(request) | {
        "title": "Import a file",
        "problem": problem,
        "megabytes": settings.MAX_UPLOAD_BYTES // 1024 // 1024,
    }
    return render(request, "back_office/import.html", context, status=422 if problem else 200)


@require_safe
def export_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Every record as CSV."""
    text = to_csv(service_of(record) for record in ServiceRecord.objects.order_by("slug"))
    return _download(text, "text/csv; charset=utf-8", "easeoff-directory.csv")


@require_safe
def export_hsds(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Every listed record as HSDS 3.0, the unconfirmed among them as inactive."""
    services = [service_of(record) for record in ServiceRecord.objects.order_by("slug")]
    records = to_hsds(services, selectors.today(), include_unconfirmed=True)
    return _download(
        json.dumps(records, ensure_ascii=False, indent=1), "application/json", "easeoff-directory-hsds.json"
    )


def _file_of(form: ImportForm) -> tuple[bytes, str]:
    if not form.is_valid():
        raise EaseoffError("No file was chosen, or it is empty.", "Choose a CSV file, or HSDS 3.0 as JSON.")
    file = form.cleaned_data["file"]
    if file.size > settings.MAX_UPLOAD_BYTES:
        raise EaseoffError("This file is too large.", "A file may have 2 MB. Split it, and import the parts.")
    return file.read(), file.name


def _to_record(record: ServiceRecord) -> HttpResponseRedirect:
    return redirect("admin:directory_servicerecord_change", record.pk)


def _download(text: str, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(text.encode(), content_type=content_type,
                        headers={"Content-Disposition": f'attachment; filename="{name}"'})  # fmt: skip
