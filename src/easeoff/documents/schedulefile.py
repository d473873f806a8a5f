"""A schedule out of a file of ours: the doses, days and intakes of a plan, to lay beside others."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from easeoff.documents.planfile import read_plan
from easeoff.medicines import find_medicine, load_formulary
from easeoff.medicines.model import Release
from easeoff.planning.crossover.two_medicines import refuse_two
from easeoff.planning.forms import StartForm, curve_factor, start_form
from easeoff.planning.plan import Intake, Plan
from easeoff.planning.schedules.model import Entry, Schedule, Taking
from easeoff.quantities import EaseoffError


@dataclass(frozen=True, slots=True)
class PlannedSchedule:
    """A plan as a schedule, with the form it is taken in: for the scale, and for what can be made."""

    schedule: Schedule
    plan: Plan
    form: StartForm
    factor: Fraction | None

    @property
    def release(self) -> Release:
        """How the form lets its medicine go."""
        return self.form.release


def looks_like_plan(text: str) -> bool:
    """Whether ``text`` is meant to be a plan file: JSON, which no pasted schedule is."""
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def refuse_our_table(text: str) -> None:
    """Raise `EaseoffError` for one of our own tables, which hold more than a schedule: the plan file is what to lay beside others."""
    from easeoff.documents.tables import COLUMNS

    first = text.lstrip("\ufeff").partition("\n")[0].rstrip("\r")
    if first in {",".join(columns) for columns in COLUMNS.values()}:
        raise EaseoffError("This is a table that Easeoff wrote, which holds more than a schedule.",
                           "Give the plan file instead (--format json, or “Save this plan as a file”).")  # fmt: skip


def planned_schedule(text: str, name: str = "Plan") -> PlannedSchedule:
    """The schedule in a plan file's ``text``. Raises `EaseoffError` as `read_plan` does, and for a plan without steps."""
    plan = read_plan(text.removeprefix("\ufeff"))
    refuse_two(plan, "comparison")
    formulary = load_formulary(find_medicine(plan.medicine), plan.country)
    form, _ = start_form(formulary, plan.request)
    return PlannedSchedule(schedule_of_plan(plan, name), plan, form, curve_factor(formulary, form))


def schedule_of_plan(plan: Plan, name: str = "Plan") -> Schedule:
    """The dose taken now, each step, and the goal."""
    entries = [Entry(plan.start_dose_mg, 0)]
    for number, step in enumerate(plan.steps, 1):
        stays = plan.goal_mg > 0 and number == len(plan.steps)
        entries.append(Entry(step.dose_mg, None if stays else step.days, takings=_takings(step.intakes)))
    if plan.goal_mg == 0:
        entries.append(Entry(plan.goal_mg, None))
    return Schedule(name, find_medicine(plan.medicine), tuple(entries), plan.country)


def _takings(intakes: tuple[Intake, ...]) -> tuple[Taking, ...]:
    if any(not intake.time for intake in intakes):
        return ()
    return tuple(Taking(intake.time, intake.mg) for intake in intakes if intake.mg)
