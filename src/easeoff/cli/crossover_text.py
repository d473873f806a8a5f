"""What a crossover says besides its steps: the equivalent beside all tables, the checks, and what comes after."""

from __future__ import annotations

from easeoff.cli.layout import Sheet, Style
from easeoff.documents.crosswords import (
    afterwards,
    check_text,
    equivalent_sentences,
    next_command,
    table_rows,
)
from easeoff.planning.plan import Plan


def say_equivalent(sheet: Sheet, plan: Plan) -> None:
    """What the prescriber entered, and what each named table on record gives."""
    assert plan.crossover is not None
    sheet.heading("The equivalent")
    entered, beside = equivalent_sentences(plan)
    sheet.say(entered)
    sheet.say(beside, style=None if plan.crossover.in_range else Style.STOP)
    for row in table_rows(plan):
        sheet.item(f"{row.table}: {row.figure}; {row.standing}")
    sheet.say("None of these figures is ours. Nothing is worked out from the tables.")


def say_checks(sheet: Sheet, plan: Plan, now: int = 0) -> None:
    """What is exchanged at each step from the one of ``now`` on, when the prescriber looks, and the plan that follows."""
    sheet.heading("Checks after each exchange")
    for step in plan.steps[max(0, now - 1) :]:
        sheet.item(f"Step {step.number}: {' '.join(step.because)} {check_text(plan, step)}")
    sheet.heading("After the crossover")
    sheet.say(afterwards(plan))
    words = next_command(plan)
    if words:
        sheet.command("Then:", words, indent=1)
