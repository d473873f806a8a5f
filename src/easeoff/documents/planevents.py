"""The events of the plan file, each with what was worked out for it; a field that an event does not need is left out."""

from __future__ import annotations

from dataclasses import fields

from easeoff.documents.jsonrecord import JsonRecord
from easeoff.documents.jsontext import OnOneLine
from easeoff.documents.planparts import (
    finding_from,
    finding_object,
    method_from,
    method_object,
    source_from,
    source_object,
    supply_from,
    supply_object,
)
from easeoff.documents.plansteps import step_object, steps_from
from easeoff.documents.requestfile import JsonObject, request_from, request_object
from easeoff.planning.plan import Course, Event
from easeoff.quantities import plain

_ALWAYS = ("kind", "on", "why")


def event_object(event: Event) -> JsonObject:
    """Something that happened to the plan."""
    written: JsonObject = {
        "kind": event.kind,
        "on": event.on.isoformat(),
        "why": event.why,
        "by": event.by,
        "step": event.step,
        "doses": event.doses,
        "change": event.change,
        "next_on": event.next_on.isoformat() if event.next_on else None,
        "review_steps": event.review_steps,
        "review_on": event.review_on.isoformat() if event.review_on else None,
        "course": None if event.course is None else _course_object(event.course),
        "supply": None if event.supply is None else [supply_object(line) for line in event.supply],
    }
    unsaid = {field.name for field in fields(Event) if getattr(event, field.name) == field.default}
    return {key: value for key, value in written.items() if key in _ALWAYS or key not in unsaid}


def event_from(record: JsonRecord) -> Event:
    """The event in ``record``."""
    supply = record.optional("supply", record.records)
    event = Event(
        kind=record.text("kind"),
        on=record.date("on"),
        why=record.text("why"),
        by=record.optional("by", record.text) or "",
        step=record.optional("step", record.whole),
        doses=record.optional("doses", record.whole),
        change=record.optional("change", record.text) or "",
        next_on=record.optional("next_on", record.date),
        review_steps=record.optional("review_steps", record.whole),
        review_on=record.optional("review_on", record.date),
        course=record.optional("course", lambda key: _course_from(record.record(key))),
        supply=None if supply is None else tuple(supply_from(item) for item in supply),
    )
    record.finish()
    return event


def _course_object(course: Course) -> JsonObject:
    return {
        "engine_version": course.engine_version,
        "data_version": course.data_version,
        "request": OnOneLine(request_object(course.request)),
        "method": method_object(course.method),
        "interval_days": course.interval_days,
        "goal_mg": plain(course.goal_mg),
        "steps": [OnOneLine(step_object(step)) for step in course.steps],
        "last_drop": course.last_drop,
        "worst_last_drop": course.worst_last_drop,
        "within_limit": course.within_limit,
        "checked": course.checked,
        "findings": [OnOneLine(finding_object(finding)) for finding in course.findings],
        "sources": [OnOneLine(source_object(cited)) for cited in course.sources],
        "because": course.because,
        "faster": course.faster,
    }


def _course_from(record: JsonRecord) -> Course:
    course = Course(
        engine_version=record.text("engine_version"),
        data_version=record.text("data_version"),
        request=request_from(record.record("request")),
        method=method_from(record.record("method")),
        interval_days=record.whole("interval_days"),
        goal_mg=record.amount("goal_mg"),
        steps=steps_from(record.records("steps")),
        last_drop=record.number("last_drop"),
        worst_last_drop=record.maybe("worst_last_drop", record.number),
        within_limit=record.flag("within_limit"),
        checked=record.flag("checked"),
        findings=tuple(finding_from(item) for item in record.records("findings")),
        sources=tuple(source_from(item) for item in record.records("sources")),
        because=record.texts("because"),
        faster=record.flag("faster"),
    )
    record.finish()
    return course
