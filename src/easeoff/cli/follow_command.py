"""``easeoff follow``: what happened to a saved plan, and the version that follows from it."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from easeoff.cli import exits, reading
from easeoff.cli.arguments import Values
from easeoff.cli.files import write_whole
from easeoff.cli.follow_formats import format_of, write_format
from easeoff.cli.follow_text import followed_text, standing_text
from easeoff.cli.terminal import complain, say, say_bytes, wants_colour, width
from easeoff.cli.typed import number_for, tidy, whole_number, word_for
from easeoff.documents.followfile import followed_json, standing_json
from easeoff.documents.history import follow_plan
from easeoff.documents.planfile import read_plan, write_plan
from easeoff.planning.lifecycle import Change, Kind
from easeoff.planning.plan import Plan
from easeoff.proposing.following import Happening, Stopped
from easeoff.proposing.replanning import NoSuchPlan
from easeoff.quantities import EaseoffError, parse_mass

#: Bytes; the plan file's reader has its own limit in characters.
_LARGEST_FILE = 4_000_000
_MOST_DAYS = 730


def follow_command(values: Values) -> int:
    """Show where a plan stands, or record something and show the new version. Raises `EaseoffError`."""
    if len(values.words) < 1:
        raise EaseoffError("No plan file was given.", "Name it first: easeoff follow plan.json hold")
    if len(values.words) > 2:
        raise EaseoffError(
            f"“{tidy(values.words[2])[:40]}” is one word too many.", "See: easeoff follow --help"
        )
    form = format_of(values)
    plan = _plan(values.words[0])
    if form:
        _check_output(values)
        return write_format(plan, form, values)
    if len(values.words) == 1:
        return _stand(plan, values)
    _check_output(values)
    happening = _happening(values)
    try:
        followed = follow_plan(plan, happening, reading.today())
    except (NoSuchPlan, Stopped) as problem:
        complain(problem.message, problem.hint)
        return exits.STOPPED if isinstance(problem, Stopped) else exits.NOT_POSSIBLE
    if values.output:
        write_whole(values.output, write_plan(followed.plan).encode("utf-8"))
    if values.json:
        say_bytes(followed_json(followed, reading.today()).encode("utf-8"))
    else:
        say(followed_text(followed, width(), values.output, reading.today(), colour=wants_colour(sys.stdout)))
    return exits.DONE


def _stand(plan: Plan, values: Values) -> int:
    if values.output:
        raise EaseoffError("There is nothing new to save.", "Say what happened, such as: hold.")
    on = _day(values.on)
    if values.json:
        say_bytes(standing_json(plan, on).encode("utf-8"))
    else:
        say(standing_text(plan, on, width(), colour=wants_colour(sys.stdout)))
    return exits.DONE


def _plan(name: str) -> Plan:
    path = Path(name)
    shown = path.name[:60]
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise EaseoffError(f"“{shown}” is too large to be a plan file.", "Give the file that was saved.")
        plan = read_plan(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError:
        raise EaseoffError(f"“{shown}” is not a plan file.", "Give the file that was saved.") from None
    except OSError as problem:
        raise EaseoffError(f"“{shown}” cannot be read: {(problem.strerror or 'unknown').lower()}.",
                           "Give the file that was saved.") from None  # fmt: skip
    return plan


def _check_output(values: Values) -> None:
    """A version is never lost by accident: what is there stays, unless it was said."""
    if values.output and Path(values.output).exists() and not values.overwrite:
        raise EaseoffError(
            f"“{values.output[:60]}” is there already, and versions are not written over each other.",
            "Name a new file with -o, or add --overwrite.",
        )
    if values.overwrite and not values.output:
        raise EaseoffError("--overwrite needs a file.", "Name it with -o FILE.")


def _happening(values: Values) -> Happening:
    kind = word_for(values.words[1], Kind, "thing that can be recorded")
    assert kind is not None
    _refuse_idle(kind, values)
    return Happening(
        kind=kind,
        on=_day(values.on),
        why="" if values.why is None else tidy(values.why),
        by="" if values.by is None else tidy(values.by),
        taking=_dose(values.taking),
        to=_dose(values.to),
        doses=1 if values.doses is None else whole_number(values.doses, "--doses", most=999),
        change=word_for(values.change, Change, "change") or Change.OTHER,
        every=None if values.every is None else whole_number(values.every, "--every", most=_MOST_DAYS),
        limit=None if values.limit is None else number_for(values.limit, "--limit"),
        products=reading.ids(values.product),
        devices=reading.ids(values.device),
        review_steps=None if values.review is None else whole_number(values.review, "--review", most=12),
    )


#: What each of these options is for; with anything else it would change nothing, so it is asked back.
_FOR = {
    "doses": (Kind.MISSED,),
    "to": (Kind.STEP_BACK,),
    "every": (Kind.SLOWER, Kind.STEP_BACK, Kind.EDIT),
    "limit": (Kind.SLOWER, Kind.STEP_BACK, Kind.EDIT),
    "product": (Kind.CHANGE_PRODUCT,),
    "device": (Kind.CHANGE_PRODUCT,),
    "change": (Kind.FREEZE,),
    "review": (Kind.REVIEW,),
}


def _refuse_idle(kind: Kind, values: Values) -> None:
    for name, kinds in _FOR.items():
        if getattr(values, name) is not None and kind not in kinds:
            raise EaseoffError(f"--{name} changes nothing for {kind}.", f"It is for {' and '.join(kinds)}.")


def _day(text: str | None) -> date:
    return reading.today() if text is None else reading.day(text)


def _dose(text: str | None) -> Decimal | None:
    return None if text is None else parse_mass(tidy(text)).mg
