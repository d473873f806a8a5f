"""What is asked about something that happened to a plan, and how the answers are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from easeoff.medicines.model import Formulary, Tier
from easeoff.planning.forms import start_form, usable_products
from easeoff.planning.lifecycle import Change, Kind, mark_at, step_by_date, taken_text
from easeoff.planning.lifecycle.causes import restarting
from easeoff.planning.lifecycle.taken import last_mark
from easeoff.planning.plan import Plan
from easeoff.proposing.following import Happening
from easeoff.proposing.now import agreed_limit
from easeoff.quantities import EaseoffError, plain
from easeoff.safety.happenings import step_back_needs_prescriber
from easeoff.web.planning import reading
from easeoff.web.planning.fields import NONE_TICKED, Answers, Field, choices, lines
from easeoff.web.planning.fields import Kind as Drawn

#: Heading of the page, and what its button is called on the page before.
TITLES = {
    Kind.HAND_OVER: "I showed it to a prescriber",
    Kind.AGREE: "A prescriber agreed",
    Kind.START: "Start on a day",
    Kind.HOLD: "Wait: stay on this dose for now",
    Kind.RESUME: "Go on with the next step",
    Kind.STEP_BACK: "Go one step back",
    Kind.SLOWER: "Go slower",
    Kind.EDIT: "A prescriber changes the pace",
    Kind.STAY: "Stay here: this dose is my goal",
    Kind.MISSED: "I missed a dose",
    Kind.CHANGE_PRODUCT: "Change to another product",
    Kind.FREEZE: "Something has changed",
    Kind.CLEAR: "A prescriber looked at it",
    Kind.ARRIVE: "I have come to the goal",
    Kind.REVIEW: "The review took place",
}
_CHANGES = (
    (Change.RED_FLAG, "A red-flag sign"),
    (Change.PREGNANCY, "I am pregnant, may be, or want to be"),
    (Change.MEDICINE, "Another medicine was started, stopped or changed"),
    (Change.ILLNESS, "An illness, an operation or a stay in hospital"),
    (Change.OTHER, "Something else"),
)
_DOSED = frozenset({Kind.HOLD, Kind.RESUME, Kind.STEP_BACK, Kind.SLOWER, Kind.EDIT, Kind.STAY, Kind.MISSED,
                    Kind.CHANGE_PRODUCT, Kind.FREEZE, Kind.REVIEW})  # fmt: skip
_MOST_DOSES_OFFERED = 4
_MOST_STEPS, _MOST_MISSED = 12, 999
_BY_RECORD = ("by_name", "by_role", "by_registration")


@dataclass(frozen=True)
class Situation:
    """What the questions depend on."""

    plan: Plan
    kind: Kind
    formulary: Formulary
    today: date


def fields_for(at: Situation) -> tuple[Field, ...]:
    """The questions about this, in order."""
    own = _OWN[at.kind](at) if at.kind in _OWN else ()
    why = Field(
        "why", "Why?", Drawn.LINES, "For whoever reads the history. You can leave it empty.", longest=300
    )
    return (_on(at), *_taking(at), *own, *_by(at), why)


def _on(at: Situation) -> Field:
    label = {
        Kind.START: "First day of the first lower dose"
        if at.plan.crossover is None
        else "First day of the first exchange",
        Kind.RESUME: "On which day may the next step begin?",
    }.get(at.kind, "On which day was that?")
    return Field("on", label, Drawn.DATE, required=True, default=at.today.isoformat())


def _taking_since(at: Situation) -> tuple[Field, ...]:
    """For a plan that was followed before it was recorded."""
    steps = range(min(len(at.plan.steps), _MOST_DOSES_OFFERED) + 1)
    pairs = [(plain(mark_at(at.plan, step)), f"{taken_text(at.plan, step)} a day") for step in steps]
    return (Field("taking", "If that day has passed: which dose do you take now?", Drawn.RADIO,
                  choices=choices(*dict(pairs).items(), skip="It has not passed")),)  # fmt: skip


def _taking(at: Situation) -> tuple[Field, ...]:
    if at.kind is Kind.START:
        return _taking_since(at)
    if at.kind not in _DOSED:
        return ()
    now = min(step_by_date(at.plan, at.today), len(at.plan.steps))
    steps = {mark_at(at.plan, step): step for step in range(now + 1)}
    doses = list(dict.fromkeys(mark_at(at.plan, step) for step in range(now, -1, -1)))[:_MOST_DOSES_OFFERED]
    asked = restarting(at.plan.events)
    if len(doses) == 1 and not asked:
        return ()
    pairs = [
        (plain(dose), f"{taken_text(at.plan, steps[dose])} a day")
        for dose in doses
        if dose >= last_mark(at.plan)
    ]
    begins = at.plan.steps[now - 1].start if now else None
    sure = "" if asked or begins == at.today or now < step_by_date(at.plan, at.today) else plain(doses[0])
    return (Field("taking", "Which dose do you really take now?", Drawn.RADIO, required=True, default=sure,
                  choices=choices(*pairs, skip="")),)  # fmt: skip


def _by(at: Situation) -> tuple[Field, ...]:
    two = at.plan.crossover is not None
    alone = at.kind is Kind.STEP_BACK and (two or step_back_needs_prescriber(at.formulary.medicine))
    if at.kind is Kind.AGREE:
        return (Field("by_name", "Who agreed?", Drawn.TEXT, "Name and role, such as: A. Jones, GP.", longest=80, required=True),)  # fmt: skip
    if not alone and at.kind not in (Kind.CLEAR, Kind.EDIT):
        return ()
    return (
        Field("by_name", "Name of the prescriber who decided", Drawn.TEXT, longest=80, required=True),
        Field("by_role", "Their role", Drawn.TEXT, "Such as GP or psychiatrist.", longest=60, required=True),
        Field("by_registration", "Their registration number", Drawn.TEXT, longest=60, required=True),
    )


def _pace(at: Situation) -> tuple[Field, ...]:
    every = Field("every", "Days between steps", Drawn.NUMBER, _hint(at), suffix="days", longest=5)
    if agreed_limit(at.plan) is None:
        return (every,)
    limit = Field("limit", "Largest step", Drawn.NUMBER, "In the unit of the method. Leave it empty to keep the agreed one.", longest=10)  # fmt: skip
    return (every, limit)


def _hint(at: Situation) -> str:
    now = f"Agreed: {at.plan.interval_days}."
    if at.kind is Kind.EDIT:
        return now
    if agreed_limit(at.plan) is None:
        return f"{now} If you leave it empty, it is half as long again."
    if at.kind is Kind.STEP_BACK:
        return f"{now} If you leave both empty, later steps last half as long again and are half as large where that can be made."
    return f"{now} If you leave both empty, it is half as long again."


def _products(at: Situation) -> tuple[Field, ...]:
    form, _ = start_form(at.formulary, at.plan.request)
    wide = replace(at.plan.request, products=None, tier=Tier.SPECIAL)
    pairs = [(p.id, p.name) for p in usable_products(at.formulary, wide, form)]
    used = "\n".join(at.plan.request.products or ())
    return (Field("products", "Which of these can you get?", Drawn.CHECKS, "Tick all that you have or can get.",
                  choices=choices(*pairs, skip=""), default=used, required=True),)  # fmt: skip


_OWN: dict[Kind, Callable[[Situation], tuple[Field, ...]]] = {
    Kind.MISSED: lambda _at: (
        Field("doses", "How many doses did you miss?", Drawn.NUMBER, required=True, default="1", longest=4),
    ),
    Kind.FREEZE: lambda _at: (
        Field("change", "What has changed?", Drawn.RADIO, required=True, choices=choices(*_CHANGES, skip="")),
    ),
    Kind.REVIEW: lambda at: (
        Field("review_steps", "Steps to the next review", Drawn.NUMBER, "As you agreed with your prescriber.",
              default=str(at.plan.request.review), longest=3),
    ),
    Kind.SLOWER: _pace,
    Kind.STEP_BACK: _pace,
    Kind.EDIT: _pace,
    Kind.CHANGE_PRODUCT: _products,
}  # fmt: skip


def read(at: Situation, answers: Answers) -> tuple[Happening | None, dict[str, str]]:
    """What is to be recorded, or what has to be put right, by question."""
    errors: dict[str, str] = {}
    found: dict[str, object] = {}
    for field in fields_for(at):
        text = answers.get(field.key, "")
        try:
            if field.required and text in ("", NONE_TICKED):
                raise EaseoffError(f"Please answer: {field.label}")
            if len(text) > field.longest and field.kind not in (Drawn.CHECKS, Drawn.RADIO):
                raise EaseoffError(f"That is too long. Use at most {field.longest} characters.")
            if text:
                found[field.key] = _READERS.get(field.key, str)(text)
        except EaseoffError as problem:
            errors[field.key] = str(problem)
    if errors:
        return None, errors
    by = "; ".join(str(found.pop(key)) for key in _BY_RECORD if key in found)
    return Happening(kind=at.kind, by=by, **found), {}  # type: ignore[arg-type]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise EaseoffError("That is not a date.", "Give day, month and year.") from None


def _whole(most: int) -> Callable[[str], int]:
    def read_whole(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
            raise EaseoffError(f"“{text[:20]}” cannot be used.", f"Give a whole number from 1 to {most}.")
        return int(text)

    return read_whole


def _taken(text: str) -> Decimal:
    """A dose of the plan; of the medicine that goes in a crossover it can be none."""
    return Decimal(0) if text == "0" else reading.read_mg(text)


_READERS: dict[str, Callable[[str], object]] = {
    "on": _day,
    "taking": _taken,
    "doses": _whole(_MOST_MISSED),
    "change": Change,
    "every": reading.read_days,
    "limit": reading.read_above_zero,
    "products": lambda text: tuple(lines(text)),
    "review_steps": _whole(_MOST_STEPS),
}
