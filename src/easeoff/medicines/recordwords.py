"""Curves, half-lives and notes in words. The same on every surface."""

from __future__ import annotations

from decimal import Decimal

from easeoff.medicines.model import Curve, CurveModel, HalfLife, Property
from easeoff.quantities import format_mg, format_percent, plain

_AXIS_WORDS = {
    CurveModel.DAILY_DOSE: "on the daily dose",
    CurveModel.SINGLE_DOSE: "on a single dose",
    CurveModel.PLASMA: "on the level in the blood",
    CurveModel.EFFECT_SITE: "on the level where it acts",
}


def curve_words(curve: Curve) -> str:
    """One published fit, and whether doses are planned with it."""
    used = "Used to plan doses." if curve.plan_with else "Not used to plan doses."
    middle = "" if curve.ed50_mg is None else f", half of it at {format_mg(curve.ed50_mg)}"
    return (
        f"{curve.target}, {curve.region}, {_AXIS_WORDS[curve.model]}: at most {format_percent(curve.emax_percent)}{middle}; "
        f"studied as {', '.join(curve.releases) or 'not said'}. {used}"
    )


def half_life_words(found: HalfLife) -> str:
    """One half-life, of what, and whether it is the one that is used."""
    figures = [] if found.hours is None else [f"{plain(found.hours)} hours"]
    if found.low_hours is not None and found.high_hours is not None:
        figures.append(f"range {plain(found.low_hours)} to {plain(found.high_hours)} hours")
    metabolite = found.active_metabolite
    if metabolite and found.metabolite_hours is not None:
        metabolite = f"{metabolite}, {_metabolite_hours(found, found.metabolite_hours)}"
    active = f"; active metabolite: {metabolite}" if metabolite else ""
    preferred = " The one we use." if found.preferred else ""
    return f"{', '.join(figures) or 'not given'} ({found.route}{active}).{preferred}"


def _metabolite_hours(found: HalfLife, hours: Decimal) -> str:
    """As printed; where only a range is printed, that range, and the value between as our own choice."""
    if found.metabolite_low_hours is None or found.metabolite_high_hours is None:
        return f"{plain(hours)} hours"
    printed = f"{plain(found.metabolite_low_hours)} to {plain(found.metabolite_high_hours)} hours"
    return f"{printed} ({plain(hours)} hours, between them, is our choice: project_choice)"


#: Notes whose value is an amount, and has to be said behind the words.
_DOSES = frozenset({"usual_minimum_dose", "usual_dose", "highest_dose"})


def note_words(note: Property) -> str:
    """What else is on record, as one sentence."""
    if note.name in _DOSES:
        return f"{note.condition.rstrip('.')}: {note.value}."
    said = note.condition.rstrip(".") or f"{note.name.replace('_', ' ')}: {note.value}"
    return f"{said}."
