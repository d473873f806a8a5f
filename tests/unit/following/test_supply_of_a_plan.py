"""What is needed from the pharmacy: by step, by 28 days, in whole packs, with a buffer and a day to ask for more."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal as D

import pytest
from life_cases import BY, citalopram, day, draft, mirtazapine, propranolol, record

from easeoff.documents.history import identity
from easeoff.documents.needs import needs
from easeoff.documents.supplywords import RUNNING_OUT, supply_sentences
from easeoff.medicines import load_formulary
from easeoff.medicines.model import Tier
from easeoff.planning.lifecycle import Kind
from easeoff.planning.supply import BUFFER_DAYS
from easeoff.proposing.following import Happening, follow


@pytest.mark.hazard("H-006", "H-024")
def test_propranolol_from_80_mg_is_counted_by_hand():
    """60 mg: a tablet and 5 mL; 40 mg: 4 mL; 20 mg: 2 mL; each for 7 days."""
    liquid, tablet = draft("propranolol", "80").supply
    assert (liquid.unit, [one.amount for one in liquid.steps], liquid.amount) == ("mL", [35, 28, 14], 77)
    assert (liquid.per_28_days, liquid.period_days) == ((77,), 21)
    assert (liquid.buffer, liquid.buffer_days) == (35, BUFFER_DAYS), (
        "seven days of the highest use, 5 mL a day"
    )
    assert (liquid.pack_size, liquid.packs, liquid.packs_with_buffer) == (150, 1, 1)
    assert liquid.leftover == 150 - 77
    assert liquid.reorder_on == day(21) - timedelta(7)
    assert [(one.step, one.amount) for one in tablet.steps] == [(1, 7)]
    assert (tablet.amount, tablet.packs_with_buffer, tablet.leftover) == (7, 1, 21)


def test_stretches_of_28_days_share_out_what_is_needed():
    (liquid,) = [line for line in mirtazapine().supply if line.unit == "mL"]
    assert sum(liquid.per_28_days) == liquid.amount == sum(one.amount for one in liquid.steps)
    assert len(liquid.per_28_days) == 3 and liquid.period_days == 84


@pytest.mark.hazard("H-006")
def test_while_a_plan_waits_28_days_of_this_dose_are_counted():
    held = record(mirtazapine(), "hold", 10).plan
    assert {line.period_days for line in held.supply} == {28}
    assert {one.step for line in held.supply for one in line.steps} == {1}
    assert all(line.reorder_on is None for line in held.supply)


def test_from_a_day_within_a_step_only_the_days_that_are_left_count():
    missed = record(mirtazapine(), "missed", 10).plan
    assert {line.period_days for line in missed.supply} == {84 - 10}


@pytest.mark.hazard("H-006")
def test_the_day_to_ask_for_more_counts_from_the_first_day_of_the_first_step():
    plan = draft("mirtazapine", "30", tier=Tier.SPECIAL)
    for kind in ("hand-over", "agree"):
        plan = record(plan, kind, 0, by=BY).plan
    ahead = follow(plan, Happening(Kind.START, day(60)), replaces=identity(plan), today=day(0)).plan
    assert {(line.period_days, line.reorder_on) for line in ahead.supply} == {(84, day(60 + 84 - 7))}


@pytest.mark.hazard("H-006", "H-024")
def test_on_the_last_dated_step_it_is_counted_to_the_review_and_has_a_day_to_ask_for_more():
    missed = record(mirtazapine(), "missed", 60).plan
    assert {(line.period_days, line.reorder_on) for line in missed.supply} == {(24, day(84 - 7))}
    late = record(mirtazapine(), "missed", 80).plan
    assert {line.reorder_on for line in late.supply} == {day(80)}, "today, where it should have been before"
    overdue = record(mirtazapine(), "missed", 90).plan
    assert {line.period_days for line in overdue.supply} == {28}


@pytest.mark.hazard("H-006")
def test_what_is_not_taken_any_more_has_no_day_to_ask_for_more():
    """After a step back the old liquid goes first, and the cuts that follow are of another one."""
    went_back = record(citalopram(), "step-back", 10).plan
    resumed = record(went_back, "resume", 15).plan
    first, last = resumed.steps[1], [step for step in resumed.steps if step.start][-1]
    products = [{p.product for i in step.intakes for p in i.portions} for step in (first, last)]
    days = {line.product: line.reorder_on for line in resumed.supply}
    assert products[0].isdisjoint(products[1])
    assert {days[one] for one in products[0]} == {None}
    assert {days[one] for one in products[1]} == {resumed.review_on - timedelta(7)}


@pytest.mark.hazard("H-006")
def test_the_sentences_of_an_older_file_drop_the_day_of_what_is_not_taken_any_more():
    plan = draft("propranolol", "80")
    assert all(line.reorder_on for line in plan.supply)
    assert "Ask for more" not in " ".join(supply_sentences(plan, load_formulary("propranolol", "GB")))


@pytest.mark.hazard("H-006", "H-024")
def test_page_and_supply_list_count_the_same_after_a_step_back():
    made = record(mirtazapine(), "step-back", 40).plan
    wanted = needs(made, load_formulary("mirtazapine", "GB"), day(40))
    assert {n.product.id: n.in_all.amount for n in wanted} == {s.product: s.amount for s in made.supply}


def test_nothing_is_needed_after_the_last_dose():
    arrived = record(record(propranolol(), "review", 20).plan, "arrive", 21).plan
    assert arrived.supply == ()


@pytest.mark.hazard("H-006")
def test_the_words_name_the_buffer_as_our_choice_and_never_say_stop():
    plan = mirtazapine()
    text = " ".join(supply_sentences(plan, load_formulary("mirtazapine", "GB")))
    assert "Keep 7 days in hand on top" in text and "(our choice of days)" in text
    assert "By step: step 1 50.4 mL" in text and "For each 28 days:" in text
    assert (
        "Ask for more on 22 March 2027; if you are given less at a time, 7 days before each supply runs out."
        in text
    )
    assert RUNNING_OUT.startswith("About to run out? Do not stop")


def test_drops_are_counted_whole_and_packs_in_millilitres():
    plan = draft("citalopram", "20", goal="4", form="drops")
    for line in (line for line in plan.supply if line.unit == "drop"):
        assert line.amount == int(line.amount)
        assert line.leftover is None or line.leftover == int(line.leftover) >= D(0)
