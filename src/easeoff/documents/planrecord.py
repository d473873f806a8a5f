"""A whole plan as a JSON object and back, field by field: the shape of ``easeoff-plan/1``."""

from __future__ import annotations

from easeoff.documents.crossoverfile import crossover_from, crossover_object
from easeoff.documents.jsonrecord import JsonRecord
from easeoff.documents.jsontext import JsonValue, OnOneLine
from easeoff.documents.planevents import event_from, event_object
from easeoff.documents.planparts import (
    finding_from,
    finding_object,
    method_from,
    method_object,
    source_from,
    source_object,
    summary_from,
    summary_object,
    supply_from,
    supply_object,
)
from easeoff.documents.plansteps import step_object, steps_from
from easeoff.documents.requestfile import JsonObject, request_from, request_object
from easeoff.planning.plan import Plan, Status
from easeoff.planning.request import TaperRequest
from easeoff.quantities import EaseoffError, plain

PLAN_FORMAT = "easeoff-plan/1"


def plan_object(plan: Plan) -> JsonObject:
    """``plan`` as the JSON object that the plan file holds."""
    return {
        "format": PLAN_FORMAT,
        **_plan_parts(plan, dense=plan.first is not None),
        **_crossing_parts(plan),
        **_following_parts(plan),
    }


def _plan_parts(plan: Plan, *, dense: bool) -> JsonObject:
    """With ``dense`` each step stands on one line: a later version holds the steps of several."""
    steps = [step_object(step) for step in plan.steps]
    return {
        "engine_version": plan.engine_version,
        "data_version": plan.data_version,
        "created_on": plan.created_on.isoformat(),
        "request": request_object(plan.request),
        "status": plan.status,
        "version": plan.version,
        "replaces": plan.replaces,
        "events": [event_object(event) for event in plan.events],
        "medicine": plan.medicine,
        "country": plan.country,
        "method": method_object(plan.method),
        "interval_days": plan.interval_days,
        "start": {"dose_mg": plain(plan.start_dose_mg), "intakes": _intakes_now(plan.request)},
        "steps": [OnOneLine(step) for step in steps] if dense else steps,
        "goal_mg": plain(plan.goal_mg),
        "arrives_on": plan.arrives_on.isoformat() if plan.arrives_on else None,
        "review_on": plan.review_on.isoformat() if plan.review_on else None,
        "summary": summary_object(plan.summary),
        "supply": [supply_object(line) for line in plan.supply],
        "findings": [finding_object(finding) for finding in plan.findings],
        "sources": [source_object(cited) for cited in plan.sources],
    }


def _crossing_parts(plan: Plan) -> JsonObject:
    """What only a crossover has."""
    return {} if plan.crossover is None else {"crossover": crossover_object(plan.crossover)}


def _following_parts(plan: Plan) -> JsonObject:
    """What only a later version has: how far its dates reach, and the first version that it comes from."""
    if plan.first is None:
        return {}
    return {
        "dated_to": plan.dated_to,
        "first": {
            "format": PLAN_FORMAT,
            **_plan_parts(plan.first, dense=True),
            **_crossing_parts(plan.first),
        },
    }


def _intakes_now(request: TaperRequest) -> list[JsonValue]:
    """Today's regimen as it was asked: by time of day where that was said, else the whole dose at once."""
    said = [(intake.time, intake.mg) for intake in request.intakes] or [("", request.dose)]
    return [{"time": time, "mg": plain(mg)} for time, mg in said]


def plan_from(record: JsonRecord) -> Plan:
    """The plan in ``record``, as it stands there. Raises `EaseoffError` naming the field that is wrong."""
    _check_format(record)
    plan = Plan(
        engine_version=record.text("engine_version"),
        data_version=record.text("data_version"),
        created_on=record.date("created_on"),
        request=request_from(record.record("request")),
        status=record.one_of("status", Status),
        version=record.whole("version"),
        replaces=record.text("replaces"),
        events=tuple(event_from(item) for item in record.records("events")),
        medicine=record.text("medicine"),
        country=record.text("country"),
        method=method_from(record.record("method")),
        interval_days=record.whole("interval_days"),
        start_dose_mg=record.record("start").amount("dose_mg"),
        steps=steps_from(record.records("steps")),
        goal_mg=record.amount("goal_mg"),
        arrives_on=record.maybe("arrives_on", record.date),
        review_on=record.maybe("review_on", record.date),
        summary=summary_from(record.record("summary")),
        supply=tuple(supply_from(item) for item in record.records("supply")),
        findings=tuple(finding_from(item) for item in record.records("findings")),
        sources=tuple(source_from(item) for item in record.records("sources")),
        first=record.optional("first", lambda key: _first_from(record.record(key))),
        crossover=crossover_from(record.record("crossover")) if record.has("crossover") else None,
        dated_to=record.optional("dated_to", lambda key: record.maybe(key, record.whole)),
    )
    record.finish()
    _check_start(record.record("start"), plan)
    return plan


def _first_from(record: JsonRecord) -> Plan:
    first = plan_from(record)
    if first.first is not None:
        raise record.refuse("first", "there only in a later version")
    return first


def _check_format(record: JsonRecord) -> None:
    try:
        found = record.text("format")
    except EaseoffError:
        found = ""
    if not found.startswith("easeoff-plan/"):
        raise EaseoffError("This is not an Easeoff plan file.",
                           f'A plan file begins with "format": "{PLAN_FORMAT}".')  # fmt: skip
    if found != PLAN_FORMAT:
        raise EaseoffError(f"This plan file is of format {found[:40]}; this version reads {PLAN_FORMAT}.",
                           "Use the version of Easeoff that wrote it.")  # fmt: skip


def _check_start(start: JsonRecord, plan: Plan) -> None:
    start.amount("dose_mg")
    intakes: list[JsonValue] = []
    for item in start.records("intakes"):
        intakes.append({"time": item.text("time"), "mg": plain(item.amount("mg"))})
        item.finish()
    start.finish()
    if intakes != _intakes_now(plan.request):
        raise start.refuse("intakes", "what the request says is taken now")
