"""What may be done to a product: the most specific record wins, among equals the more cautious."""

from __future__ import annotations

from decimal import Decimal

import pytest

from easeoff.medicines import DataError, Product, Release, Tier, load_formulary
from easeoff.medicines.productwords import tier_words
from easeoff.medicines.properties import PropertyRule, to_rule, with_properties


def product(product_id: str) -> Product:
    country, medicine = product_id.split("-")[:2]
    return load_formulary(medicine, country).product(product_id)


def rule(pattern: str, name: str, value: str, *, medicine: str = "sertraline", form: str = "tablet",
         country: str = "GB", confidence: str = "read") -> PropertyRule:  # fmt: skip
    return to_rule(
        {
            "medicine": medicine, "form_group": form, "pattern": pattern, "country": country, "property": name,
            "value": value, "condition": "as tested", "source": "project_choice", "confidence": confidence, "note": "",
        },
        "test",
    )  # fmt: skip


TABLET = "GB-sertraline-tablet-50mg"


def parts(*rules: PropertyRule, of: str = TABLET) -> int | None:
    return with_properties(product(of), rules).parts


# Shipped records


@pytest.mark.parametrize(("product_id", "expected"), [
    ("GB-fluoxetine-dispersible_tablet-20mg", 2),  # the NHS page lets half a tablet be dispersed
    ("GB-sertraline-tablet-50mg", None),  # scored by one brand only: ask the pharmacist
    ("GB-quetiapine-tablet-150mg", None),  # scored by one brand only
    ("GB-citalopram-tablet-10mg", None),
    ("US-sertraline-tablet-50mg", None),
    ("GB-fluoxetine-capsule-20mg", 1),
    ("GB-mirtazapine-orodispersible-15mg", 1),
    ("GB-sertraline-oral_suspension-10mg-per-ml", 1),
    ("GB-venlafaxine-capsule-75mg-MR", 1),
    ("GB-venlafaxine-tablet-75mg-MR", 1),
    ("GB-quetiapine-tablet-50mg-MR", 1),
    ("US-paroxetine-tablet-25mg-MR", 1),
    ("GB-duloxetine-capsule-30mg-GR", 1),
    ("GB-quetiapine-granules-25mg", 1),
    ("FR-citalopram-tablet-20mg", 2),  # all ten codes of the row are scored
    ("FR-bromazepam-tablet-6mg", 4),  # all nine are scored in four
    ("FR-risperidone-tablet-2mg", None),  # eleven of twelve: brands differ
    ("FR-vortioxetine-tablet-10mg", None),  # not scored in the list: ask the pharmacist
    ("FR-quetiapine-tablet-50mg-MR", 1),
    ("FR-lithium-tablet-400mg-MR", 2),  # prolonged release, scored by a record of its own code
    ("CA-sertraline-capsule-25mg", 1),
    ("NL-sertraline-tablet-50mg", None),
])  # fmt: skip
def test_into_how_many_parts_a_listed_product_may_be_divided(product_id: str, expected: int | None) -> None:
    assert product(product_id).parts == expected


def test_citalopram_drops_are_counted_at_2_mg_and_escitalopram_drops_at_1_mg() -> None:
    citalopram = product("GB-citalopram-oral_drops-40mg-per-ml")
    assert (citalopram.mg_per_drop, citalopram.unit, citalopram.tier) == (Decimal(2), "drop", Tier.LICENSED)
    escitalopram = product("GB-escitalopram-oral_drops-20mg-per-ml")
    assert (escitalopram.mg_per_drop, escitalopram.unit) == (Decimal(1), "drop")


@pytest.mark.parametrize("country", ["GB", "US"])
def test_sertraline_concentrate_must_be_diluted(country: str) -> None:
    assert product(f"{country}-sertraline-oral_concentrate-20mg-per-ml").must_dilute


def test_sertraline_suspension_need_not_be_diluted() -> None:
    assert not product("GB-sertraline-oral_suspension-10mg-per-ml").must_dilute


def test_brand_records_are_kept_as_evidence_that_names_the_brand() -> None:
    said = [p for p in product(TABLET).properties if p.name == "divisible" and p.value == "2"]
    assert len(said) == 1
    assert said[0].condition.startswith("Only Sertraline 50 mg (marked SE 50")


def test_a_strength_inside_a_brand_name_keeps_the_record_to_that_strength() -> None:
    said = [p.condition for p in product("GB-sertraline-tablet-100mg").properties if p.value == "2"]
    assert len(said) == 1
    assert "SE1100" in said[0]
    assert not any(p.value == "2" for p in product("GB-sertraline-tablet-25mg").properties)


def test_records_of_other_countries_are_not_used() -> None:
    conditions = " ".join(
        p.condition for p in product("GB-sertraline-oral_concentrate-20mg-per-ml").properties
    )
    assert "ginger ale" not in conditions


# The rules


def test_the_most_specific_record_wins() -> None:
    assert parts(rule("*", "divisible", "1"), rule("strength=50 mg", "divisible", "2")) == 2
    assert parts(rule("*", "divisible", "1", medicine="any"), rule("strength=50 mg", "divisible", "2")) == 2
    assert (
        parts(rule("strength=50 mg", "divisible", "1"), rule("strength=50 mg; release=IR", "divisible", "2"))
        == 2
    )


def test_among_equals_the_more_cautious_wins() -> None:
    assert parts(rule("strength=50 mg", "divisible", "4"), rule("release=IR", "divisible", "2")) == 2
    assert parts(rule("strength=50 mg", "divisible", "2"), rule("release=IR", "divisible", "unknown")) is None
    assert parts(rule("strength=50 mg", "divisible", "unknown"), rule("release=IR", "divisible", "1")) == 1


def test_a_product_code_is_the_most_specific() -> None:
    code = product(TABLET).codes[0]
    assert (
        parts(rule("strength=50 mg; release=IR", "divisible", "1"), rule(f"code={code}", "divisible", "2"))
        == 2
    )
    assert parts(rule("code=123", "divisible", "2")) is None


def test_a_brand_or_an_unverified_record_never_decides() -> None:
    assert parts(rule("strength=50 mg; name=Some brand", "divisible", "2")) is None
    assert parts(rule("strength=50 mg", "divisible", "2", confidence="unverified")) is None


def test_the_same_key_twice_means_either_and_different_keys_mean_both() -> None:
    either = rule("strength=25 mg; strength=50 mg", "divisible", "2")
    assert parts(either) == 2
    assert parts(either, of="GB-sertraline-tablet-100mg") is None
    assert parts(rule("strength=50 mg; release=MR", "divisible", "2")) is None


def test_a_slow_release_tablet_is_divided_only_by_a_record_of_its_own_code() -> None:
    slow = "GB-venlafaxine-tablet-75mg-MR"
    assert parts(rule("release=MR; strength=75 mg", "divisible", "2", medicine="venlafaxine"), of=slow) == 1
    own = rule(f"code={product(slow).codes[0]}", "divisible", "2", medicine="venlafaxine")
    assert parts(own, of=slow) == 2


def test_a_tablet_scored_in_three_is_not_halved() -> None:
    assert parts(rule("strength=50 mg", "divisible", "3")) == 1


def test_a_row_of_several_codes_is_divided_only_where_each_has_a_record() -> None:
    first, *others = product("FR-citalopram-tablet-20mg").codes
    some = rule(f"code={first}", "divisible", "2", medicine="citalopram", country="FR")
    rest = [rule(f"code={code}", "divisible", "4", medicine="citalopram", country="FR") for code in others]
    assert parts(some, of="FR-citalopram-tablet-20mg") is None
    assert parts(some, *rest, of="FR-citalopram-tablet-20mg") == 2
    assert parts(some, *rest[1:], of="FR-citalopram-tablet-20mg") is None


def test_a_label_that_counts_another_salt_takes_the_tier_away() -> None:
    tablet = product(TABLET)
    differs = rule(f"code={tablet.codes[0]}", "strength_basis", "differs")
    changed = with_properties(tablet, (differs,))
    assert tablet.tier is Tier.LICENSED
    assert changed.tier is None
    assert "another salt" in changed.note


def test_a_record_that_keeps_a_product_out_of_plans_says_why() -> None:
    capsule = product("US-paroxetine-capsule-7.5mg")
    assert capsule.availability == "licensed_listed"
    assert capsule.tier is None
    assert "hot flushes" in capsule.note
    assert "not for any psychiatric condition" in capsule.note
    assert tier_words(capsule) == "Licensed: never planned with"
    others = load_formulary("paroxetine", "US").products
    assert {p.mg_per_unit for p in others if p.tier and p.form_group == "capsule"} == set()


def test_once_daily_gabapentin_is_kept_apart_from_other_gabapentin() -> None:
    products = load_formulary("gabapentin", "US").products
    once_daily = [p for p in products if p.release is Release.MR]
    assert len(once_daily) == 5
    for tablet in once_daily:
        said = {
            found.name: found.value for found in tablet.properties if found.provenance.source != "arnet_2010"
        }
        assert (said["divisible"], said["crushable"], said["interchangeable"]) == ("1", "no", "no")
        assert tablet.parts == 1
        assert "once-daily" in tablet.name
    assert all(
        "interchangeable" not in {s.name for s in p.properties} for p in products if p not in once_daily
    )


def test_drops_of_unknown_size_are_not_planned_with() -> None:
    drops = product("GB-citalopram-oral_drops-40mg-per-ml")
    bare = with_properties(drops, ())
    assert bare.tier is None
    assert "no record says how many mg" in bare.note
    counted = rule("*", "measure_by", "drops", form="oral_suspension")
    assert with_properties(product("GB-sertraline-oral_suspension-10mg-per-ml"), (counted,)).tier is None


def test_a_strength_fits_by_concentration_however_the_label_writes_it() -> None:
    concentrate = product("GB-sertraline-oral_concentrate-20mg-per-ml")
    must = rule("strength=20 mg/ml", "dilutable", "must", form="oral_concentrate")
    other = rule("strength=10 mg/ml", "dilutable", "must", form="oral_concentrate")
    assert with_properties(concentrate, (must,)).must_dilute
    assert not with_properties(concentrate, (other,)).must_dilute


@pytest.mark.parametrize("pattern", ["colour=blue", "strength=", "strength=a little", "scored"])
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(DataError):
        rule(pattern, "divisible", "2")
