"""What has to be confirmed about the products that a plan uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from easeoff.medicines.model import Product, Release, Tier
from easeoff.planning.findings import Finding
from easeoff.planning.forms import StartForm, equivalent_factor, start_form
from easeoff.planning.plan import Plan, Portion
from easeoff.quantities import format_date
from easeoff.safety.beside_every_plan import MOST_CONTROLLED_DAYS, MOST_DAYS_WHEN_AT_RISK
from easeoff.safety.parts import Case, listed, warn


def products(case: Case, plan: Plan) -> Iterator[Finding]:
    """Old lists, changes of form or release, unlicensed products, halves, supply over what may be given."""
    used = _used(case, plan)
    form, _ = start_form(case.formulary, case.request)
    yield from _old_lists(used, plan.created_on)
    yield from _release_change(case, used, form)
    yield from _form_change(case, plan, used, form)
    yield from _slow_kinds(used)
    yield from _same_brand(case, used)
    yield from _unlicensed(used)
    yield from _divided(case, plan)
    yield from _supply(case, plan)


def any_products(case: Case, plan: Plan) -> Iterator[Finding]:
    """What holds of the products of any plan, also of one with two medicines: old lists, no licence, halves, supply."""
    yield from _old_lists(_used(case, plan), plan.created_on)
    yield from _unlicensed(_used(case, plan))
    yield from _divided(case, plan)
    yield from _supply(case, plan)


def _used(case: Case, plan: Plan) -> tuple[Product, ...]:
    ids = dict.fromkeys(portion.product for portion in _portions(plan))
    return tuple(case.formulary.product(product_id) for product_id in ids)


def _portions(plan: Plan) -> Iterator[Portion]:
    for step in plan.steps:
        for intake in step.intakes:
            yield from intake.portions


def _old_lists(used: tuple[Product, ...], today: date) -> Iterator[Finding]:
    for listed_on in sorted({product.listed_on for product in used}):
        if _a_year_after(listed_on) < today:
            sources = tuple(sorted({product.source for product in used if product.listed_on == listed_on}))
            yield warn(
                "old-product-list",
                f"Products of this plan were listed on {format_date(listed_on)}: ask your pharmacist whether"
                " they can still be had.",
                ("H-005",),
                sources,
            )


def _a_year_after(day: date) -> date:
    """The same day a year later; 28 February after a 29 February."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _release_change(case: Case, used: tuple[Product, ...], form: StartForm) -> Iterator[Finding]:
    if any(product.release is not form.release for product in used):
        yield case.stop(
            "change-of-release",
            "This plan would change between plain and slow-release or coated products inside a reduction.",
            contact="your prescriber or pharmacist",
            hazards=("H-004", "H-007", "H-037"),
        )


def _form_change(case: Case, plan: Plan, used: tuple[Product, ...], form: StartForm) -> Iterator[Finding]:
    changed = tuple(product for product in used if product.form_group != form.form_group)
    if not changed:
        return
    words = listed(tuple(dict.fromkeys(StartForm(p.release, p.form_group).words for p in changed)))
    equal = all(equivalent_factor(case.formulary, product, form) == 1 for product in changed)
    counted = "counted mg for mg" if equal else "counted by the factor on record"
    now = "We took it that your form now is" if form.assumed else "Your form now is"
    yield warn(
        "change-of-form",
        f"{now} {form.words}. This plan also uses {words}, {counted}. Confirm this change with your pharmacist before"
        f" the first step.{_with_a_cut(plan, changed)}",
        ("H-007", "H-008"),
    )


def _with_a_cut(plan: Plan, changed: tuple[Product, ...]) -> str:
    """Where a new form and a lower dose come on one day, nobody could tell which of the two a symptom comes from."""
    new = {product.id for product in changed}
    first = next(
        (s for s in plan.steps if any(p.product in new for i in s.intakes for p in i.portions)), None
    )
    if first is None or first.dose_mg >= plan.start_dose_mg or plan.crossover is not None:
        return ""
    before = "today's dose" if first.number == 1 else f"the dose of step {first.number - 1}"
    return (
        f" In step {first.number} the new form and a lower dose come together: ask your prescriber whether to take {before} in the"
        " new form first."
    )


def _slow_kinds(used: tuple[Product, ...]) -> Iterator[Finding]:
    if any(product.release is Release.MR for product in used):
        yield warn(
            "slow-release-kinds",
            "Slow-release products of one medicine are not all alike: some act for 8 or 12 hours, some for 24, and the list does"
            " not always tell them apart. Ask your pharmacist that every strength is of the kind you take now, and whether"
            " the pieces of a step may be taken at one time.",
            ("H-007", "H-037"),
            ("mhra_methylphenidate_2022", "project_choice"),
        )


def _same_brand(case: Case, used: tuple[Product, ...]) -> Iterator[Finding]:
    if case.medicine.never_change_form and used:
        names = listed(tuple(dict.fromkeys(product.name for product in used)))
        yield warn(
            "same-brand-and-salt",
            f"{case.medicine.name.capitalize()} is never changed for another brand, salt or form, because mg of one are not mg of the"
            f" other. This plan is made of {names}. Use it only if that is what you take now: compare the box, and ask"
            " your pharmacist.",
            ("H-007", "H-008"),
        )


def _unlicensed(used: tuple[Product, ...]) -> Iterator[Finding]:
    special = tuple(product for product in used if product.tier in (Tier.TARIFF, Tier.SPECIAL))
    brought_in = tuple(product.name for product in special if product.is_imported)
    names = tuple(product.name for product in special if not product.is_imported)
    if brought_in:
        yield warn(
            "imported-product",
            f"Brought in from another country, without a licence here: {listed(brought_in)}. The prescriber decides, and it"
            " can take long to arrive. The leaflet can be in another language: ask your pharmacist.",
            ("H-006", "H-008"),
        )
    if names:
        yield warn(
            "unlicensed-product",
            f"Made to order, without a licence: {listed(names)}. The prescriber decides, and it can take"
            " days to arrive. Strength can differ between makers: read the label each time.",
            ("H-006", "H-008"),
        )


def _divided(case: Case, plan: Plan) -> Iterator[Finding]:
    whole_only = (p for p in _portions(plan) if not case.formulary.product(p.product).is_liquid)
    if any(portion.amount != int(portion.amount) for portion in whole_only):
        yield warn(
            "divided-tablets",
            "Some doses use part of a tablet. Ask your pharmacist whether this brand may be divided. We"
            " count a half as 15 % more or less, and a quarter as 25 %.",
            ("H-004", "H-034"),
            ("habib_2014", "project_choice"),
        )


def _supply(case: Case, plan: Plan) -> Iterator[Finding]:
    longest = max((line.period_days for line in plan.supply), default=0)
    person = case.person
    if case.request.country in case.medicine.controlled and longest > MOST_CONTROLLED_DAYS:
        yield warn(
            "supply-over-controlled-limit",
            f"The supply is counted for {longest} days. As a controlled drug it comes on several"
            f" prescriptions of at most {MOST_CONTROLLED_DAYS} days.",
            ("H-006", "H-024"),
        )
    if (person.suicidal or person.crisis) and longest > MOST_DAYS_WHEN_AT_RISK:
        yield warn(
            "supply-over-weekly",
            f"The supply is counted for {longest} days. It should be given out {MOST_DAYS_WHEN_AT_RISK}"
            " days at a time.",
            ("H-018",),
        )
