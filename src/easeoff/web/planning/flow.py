"""The way through the form, as pure functions: which page is next, what is wrong on one, and what it all asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from easeoff.medicines import find_medicine
from easeoff.planning.forms import refuse_implausible_dose
from easeoff.planning.methods.settings import WORDS, checked_settings
from easeoff.planning.methods.typed import bands_text, parse_bands, parse_ramp, ramp_text
from easeoff.planning.request import IntakeDose, MethodName, MethodSettings, Person, TaperRequest
from easeoff.quantities import EaseoffError, plain
from easeoff.safety.answers import answer_person
from easeoff.web.planning import reading
from easeoff.web.planning.fields import NONE_TICKED, Answers, Field, Kind
from easeoff.web.planning.lookup import Facts
from easeoff.web.planning.pages import PAGES, Page

Errors = dict[str, str]
_YES_NO = {True: "yes", False: "no", None: ""}


def pages_for(facts: Facts) -> list[Page]:
    """The pages that are asked for this medicine, in order."""
    return [page for page in PAGES if page.applies(facts)]


def page_after(page: Page, facts: Facts) -> Page | None:
    """The next page, or ``None`` after the last."""
    later = PAGES[PAGES.index(page) + 1 :]
    return next((other for other in later if other.applies(facts)), None)


def page_before(page: Page, facts: Facts) -> Page | None:
    """The page before, or ``None`` before the first."""
    earlier = PAGES[: PAGES.index(page)]
    return next((other for other in reversed(earlier) if other.applies(facts)), None)


def with_typed(page: Page, answers: Answers, sent: Callable[[str], list[str]], facts: Facts) -> Answers:
    """``answers`` with what was sent for this page, right or wrong, exactly as typed."""
    return answers | {field.key: field.typed(sent(field.key)) for field in page.fields(facts)}


def errors_on(page: Page, answers: Answers, facts: Facts, today: date) -> Errors:
    """What has to be put right on this page, by question; each says what was wrong and what would be right."""
    errors: Errors = {}
    for field in page.fields(facts):
        problem = _problem_with(field, answers)
        if problem:
            errors[field.key] = problem
    for key, check in () if errors else _WHOLE_PAGE.get(page.slug, ()):
        try:
            check(answers, facts, today)
        except EaseoffError as found:
            errors[key] = str(found)
    return errors


def _problem_with(field: Field, answers: Answers) -> str:
    text = answers.get(field.key, "")
    if not text:
        return f"Please answer: {field.label}." if field.required else ""
    if field.kind in {Kind.RADIO, Kind.CHECKS}:
        known = {choice.value for choice in field.choices} | {NONE_TICKED}
        return "" if set(text.split("\n")) <= known else "Please choose from the list."
    if len(text) > field.longest:
        return f"That is too long for “{field.label}”. Use at most {field.longest} characters."
    reader = _READERS.get(field.key.rstrip("0123456789_"))
    try:
        if reader is not None:
            reader(text)
        elif field.key in reading.PERSON_KEYS:
            answer_person(field.key, text, Person())
    except EaseoffError as problem:
        return str(problem).replace(f" for {field.key}.", f" for “{field.label}”.")
    return ""


_READERS: dict[str, Callable[[str], object]] = {
    "medicine": find_medicine,
    "dose": reading.read_mg,
    "time": reading.read_time,
    "goal_mg": reading.read_mg,
    "cross_to": find_medicine,
    "cross_mg": reading.read_mg,
    "limit": reading.read_above_zero,
    "every": reading.read_days,
    "bands": parse_bands,
    "half_then": reading.read_percent,
    "unit": reading.read_mg,
    "ramp": parse_ramp,
    "at_least": reading.read_whole_length,
}


def _check_dose(answers: Answers, facts: Facts, _today: date) -> None:
    dose = sum((intake.mg for intake in reading.read_intakes(answers)), Decimal(0))
    if facts.formulary is not None:
        refuse_implausible_dose(facts.formulary, dose)


def _check_goal(answers: Answers, _facts: Facts, _today: date) -> None:
    try:
        dose = sum((intake.mg for intake in reading.read_intakes(answers)), Decimal(0))
    except EaseoffError:
        return  # the page of the dose says so itself
    reading.read_goal(answers, dose)


def _check_method(answers: Answers, facts: Facts, _today: date) -> None:
    """Whether what was given for the method belongs to it; nothing is left out in silence."""
    name = reading.read_method(answers)
    if name is None:
        given = [key for key in ("schedule", "bands", "half_then", "unit") if answers.get(key)]
        if given:
            raise EaseoffError(
                f"{WORDS[given[0]]} was given, but no way that it belongs to.", "Choose the way, or clear it."
            )
        return
    if facts.formulary is None:
        return
    try:
        dose = sum((intake.mg for intake in reading.read_intakes(answers)), Decimal(0))
        request = TaperRequest(
            facts.formulary.medicine.name,
            dose,
            facts.country,
            _today,
            method=name,
            limit=reading.read_above_zero(answers.get("limit", "")),
            every=reading.read_days(answers.get("every", "")),
            settings=reading.read_settings(answers),
        )
    except EaseoffError:
        return  # the page that asks for it says so itself
    checked_settings(request, name, facts.formulary.medicine)


Check = Callable[[Answers, Facts, date], object]
#: Answers that have to fit together, and the question that the message belongs to.
_WHOLE_PAGE: dict[str, tuple[tuple[str, Check], ...]] = {
    "dose": (("dose_1", _check_dose),),
    "change": (("cross_to", lambda answers, _facts, _today: reading.read_crossover(answers)),),
    "others": (("others", lambda answers, _facts, _today: reading.read_others(answers)),),
    "pace": (("method", _check_method),),
    "goal": (
        ("goal_mg", _check_goal),
        ("start", lambda answers, _facts, today: reading.read_start(answers, today)),
    ),
}


def first_problem(answers: Answers, facts: Facts, today: date) -> tuple[Page, Errors] | None:
    """The first page on which something has to be put right."""
    for page in pages_for(facts):
        errors = errors_on(page, answers, facts, today)
        if errors:
            return page, errors
    return None


def request_from(answers: Answers, today: date) -> TaperRequest:
    """Everything answered, as one request. Raises `EaseoffError` where an answer cannot be read."""
    intakes = reading.read_intakes(answers)
    dose = sum((intake.mg for intake in intakes), Decimal(0))
    devices = reading.read_ids(answers, "devices")
    wish = reading.read_crossover(answers)
    return TaperRequest(
        medicine=find_medicine(answers.get("medicine", "")),
        dose=dose,
        country=answers.get("country", ""),
        today=today,
        form=answers.get("form") or None,
        intakes=() if [intake.time for intake in intakes] == [""] else intakes,
        method=reading.read_method(answers) if wish is None else MethodName.CROSSOVER,
        limit=reading.read_above_zero(answers.get("limit", "")),
        cap=reading.read_above_zero(answers.get("cap", "")),
        every=reading.read_days(answers.get("every", "")),
        end_dose=reading.read_above_zero(answers.get("end_dose", "")),
        goal=reading.read_goal(answers, dose)
        if wish is None
        else reading.read_above_zero(answers.get("cross_keep", "")),
        tier=reading.read_tier(answers),
        products=reading.read_ids(answers, "products"),
        devices=devices,
        halves=answers.get("halves") == "yes",
        start=reading.read_start(answers, today),
        person=reading.read_person(answers),
        override=reading.read_override(answers),
        reduce_first=answers.get("reduce_first") or None,
        settings=reading.read_settings(answers),
        max_products=int(answers.get("max_products") or 2),
        max_pieces=int(answers.get("max_pieces") or 4),
        review=int(answers.get("review") or 3),
        crossover=wish,
    )


#: Whole numbers that only a remedy or a saved plan sets.
_COUNTS = ("max_products", "max_pieces", "review")
#: What no page asks but a remedy may set: shown among the answers, and taken away again there.
EXTRAS = (
    "cross_parts",
    "cross_keep",
    "products",
    "cap",
    "end_dose",
    "reduce_first",
    "base",
    "cuts",
    "hold",
    *_COUNTS,
)


def answers_from(request: TaperRequest) -> Answers:
    """The answers that give ``request``: what a remedy's button carries, and what a saved plan was made from."""
    return {key: text for key, text in _answers(request) if text}


def _answers(request: TaperRequest) -> Iterator[tuple[str, str]]:
    yield "country", request.country
    yield "medicine", request.medicine
    yield "form", request.form or ""
    for row, intake in enumerate(request.intakes or (IntakeDose("", request.dose),), start=1):
        yield f"dose_{row}", plain(intake.mg)
        yield f"time_{row}", intake.time
    yield from _person_answers(request.person)
    yield "tier", request.tier.value
    for key, ids in (("devices", request.devices), ("products", request.products)):
        yield key, "" if ids is None else "\n".join(ids) or NONE_TICKED
    yield "halves", _YES_NO[request.halves]
    if request.crossover is not None:
        wish = request.crossover
        yield "cross_to", wish.medicine
        yield "cross_mg", plain(wish.mg)
        yield "cross_table", wish.table
        yield "cross_parts", str(wish.parts or "")
        yield "cross_keep", plain(request.goal) if request.goal else ""
    elif request.goal is not None:
        yield "goal_kind", "lower" if request.goal else "stop"
        yield "goal_mg", plain(request.goal) if request.goal else ""
    yield "start", request.start.isoformat() if request.start else ""
    yield "method", request.method.value if request.method and request.crossover is None else ""
    for name in ("limit", "cap", "every", "end_dose", *_COUNTS):
        value = getattr(request, name)
        yield name, "" if value is None else plain(value)
    yield "reduce_first", request.reduce_first or ""
    yield from _settings_answers(request.settings)
    if request.override is not None:
        for name in ("name", "role", "registration", "reason", "on"):
            yield f"override_{name}", str(getattr(request.override, name))


def _settings_answers(settings: MethodSettings) -> Iterator[tuple[str, str]]:
    yield "base", settings.base or ""
    yield "bands", bands_text(settings.bands)
    yield "schedule", settings.schedule or ""
    yield "ramp", ramp_text(settings.ramp)
    for name in ("cuts", "hold", "half_then", "at_least", "unit"):
        value = getattr(settings, name)
        yield name, "" if value is None else plain(value)


def _person_answers(person: Person) -> Iterator[tuple[str, str]]:
    for key in reading.PERSON_KEYS:
        value = getattr(person, key)
        if isinstance(value, bool) or value is None:
            yield key, _YES_NO[value]
        else:
            yield key, plain(value) if isinstance(value, Decimal | int) else str(value)
    if person.tapering is not None:
        yield "tapering", "\n".join(person.tapering) or "none"
    if person.others is not None:
        yield "takes_others", "yes" if person.others else "no"
        yield "others", "\n".join(person.others)
