"""People, medicines and plans for the tests of the safety rules, each built from as little as possible."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from easeoff.medicines.model import (
    Confidence,
    DoseEquivalence,
    Formulary,
    HalfLife,
    Medicine,
    Policy,
    Product,
    Provenance,
    RedFlag,
    Release,
    Tier,
)
from easeoff.planning.plan import (
    EffectKind,
    Intake,
    Limits,
    Method,
    Plan,
    Portion,
    Status,
    Step,
    Summary,
)
from easeoff.planning.request import Indication, MethodName, Person, Pregnancy, TaperRequest

TODAY = date(2027, 1, 4)
READ = Provenance("project_choice", Confidence.READ)
SECONDARY = Provenance("project_choice", Confidence.SECONDARY)
UNVERIFIED = Provenance("project_choice", Confidence.UNVERIFIED)

#: Someone who answered everything, and for whom nothing is a stop.
ANSWERED = Person(
    indication=Indication.DEPRESSION, age=41, pregnancy=Pregnancy.NO, years=Decimal(3), days_a_week=7, steady=True, others=(),
    alcohol_units=Decimal(0), alcohol_dependence=False, drugs=False, seizures=False, past_withdrawal=False,
    psychosis=False, suicidal=False, crisis=False, liver=False, kidney=False, heart=False, breathing=False, relapse_plan=True,
)  # fmt: skip


def medicine(name: str = "sertraline", drug_class: str = "antidepressant_ssri", **changes: Any) -> Medicine:
    """A medicine with a half-life of 26 hours, one red flag and nothing else."""
    plain = Medicine(
        name=name, drug_class=drug_class, synonyms=(), brands=(), acts_on="", policy=Policy.WITH_PRESCRIBER,
        policy_reason="", policy_provenance=READ, curves=(), no_curve_reason="", half_lives=(half_life("26"),),
        red_flags=(RedFlag("A high fever", READ),), alternate_day=False, never_change_form=False, controlled=(), notes=(),
    )  # fmt: skip
    return replace(plain, **changes)


def half_life(hours: str | None, provenance: Provenance = SECONDARY, **changes: Any) -> HalfLife:
    """The preferred half-life record."""
    value = None if hours is None else Decimal(hours)
    return replace(HalfLife(value, None, None, "", None, "oral", True, provenance), **changes)


def product(form_group: str = "tablet", mg: str = "50", **changes: Any) -> Product:
    """A licensed GB tablet, listed half a year before today."""
    plain = Product(
        id=f"GB-sertraline-{form_group}-IR-{mg}mg", medicine="sertraline", country="GB", name=f"Sertraline {mg} mg {form_group}",
        form=form_group, form_group=form_group, strength_text=f"{mg} mg", mg_per_unit=Decimal(mg), concentration=None,
        release=Release.IR, route="oral", combination_with=(), availability="licensed_listed", tier=Tier.LICENSED,
        pack_sizes=(Decimal(28),), price=None, codes=(), code_system="", listed_on=date(2026, 7, 1), source="gb_dmd_2025_w34",
        note="", properties=(), parts=None, mg_per_drop=None, must_dilute=False,
    )  # fmt: skip
    return replace(plain, **changes)


def formulary(of: Medicine | None = None, **changes: Any) -> Formulary:
    """What is known of one medicine in GB, with one 50 mg tablet."""
    plain = Formulary(
        medicine=of or medicine(), country="GB", products=(product(),), form_equivalences=(), dose_equivalences=(),
        devices=(), sources=(), data_version="test",
    )  # fmt: skip
    return replace(plain, **changes)


def equivalence(name: str, mg_for_ten_diazepam: str, provenance: Provenance = SECONDARY) -> DoseEquivalence:
    """So many mg of ``name`` stand for 10 mg of diazepam in one table."""
    mg = Decimal(mg_for_ten_diazepam)
    return DoseEquivalence(f"table {mg_for_ten_diazepam}", "diazepam", Decimal(10), name, mg, mg, provenance)


def request(person: Person = ANSWERED, dose: str = "100", **changes: Any) -> TaperRequest:
    """Sertraline 100 mg in GB as a tablet, coming off."""
    plain = TaperRequest(
        "sertraline", Decimal(dose), "GB", TODAY, form="tablet", goal=Decimal(0), person=person
    )
    return replace(plain, **changes)


def step(
    number: int, dose: str, *, used: Product | None = None, amount: str | None = None, **changes: Any
) -> Step:
    """A step of 28 days, by default in whole 50 mg tablets as far as that goes."""
    taken = used or product()
    mg = Decimal(dose)
    pieces = mg / 50 if amount is None else Decimal(amount)
    portion = Portion(taken.id, pieces, taken.unit, mg, mg, mg, mg, "", "")
    plain = Step(
        number=number, start=None, end=None, days=28, dose_mg=mg, low_mg=mg, high_mg=mg, ideal_mg=mg,
        intakes=(Intake("08:00", (portion,)),), effect=Decimal(0), drop=Decimal(10), worst_drop=None, percent_of_start=Decimal(0),
        within=True, distinct=True, because=(),
    )  # fmt: skip
    return replace(plain, **changes)


def summary(**changes: Any) -> Summary:
    """84 days, the last drop 22 points and 24 on the worst curve."""
    plain = Summary(
        steps=2, days=84, largest_drop=Decimal(22), last_drop=Decimal(22), worst_last_drop=Decimal(24),
        effect_kind=EffectKind.OCCUPANCY_POINTS, within_limit=True, products=(), mean_gap_to_ideal=Decimal(0),
        checked_steps=True, checked_largest_drop=True, checked_handling=True,
    )  # fmt: skip
    return replace(plain, **changes)


def plan(*steps: Step, **changes: Any) -> Plan:
    """From 100 mg through ``steps`` (100, then 50 by default) to zero, 28 days apart."""
    plain = Plan(
        engine_version="test", data_version="test", created_on=TODAY, request=request(), status=Status.DRAFT, version=1, replaces="",
        events=(), medicine="sertraline", country="GB", method=Method(MethodName.OCCUPANCY, "", Limits(), None, ()),
        interval_days=28, start_dose_mg=Decimal(100), steps=steps or (step(1, "50"), step(2, "25", amount="0.5")),
        goal_mg=Decimal(0), arrives_on=None, review_on=None, summary=summary(), supply=(), findings=(), sources=(),
    )  # fmt: skip
    return replace(plain, **changes)
