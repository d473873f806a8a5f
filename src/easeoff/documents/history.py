"""The versions of a plan, worked out again from its first version and its events, and how each is told from the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import pairwise

from easeoff.documents.jsontext import canonical, json_text
from easeoff.documents.planevents import event_object
from easeoff.documents.planrecord import plan_object
from easeoff.planning.lifecycle import Difference, difference, replay
from easeoff.planning.plan import Plan
from easeoff.proposing.following import Followed, Happening, follow

#: Hexadecimal digits of an identity: enough to tell versions apart, short enough for paper. Project choice.
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Version:
    """One version with its identity, and how it differs from the one before (the first has none)."""

    plan: Plan
    identity: str
    difference: Difference | None


def identity(plan: Plan) -> str:
    """What later versions call this one.

    A first version is named by the SHA-256 of its file, so that ``sha256sum`` shows the same digits; a later one by
    the version that it replaces and the event that made it, which is what it follows from.
    """
    if plan.first is None:
        named = json_text(plan_object(plan)).encode("utf-8")
    else:
        named = plan.replaces.encode("utf-8") + canonical(event_object(plan.events[-1]))
    return sha256(named).hexdigest()[:_DIGITS]


def follow_plan(plan: Plan, happening: Happening, today: date) -> Followed:
    """The next version of ``plan`` after something happened, named by what it replaces. Raises `EaseoffError` as `follow` does."""
    return follow(plan, happening, replaces=identity(plan), today=today)


def versions(plan: Plan) -> tuple[Version, ...]:
    """Every version of ``plan``, the first one first and ``plan`` itself last. Raises `EaseoffError` as `replay` does."""
    every = (
        [plan]
        if plan.first is None
        else [*replay(plan.first, plan.events[len(plan.first.events) :], identity)]
    )
    names = [*(later.replaces for later in every[1:]), identity(plan)]
    told = [None, *(difference(before, after) for before, after in pairwise(every))]
    return tuple(Version(*one) for one in zip(every, names, told, strict=True))


def follows_from_its_events(plan: Plan) -> bool:
    """Whether the plan is what its first version and its events make of it, to the last figure."""
    if plan.first is None:
        return True
    *_, last = replay(plan.first, plan.events[len(plan.first.events) :], identity)
    return last == plan
