"""``--format csv|ics|fhir``: what other programs read, and the options that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from easeoff.cli import reading
from easeoff.cli.arguments import Values
from easeoff.cli.typed import tidy
from easeoff.proposing import Proposal
from easeoff.quantities import EaseoffError

if TYPE_CHECKING:
    from easeoff.documents.calendar import Titles
    from easeoff.documents.fhir import StepStyle
    from easeoff.documents.tables import Table
    from easeoff.planning.plan import Plan

_Text = TypeVar("_Text", bound=str)
#: The formats made here, and what each is called in a sentence.
WRITTEN = {"csv": "table", "ics": "calendar", "fhir": "FHIR document"}
#: Which formats an option belongs to.
_BELONGS = {
    "rows": ("csv",),
    "language": ("csv", "ics", "fhir"),
    "reminders": ("ics",),
    "titles": ("ics",),
    "earlier": ("ics",),
    "fhir_steps": ("fhir",),
}


def check_options(values: Values, form: str) -> None:
    """Refuse an option that would do nothing. Raises `EaseoffError`."""
    for name, forms in _BELONGS.items():
        if getattr(values, name) and form not in forms:
            option = f"--{name.replace('_', '-')}"
            joined = " or ".join(f"--format {known}" for known in forms)
            raise EaseoffError(f"{option} belongs to {joined}.", "Add that format, or leave the option out.")
    if form in WRITTEN:
        _language(values)
    if form == "csv":
        _table(values)
    if form == "fhir":
        _steps(values)
    if form == "ics":
        _titles(values)
        if values.language is not None and _titles(values) == "neutral":
            raise EaseoffError(
                "A calendar with neutral titles has no dosage text to translate.",
                "Add --titles doses, or leave --language out.",
            )


def machine_format(proposal: Proposal, form: str, values: Values) -> bytes:
    """The file of one format. Raises `EaseoffError`, one sentence and a hint."""
    return {"csv": _csv, "ics": _ics, "fhir": _fhir}[form](proposal, values)


def only_cancels(proposal: Proposal, values: Values) -> bool:
    """Whether the calendar asked for holds no step, and only cancels what earlier ones brought. Raises `EaseoffError`."""
    from easeoff.documents.calendarentries import only_cancels as cancels

    return cancels(proposal, _older(values.earlier))


def _csv(proposal: Proposal, values: Values) -> bytes:
    from easeoff.documents.tables import plan_table

    return plan_table(proposal, _table(values), _language(values)).encode("utf-8")


def _table(values: Values) -> Table:
    from easeoff.documents.tables import TABLES

    return _one_of(values.rows or "steps", TABLES, "--rows")


def _ics(proposal: Proposal, values: Values) -> bytes:
    from easeoff.documents.calendar import calendar_file

    return calendar_file(
        proposal, reading.now(), reminders=values.reminders, titles=_titles(values), code=_language(values),
        older=_older(values.earlier),
    )  # fmt: skip


def _fhir(proposal: Proposal, values: Values) -> bytes:
    from easeoff.documents.fhir import fhir_bundle

    bundle = fhir_bundle(proposal, reading.now(), steps=_steps(values), code=_language(values))
    return bundle.encode("utf-8")


def _steps(values: Values) -> StepStyle:
    return _one_of(values.fhir_steps or "sequence", ("sequence", "separate"), "--fhir-steps")


def _titles(values: Values) -> Titles:
    return _one_of(values.titles or "neutral", ("neutral", "doses"), "--titles")


def _older(name: str | None) -> Plan | None:
    """The plan file whose calendar was taken in before. Raises `EaseoffError`."""
    if name is None:
        return None
    from easeoff.documents.planfile import read_plan

    try:
        text = Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise EaseoffError(
            f"“{name[:60]}” cannot be read as a plan file.", "Name the plan file with --earlier."
        ) from None
    return read_plan(text.removeprefix("\ufeff"))


def _language(values: Values) -> str:
    if values.language is None:
        return "en"
    from easeoff.documents.dosage.languages import language

    return language(tidy(values.language).lower()).code


def _one_of(said: str, known: Sequence[_Text], option: str) -> _Text:
    word = tidy(said).lower()
    for name in known:
        if name == word:
            return name
    raise EaseoffError(
        f"“{word[:40]}” is not a value of {option}.", f"Use {', '.join(known[:-1])} or {known[-1]}."
    )
