"""What must hold of every proposal, each recomputed from the plan's own printed figures and the product records.

Each check takes a proposal with a plan and fails with an `AssertionError`. The rule of a step is the reference's
(``tests/reference/brute.py``), never the engine's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise, product

from brute import MILLION, Limits

from easeoff.medicines import find_schedule
from easeoff.medicines.model import Confidence, CurveModel, Device, Formulary, Product, Release, Tier
from easeoff.planning.plan import EffectKind, Plan, Portion, Step
from easeoff.planning.request import Base, MethodName, TaperRequest
from easeoff.proposing import AdditionKind, Outcome, Proposal

UNITS = 10**6
#: Whole drops in one dose.
MOST_DROPS = 20


def units(mg: Decimal | Fraction | int) -> int:
    """Millionths of a mg; fails where an amount is no whole number of them."""
    found = Fraction(mg) * UNITS
    assert found.denominator == 1, f"{mg} mg falls between two millionths"
    return found.numerator


def portions(step: Step) -> list[Portion]:
    """Everything taken on a day of this step."""
    return [p for intake in step.intakes for p in intake.portions]


def doses(plan: Plan) -> list[int]:
    """Today's dose, each step's, and the goal, in millionths of a mg."""
    path = [units(plan.start_dose_mg), *(units(s.dose_mg) for s in plan.steps)]
    return path if plan.goal_mg else [*path, 0]


def limits_of(proposal: Proposal) -> Limits:
    """The limits that the plan prints, as the reference's."""
    plan = proposal.plan
    assert plan is not None
    printed, start = plan.method.limits, units(plan.start_dose_mg)
    first = None if printed.first_cut_percent is None else Fraction(printed.first_cut_percent) / 100
    cap = None if printed.percent_of_current is None else Fraction(printed.percent_of_current) / 100
    if plan.method.name is MethodName.TABLE:
        # A published schedule is held to itself: its drops are told, and none is forbidden.
        told_in_points = plan.summary.effect_kind is EffectKind.OCCUPANCY_POINTS
        return Limits(start, _ed50_units(proposal) if told_in_points else None)
    if plan.method.name is MethodName.OCCUPANCY:
        assert printed.points is not None and cap is not None
        ed50 = _ed50_units(proposal)
        return Limits(start, ed50, points=Fraction(printed.points), cap=cap, cap_above=ed50, first_cut=first)
    tails = [
        int(Fraction(share) * start / 100) for share in [printed.tail_percent_of_start] if share is not None
    ] + [units(mg) for mg in [printed.last_steps_mg] if mg is not None]
    amounts = [units(mg) for mg in [printed.mg] if mg is not None] + [
        int(Fraction(share) * start / 100) for share in [printed.percent_of_start] if share is not None
    ]
    return Limits(
        start,
        cap=cap,
        cap_above=0 if plan.method.end_dose_mg is None else units(plan.method.end_dose_mg),
        amount=min(amounts, default=None),
        tail=min(tails, default=None),
        first_cut=first,
        bands=tuple((units(b.above_mg), units(b.cut_mg)) for b in plan.method.bands),
    )


def _ed50_units(proposal: Proposal) -> int:
    return round(Fraction(ed50_of(proposal)) * UNITS / mg_of_tablet(proposal))


def ed50_of(proposal: Proposal) -> Decimal:
    """The one fit doses may be planned with: marked so, of the daily dose, of this release, and not unverified."""
    releases = {p.release for p in used_products(proposal)}
    found = [
        c.ed50_mg
        for c in proposal.formulary.medicine.curves
        if c.plan_with
        and c.model is CurveModel.DAILY_DOSE
        and c.provenance.confidence is not Confidence.UNVERIFIED
        and all(r.value in c.releases for r in releases)
    ]
    assert len(found) == 1 and found[0] is not None, "one curve that may be planned with"
    return found[0]


def mg_of_tablet(proposal: Proposal) -> Fraction:
    """What 1 mg of the form taken now is in mg of the tablet that was studied: other than 1 only by record."""
    if proposal.request.form == "drops":
        for record in proposal.formulary.form_equivalences:
            if (record.from_form, record.to_form) == ("oral_drops", "tablet"):
                return Fraction(record.factor)
    return Fraction(1)


def used_products(proposal: Proposal) -> list[Product]:
    """The records of every product in the plan."""
    assert proposal.plan is not None
    used = {p.product for s in proposal.plan.steps for p in portions(s)}
    return [proposal.formulary.product(product_id) for product_id in sorted(used)]


# --- amounts -----------------------------------------------------------------------------------------------------------


def pieces_sum_to_the_dose(proposal: Proposal) -> None:
    """Portions add up to their intake and intakes to the dose, exactly; the label's mg are strength times amount."""
    assert proposal.plan is not None
    for step in proposal.plan.steps:
        assert sum((p.equivalent_mg for p in portions(step)), Decimal(0)) == step.dose_mg
        for portion in portions(step):
            record = proposal.formulary.product(portion.product)
            assert Fraction(portion.mg) == strength(record) * Fraction(portion.amount)
            assert portion.amount > 0 and portion.mg > 0
            assert 0 <= portion.low_mg <= portion.equivalent_mg <= portion.high_mg
        assert step.low_mg == sum((p.low_mg for p in portions(step)), Decimal(0))
        assert step.high_mg == sum((p.high_mg for p in portions(step)), Decimal(0))


def strength(record: Product) -> Fraction:
    """mg of one piece, one mL or one drop."""
    if record.mg_per_drop is not None:
        return Fraction(record.mg_per_drop)
    if record.concentration is not None:
        return Fraction(record.concentration.mg) / Fraction(record.concentration.ml)
    assert record.mg_per_unit is not None
    return Fraction(record.mg_per_unit)


def nothing_indivisible_is_divided(proposal: Proposal) -> None:
    """Whole pieces, but for parts that the record allows, or halves of tablets nobody knows of, where confirmed."""
    assert proposal.plan is not None
    for step in proposal.plan.steps:
        for portion in portions(step):
            record = proposal.formulary.product(portion.product)
            if record.is_liquid:
                continue
            parts = record.parts
            if parts is None:
                tablet = record.form_group == "tablet" and record.release is Release.IR
                parts = 2 if proposal.request.halves and tablet else 1
            assert portion.amount * parts == int(portion.amount * parts)


def volumes_can_be_drawn(proposal: Proposal) -> None:
    """On a mark of a syringe at hand, at or above its floor, within its size; counted drops whole and without a syringe."""
    assert proposal.plan is not None
    devices = {d.id: d for d in at_hand_devices(proposal)}
    for step in proposal.plan.steps:
        for intake in step.intakes:
            liquid = [p for p in intake.portions if proposal.formulary.product(p.product).is_liquid]
            assert len(liquid) <= 1, "one draw for each liquid and intake"
        for portion in portions(step):
            record = proposal.formulary.product(portion.product)
            if record.mg_per_drop is not None:
                assert portion.unit == "drop" and portion.device == ""
                assert portion.amount == int(portion.amount) <= MOST_DROPS
            elif record.is_liquid:
                device = devices[portion.device]
                assert portion.unit == "mL"
                assert device.floor_ml <= portion.amount <= device.size_ml
                assert portion.amount % device.mark_ml == 0
                assert not any(
                    d.size_ml < device.size_ml and can_draw(d, portion.amount) for d in devices.values()
                ), "the smallest syringe that holds it"
            else:
                assert portion.device == ""


def can_draw(device: Device, volume: Decimal) -> bool:
    """Whether this syringe has a mark there that may be used."""
    floor = max(device.floor_ml, device.hard_floor_ml)
    return floor <= volume <= device.size_ml and volume % device.mark_ml == 0


def at_hand_devices(proposal: Proposal) -> list[Device]:
    """The syringes asked for, or the usual ones."""
    asked = proposal.request.devices
    return [d for d in proposal.formulary.devices if (d.default if asked is None else d.id in asked)]


# --- the way down ------------------------------------------------------------------------------------------------------


def doses_never_rise(proposal: Proposal) -> None:
    """Each day is lower than the one before, no single time of day ever goes up, and no step is empty or repeated."""
    plan = proposal.plan
    assert plan is not None
    path = doses(plan)
    assert all(a > b for a, b in pairwise(path)), "equal steps are merged and nothing rises"
    assert path[-1] == units(plan.goal_mg)
    assert all(s.dose_mg > 0 for s in plan.steps), "no step after the goal, none of nothing"
    assert [s.number for s in plan.steps] == list(range(1, len(plan.steps) + 1))
    assert plan.summary.steps == len(path) - 1
    now = [i.mg for i in proposal.request.intakes] or [plan.start_dose_mg]
    for step in plan.steps:
        taken = [intake.mg for intake in step.intakes]
        assert len(taken) == len(now), "times of day never change"
        assert all(b <= a for a, b in zip(now, taken, strict=True))
        now = taken


def every_other_drop_obeys_the_rule(proposal: Proposal) -> None:
    """Each step marked within the limits is, by the reference's rule; each other one is not; the last drop included."""
    plan = proposal.plan
    assert plan is not None
    limits, path = limits_of(proposal), doses(plan)
    allowed = [limits.allows(a, b) for a, b in pairwise(path)]
    assert [s.within for s in plan.steps] == allowed[: len(plan.steps)]
    assert plan.summary.within_limit == all(allowed) == proposal.within_limit
    if not all(allowed):
        assert proposal.blocking_dose_mg is not None
        assert units(proposal.blocking_dose_mg) == path[allowed.index(False)]
        assert proposal.outcome is Outcome.NOT_WITHIN_LIMITS
    else:
        assert proposal.blocking_dose_mg is None


def printed_drops_are_right(proposal: Proposal) -> None:
    """Effects and drops to two places, the largest and the last among them."""
    plan = proposal.plan
    assert plan is not None
    limits, path = limits_of(proposal), doses(plan)
    drops = [limits.points_of(a) - limits.points_of(b) for a, b in pairwise(path)]
    for step, drop in zip(plan.steps, drops, strict=False):
        assert abs(Fraction(step.drop) - drop) < Fraction(1, 100)
        assert abs(Fraction(step.effect) - limits.points_of(units(step.dose_mg))) < Fraction(1, 100)
        assert step.worst_drop is None or step.worst_drop >= step.drop
    assert abs(Fraction(plan.summary.largest_drop) - max(drops)) < Fraction(1, 100)
    assert abs(Fraction(plan.summary.last_drop) - drops[-1]) < Fraction(1, 100)


def limits_keep_to_the_class(proposal: Proposal) -> None:
    """Wherever someone asked for more than the class's pace, a finding says so; the first cut is 10 to 25 percent."""
    plan = proposal.plan
    assert plan is not None
    first = plan.method.limits.first_cut_percent
    path = doses(plan)
    if plan.method.name is MethodName.TABLE:
        asked_of_a_prescriber = {"pace"} & {q.key for q in proposal.open_questions}
        warned = {"cuts-above-pace", "last-cut-above-pace", "interval-below-pace"} & {
            f.rule for f in proposal.findings
        }
        assert not warned or asked_of_a_prescriber or proposal.request.override is not None
        return
    assert first is not None and 10 <= first <= 25
    if proposal.within_limit:
        assert Fraction(path[0] - path[1], path[0]) <= Fraction(first) / 100
    if proposal.formulary.medicine.drug_class == "benzodiazepine" and proposal.within_limit:
        fourteen = Fraction(25, 100)
        end = units(plan.method.end_dose_mg or 0)
        assert all(Fraction(a - b, a) <= fourteen for a, b in pairwise(path) if a > end)
        last = plan.method.limits.last_steps_mg
        assert (last is not None and path[-2] - path[-1] <= units(last)) or plan.goal_mg > 0


# --- dates and supply --------------------------------------------------------------------------------------------------


def dates_reach_only_to_the_review(proposal: Proposal) -> None:
    """Dated steps follow each other day by day up to the review; beyond it nothing carries a date."""
    plan, request = proposal.plan, proposal.request
    assert plan is not None
    if request.start is None or not proposal.may_issue_schedule:
        assert plan.review_on is None and plan.arrives_on is None
        assert all(s.start is None and s.end is None for s in plan.steps)
        return
    day = request.start
    near = steps_before_the_review(plan)
    for step in plan.steps:
        if step.number > near:
            assert step.start is None and step.end is None
            continue
        assert step.start == day
        if step.number == len(plan.steps) and plan.goal_mg > 0:
            assert step.end is None, "the goal dose is kept with no end date"
            assert plan.arrives_on == step.start
        else:
            assert step.end == day + timedelta(days=step.days - 1)
        day += timedelta(days=step.days)
    assert plan.review_on == day
    last_in_time = goal_before_the_review(plan)
    if not last_in_time:
        assert plan.arrives_on is None, "the step to nothing is a step beyond the review"
    elif plan.goal_mg == 0:
        assert plan.arrives_on == day, "the first day without it"


def steps_before_the_review(plan: Plan) -> int:
    """So many steps as asked; where cuts are small, all that begin within so many blocks; before a ramp's first shortening."""
    review, block = plan.request.review, plan.method.block_days
    if block is not None:
        begins = [sum(s.days for s in plan.steps[:place]) for place in range(len(plan.steps))]
        return sum(1 for day in begins if day < review * block)
    return min(review, 2 if plan.method.ramp else review, len(plan.steps))


def goal_before_the_review(plan: Plan) -> bool:
    """Whether the last cut falls before the review, too."""
    review, block = plan.request.review, plan.method.block_days
    last = sum(s.days for s in (plan.steps if plan.goal_mg == 0 else plan.steps[:-1]))
    if block is not None:
        return last < review * block
    return len(plan.steps) + (plan.goal_mg == 0) <= min(review, 2 if plan.method.ramp else review)


def days_follow_the_method(proposal: Proposal) -> None:
    """Steps last as asked: by the band, by the ramp's pair, or the interval; a least length only ever lengthens."""
    plan = proposal.plan
    assert plan is not None
    settings, method = proposal.request.settings, plan.method
    kept = [s.days for s in plan.steps]
    ending = kept if plan.goal_mg == 0 else kept[:-1]
    assert all(days >= 1 for days in kept)
    assert plan.summary.days == sum(ending)
    assert plan.interval_days == min(ending, default=plan.interval_days)
    if settings.at_least is not None and ending:
        assert sum(ending) >= settings.at_least
        return
    if method.schedule is not None or method.block_days is not None:
        return
    if method.ramp:
        assert all(d == method.ramp[min(n // 2, len(method.ramp) - 1)] for n, d in enumerate(kept))
        return
    if not method.bands:
        assert set(kept) <= {plan.interval_days}


def never_below_the_timetable(proposal: Proposal) -> None:
    """The slide and the micro-taper: on no day less is taken than the method asks for, worked out again from its definition."""
    plan = proposal.plan
    assert plan is not None
    if plan.method.block_days is None or proposal.request.settings.at_least is not None:
        return
    asked = asked_by_day(proposal)
    first = (
        next((day for day, dose in enumerate(asked) if dose <= plan.steps[0].dose_mg), 0) if plan.steps else 0
    )
    day = first
    for step in plan.steps:
        for _ in range(step.days):
            assert day >= len(asked) or Fraction(step.dose_mg) >= asked[day] or step.dose_mg == plan.goal_mg
            day += 1
    assert day >= len(asked) or plan.goal_mg > 0 or asked[day] == 0, (
        "nothing is taken no sooner than the method asks"
    )


def asked_by_day(proposal: Proposal) -> list[Fraction]:
    """The dose in mg that the method asks for on each day, down to nothing, by its definition in words."""
    request, settings = proposal.request, proposal.request.settings
    start = Fraction(request.dose)
    micro = request.method is MethodName.MICRO
    every = 1 if micro else request.every or 7
    cuts = (request.every or 30) if micro else settings.cuts or 4
    hold = 0 if micro else 14 if settings.hold is None else settings.hold
    share = Fraction(request.limit or (5 if micro else Decimal("2.5"))) / 100 / (cuts if micro else 1)
    compound, linear = settings.base is Base.CURRENT, settings.base is Base.START
    whole = 1 - (1 - share) ** cuts if compound else share * cuts
    end = start if linear else Fraction(request.end_dose) if request.end_dose is not None else start / 10
    tail = start * (whole if linear else min(whole, Fraction(1, 10))) / cuts
    last = proposal.plan.method.limits.last_steps_mg if proposal.plan is not None else None
    if last is not None:
        tail = min(tail, Fraction(last))
    days: list[Fraction] = []
    dose, block, number, ended = start, start, 0, False
    while dose > 0:
        if ended:
            dose -= tail
        else:
            dose -= (dose if compound else block) * share
        number += 1
        days += [max(dose, Fraction(0))] * (every + (hold if number == cuts else 0))
        if number == cuts:
            block, number = dose, 0
        if not ended and dose <= end:
            ended, number = True, 0
    return days


def a_table_is_taken_exactly(proposal: Proposal) -> None:
    """The doses and days of the record, from today's dose on, and no others."""
    plan, request = proposal.plan, proposal.request
    assert plan is not None
    if plan.method.schedule is None:
        return
    record = find_schedule(plan.method.schedule)
    place = [step.mg for step in record.steps].index(request.dose)
    rows = [step for step in record.steps[place + 1 :] if step.mg >= plan.goal_mg]
    assert [s.dose_mg for s in plan.steps] == [row.mg for row in rows if row.mg]
    if request.every is None:
        for step, row in zip(plan.steps, rows, strict=False):
            assert row.days is None or step.days == row.days


def supply_is_the_sum_over_days(proposal: Proposal) -> None:
    """What is taken each day from the start to the review, and packs that hold it."""
    plan = proposal.plan
    assert plan is not None
    daily: dict[str, Decimal] = defaultdict(Decimal)
    dated = plan.steps[: steps_before_the_review(plan)]
    for step in dated:
        for _ in range(step.days):
            for portion in portions(step):
                daily[portion.product] += portion.amount
    assert {line.product: line.amount for line in plan.supply} == dict(daily)
    for line in plan.supply:
        record = proposal.formulary.product(line.product)
        assert line.unit == record.unit
        assert line.period_days == sum(s.days for s in dated)
        if line.packs is not None:
            assert line.pack_size in record.pack_sizes
            needed = Fraction(line.amount)
            if record.mg_per_drop is not None and record.concentration is not None:
                per_ml = Fraction(record.concentration.mg) / Fraction(record.concentration.ml)
                needed = needed * Fraction(record.mg_per_drop) / per_ml
            assert (line.packs - 1) * line.pack_size < needed <= line.packs * line.pack_size


# --- products ----------------------------------------------------------------------------------------------------------


def products_may_be_used(proposal: Proposal) -> None:
    """Of the tier asked for or named, oral, single, of one release, and of one liquid concentration."""
    request = proposal.request
    used = used_products(proposal)
    order = list(Tier)
    for record in used:
        assert record.tier is not None and record.route == "oral" and not record.combination_with
        if request.products is None:
            assert order.index(record.tier) <= order.index(request.tier)
        else:
            assert record.id in request.products
    assert len({p.release for p in used}) <= 1
    assert len({strength(p) for p in used if p.is_liquid}) <= 1, "one concentration in a plan"
    if any(p.release is not Release.IR for p in used):
        assert len({p.form_group for p in used}) == 1, "MR and GR keep their form"
    if request.form is not None and used:
        assert used[0].release.value == next((w for w in ("MR", "GR") if request.form.startswith(w)), "IR"), (
            "the release taken now"
        )
    assert used or not proposal.plan or not proposal.plan.steps


def doses_are_simple_enough(proposal: Proposal) -> None:
    """At most so many products a dose and pieces at one time."""
    plan, request = proposal.plan, proposal.request
    assert plan is not None
    for step in plan.steps:
        assert len({p.product for p in portions(step)}) <= request.max_products
        for intake in step.intakes:
            assert len({p.product for p in intake.portions}) == len(intake.portions)
            pieces = [p for p in intake.portions if not proposal.formulary.product(p.product).is_liquid]
            assert sum(-(-p.amount // 1) for p in pieces) <= request.max_pieces


def change_of_form_is_by_record(proposal: Proposal) -> None:
    """mg count 1:1 within plain forms; anything else by the factor on record."""
    plan = proposal.plan
    assert plan is not None
    factors = {
        (r.from_form, Fraction(r.factor))
        for r in proposal.formulary.form_equivalences
        if r.provenance.confidence is not Confidence.UNVERIFIED
    }
    for step in plan.steps:
        for portion in portions(step):
            factor = Fraction(portion.equivalent_mg) / Fraction(portion.mg)
            group = proposal.formulary.product(portion.product).form_group
            own = proposal.request.form == "drops" and group == "oral_drops"
            if group == "oral_drops" and proposal.request.form not in {None, "drops"}:
                assert (group, factor) in factors
            elif not own and factor != 1:
                assert any(factor == f for _, f in factors)


#: Every check of one proposal that has a plan.
CHECKS: tuple[Callable[[Proposal], None], ...] = (
    pieces_sum_to_the_dose,
    nothing_indivisible_is_divided,
    volumes_can_be_drawn,
    doses_never_rise,
    every_other_drop_obeys_the_rule,
    printed_drops_are_right,
    limits_keep_to_the_class,
    dates_reach_only_to_the_review,
    days_follow_the_method,
    never_below_the_timetable,
    a_table_is_taken_exactly,
    supply_is_the_sum_over_days,
    products_may_be_used,
    doses_are_simple_enough,
    change_of_form_is_by_record,
)


# --- the best plan, found the slow way ---------------------------------------------------------------------------------


def shape_of(proposal: Proposal) -> tuple[tuple[int, ...], int, int]:
    """Unavoidable drops, steps and bin of the plan that was proposed."""
    assert proposal.plan is not None
    limits, path = limits_of(proposal), doses(proposal.plan)
    over = sorted((limits.drop(a, b) for a, b in pairwise(path) if not limits.allows(a, b)), reverse=True)
    within = [limits.drop(a, b) for a, b in pairwise(path) if limits.allows(a, b)]
    return tuple(over), len(path) - 1, max((-(-d // MILLION) for d in within), default=0)


def makeable(proposal: Proposal, factor_of: Callable[[Product], Fraction]) -> Iterator[frozenset[int]]:
    """For each liquid at hand (or none) every dose at one time of day below today's, from the product records alone."""
    assert proposal.plan is not None
    request, formulary = proposal.request, proposal.formulary
    start = units(request.dose)
    at_hand = usable(proposal, formulary)
    pieces = [
        [(count, mg) for count, mg in _piece_amounts(p, request.halves, request.max_pieces, factor_of(p))]
        for p in at_hand
        if not p.is_liquid
    ]
    distinct = [list(map(tuple, group)) for group in {tuple(amounts) for amounts in pieces}]
    liquids = [p for p in at_hand if p.is_liquid]
    sums: dict[int, set[int]] = {0: {0}}
    for size in range(1, request.max_products + 1):
        sums[size] = {
            sum(mg for _, mg in chosen)
            for group in combinations(distinct, size)
            for chosen in product(*group)
            if sum(count for count, _ in chosen) <= request.max_pieces
        }
    solids = set().union(*sums.values())
    below = set().union(*(sums[size] for size in range(request.max_products)))
    for liquid in liquids or [None]:
        draws = set() if liquid is None else set(_draws(liquid, proposal, factor_of(liquid)))
        every = solids | {base + draw for base in below for draw in draws}
        yield frozenset(d for d in every if 0 < d < start)


def usable(proposal: Proposal, formulary: Formulary) -> list[Product]:
    """Products of the tier asked for or named, of the release in the plan, in plain or the same form."""
    used = used_products(proposal)
    request = proposal.request
    order = list(Tier)
    releases = {p.release for p in used}
    groups = {p.form_group for p in used}
    plain = {"tablet", "capsule", "dispersible_tablet", "orodispersible", "oral_solution", "oral_suspension",
             "oral_concentrate"}  # fmt: skip
    recorded = {r.from_form for r in formulary.form_equivalences}
    # Sachets, say, are no plain form: without a record nothing says how many mg of another form they stand for.
    swapped = plain | recorded if groups & (plain | recorded) else groups
    return [
        p
        for p in formulary.products
        if p.tier is not None
        and p.route == "oral"
        and not p.combination_with
        and p.release in releases
        and (
            p.id in request.products
            if request.products is not None
            else order.index(p.tier) <= order.index(request.tier)
        )
        and (p.form_group in (groups if p.release is not Release.IR else swapped))
    ]


def best_shape(
    ladder: frozenset[int], start: int, goal: int, limits: Limits
) -> tuple[tuple[int, ...], int, int]:
    """Unavoidable drops, fewest steps and least bin over these doses, by trying every lower dose from every dose."""
    rungs = sorted({d for d in ladder if goal < d < start} | {goal, start})
    effects = [limits.millionths(d) for d in rungs]
    lowest = [_lowest_allowed(rungs, place, limits) for place in range(len(rungs))]
    stuck = [place for place in range(1, len(rungs)) if lowest[place] == place]
    # Where a dose cannot be left, no dose above may pass it either, or the reference itself would be wrong.
    for place in stuck:
        assert all(low >= place for low in lowest[place:])
        lowest[place] = place - 1
    gaps = set(stuck)
    steps = _fewest(rungs, lowest, effects, gaps, None)
    assert steps is not None
    low, high = 0, 100
    while low < high:
        middle = (low + high) // 2
        if _fewest(rungs, lowest, effects, gaps, middle * MILLION) == steps:
            high = middle
        else:
            low = middle + 1
    unavoidable = tuple(sorted((effects[p] - effects[p - 1] for p in stuck), reverse=True))
    return unavoidable, steps, high


def _fewest(
    rungs: list[int], lowest: list[int], effects: list[int], gaps: set[int], widest: int | None
) -> int | None:
    """Fewest steps from the top to the bottom, by the fewest from every dose, from the bottom up."""
    fewest: list[int | None] = [0]
    for place in range(1, len(rungs)):
        below = range(lowest[place], place)
        if widest is not None and place not in gaps:
            below = range(max(below.start, bisect_left(effects, effects[place] - widest)), place)
        known = [n for n in (fewest[b] for b in below) if n is not None]
        fewest.append(min(known) + 1 if known else None)
    return fewest[-1]


def _lowest_allowed(rungs: list[int], place: int, limits: Limits) -> int:
    """The lowest rung that one step may lead to: the further, the harder, so halving finds it."""
    low, high = 0, place
    while low < high:
        middle = (low + high) // 2
        if limits.allows(rungs[place], rungs[middle]):
            high = middle
        else:
            low = middle + 1
    return low


def _piece_amounts(
    record: Product, halves: bool, max_pieces: int, factor: Fraction
) -> Iterator[tuple[int, int]]:
    parts = record.parts or (2 if halves and record.form_group == "tablet" else 1)
    for count in range(1, max_pieces * parts + 1):
        yield -(-count // parts), units(strength(record) * count / parts * factor)


def _draws(record: Product, proposal: Proposal, factor: Fraction) -> Iterator[int]:
    if record.mg_per_drop is not None:
        amounts = [Fraction(n) for n in range(1, MOST_DROPS + 1)]
    else:
        amounts = [
            Fraction(device.mark_ml) * n
            for device in at_hand_devices(proposal)
            for n in range(1, int(device.size_ml / device.mark_ml) + 1)
            if Fraction(device.mark_ml) * n >= Fraction(max(device.floor_ml, device.hard_floor_ml))
        ]
    for amount in amounts:
        mg = strength(record) * amount * factor * UNITS
        if mg.denominator == 1 and (strength(record) * amount * UNITS).denominator == 1:
            yield mg.numerator


# --- comparing two proposals -------------------------------------------------------------------------------------------


def no_worse(richer: Proposal, poorer: Proposal) -> None:
    """With more at hand the unavoidable drops are no larger, and within the limits the steps no more."""
    if poorer.plan is None:
        return
    assert richer.plan is not None, "more at hand never takes a plan away"
    if poorer.plan.method.block_days is not None and len(poorer.request.intakes) > 1:
        return  # How a day is shared on a timetable is not searched for.
    more, fewer = shape_of(richer), shape_of(poorer)
    assert more[0] <= fewer[0], "unavoidable drops, from the largest"
    if not poorer.plan.summary.checked_steps:
        return  # A timetable is followed, not shortened: with more doses it has more steps.
    if richer.within_limit and poorer.within_limit and limits_of(richer) == limits_of(poorer):
        assert more[1:] <= fewer[1:], "steps, then the largest drop"


def remedies_do_what_they_say(proposal: Proposal, plan_again: Callable[[TaperRequest], Proposal]) -> None:
    """Each remedy's own request gives the plan that the remedy was shown with."""
    for remedy in proposal.remedies:
        assert remedy.add
        if remedy.request is None:
            continue
        again = plan_again(remedy.request)
        assert again.plan is not None
        assert again.within_limit == remedy.within_limit
        second_plan = (
            proposal.request.goal != remedy.request.goal and remedy.add[0].kind is AdditionKind.PRODUCT
        )
        if not second_plan:
            summary = again.plan.summary
            shown = (remedy.steps, remedy.largest_drop, remedy.last_drop)
            assert shown == (summary.steps, summary.largest_drop, summary.last_drop)


def _doses_of(plan: Plan) -> list[Decimal]:
    """The doses that a plan comes to, its goal included."""
    return [*(step.dose_mg for step in plan.steps), plan.goal_mg]


def _days_until(plan: Plan, dose: Decimal) -> int:
    """Days from the first cut to the first dose of no more than this; the whole plan where there is none."""
    ahead = [step.dose_mg for step in plan.steps]
    number = next((n for n, taken in enumerate(ahead) if taken <= dose), len(ahead))
    return sum(step.days for step in plan.steps[:number])


def gentler_is_gentler(proposal: Proposal, plan_again: Callable[[TaperRequest], Proposal]) -> None:
    """The slower plans offered beside this one are accepted, and none is faster or has larger limits."""
    plan = proposal.plan
    for _, request in proposal.gentler:
        other = plan_again(request).plan
        assert plan is not None and other is not None
        if plan.method.block_days is None:
            # More and smaller cuts may come to a ramp's shorter pairs, but no dose of this plan is come to sooner.
            assert plan.method.ramp or other.interval_days >= plan.interval_days
            assert all(_days_until(other, dose) >= _days_until(plan, dose) for dose in _doses_of(plan))
        else:
            # How long a dose is kept depends on what can be made; blocks are what a person asks for.
            assert other.method.block_days >= plan.method.block_days
            assert other.summary.days >= plan.summary.days
        assert other.method.name == plan.method.name
        for name in ("points", "percent_of_current", "percent_of_start", "mg", "first_cut_percent", "last_steps_mg",
                     "tail_percent_of_start"):  # fmt: skip
            ours, theirs = getattr(plan.method.limits, name), getattr(other.method.limits, name)
            assert ours is None or theirs <= ours, name
