"""What the planner leans on: curves, products, tiers, portions, devices, equivalences."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from easeoff.medicines import (
    Confidence,
    CurveModel,
    Policy,
    Release,
    Tier,
    UnknownCountry,
    UnknownMedicine,
    countries,
    load_bands,
    load_devices,
    load_formulary,
    load_medicine,
    medicine_names,
)
from easeoff.medicines.recordwords import half_life_words
from easeoff.quantities import EaseoffError

#: Planned with a prescriber, one or more of each class; the first thirteen had the first product lists.
WITH_PRODUCTS = (
    "sertraline", "citalopram", "escitalopram", "fluoxetine", "paroxetine", "venlafaxine", "duloxetine",
    "mirtazapine", "diazepam", "zopiclone", "quetiapine", "olanzapine", "pregabalin", "amitriptyline", "risperidone",
    "lorazepam", "gabapentin", "lamotrigine", "methylphenidate", "promethazine", "tramadol", "propranolol", "clonidine",
    "guanfacine", "baclofen",
)  # fmt: skip
SPECIALIST = {
    "clozapine", "lithium", "phenelzine", "tranylcypromine", "isocarboxazid", "moclobemide", "iproniazid", "selegiline",
    "valproate", "valpromide", "phenobarbital", "primidone", "meprobamate", "clomethiazole", "midazolam",
}  # fmt: skip
REFUSED = {
    "methadone",
    "buprenorphine",
    "fentanyl",
    "esketamine",
    "fluspirilene",
    "pipotiazine",
    "penfluridol",
}
#: ED50 in mg a day and ceiling in percent of the one fit to plan with.
PLANNED_CURVES = {
    "sertraline": ("7.72", "92.01", Release.IR),
    "citalopram": ("2.33", "83.98", Release.IR),
    "escitalopram": ("2.72", "89.57", Release.IR),
    "fluoxetine": ("1.89", "86.12", Release.IR),
    "paroxetine": ("5.60", "97.14", Release.IR),
    "venlafaxine": ("5.80", "90.07", Release.MR),
    "duloxetine": ("6.27", "90.75", Release.GR),
    "olanzapine": ("3.2", "92", Release.IR),
    "risperidone": ("0.8", "91", Release.IR),
    "clozapine": ("112", "71", Release.IR),
    "paliperidone": ("2.38", "100", Release.MR),
    "desvenlafaxine": ("16.11", "100.22", Release.MR),
    "vortioxetine": ("4.68", "102.24", Release.IR),
    "milnacipran": ("122.5", "100", Release.IR),
    "nortriptyline": ("65.9", "100", Release.IR),
}


def test_there_are_181_medicines_and_each_is_listed_in_some_country() -> None:
    assert len(medicine_names()) == 181
    for name in medicine_names():
        assert any(load_formulary(name, country).products for country in countries()), name


@pytest.mark.parametrize("name", medicine_names())
def test_only_the_chosen_fit_may_be_planned_with(name: str) -> None:
    medicine = load_medicine(name)
    planned = [curve for curve in medicine.curves if curve.plan_with]
    if name not in PLANNED_CURVES:
        assert planned == []
        assert medicine.no_curve_reason.endswith(".")
        return
    ed50, ceiling, release = PLANNED_CURVES[name]
    (curve,) = planned
    assert (curve.ed50_mg, curve.emax_percent) == (Decimal(ed50), Decimal(ceiling))
    assert curve.model is CurveModel.DAILY_DOSE
    assert curve.releases == (release,)
    assert curve.provenance.confidence is not Confidence.UNVERIFIED
    assert medicine.no_curve_reason == ""


def test_quetiapine_has_curves_on_record_but_none_to_plan_with() -> None:
    quetiapine = load_medicine("quetiapine")
    assert len(quetiapine.curves) == 3
    assert "blood" in quetiapine.no_curve_reason


def test_a_fit_on_the_level_in_the_blood_has_no_dose() -> None:
    plasma = [c for c in load_medicine("sertraline").curves if c.model is CurveModel.PLASMA]
    assert [c.ed50_mg for c in plasma] == [None]
    assert "EC50 1.9 ng/mL" in plasma[0].provenance.note


def test_other_regions_of_escitalopram_are_kept_beside_the_preferred_one() -> None:
    regions = {c.region: c.ed50_mg for c in load_medicine("escitalopram").curves}
    assert regions == {
        "dorsal raphe nucleus": Decimal("2.72"),
        "caudate": Decimal("0.66"),
        "putamen": Decimal("1.22"),
        "thalamus": Decimal("2.10"),
    }


@pytest.mark.parametrize("name", sorted(SPECIALIST | REFUSED))
def test_a_medicine_that_must_not_be_self_planned_is_known_and_stopped(name: str) -> None:
    medicine = load_medicine(name)
    assert medicine.policy in (Policy.SPECIALIST_ONLY, Policy.REFUSE)
    assert medicine.policy_reason.endswith(".")


def test_who_may_plan_is_said_of_every_medicine_with_its_reason() -> None:
    by_policy: dict[Policy, set[str]] = {policy: set() for policy in Policy}
    for name in medicine_names():
        medicine = load_medicine(name)
        by_policy[medicine.policy].add(name)
        assert medicine.policy_reason.endswith(".")
        assert medicine.policy_provenance.confidence is not Confidence.UNVERIFIED
    assert by_policy[Policy.SPECIALIST_ONLY] == SPECIALIST
    assert by_policy[Policy.REFUSE] == REFUSED
    assert len(by_policy[Policy.WITH_PRESCRIBER]) >= 105


@pytest.mark.parametrize("name", WITH_PRODUCTS)
def test_a_medicine_with_products_is_planned_with_a_prescriber(name: str) -> None:
    assert load_medicine(name).policy is Policy.WITH_PRESCRIBER


def test_only_fluoxetine_may_be_taken_on_alternate_days() -> None:
    assert [name for name in medicine_names() if load_medicine(name).alternate_day] == ["fluoxetine"]


def test_lithium_and_valproate_never_change_form() -> None:
    never = {name for name in medicine_names() if load_medicine(name).never_change_form}
    assert never == {"lithium", "valproate", "valpromide"}


@pytest.mark.parametrize(("name", "expected"), [
    ("diazepam", ("GB", "US", "FR", "CA", "NL")), ("pregabalin", ("GB", "US", "FR")), ("gabapentin", ("GB",)),
    ("zopiclone", ("GB", "FR", "CA")), ("methylphenidate", ("GB", "US", "FR", "CA", "NL")), ("sertraline", ()),
])  # fmt: skip
def test_controlled_drugs_by_country(name: str, expected: tuple[str, ...]) -> None:
    assert load_medicine(name).controlled == expected


def test_every_opioid_but_meptazinol_and_every_benzodiazepine_is_controlled_somewhere() -> None:
    for name in medicine_names():
        medicine = load_medicine(name)
        if medicine.drug_class in ("benzodiazepine", "opioid") and name != "meptazinol":
            assert medicine.controlled, name


@pytest.mark.parametrize("name", medicine_names())
def test_every_medicine_says_what_is_known_of_withdrawal(name: str) -> None:
    notes = [note for note in load_medicine(name).notes if note.name == "withdrawal_risk"]
    assert notes
    assert all(note.condition.endswith(".") for note in notes)


@pytest.mark.parametrize("name", medicine_names())
def test_every_medicine_has_red_flags_and_a_seizure_is_one(name: str) -> None:
    signs = [flag.sign for flag in load_medicine(name).red_flags]
    assert any("seizure" in sign for sign in signs)


def test_fluoxetine_stays_longest_through_its_metabolite() -> None:
    half_life = load_medicine("fluoxetine").half_life
    assert half_life is not None
    assert half_life.longest_hours == Decimal(192)
    assert half_life.active_metabolite == "norfluoxetine"


def test_a_metabolite_with_a_printed_range_shows_it_and_names_the_value_as_our_choice() -> None:
    half_life = load_medicine("fluoxetine").half_life
    assert half_life is not None
    assert (half_life.metabolite_low_hours, half_life.metabolite_high_hours) == (96, 384)
    assert half_life.metabolite_confidence is Confidence.PROJECT_CHOICE
    words = half_life_words(half_life)
    assert "96 to 384 hours (192 hours, between them, is our choice: project_choice)" in words


def test_an_unverified_or_intravenous_half_life_is_never_the_preferred_one() -> None:
    for name in medicine_names():
        half_life = load_medicine(name).half_life
        if half_life is not None:
            assert half_life.provenance.confidence is not Confidence.UNVERIFIED
            assert half_life.route != "intravenous"


# Products


def test_gb_sertraline_has_a_special_of_1_mg_per_ml() -> None:
    product = load_formulary("sertraline", "GB").product("GB-sertraline-oral_suspension-1mg-per-ml")
    assert product.tier is Tier.SPECIAL
    assert product.concentration is not None
    assert (product.concentration.mg, product.concentration.ml) == (Decimal(5), Decimal(5))
    assert product.strength_text == "5 mg/5 mL"


def test_gb_zopiclone_liquids_are_in_the_drug_tariff() -> None:
    products = load_formulary("zopiclone", "GB").products
    tariff = {p.id for p in products if p.tier is Tier.TARIFF}
    assert tariff == {
        "GB-zopiclone-oral_solution-0.75mg-per-ml",
        "GB-zopiclone-oral_solution-1.5mg-per-ml",
        "GB-zopiclone-oral_suspension-0.75mg-per-ml",
        "GB-zopiclone-oral_suspension-1.5mg-per-ml",
    }


def test_zopiclone_is_not_listed_in_the_us() -> None:
    formulary = load_formulary("zopiclone", "US")
    assert formulary.products == ()
    assert formulary.medicine.name == "zopiclone"


@pytest.mark.parametrize("country", list(countries()))
@pytest.mark.parametrize("name", WITH_PRODUCTS)
def test_a_product_is_a_piece_or_a_liquid_and_its_id_is_its_own(name: str, country: str) -> None:
    products = load_formulary(name, country).products
    assert len({p.id for p in products}) == len(products)
    for product in products:
        assert (product.mg_per_unit is None) != (
            product.concentration is None
        ) or product.form_group == "patch"
        assert product.id.startswith(f"{country}-{name}-{product.form_group}-")
        assert product.release is Release.IR or f"-{product.release}" in product.id


@pytest.mark.parametrize("name", medicine_names())
def test_doubtful_and_discontinued_products_are_shown_but_have_no_tier(name: str) -> None:
    for country in countries():
        for product in load_formulary(name, country).products:
            if product.availability in ("doubtful", "discontinued", "unknown"):
                assert product.tier is None
            elif (
                "drop" not in product.note
                and "another salt" not in product.note
                and product.form_group != "patch"
                and "plan_with" not in {said.name for said in product.properties}
            ):
                assert product.tier is not None


def test_nothing_of_the_dutch_list_has_a_tier() -> None:
    listed = [p for name in medicine_names() for p in load_formulary(name, "NL").products]
    assert len(listed) == 315
    assert {p.tier for p in listed} == {None}


def test_a_patch_labelled_by_the_hour_tells_no_amount_and_has_no_tier() -> None:
    patch = load_formulary("fentanyl", "GB").product("GB-fentanyl-patch-0.025mg-per-hour-MR")
    assert (patch.mg_per_unit, patch.concentration, patch.tier) == (None, None, None)
    assert patch.strength_text == "25 micrograms/hour"


def test_a_depot_is_a_piece_that_is_never_given_in_part() -> None:
    depot = load_formulary("paliperidone", "GB").product("GB-paliperidone-depot_injection-100mg-depot")
    assert (depot.mg_per_unit, depot.parts, depot.release) == (Decimal(100), 1, Release.DEPOT)


def test_a_liquid_whose_strength_has_no_end_in_decimals_keeps_the_labels_own_words() -> None:
    syrup = load_formulary("methadone", "FR").product("FR-methadone-oral_solution-40mg-per-15ml")
    assert syrup.concentration is not None
    assert syrup.concentration.mg_per_ml == Fraction(8, 3)


def test_a_spray_of_two_puffs_counts_one_puff_as_a_piece() -> None:
    (spray,) = load_formulary("esketamine", "CA").products
    assert spray.mg_per_unit == Decimal(14)


def test_products_that_count_another_salt_are_shown_and_not_planned_with() -> None:
    products = {p.id: p for p in load_formulary("quetiapine", "FR").products}
    fumarate = products["FR-quetiapine-tablet-300mg-MR-as-quetiapine-fumarate"]
    assert fumarate.tier is None
    assert "another salt" in fumarate.note
    assert products["FR-quetiapine-tablet-300mg-MR"].tier is Tier.LICENSED


def test_doubtful_paroxetine_suspension_is_there_without_a_tier() -> None:
    product = load_formulary("paroxetine", "GB").product("GB-paroxetine-oral_suspension-2mg-per-ml-doubtful")
    assert product.tier is None


def test_a_licensed_product_and_its_special_twin_have_different_ids() -> None:
    formulary = load_formulary("sertraline", "GB")
    assert formulary.product("GB-sertraline-oral_suspension-10mg-per-ml").tier is Tier.LICENSED
    assert formulary.product("GB-sertraline-oral_suspension-10mg-per-ml-special").tier is Tier.SPECIAL


def test_a_strength_in_micrograms_is_read_as_mg() -> None:
    product = load_formulary("mirtazapine", "GB").product("GB-mirtazapine-oral_solution-0.15mg-per-ml")
    assert product.concentration is not None
    assert product.concentration.mg_per_ml == Fraction(15, 100)
    assert product.strength_text == "750 micrograms/5 mL"


def test_a_product_says_when_it_was_listed_and_what_it_costs() -> None:
    product = load_formulary("venlafaxine", "GB").product("GB-venlafaxine-capsule-75mg-MR")
    assert product.listed_on == date(2025, 8, 14)
    assert product.price is not None
    assert (product.price.amount, product.price.currency) == (Decimal("2.59"), "GBP")
    assert product.pack_sizes == (Decimal(28),)


def test_us_products_have_names_that_people_can_read() -> None:
    names = {p.id: p.name for p in load_formulary("duloxetine", "US").products}
    assert names["US-duloxetine-capsule-20mg-GR"] == "Duloxetine 20 mg delayed-release capsule"


def test_combination_products_name_their_partner() -> None:
    combined = [p for p in load_formulary("fluoxetine", "US").products if p.combination_with]
    assert len(combined) == 5
    assert {p.combination_with for p in combined} == {("olanzapine",)}


def test_citalopram_drops_are_worth_more_than_tablets_and_escitalopram_drops_the_same() -> None:
    factors = {
        (e.from_form, e.to_form): e.factor for e in load_formulary("citalopram", "GB").form_equivalences
    }
    assert factors == {("tablet", "oral_drops"): Decimal("0.8"), ("oral_drops", "tablet"): Decimal("1.25")}
    (same,) = load_formulary("escitalopram", "GB").form_equivalences
    assert same.factor == 1
    assert load_formulary("citalopram", "US").form_equivalences == ()


def test_zopiclone_equivalents_keep_the_name_of_their_table() -> None:
    tables = {
        e.table: (e.reference_mg, e.low_mg, e.high_mg)
        for e in load_formulary("zopiclone", "GB").dose_equivalences
    }
    assert tables == {
        "Ashton type (ADFD)": (Decimal(10), Decimal(15), Decimal(15)),
        "NHS Scotland 2024": (Decimal(5), Decimal("7.5"), Decimal("7.5")),
    }


# Devices, bands, errors


def test_a_1_ml_and_a_5_ml_syringe_are_the_default() -> None:
    assert {d.id for d in load_devices() if d.default} == {"oral-syringe-1ml", "oral-syringe-5ml"}


@pytest.mark.parametrize(("device_id", "mark", "floor"), [
    ("oral-syringe-1ml", "0.01", "0.2"), ("oral-syringe-1ml-tenths", "0.1", "0.2"), ("oral-syringe-3ml", "0.1", "0.6"),
    ("oral-syringe-5ml", "0.2", "1"), ("oral-syringe-10ml", "0.2", "1.8"),
])  # fmt: skip
def test_marks_and_floors_of_the_syringes(device_id: str, mark: str, floor: str) -> None:
    device = next(d for d in load_devices() if d.id == device_id)
    assert (device.mark_ml, device.floor_ml) == (Decimal(mark), Decimal(floor))
    assert (device.tolerance_nominal, device.tolerance_low, device.tolerance_high) == (
        Decimal("0.015"), Decimal("0.02"), Decimal("0.05"),
    )  # fmt: skip
    assert all(p.confidence is not Confidence.UNVERIFIED for p in device.provenance)


def test_the_bands_of_portions() -> None:
    bands = load_bands()
    assert (bands.whole, bands.half, bands.quarter) == (Decimal(0), Decimal("0.15"), Decimal("0.25"))
    assert (bands.drop, bands.share) == (Decimal("0.15"), Decimal("0.20"))


def test_an_unknown_country_names_the_known_ones() -> None:
    with pytest.raises(UnknownCountry, match=r"FR \(France\), CA \(Canada\) or NL \(Netherlands\)") as caught:
        load_formulary("sertraline", "DE")
    assert isinstance(caught.value, EaseoffError)


@pytest.mark.parametrize("name", ["Sertraline", "../sources", "", "sertraline "])
def test_a_formulary_is_asked_for_by_the_exact_inn(name: str) -> None:
    with pytest.raises(UnknownMedicine):
        load_formulary(name, "GB")


def test_records_cannot_be_changed() -> None:
    medicine = load_medicine("sertraline")
    with pytest.raises(FrozenInstanceError):
        medicine.name = "citalopram"  # type: ignore[misc]
    assert load_medicine("sertraline") is medicine
