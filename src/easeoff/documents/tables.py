"""The plan as tables (RFC 4180, UTF-8): one row a step, a day, or a portion. Units stand in columns of their own.

A cell of a free-text column that a spreadsheet could take for a formula gets an apostrophe in front; `free_text_of`
takes it away again. Columns of figures, dates and ids are never touched. ``docs/reference/tables.md`` describes each column.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Literal, get_args

from easeoff.documents.dosage import DOSAGE_TEXT_VERSION, Language, language, step_dosage
from easeoff.documents.eachmedicine import as_labelled, each_medicine
from easeoff.documents.issuing import PURPOSE, plan_to_issue, stays, steps_to_come
from easeoff.documents.recorded import override_sentence
from easeoff.documents.standing import Standing, standing
from easeoff.documents.wording import product_of
from easeoff.medicines.model import Formulary
from easeoff.planning.methods.over_class import over_class
from easeoff.planning.plan import EffectKind, Plan, Step
from easeoff.proposing.proposal import Proposal
from easeoff.quantities import EaseoffError, plain

Table = Literal["steps", "days", "portions"]
TABLES: tuple[Table, ...] = get_args(Table)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
_EFFECT_UNITS = {EffectKind.OCCUPANCY_POINTS: "point", EffectKind.PERCENT_OF_START: "% of the starting dose"}
_STARTING_FORM = "mg of the form taken at the start"
#: In a crossover what remains and what is lost is of both medicines, so it must not be added up over the rows of a step.
BOTH_TOGETHER = ", both medicines together"
#: Columns in which words stand that were typed or written, and not figures, dates, codes or ids.
FREE_TEXT = frozenset({"dosage", "product_name", "how", "override"})

_ABOUT = ("medicine", "country", "plan_version", "engine_version", "data_version", "override", "purpose")
_TEXT = ("dosage", "dosage_language", "dosage_review", "dosage_text_version")
COLUMNS: dict[Table, tuple[str, ...]] = {
    "steps": (
        "step", "part", "from", "to", "days", "dose", "dose_unit", "low", "high", "band_unit", "percent_of_start", "effect",
        "drop", "worst_drop", "effect_unit", "within_limits", "distinct", *_TEXT, *_ABOUT,
    ),
    "days": ("day", "date", "step", "dose", "dose_unit", *_TEXT, *_ABOUT),
    "portions": (
        "step", "time", "product", "product_name", "amount", "amount_unit", "dose", "dose_unit", "counts_as", "counts_as_unit",
        "low", "high", "band_unit", "device", "how", *_ABOUT,
    ),
}  # fmt: skip
_Row = dict[str, str]


def plan_table(proposal: Proposal, table: Table = "steps", code: str = "en") -> str:
    """One table of a plan that may be issued, with its dosage text in the language ``code``.

    Steps and portions hold the whole plan, what comes after the next review without dates; days reach to the review. Of a later
    version steps that are over stand only among the steps, as "done" and without a dosage; portions and days begin with the one taken now.
    Raises `EaseoffError` where no table may be made from the proposal.
    """
    if table not in TABLES:
        raise EaseoffError(f"“{table[:20]}” is not a table we write.", f"Choose one of {', '.join(TABLES)}.")
    plan, said = plan_to_issue(proposal, "table"), language(code)
    rows = _MAKERS[table](plan, proposal.formulary, said, standing(plan, proposal.on))
    return _written(COLUMNS[table], (_about(plan) | row for row in rows))


def _written(columns: tuple[str, ...], rows: Iterable[_Row]) -> str:
    text = StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(name, row[name]) for name in columns})
    return text.getvalue()


def _cell(column: str, text: str) -> str:
    return f"'{text}" if column in FREE_TEXT and text.startswith(_FORMULA_STARTS) else text


def free_text_of(cell: str) -> str:
    """A cell of a free-text column as it was before it was made harmless for spreadsheets."""
    return cell.removeprefix("'")


def _about(plan: Plan) -> _Row:
    return {
        "medicine": plan.medicine,
        "country": plan.country,
        "plan_version": str(plan.version),
        "engine_version": plan.engine_version,
        "data_version": plan.data_version,
        "override": override_sentence(plan.request.override, plan.findings),
        "purpose": PURPOSE,
    }


def _text(plan: Plan, step: Step, formulary: Formulary, said: Language) -> _Row:
    if not step.intakes:
        return _spoken("", said)  # Of this medicine of a crossover nothing is taken.
    return _spoken(step_dosage(step, formulary, said.code, stays=stays(plan, step)), said)


def _spoken(dosage: str, said: Language) -> _Row:
    return {
        "dosage": dosage,
        "dosage_language": said.code,
        "dosage_review": said.review,
        "dosage_text_version": DOSAGE_TEXT_VERSION,
    }


def _steps(plan: Plan, formulary: Formulary, said: Language, now: Standing) -> list[_Row]:
    near = {covered.step.number for covered in steps_to_come(plan, now)}
    both = "" if plan.crossover is None else BOTH_TOGETHER
    unit = {"effect_unit": f"{_EFFECT_UNITS[plan.summary.effect_kind]}{both}"}
    over = over_class(plan, formulary)
    rows = [
        _step(part, "to the review" if step.number in near else "outline", over)
        | _text(plan, part, formulary, said)
        | unit
        | {"medicine": name}
        for step in plan.steps
        if not now.is_behind(step)
        for name, part in each_medicine(plan, step)
    ]
    done = [
        _step(part, "done", over) | _spoken("", said) | unit | {"medicine": name}
        for step in plan.steps
        if now.is_behind(step)
        for name, part in each_medicine(plan, step)
    ]
    goal = [_goal(plan, over) | _spoken("", said) | unit] if plan.goal_mg == 0 else []
    return [*done, *rows, *goal]


def _step(step: Step, part: str, over: frozenset[int]) -> _Row:
    return {
        "step": str(step.number),
        "part": part,
        "from": step.start.isoformat() if step.start else "",
        "to": step.end.isoformat() if step.end else "",
        "days": str(step.days),
        "dose": plain(step.dose_mg),
        "dose_unit": "mg",
        "low": plain(step.low_mg),
        "high": plain(step.high_mg),
        "band_unit": "mg",
        "percent_of_start": plain(step.percent_of_start),
        "effect": plain(step.effect),
        "drop": plain(step.drop),
        "worst_drop": "" if step.worst_drop is None else plain(step.worst_drop),
        "within_limits": _yes(step.within and step.number not in over),
        "distinct": _yes(step.distinct),
    }


def _goal(plan: Plan, over: frozenset[int]) -> _Row:
    """The drop to zero: no dose is taken, so it has neither days nor a dosage."""
    zero, summary = Decimal(0), plan.summary
    worst = "" if summary.worst_last_drop is None else plain(summary.worst_last_drop)
    return {
        "step": str(len(plan.steps) + 1),
        "part": "goal",
        "from": plan.arrives_on.isoformat() if plan.arrives_on else "",
        "to": "",
        "days": "",
        **{name: plain(zero) for name in ("dose", "low", "high", "percent_of_start", "effect")},
        "dose_unit": "mg",
        "band_unit": "mg",
        "drop": plain(summary.last_drop),
        "worst_drop": worst,
        # A prescriber may have agreed to a drop that is over the limits of the class.
        "within_limits": _yes(summary.within_limit and len(plan.steps) + 1 not in over),
        "distinct": _yes(True),
    }


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _days(plan: Plan, formulary: Formulary, said: Language, now: Standing) -> list[_Row]:
    rows = []
    for covered in steps_to_come(plan, now):
        parts = [
            {"step": str(step.number), "dose": plain(step.dose_mg), "dose_unit": "mg", "medicine": name}
            | _text(plan, step, formulary, said)
            for name, step in each_medicine(plan, covered.step)
        ]
        for offset in range(covered.days):
            on = (covered.start + timedelta(offset)).isoformat() if covered.start else ""
            rows += [{"day": str(covered.first_day + offset), "date": on} | part for part in parts]
    return rows


def _portions(plan: Plan, formulary: Formulary, _said: Language, now: Standing) -> list[_Row]:
    unit, band_unit = _STARTING_FORM, _STARTING_FORM
    if plan.crossover is not None:
        unit, band_unit = f"mg of {plan.medicine}, by the equivalent entered", "mg"
    return [
        {
            "medicine": portion.medicine or plan.medicine,
            "step": str(step.number),
            "time": intake.time,
            "product": portion.product,
            "product_name": product_of(portion, formulary).name,
            "amount": plain(portion.amount),
            "amount_unit": portion.unit,
            "dose": plain(portion.mg),
            "dose_unit": "mg",
            "counts_as": plain(portion.equivalent_mg),
            "counts_as_unit": unit,
            "low": plain(as_labelled(plan, portion).low_mg),
            "high": plain(as_labelled(plan, portion).high_mg),
            "band_unit": band_unit,
            "device": portion.device,
            "how": portion.how,
        }
        for step in plan.steps
        if not now.is_behind(step)
        for intake in step.intakes
        for portion in intake.portions
    ]


_MAKERS: dict[Table, Callable[[Plan, Formulary, Language, Standing], list[_Row]]] = {
    "steps": _steps,
    "days": _days,
    "portions": _portions,
}
