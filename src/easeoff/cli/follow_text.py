"""What happened to a plan, as text for a terminal: the difference, what to do, the new steps, what is needed."""

from __future__ import annotations

from datetime import date

from easeoff.cli.crossover_text import say_checks
from easeoff.cli.layout import Sheet, Style
from easeoff.cli.plan_steps import say_steps, say_supply
from easeoff.documents.calendarentries import renewal
from easeoff.documents.history import Version, versions
from easeoff.documents.presenting import finding_blocks
from easeoff.documents.wording import span_text
from easeoff.medicines.model import Formulary
from easeoff.planning.crossover.two_medicines import formulary_of
from easeoff.planning.findings import Level
from easeoff.planning.lifecycle import Suggestion, recordable, step_by_date, step_text, suggestion
from easeoff.planning.plan import Plan, Status
from easeoff.proposing.following import Followed
from easeoff.proposing.issuing import findings_as_of
from easeoff.quantities import EaseoffError, format_date
from easeoff.safety import NOTICE, RED_CARD_INTRO, red_flags

_ALARMING = frozenset({Status.FROZEN})
_FINDING_STYLES = {Level.STOP: Style.STOP, Level.WARN: Style.WARN, Level.NOTE: None}


def followed_text(followed: Followed, width: int, output: str | None, on: date, *, colour: bool) -> str:
    """The new version: what changed first."""
    plan, sheet = followed.plan, Sheet(width, colour)
    formulary = formulary_of(plan)
    sheet.say(f"Version {plan.version}: {plan.status.value}.", style=_style(plan))
    sheet.say(followed.difference.happened)
    if followed.words:
        sheet.heading("What to do now", Style.STOP if plan.status in _ALARMING else Style.HEADING)
        for text in followed.words:
            sheet.say(text)
    renew = renewal(plan, on)
    if renew:
        sheet.say(f"{renew} Save this version, then: easeoff follow NEW.json --format ics -o new.ics")
    sheet.heading(f"What is different from version {plan.version - 1}")
    for text in followed.difference.changes:
        sheet.item(text, style=Style.WARN if followed.difference.faster else None)
    _say_rest(sheet, plan, formulary, on)
    sheet.say("")
    saved = (
        f"Saved in {output}. The old file is as it was."
        if output
        else "Nothing was saved. Add -o NEW.json to keep this version."
    )
    sheet.say(saved, style=Style.HEADING)
    return sheet.text()


def standing_text(plan: Plan, on: date, width: int, *, colour: bool) -> str:
    """Where a plan stands, what may be recorded, and its history."""
    sheet = Sheet(width, colour)
    sheet.say(f"Version {plan.version}: {plan.status.value}.", style=_style(plan))
    _say_rest(sheet, plan, formulary_of(plan), on)
    sheet.heading("What can be recorded now")
    sheet.say(", ".join(recordable(plan)) + ".")
    sheet.heading("History")
    for version in versions(plan):
        _say_version(sheet, version)
    return sheet.text()


def _say_version(sheet: Sheet, version: Version) -> None:
    plan, told = version.plan, version.difference
    if told is None:
        sheet.item(
            f"Version {plan.version} ({version.identity}), made on {format_date(plan.created_on)}.", mark=""
        )
        return
    sheet.item(f"Version {plan.version} ({version.identity}). {told.happened}", mark="")
    for text in told.changes:
        sheet.item(text, indent=1)


def _say_rest(sheet: Sheet, plan: Plan, formulary: Formulary, on: date) -> None:
    proposed = suggestion(plan, on)
    sheet.heading("What comes next")
    sheet.say(
        proposed.text,
        style=Style.STOP if proposed.what is Suggestion.ASK and plan.status in _ALARMING else None,
    )
    followable = plan.status not in (Status.DRAFT, Status.WITH_PRESCRIBER, Status.FROZEN)
    try:
        say_steps(sheet, plan, formulary, followable=followable, on=on)
    except EaseoffError as problem:
        _say_dated_steps(sheet, plan, problem)
    if plan.crossover is not None:
        say_checks(sheet, plan, step_by_date(plan, on))
    if plan.status not in (Status.DRAFT, Status.WITH_PRESCRIBER):
        say_supply(sheet, plan, formulary)
    _say_findings(sheet, plan, on)
    sheet.heading("Get help now if", Style.STOP)
    sheet.say(RED_CARD_INTRO)
    for sign in red_flags(formulary.medicine):
        sheet.item(f"{sign}.")
    sheet.heading("Please note")
    sheet.say(NOTICE)


def _say_findings(sheet: Sheet, plan: Plan, on: date) -> None:
    """What still has to be known of the plan: driving and alcohol do not end with the first version."""
    blocks = finding_blocks(findings_as_of(plan, on))
    if blocks:
        sheet.heading("What to know")
    for block in blocks:
        sheet.item(f"{block.heading}: {block.text}", style=_FINDING_STYLES[block.level])


def _say_dated_steps(sheet: Sheet, plan: Plan, problem: EaseoffError) -> None:
    """Newer data may no longer hold a product: then the steps with dates stand as the plan itself tells them."""
    sheet.say(f"{problem.message} Ask your pharmacist. The plan itself says:", style=Style.WARN)
    for step in plan.steps:
        if step.start is not None:
            how = " ".join(portion.how for intake in step.intakes for portion in intake.portions)
            span = span_text(step.start, step.end)
            sheet.item(f"Step {step.number}, {span}: {step_text(plan, step)} a day. {how}")


def _style(plan: Plan) -> Style:
    return Style.STOP if plan.status in _ALARMING else Style.HEADING
