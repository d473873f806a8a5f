"""A small hand-built formulary, plan and proposal. The numbers are for tests of documents, not a plan to follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

from easeoff.documents.history import identity
from easeoff.medicines.model import (
    Concentration,
    Confidence,
    Device,
    Formulary,
    Medicine,
    Policy,
    Price,
    Product,
    Provenance,
    RedFlag,
    Release,
    Source,
    Tier,
)
from easeoff.planning.findings import Finding, Level, OpenQuestion
from easeoff.planning.lifecycle import advance
from easeoff.planning.plan import (
    CitedSource,
    EffectKind,
    Event,
    Intake,
    Limits,
    Method,
    Plan,
    Portion,
    Status,
    Step,
    Summary,
    SupplyLine,
)
from easeoff.planning.request import IntakeDose, MethodName, Override, Person, TaperRequest
from easeoff.proposing.proposal import Addition, AdditionKind, Proposal, Remedy
from easeoff.safety import apply_override

TABLET = "GB-sertraline-tablet-IR-25mg"
LIQUID = "GB-sertraline-oral_suspension-IR-1mg-per-mL"
DROPS = "GB-citalopram-oral_drops-IR-2mg-per-drop"
CAPSULE = "GB-venlafaxine-capsule-MR-75mg"
SYRINGE = "oral-syringe-1ml"
READ = Provenance("list-2025", Confidence.READ)
LIST_SOURCE = Source("list-2025", "The list of products, August 2025", "https://example.org/list")
OCCUPANCY_SOURCE = Source("fits-2022", "Fits of occupancy on dose", "doi:10.1000/fits")
ED50 = D(9)


def product(product_id: str, name: str, form_group: str, **changes: object) -> Product:
    """One product of the little formulary."""
    plain_tablet = Product(
        id=product_id, medicine="sertraline", country="GB", name=name, form=form_group, form_group=form_group,
        strength_text="25 mg", mg_per_unit=D(25), concentration=None, release=Release.IR, route="oral",
        combination_with=(), availability="licensed_listed", tier=Tier.LICENSED, pack_sizes=(D(28),),
        price=Price(D("9.00"), "GBP", D(28), "tablet"), codes=(), code_system="", listed_on=date(2025, 8, 14),
        source="list-2025", note="", properties=(), parts=2, mg_per_drop=None, must_dilute=False,
    )  # fmt: skip
    return replace(plain_tablet, **changes)  # type: ignore[arg-type]


PRODUCTS = (
    product(TABLET, "Sertraline 25mg tablets", "tablet"),
    product(LIQUID, "Sertraline 5mg/5ml oral suspension", "oral_suspension", mg_per_unit=None, strength_text="5 mg/5 mL",
            concentration=Concentration(D(5), D(5)), tier=Tier.SPECIAL, pack_sizes=(), price=None, parts=None),
    product(DROPS, "Citalopram 40mg/ml oral drops", "oral_drops", mg_per_unit=None, strength_text="40 mg/mL",
            concentration=Concentration(D(40), D(1)), mg_per_drop=D(2), parts=None),
    product(CAPSULE, "Venlafaxine 75mg modified-release capsules", "capsule", mg_per_unit=D(75),
            release=Release.MR, parts=1),
)  # fmt: skip

DEVICE = Device(SYRINGE, "1 mL oral syringe", D(1), D("0.01"), D("0.1"), D("0.05"), D("0.015"), D("0.02"), D("0.05"),
                default=True, provenance=(READ,))  # fmt: skip

MEDICINE = Medicine(
    name="sertraline", drug_class="ssri", synonyms=(), brands=(), acts_on="serotonin transporter",
    policy=Policy.WITH_PRESCRIBER, policy_reason="", policy_provenance=READ, curves=(), no_curve_reason="",
    half_lives=(), red_flags=(RedFlag("Shaking, fever and confusion together", READ),), alternate_day=False,
    never_change_form=False, controlled=(), notes=(),
)  # fmt: skip

FORMULARY = Formulary(MEDICINE, "GB", PRODUCTS, (), (), (DEVICE,), (LIST_SOURCE, OCCUPANCY_SOURCE), "2025.08")


def tablets(amount: str) -> Portion:
    """So many 25 mg tablets."""
    mg = D(amount) * 25
    return Portion(TABLET, D(amount), "tablet", mg, mg, mg, mg, "", "Cut along the line.")


def liquid(ml: str) -> Portion:
    """So much of the 1 mg/mL liquid."""
    mg = D(ml)
    return Portion(
        LIQUID, D(ml), "mL", mg, mg, mg * D("0.9"), mg * D("1.1"), SYRINGE, "Draw with the 1 mL syringe."
    )


def occupancy(dose: D) -> D:
    """Points of a starting dose of 50 mg that remain, to four places."""
    start = D(50) / (ED50 + D(50))
    return (100 * (dose / (ED50 + dose)) / start).quantize(D("0.0001"))


def step(
    number: int, dose: D, before: D, portions: tuple[Portion, ...], start: date | None, days: int
) -> Step:
    """One step of the occupancy kind."""
    effect = occupancy(dose)
    return Step(
        number=number, start=start, end=start + timedelta(days - 1) if start else None, days=days, dose_mg=dose,
        low_mg=sum((p.low_mg for p in portions), D(0)), high_mg=sum((p.high_mg for p in portions), D(0)),
        ideal_mg=dose - D("0.318"), intakes=(Intake("08:00", portions),), effect=effect,
        drop=occupancy(before) - effect, worst_drop=occupancy(before) - effect + D("2.25"),
        percent_of_start=dose * 100 / 50, within=True, distinct=True, because=("The lowest dose within the limit.",),
    )  # fmt: skip


DOSES: tuple[tuple[str, tuple[Portion, ...]], ...] = (
    ("37.5", (tablets("1.5"),)),
    ("25.4", (tablets("1"), liquid("0.4"))),
    ("12.9", (tablets("0.5"), liquid("0.4"))),
    ("0.9", (liquid("0.9"),)),
)

REQUEST = TaperRequest(
    medicine="sertraline", dose=D(50), country="GB", today=date(2026, 12, 20), form="tablet",
    intakes=(IntakeDose("08:00", D(50)),), limit=D(60), start=date(2027, 1, 4), review=3, tier=Tier.SPECIAL,
    person=Person(age=41, years=D("2.5"), others=("lithium",), steady=True, seizures=False),
)  # fmt: skip


def steps_of(doses: tuple[tuple[str, tuple[Portion, ...]], ...], dated: int, days: int) -> tuple[Step, ...]:
    """Steps from 50 mg down, the first ``dated`` of them with dates."""
    steps: list[Step] = []
    before, day = D(50), date(2027, 1, 4)
    for number, (dose, portions) in enumerate(doses, start=1):
        steps.append(step(number, D(dose), before, portions, day if number <= dated else None, days))
        before, day = D(dose), day + timedelta(days)
    return tuple(steps)


def plan(doses: tuple[tuple[str, tuple[Portion, ...]], ...] = DOSES, dated: int = 3, days: int = 28) -> Plan:
    """A plan from 50 mg to 0."""
    steps = steps_of(doses, dated, days)
    last_drop = steps[-1].effect
    return Plan(
        engine_version="0.1.0", data_version="2025.08", created_on=date(2026, 12, 20), request=REQUEST,
        status=Status.DRAFT, version=1, replaces="",
        events=(Event("drafted", date(2026, 12, 20), "First plan."),), medicine="sertraline", country="GB",
        method=Method(MethodName.OCCUPANCY, "the starting effect", Limits(points=D(60), percent_of_current=D(95)), None,
                      ("The class's pace.",)),
        interval_days=days, start_dose_mg=D(50), steps=steps, goal_mg=D(0), arrives_on=None,
        review_on=steps[0].start + timedelta(days * dated) if steps[0].start else None,
        summary=Summary(len(steps) + 1, days * len(steps), max([s.drop for s in steps] + [last_drop]), last_drop,
                        last_drop + D("3.5"), EffectKind.OCCUPANCY_POINTS, True, (TABLET, LIQUID), D("0.318"),
                        True, True, True),
        supply=(SupplyLine(TABLET, D(84), "tablet", 3, D(28), 84),
                SupplyLine(LIQUID, D("22.4"), "mL", None, None, 84)),
        findings=(Finding("R-TALK", Level.WARN, "Tell your prescriber before you start.", ("H-001",), ("list-2025",)),
                  Finding("R-NOTE", Level.NOTE, "Keep the tablets dry.")),
        sources=(CitedSource(LIST_SOURCE, "read"), CitedSource(OCCUPANCY_SOURCE, "secondary")),
    )  # fmt: skip


def followed() -> Plan:
    """The same plan agreed, begun, held for a while and going on."""
    made, agreed, held = plan(), date(2026, 12, 28), date(2027, 1, 20)
    for event in (
        Event("hand-over", date(2026, 12, 21), ""),
        Event("agree", agreed, "", by="A prescriber; GP"),
        Event("start", agreed, "", next_on=date(2027, 1, 4)),
        Event("hold", held, "poor sleep", step=1),
        Event("resume", date(2027, 1, 27), "", step=1, next_on=date(2027, 2, 8)),
    ):
        made = advance(made, event, identity(made))
    return made


OVERRIDE = Override("A prescriber", "GP", "0000000", "Seen in clinic, plan agreed", date(2026, 12, 19))
LIFTED = apply_override(
    (Finding("pregnancy", Level.STOP, "A clinician has to plan this with you.", ("H-013",), ()),), OVERRIDE
)
SPECIAL = Addition(AdditionKind.PRODUCT, LIQUID, "sertraline 1 mg/mL oral suspension", Tier.SPECIAL,
                   Price(D("120.50"), "GBP", D(150), "mL"))  # fmt: skip
REMEDY = Remedy((SPECIAL,), True, D("9.75"), D("9.31"), 24, REQUEST)
QUESTION = OpenQuestion(
    "pregnancy", "Are you pregnant, or could you be?", "It decides who has to be asked first."
)
STOP = Finding("R-STOP", Level.STOP, "A clinician has to plan this with you.", ("H-005",), (), liftable=False)


def proposal(of: Plan | None = None, **changes: object) -> Proposal:
    """A proposal that may be issued, unless ``changes`` say otherwise."""
    made = of or plan()
    issued = Proposal(
        request=made.request, plan=made, within_limit=True, open_questions=(), findings=made.findings, remedies=(),
        blocking_dose_mg=None, reasons=(), gentler=(), formulary=FORMULARY,
    )  # fmt: skip
    return replace(issued, **changes)  # type: ignore[arg-type]
