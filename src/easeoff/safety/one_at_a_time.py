"""Several medicines: one is reduced at a time. A second plan while one runs is a stop; where that was not said, it is asked."""

from __future__ import annotations

from collections.abc import Iterator

from easeoff.planning.findings import Finding, OpenQuestion
from easeoff.planning.request import Person
from easeoff.safety.families import families_of_name, medicines_named
from easeoff.safety.parts import BEFORE_RUNNING_OUT, Case, listed, note

#: Families of medicines that people reduce slowly: where one is taken beside, it may be going down already.
REDUCED_SLOWLY = frozenset(
    {
        "opioid", "benzodiazepine", "z_drug", "gabapentinoid", "maoi", "lithium", "clozapine", "valproate", "anticonvulsant",
        "mood_stabiliser", "antipsychotic", "antidepressant", "beta_blocker", "alpha_agonist", "stimulant", "sleep_or_calming",
        "muscle_relaxant",
    }
)  # fmt: skip


def may_go_down_too(person: Person) -> tuple[str, ...]:
    """The other medicines that people reduce slowly as well."""
    return tuple(name for name in person.others or () if REDUCED_SLOWLY & families_of_name(name))


def question_of_tapering(person: Person) -> Iterator[OpenQuestion]:
    """Whether another one is being reduced now; only where there is one that may be."""
    others = may_go_down_too(person)
    if others and person.tapering is None:
        yield OpenQuestion(
            "tapering",
            f"Are you reducing another medicine now, such as {listed(others)}? Name it, or say none.",
            "Only one medicine is reduced at a time, or nobody can tell what a symptom comes from.",
        )


def already_tapering(case: Case) -> Iterator[Finding]:
    """Another reduction is running: no second plan."""
    own = case.medicine.name
    going_down = tuple(
        name for name in case.person.tapering or () if medicines_named(name) != {own} and name != own
    )
    if going_down:
        yield case.stop(
            "one-at-a-time",
            f"You are reducing {listed(going_down)} now. Only one medicine is reduced at a time, so there is no plan for {case.medicine.name} "
            "beside it. Agree with your prescriber which comes first and how long to rest between the two.",
            by=BEFORE_RUNNING_OUT,
            hazards=("H-044",),
            sources=("fife_gabapentinoids",),
            liftable=False,
        )


def order_and_rests(case: Case) -> Iterator[Finding]:
    """Which goes first is agreed, and never worked out here."""
    others = may_go_down_too(case.person)
    if others:
        yield note(
            "order-of-medicines",
            f"You also take {listed(others)}. If more than one is to be reduced: agree with your prescriber which goes first and how long you "
            f"rest at a steady dose between them. While {case.medicine.name} goes down, the others stay as they are. No order is worked out "
            "here.",
            ("H-044", "H-014"),
            ("fife_gabapentinoids",),
        )
