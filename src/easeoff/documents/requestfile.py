"""The request as it stands in the plan file and in the proposal: everything that was asked, nothing else.

Amounts are decimal strings in mg; ``limit`` is in the unit of the method. A question not answered is null.
"""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

from easeoff.documents.crossoverfile import wish_from, wish_object
from easeoff.documents.jsonrecord import JsonRecord
from easeoff.documents.jsontext import JsonValue
from easeoff.medicines.model import Tier
from easeoff.planning.request import (
    NO_SETTINGS,
    BandCut,
    Base,
    Indication,
    IntakeDose,
    MethodName,
    MethodSettings,
    Override,
    Person,
    Pregnancy,
    TaperRequest,
)
from easeoff.quantities import plain

JsonObject = dict[str, JsonValue]

_YES_OR_NO = ("steady", "alcohol_dependence", "drugs", "seizures", "past_withdrawal", "psychosis", "suicidal",
              "crisis", "liver", "kidney", "heart", "breathing", "relapse_plan")  # fmt: skip


def amount_or_null(value: Decimal | None) -> str | None:
    """The amount as a decimal string, or null."""
    return None if value is None else plain(value)


def request_object(request: TaperRequest) -> JsonObject:
    """``request`` as a JSON object."""
    return {
        "medicine": request.medicine,
        "dose_mg": plain(request.dose),
        "country": request.country,
        "today": request.today.isoformat(),
        "form": request.form,
        "intakes": [{"time": intake.time, "mg": plain(intake.mg)} for intake in request.intakes],
        "method": request.method,
        "limit": amount_or_null(request.limit),
        "cap": amount_or_null(request.cap),
        "every": request.every,
        "end_dose_mg": amount_or_null(request.end_dose),
        "goal_mg": amount_or_null(request.goal),
        "tier": request.tier,
        "products": request.products,
        "devices": request.devices,
        "halves": request.halves,
        "max_products": request.max_products,
        "max_pieces": request.max_pieces,
        "start": request.start.isoformat() if request.start else None,
        "review": request.review,
        "person": _person_object(request.person),
        "override": _override_object(request.override),
        **({} if request.reduce_first is None else {"reduce_first": request.reduce_first}),
        **_settings_said(request.settings),
        **({} if request.crossover is None else {"crossover": wish_object(request.crossover)}),
    }


def _settings_said(settings: MethodSettings) -> JsonObject:
    """The settings of a method, only where there are any: most requests, and all older files, have none."""
    if settings == NO_SETTINGS:
        return {}
    return {
        "settings": {
            "base": settings.base,
            "bands": [band_object(band) for band in settings.bands],
            "schedule": settings.schedule,
            "cuts": settings.cuts,
            "hold": settings.hold,
            "half_then": amount_or_null(settings.half_then),
            "ramp": settings.ramp,
            "at_least": settings.at_least,
            "unit_mg": amount_or_null(settings.unit),
        }
    }


def band_object(band: BandCut) -> JsonObject:
    """So many mg a cut above a dose."""
    return {"above_mg": plain(band.above_mg), "cut_mg": plain(band.cut_mg), "days": band.days}


def band_from(record: JsonRecord) -> BandCut:
    """The band in ``record``."""
    band = BandCut(record.amount("above_mg"), record.amount("cut_mg"), record.maybe("days", record.whole))
    record.finish()
    return band


def _settings_from(record: JsonRecord) -> MethodSettings:
    settings = MethodSettings(
        base=record.maybe("base", lambda key: record.one_of(key, Base)),
        bands=tuple(band_from(item) for item in record.records("bands")),
        schedule=record.maybe("schedule", record.text),
        cuts=record.maybe("cuts", record.whole),
        hold=record.maybe("hold", record.whole),
        half_then=record.maybe("half_then", record.amount),
        ramp=record.wholes("ramp"),
        at_least=record.maybe("at_least", record.whole),
        unit=record.maybe("unit_mg", record.amount),
    )
    record.finish()
    if settings == NO_SETTINGS:
        raise record.refuse("base", "left out with all of them where nothing was said")
    return settings


def _person_object(person: Person) -> JsonObject:
    said = {field.name: getattr(person, field.name) for field in fields(Person)}
    if person.tapering is None:  # asked only where other medicines may be going down too
        del said["tapering"]
    return {key: plain(value) if isinstance(value, Decimal) else value for key, value in said.items()}


def _override_object(override: Override | None) -> JsonObject | None:
    if override is None:
        return None
    return {"name": override.name, "role": override.role, "registration": override.registration,
            "reason": override.reason, "on": override.on.isoformat()}  # fmt: skip


def request_from(record: JsonRecord) -> TaperRequest:
    """The request in ``record``. Raises `EaseoffError` naming the field that is wrong."""
    request = TaperRequest(
        medicine=record.text("medicine"),
        dose=record.amount("dose_mg"),
        country=record.text("country"),
        today=record.date("today"),
        form=record.maybe("form", record.text),
        intakes=tuple(_intake_from(item) for item in record.records("intakes")),
        method=record.maybe("method", lambda key: record.one_of(key, MethodName)),
        limit=record.maybe("limit", record.amount),
        cap=record.maybe("cap", record.amount),
        every=record.maybe("every", record.whole),
        end_dose=record.maybe("end_dose_mg", record.amount),
        goal=record.maybe("goal_mg", record.amount),
        tier=record.one_of("tier", Tier),
        products=record.maybe("products", record.texts),
        devices=record.maybe("devices", record.texts),
        halves=record.flag("halves"),
        max_products=record.whole("max_products"),
        max_pieces=record.whole("max_pieces"),
        start=record.maybe("start", record.date),
        review=record.whole("review"),
        person=_person_from(record.record("person")),
        override=record.maybe("override", lambda key: _override_from(record.record(key))),
        reduce_first=record.optional("reduce_first", record.text),
        settings=_settings_from(record.record("settings")) if record.has("settings") else NO_SETTINGS,
        crossover=wish_from(record.record("crossover")) if record.has("crossover") else None,
    )
    record.finish()
    return request


def _intake_from(record: JsonRecord) -> IntakeDose:
    intake = IntakeDose(record.text("time"), record.amount("mg"))
    record.finish()
    return intake


def _person_from(record: JsonRecord) -> Person:
    person = Person(
        indication=record.maybe("indication", lambda key: record.one_of(key, Indication)),
        age=record.maybe("age", record.whole),
        pregnancy=record.maybe("pregnancy", lambda key: record.one_of(key, Pregnancy)),
        years=record.maybe("years", record.amount),
        days_a_week=record.maybe("days_a_week", record.whole),
        others=record.maybe("others", record.texts),
        tapering=record.texts("tapering") if record.has("tapering") else None,
        alcohol_units=record.maybe("alcohol_units", record.amount),
        **{key: record.maybe(key, record.flag) for key in _YES_OR_NO},
    )
    record.finish()
    return person


def _override_from(record: JsonRecord) -> Override:
    override = Override(record.text("name"), record.text("role"), record.text("registration"),
                        record.text("reason"), record.date("on"))  # fmt: skip
    record.finish()
    return override
