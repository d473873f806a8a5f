"""Invariants of time: tim-1 to tim-10 of R4, and steps that follow each other without gap or overlap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from easeoff.documents.fhir.codes import STEP_URL
from easeoff.quantities import EaseoffError

Node = dict[str, Any]
_UNITS_OF_TIME = {"s", "min", "h", "d", "wk", "mo", "a"}
_NOT_WITH_OFFSET = {"C", "CM", "CD", "CV"}


def _given(name: str, needed: str) -> Callable[[Node], bool]:
    return lambda repeat: name not in repeat or needed in repeat


def _not_negative(name: str) -> Callable[[Node], bool]:
    return lambda repeat: repeat.get(name, 0) >= 0


#: The invariants of `Timing.repeat` by their names in R4 4.0.1 (there is no tim-3).
TIMING: dict[str, Callable[[Node], bool]] = {
    "tim-1": _given("duration", "durationUnit"),
    "tim-2": _given("period", "periodUnit"),
    "tim-4": _not_negative("duration"),
    "tim-5": _not_negative("period"),
    "tim-6": _given("periodMax", "period"),
    "tim-7": _given("durationMax", "duration"),
    "tim-8": _given("countMax", "count"),
    "tim-9": lambda r: "offset" not in r or ("when" in r and not _NOT_WITH_OFFSET & set(r["when"])),
    "tim-10": lambda r: not ("timeOfDay" in r and "when" in r),
}


def check_timing(place: str, repeat: Node) -> None:
    """The invariants of R4, and that it is once a day in a unit that exists. Raises `EaseoffError`."""
    for name, holds in TIMING.items():
        if not holds(repeat):
            raise broken(place, f"its timing breaks {name}")
    if (repeat.get("frequency"), repeat.get("period"), repeat.get("periodUnit")) != (1, 1, "d"):
        raise broken(place, "it is not once a day")
    for unit in ("periodUnit", "durationUnit"):
        if repeat.get(unit, "d") not in _UNITS_OF_TIME:
            raise broken(place, f"“{repeat[unit]}” is no unit of time")
    for time in repeat.get("timeOfDay", ()):
        if len(time) != len("08:00:00") or time[2] + time[5] != "::":
            raise broken(place, f"“{time}” is no time of day")


def step_of(dosage: Node) -> int:
    """The step that a dosage belongs to. Raises `EaseoffError` where sequence and step disagree, or neither is there."""
    steps = [e["valuePositiveInt"] for e in dosage.get("extension", ()) if e["url"] == STEP_URL]
    if len(steps) != 1 or dosage.get("sequence", steps[0]) != steps[0]:
        raise broken("dosageInstruction", "its step and its sequence disagree")
    return int(steps[0])


def check_order(requests: Sequence[Node]) -> None:
    """Steps are numbered one after the other; bounds of one step are alike, and those of the next begin the day after."""
    bounds: dict[int, Node] = {}
    for request in requests:
        for dosage in request["dosageInstruction"]:
            repeat, step = dosage["timing"]["repeat"], step_of(dosage)
            found = {name: repeat[name] for name in ("boundsPeriod", "boundsDuration") if name in repeat}
            if bounds.setdefault(step, found) != found:
                raise broken(f"step {step}", "two of its dosages have other bounds")
    numbers = sorted(bounds)
    if numbers[0] < 1 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise broken("dosageInstruction", "its steps are not numbered without a gap")
    for before, after in pairwise(numbers):
        if not _touch(bounds[before], bounds[after]):
            raise broken(f"step {after}", "it does not begin on the day after the step before")


def _touch(before: Node, after: Node) -> bool:
    if "boundsDuration" in before:
        return "boundsPeriod" not in after
    end = before.get("boundsPeriod", {}).get("end")
    start = after.get("boundsPeriod", {}).get("start")
    if end is None or start is None:
        return False
    return date.fromisoformat(end) + timedelta(1) == date.fromisoformat(start)


def broken(place: str, what: str) -> EaseoffError:
    """A document that must not leave the house."""
    return EaseoffError(
        f"The FHIR document is not sound: {place}: {what}.", "Do not use it; please report this."
    )
