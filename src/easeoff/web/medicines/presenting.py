"""One medicine's page, worked out from its records."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from easeoff.library import figure_html, medicines_with_curve
from easeoff.library.figures import make_figure
from easeoff.medicines import Medicine, data_version, load_medicine
from easeoff.medicines.classes import kind_words
from easeoff.medicines.model import Policy
from easeoff.medicines.recordwords import curve_words, half_life_words, note_words
from easeoff.medicines.secondsources import second_sources_of, verdict_words
from easeoff.web.medicines.citing import Citations, Fact
from easeoff.web.medicines.listing import shown_countries
from easeoff.web.medicines.pacing import shown_paces, why_none
from easeoff.web.onward.panel import panel as onward_panel


def page(medicine: Medicine, today: date) -> dict[str, object]:
    """What the page needs."""
    return {
        "medicine": medicine,
        "may_plan": medicine.policy is Policy.WITH_PRESCRIBER,
        "record": _record_html(medicine.name, today, get_language() or ""),
        "onward": onward_panel(medicine.drug_class),
    }


#: Twice the medicines there are: around midnight there are two days.
@lru_cache(maxsize=400)
def _record_html(name: str, today: date, language: str) -> SafeString:
    """What is on record, which is the same all day and for everyone."""
    with override(language):
        return render_to_string("medicines/record.html", record(load_medicine(name), today))


def record(medicine: Medicine, today: date) -> dict[str, object]:
    """What is on record. Facts are made in the order of the page, so that its sources are numbered in that order."""
    citations = Citations()
    context: dict[str, object] = {
        "medicine": medicine,
        "class_words": kind_words(medicine.name, medicine.drug_class),
        "version": data_version(),
        "may_plan": medicine.policy is Policy.WITH_PRESCRIBER,
        "policy": citations.fact(medicine.policy_reason, medicine.policy_provenance),
        "paces": shown_paces(medicine, citations),
        "why_none": why_none(medicine),
        "red_flags": tuple(
            citations.fact(_sentence(flag.sign), flag.provenance) for flag in medicine.red_flags
        ),
        "notes": _notes(medicine, citations),
        "drawn": _drawn(medicine.name),
        "curves": tuple(citations.fact(curve_words(curve), curve.provenance) for curve in medicine.curves),
        "half_lives": _half_lives(medicine, citations),
        "second_sources": tuple(verdict_words(row) for row in second_sources_of(medicine.name)),
        "countries": shown_countries(medicine.name, citations, today),
    }
    return context | {"sources": citations.listed()}


@cache
def _drawn(name: str) -> str:
    """The curve with its table, empty where there is none to plan with."""
    if name not in medicines_with_curve():
        return ""
    return figure_html(make_figure("occupancy-curve", {"medicine": name}, "curve"))


def _half_lives(medicine: Medicine, citations: Citations) -> tuple[Fact, ...]:
    """The one that is used first."""
    ordered = sorted(medicine.half_lives, key=lambda found: not found.preferred)
    return tuple(citations.fact(half_life_words(found), found.provenance) for found in ordered)


def _notes(medicine: Medicine, citations: Citations) -> tuple[Fact, ...]:
    """What else is on record. Where brand names come from is said beside them."""
    return tuple(
        citations.fact(note_words(note), note.provenance)
        for note in medicine.notes
        if note.name != "brand_names"
    )


def _sentence(sign: str) -> str:
    return f"{sign.rstrip('.')}."
