"""Schedules side by side: one address, everything by POST, nothing kept. Doubts are asked back one at a time."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from easeoff.documents.schedulefile import PlannedSchedule, planned_schedule
from easeoff.medicines import countries, find_medicine, load_formulary
from easeoff.planning.schedules.reading import Reading, read_schedule
from easeoff.quantities import EaseoffError
from easeoff.web.planning import compareview
from easeoff.web.planning.compareform import MOST_PICKED, Sent, sent_by
from easeoff.web.planning.views import today
from easeoff.web.ui.themes import remember_theme

_START, _PICK, _RESULT = "start", "pick", "result"


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    """The form, the next question, the published ones to choose from, or the comparison."""
    if request.method != "POST":
        return _start(request, Sent(_START))
    try:
        sent = sent_by(request)
        response = _answer(request, sent)
    except EaseoffError as problem:
        response = _start(request, _as_typed(request), problem)
    remember_theme(request, response)
    return response


def _as_typed(request: HttpRequest) -> Sent:
    """What was typed, where the file beside it could not be used."""
    try:
        return sent_by(request)
    except EaseoffError:
        post = request.POST
        return Sent(
            _START, post.get("medicine", "")[:80], post.get("country", "")[:2], post.get("text", "").strip()
        )


def _answer(request: HttpRequest, sent: Sent) -> HttpResponse:
    go = request.POST.get("go", "")
    if go == "edit" or (not go and sent.page == _START):
        return _start(request, sent)
    if sent.country and sent.country not in countries():
        sent = replace(sent, country="")
    planned = planned_schedule(sent.plan, "Your plan") if sent.plan else None
    medicine = find_medicine(sent.medicine) if sent.medicine else None
    if medicine is None and planned is not None:
        medicine = planned.schedule.medicine
    reading = _read(sent, medicine) if sent.text else None
    if reading is not None and reading.doubts:
        return render(request, "planning/compare_doubt.html", compareview.doubt_context(sent, reading))
    if reading is not None:
        medicine = reading.medicine
    if medicine is None:
        raise EaseoffError("Which medicine is it?", "Write its name, or paste a schedule that names it.")
    if sent.page not in (_PICK, _RESULT) or (sent.page == _PICK and not go):
        return _pick(request, sent, medicine)
    return _result(request, sent, medicine, planned, reading)


def _read(sent: Sent, medicine: str | None) -> Reading:
    answers = dict(sent.answers)
    found = read_schedule(sent.text, medicine=medicine, answers=answers, name="The schedule you pasted")
    if found.medicine is None:
        return found
    formulary = load_formulary(found.medicine, sent.country or next(iter(countries())))
    return read_schedule(
        sent.text, medicine=medicine, answers=answers, formulary=formulary, name="The schedule you pasted"
    )


def _start(request: HttpRequest, sent: Sent, problem: EaseoffError | None = None) -> HttpResponse:
    context = compareview.start_context(sent) | {"problem": problem}
    return render(request, "planning/compare.html", context, status=422 if problem else 200)


def _pick(
    request: HttpRequest, sent: Sent, medicine: str, problem: EaseoffError | None = None
) -> HttpResponse:
    context = compareview.pick_context(sent, medicine) | {"problem": problem}
    return render(request, "planning/compare_pick.html", context, status=422 if problem else 200)


def _result(
    request: HttpRequest, sent: Sent, medicine: str, planned: PlannedSchedule | None, reading: Reading | None
) -> HttpResponse:
    if len(sent.picks) > MOST_PICKED:
        return _pick(
            request, sent, medicine, EaseoffError(f"At most {MOST_PICKED} fit side by side.", "Choose fewer.")
        )
    if reading is None and planned is None and not sent.picks:
        return _pick(
            request, sent, medicine, EaseoffError("There is nothing to show yet.", "Choose one or more.")
        )
    schedule = reading.schedule if reading is not None else None
    context = compareview.result_context(sent, medicine, planned, schedule, reading, today())
    return render(request, "planning/compare_result.html", context)
