"""Diazepam equivalents: a range over the published tables, always judged by the highest figure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from easeoff.medicines.model import Confidence, DoseEquivalence, Formulary
from easeoff.planning.findings import Finding
from easeoff.quantities import format_mg, rounded
from easeoff.safety.parts import Case, Rule, listed, warn

#: Above this many mg of diazepam equivalent a day, by the highest table, a specialist plans (project choice;
#: guidelines that were seen say 40 mg, one country says 20 mg).
MOST_DIAZEPAM_EQUIVALENT_MG = Decimal(30)


def diazepam_equivalent(formulary: Formulary, mg: Decimal) -> tuple[Decimal, Decimal] | None:
    """``mg`` a day as mg of diazepam by the lowest and the highest table.

    ``None`` where no table that may be used lists the medicine.

    Tables marked ``unverified`` are left out. Diazepam stands for itself.
    """
    if formulary.medicine.name == "diazepam":
        return mg, mg
    figures = [
        mg * row.reference_mg / stands_for
        for row in _usable(formulary)
        for stands_for in (row.low_mg, row.high_mg)
    ]
    return (min(figures), max(figures)) if figures else None


def high_dose(case: Case) -> Iterator[Finding]:
    """Above 30 mg by the highest table, or an equivalent that cannot be told."""
    if not case.is_a("benzodiazepine", "z_drug"):
        return
    equivalent = diazepam_equivalent(case.formulary, case.request.dose)
    sources = tuple(dict.fromkeys(row.provenance.source for row in _usable(case.formulary))) or (
        "project_choice",
    )
    if equivalent is None and case.is_a("benzodiazepine"):
        yield case.stop(
            "diazepam-equivalent-unknown",
            "No table that we may use says what this dose is in diazepam, so nobody can tell from "
            "it whether the dose is high.",
            hazards=("H-035",),
        )
    elif equivalent is None:
        yield warn(
            "diazepam-equivalent-unknown",
            "No table that we may use says what this dose is in diazepam. Your prescriber judges "
            "whether it is high.",
            ("H-035",),
        )
    elif equivalent[1] > MOST_DIAZEPAM_EQUIVALENT_MG:
        yield case.stop(
            "high-diazepam-equivalent",
            f"This dose stands for up to {_shown(equivalent[1])} of diazepam a day, by the table with the"
            f" highest figure. Above {format_mg(MOST_DIAZEPAM_EQUIVALENT_MG)} a specialist plans the"
            " reduction.",
            hazards=("H-035",),
            sources=(*sources, "project_choice"),
        )
    beside = case.beside("benzodiazepine", "z_drug")
    if beside:
        yield case.stop(
            "several-benzodiazepines",
            f"You also take {listed(beside)}, which works in the same way. The doses add up, and "
            "your prescriber has to add them before any reduction. Only one is reduced at a time.",
            hazards=("H-035", "H-044"),
            sources=("fife_gabapentinoids", "project_choice"),
        )


HIGH_DOSE: tuple[Rule, ...] = (high_dose,)


def _usable(formulary: Formulary) -> tuple[DoseEquivalence, ...]:
    return tuple(
        row
        for row in formulary.dose_equivalences
        if row.medicine == formulary.medicine.name
        and row.reference_medicine == "diazepam"
        and row.provenance.confidence is not Confidence.UNVERIFIED
    )


def _shown(mg: Decimal) -> str:
    return format_mg(rounded(mg, 1))
