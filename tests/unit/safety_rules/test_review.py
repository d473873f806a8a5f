"""What a finished plan is told about its pace, its products and how sure it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from safety_cases import (
    ANSWERED,
    SECONDARY,
    TODAY,
    UNVERIFIED,
    formulary,
    half_life,
    medicine,
    plan,
    product,
    request,
    step,
    summary,
)

from easeoff.medicines.model import Curve, CurveModel, Formulary, Medicine, Release, Source, Tier
from easeoff.planning.findings import Finding, Level
from easeoff.planning.plan import CitedSource, EffectKind, Plan, SupplyLine
from easeoff.planning.request import Override, TaperRequest
from easeoff.safety import review

ANTIPSYCHOTIC = medicine("olanzapine", "antipsychotic")
OVERRIDE = Override("A. Prescriber", "psychiatrist", "1234567", "seen weekly", TODAY)


def found(
    of_plan: Plan, known: Formulary | None = None, asked: TaperRequest | None = None
) -> dict[str, Finding]:
    return {f.rule: f for f in review(known or formulary(), asked or request(), of_plan)}


def with_half_life(*args: object, **changes: object) -> Formulary:
    return formulary(medicine(half_lives=(half_life(*args, **changes),)))


class TestPace:
    @pytest.mark.hazard("H-040")
    def test_one_cut_to_nothing_is_stopped(self) -> None:
        finding = found(replace(plan(), steps=()))["single-cut"]
        assert finding.level is Level.STOP
        assert "Keep taking 100 mg" in finding.text

    @pytest.mark.hazard("H-040")
    def test_two_cuts_or_a_lower_dose_to_stay_on_are_no_single_cut(self) -> None:
        assert "single-cut" not in found(plan(step(1, "50")))
        assert "single-cut" not in found(plan(step(1, "50"), goal_mg=Decimal(50)))

    @pytest.mark.hazard("H-041")
    def test_an_interval_below_four_half_lives_of_the_longest_figure_is_warned_of(self) -> None:
        known = with_half_life("45", high_hours=Decimal(170), active_metabolite="nordazepam")
        finding = found(plan(), known)["interval-below-half-lives"]
        assert finding.level is Level.WARN
        assert "A step lasts 28 days, but four half-lives are 28.3 days" in finding.text

    @pytest.mark.hazard("H-041")
    def test_the_active_metabolite_counts_when_it_stays_longer(self) -> None:
        known = with_half_life("100", active_metabolite="norfluoxetine", metabolite_hours=Decimal(360))
        text = found(plan(), known)["interval-below-half-lives"].text
        assert "four half-lives are 60 days" in text
        assert "15 days, of norfluoxetine" in text

    @pytest.mark.hazard("H-041")
    def test_a_value_that_we_chose_in_a_printed_range_is_said_to_be_ours(self) -> None:
        known = with_half_life(
            "100", active_metabolite="norfluoxetine", metabolite_hours=Decimal(192),
            metabolite_low_hours=Decimal(96), metabolite_high_hours=Decimal(384),
        )  # fmt: skip
        text = found(plan(), known)["interval-below-half-lives"].text
        assert "8 days, of norfluoxetine; our choice in a printed range of 4 days to 16 days" in text

    def test_exactly_four_half_lives_are_enough(self) -> None:
        assert "interval-below-half-lives" not in found(plan(), with_half_life("168"))
        assert "interval-below-half-lives" in found(plan(), with_half_life("168.1"))

    @pytest.mark.hazard("H-010")
    def test_an_unverified_half_life_is_only_a_note_that_says_so(self) -> None:
        finding = found(plan(), with_half_life("400", UNVERIFIED))["interval-below-half-lives"]
        assert finding.level is Level.NOTE
        assert "has not been checked" in finding.text

    def test_no_half_life_on_record_is_said(self) -> None:
        assert "half-life-unknown" in found(plan(), formulary(medicine(half_lives=())))
        assert "half-life-unknown" in found(plan(), with_half_life(None))

    @pytest.mark.hazard("H-045")
    @pytest.mark.parametrize(
        ("days", "rule", "level"),
        [
            (27, "too-short", Level.STOP),
            (28, "short-antipsychotic-taper", Level.WARN),
            (69, "short-antipsychotic-taper", Level.WARN),
        ],
    )
    def test_an_antipsychotic_is_not_reduced_in_under_ten_weeks_unsaid(
        self, days: int, rule: str, level: Level
    ) -> None:
        told = found(plan(summary=summary(days=days)), formulary(ANTIPSYCHOTIC))
        assert told[rule].level is level

    def test_ten_weeks_of_an_antipsychotic_are_long_enough_and_other_classes_are_not_asked(self) -> None:
        rules = set(found(plan(summary=summary(days=70)), formulary(ANTIPSYCHOTIC)))
        rules |= set(found(plan(summary=summary(days=20))))
        assert not rules & {"too-short", "short-antipsychotic-taper"}

    def test_one_cut_within_the_limits_to_a_dose_to_stay_on_has_no_length_to_be_too_short(self) -> None:
        one = plan(step(1, "90"), goal_mg=Decimal(90), summary=summary(days=0))
        assert "too-short" not in found(one, formulary(ANTIPSYCHOTIC))
        beyond = replace(one, summary=summary(days=0, within_limit=False))
        assert "too-short" in found(beyond, formulary(ANTIPSYCHOTIC))

    @pytest.mark.parametrize(
        ("name", "drug_class", "days", "stopped"),
        [
            ("clozapine", "antipsychotic", 41, True),
            ("clozapine", "antipsychotic", 42, False),
            ("lithium", "mood_stabiliser_antiepileptic", 27, True),
            ("lithium", "mood_stabiliser_antiepileptic", 28, False),
        ],
    )
    def test_clozapine_takes_six_weeks_and_lithium_four_at_least(
        self, name: str, drug_class: str, days: int, stopped: bool
    ) -> None:
        told = found(plan(summary=summary(days=days)), formulary(medicine(name, drug_class)))
        assert ("too-short" in told) is stopped


class TestProducts:
    @pytest.mark.hazard("H-005")
    def test_a_list_older_than_twelve_months_is_dated_and_sends_to_the_pharmacist(self) -> None:
        old = formulary(products=(product(listed_on=date(2026, 1, 3)),))
        finding = found(plan(), old)["old-product-list"]
        assert finding.level is Level.WARN
        assert "listed on 3 January 2026: ask your pharmacist" in finding.text
        assert "old-product-list" not in found(
            plan(), formulary(products=(product(listed_on=date(2026, 1, 4)),))
        )

    @pytest.mark.hazard("H-005")
    def test_a_list_of_a_leap_day_grows_old_without_an_error(self) -> None:
        old = formulary(products=(product(listed_on=date(2024, 2, 29)),))
        assert "29 February 2024" in found(plan(), old)["old-product-list"].text

    @pytest.mark.hazard("H-007")
    def test_another_form_is_a_change_to_confirm(self) -> None:
        liquid = product("oral_suspension")
        known = formulary(products=(product(), liquid))
        changed = plan(step(1, "50"), step(2, "25", used=liquid, amount="0.5"))
        text = found(changed, known)["change-of-form"].text
        assert text.startswith("Your form now is tablet.")
        assert "counted mg for mg" in text
        assert "Confirm this change with your pharmacist" in text
        assert "In step 2 the new form and a lower dose come together" in text
        assert "ask your prescriber whether to take the dose of step 1 in the new form first" in text
        at_once = plan(step(1, "50", used=liquid, amount="1"))
        assert "take today's dose in the new form first" in found(at_once, known)["change-of-form"].text
        assert "change-of-form" not in found(plan(), known)

    @pytest.mark.hazard("H-007")
    def test_where_nobody_said_the_form_the_assumption_is_named(self) -> None:
        capsule = product("capsule")
        known = formulary(products=(product(), capsule))
        changed = plan(step(1, "50", used=capsule))
        assert (
            "We took it that your form now is tablet"
            in found(changed, known, request(form=None))["change-of-form"].text
        )

    @pytest.mark.hazard("H-004", "H-037")
    def test_a_plan_never_changes_between_plain_and_slow_release(self) -> None:
        slow = product("tablet", "50", id="GB-slow", release=Release.MR)
        known = formulary(products=(product(), slow))
        finding = found(plan(step(1, "50", used=slow)), known)["change-of-release"]
        assert finding.level is Level.STOP
        assert "change-of-release" not in found(plan(), known)

    @pytest.mark.hazard("H-008")
    @pytest.mark.parametrize("tier", [Tier.TARIFF, Tier.SPECIAL])
    def test_a_product_without_a_licence_is_named(self, tier: Tier) -> None:
        text = found(plan(), formulary(products=(product(tier=tier),)))["unlicensed-product"].text
        assert "Sertraline 50 mg tablet" in text
        assert "unlicensed-product" not in found(plan())

    @pytest.mark.hazard("H-008")
    def test_where_salts_and_brands_are_never_changed_the_box_is_compared(self) -> None:
        told = found(plan(), formulary(medicine("valproate", never_change_form=True)))
        assert "Sertraline 50 mg tablet" in told["same-brand-and-salt"].text
        assert "same-brand-and-salt" not in found(plan())

    @pytest.mark.hazard("H-008")
    def test_what_is_brought_in_from_another_country_is_not_called_made_to_order(self) -> None:
        foreign = product(tier=Tier.SPECIAL, availability="import")
        told = found(plan(), formulary(products=(foreign,)))
        assert "Brought in from another country" in told["imported-product"].text
        assert "unlicensed-product" not in told
        assert "imported-product" not in found(plan(), formulary(products=(product(tier=Tier.SPECIAL),)))

    @pytest.mark.hazard("H-037")
    def test_a_slow_release_plan_asks_that_every_strength_is_of_one_kind(self) -> None:
        slow = product("tablet", "50", id="GB-slow", release=Release.MR)
        asked = request(form="MR tablet")
        known = formulary(products=(slow,))
        assert (
            "of the kind you take now"
            in found(plan(step(1, "50", used=slow)), known, asked)["slow-release-kinds"].text
        )
        assert "slow-release-kinds" not in found(plan())

    @pytest.mark.hazard("H-034")
    def test_half_a_tablet_is_a_question_for_the_pharmacist_with_its_error(self) -> None:
        assert "15 %" in found(plan())["divided-tablets"].text
        assert "divided-tablets" not in found(plan(step(1, "50")))

    @pytest.mark.hazard("H-024")
    def test_a_controlled_drug_beyond_thirty_days_comes_on_several_prescriptions(self) -> None:
        line = SupplyLine("GB-sertraline-tablet-IR-50mg", Decimal(56), "tablet", 2, Decimal(28), 56)
        controlled = formulary(medicine(controlled=("GB",)))
        assert "56 days" in found(plan(supply=(line,)), controlled)["supply-over-controlled-limit"].text
        assert "supply-over-controlled-limit" not in found(plan(supply=(line,)))
        shorter = plan(supply=(replace(line, period_days=30),))
        assert "supply-over-controlled-limit" not in found(shorter, controlled)

    @pytest.mark.hazard("H-018")
    def test_after_a_crisis_the_supply_is_weekly(self) -> None:
        line = SupplyLine("GB-sertraline-tablet-IR-50mg", Decimal(28), "tablet", 1, Decimal(28), 28)
        told = found(plan(supply=(line,)), asked=request(replace(ANSWERED, crisis=True)))
        assert "7 days at a time" in told["supply-over-weekly"].text


class TestTrust:
    CURVE = Curve(
        "SERT", "striatum", CurveModel.DAILY_DOSE, Decimal(92), Decimal("7.72"), ("IR",), True, SECONDARY
    )

    @pytest.mark.hazard("H-011", "H-040")
    def test_the_last_step_is_said_in_mg_and_points_with_the_worst_curve_beside_it(self) -> None:
        text = found(plan())["last-step"].text
        assert "from 25 mg to 0 mg" in text
        assert "22 points of occupancy" in text
        assert "least favourable published curve it is 24 points" in text

    def test_the_last_step_to_a_dose_to_stay_on_ends_there(self) -> None:
        staying = plan(
            goal_mg=Decimal(25),
            summary=summary(worst_last_drop=None, effect_kind=EffectKind.PERCENT_OF_START),
        )
        text = found(staying)["last-step"].text
        assert "from 50 mg to 25 mg" in text
        assert "22 % of the starting dose" in text
        assert "curve" not in text

    @pytest.mark.hazard("H-034")
    def test_steps_that_the_measuring_error_blurs_are_named(self) -> None:
        text = found(plan(step(1, "50"), step(2, "25", amount="0.5", distinct=False)))["blurred-steps"].text
        assert text.startswith("Step 2:")
        assert "blurred-steps" not in found(plan())

    @pytest.mark.hazard("H-011")
    def test_a_curve_that_was_only_transcribed_says_so(self) -> None:
        known = formulary(medicine(curves=(self.CURVE,)))
        assert "not yet checked against the paper" in found(plan(), known)["curve-not-checked"].text
        by_percent = plan(summary=summary(effect_kind=EffectKind.PERCENT_OF_START))
        assert "curve-not-checked" not in found(by_percent, known)

    @pytest.mark.hazard("H-033")
    def test_how_many_figures_are_second_hand_or_chosen_is_counted(self) -> None:
        cited = tuple(
            CitedSource(Source(str(n), "", ""), c)
            for n, c in enumerate(("read", "secondary", "project_choice", "project_choice"))
        )
        text = found(plan(sources=cited))["how-sure"].text
        assert "Of the 4 sources" in text
        assert "1 was seen only" in text
        assert "2 are our own choices" in text
        chosen_only = plan(sources=tuple(c for c in cited if c.confidence == "project_choice"))
        assert found(chosen_only)["how-sure"].text.startswith(
            "Of the 2 sources behind this plan, 2 are our own choices"
        )
        assert "how-sure" not in found(plan())


class TestGuards:
    @pytest.mark.hazard("H-002", "H-021")
    def test_a_dose_that_rises_is_never_shown_whoever_signs(self) -> None:
        for rising in (plan(step(1, "150")), plan(step(1, "50"), step(2, "100"))):
            finding = found(rising, asked=request(override=OVERRIDE))["dose-rises"]
            assert finding.level is Level.STOP
        assert "dose-rises" not in found(plan())

    @pytest.mark.hazard("H-001", "H-003")
    def test_pieces_that_do_not_add_up_to_the_dose_are_never_shown(self) -> None:
        finding = found(
            plan(replace(step(1, "50"), dose_mg=Decimal("50.01"))), asked=request(override=OVERRIDE)
        )["portions-differ"]
        assert finding.level is Level.STOP
        assert "50 mg, not to 50.01 mg" in finding.text


@pytest.mark.hazard("H-033")
def test_no_override_lifts_the_stop_on_a_plan_that_is_far_too_short() -> None:
    of: Medicine = ANTIPSYCHOTIC
    told = found(plan(summary=summary(days=20)), formulary(of), request(override=OVERRIDE))
    assert told["too-short"].level is Level.STOP
