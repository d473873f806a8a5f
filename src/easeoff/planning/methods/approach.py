"""What a method comes to: the rule or the timetable a plan is made by, in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from easeoff.medicines.model import Curve
from easeoff.pharmacology import Scale
from easeoff.planning.findings import Finding
from easeoff.planning.methods.rhythm import Rhythm
from easeoff.planning.pace import Pace
from easeoff.planning.plan import EffectKind, Method
from easeoff.planning.rules import StepRule
from easeoff.planning.solving.timetables import Timetable


@dataclass(frozen=True, slots=True)
class Approach:
    """Everything that decides how far one step may go: the method in words and numbers, and the rule made from it.

    ``timetable`` are the doses that a method asks for from day to day, ``None`` where any way down within the rule will do.
    ``worst`` are the scales the worst drop is taken over, empty without a curve. ``findings`` say where a wish goes beyond the
    class's pace. ``days`` is the usual interval; ``rhythm`` gives each step's.
    """

    method: Method
    rule: StepRule
    effect_kind: EffectKind
    days: int
    pace: Pace
    curve: Curve | None
    worst: tuple[Scale, ...]
    findings: tuple[Finding, ...]
    rhythm: Rhythm
    timetable: Timetable | None = None
