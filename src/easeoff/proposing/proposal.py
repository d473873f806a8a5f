"""What comes back: one proposal, whether or not there is a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from easeoff.medicines.model import Formulary, Price, Tier
from easeoff.planning.findings import Finding, Level, OpenQuestion
from easeoff.planning.plan import Plan
from easeoff.planning.request import TaperRequest


class AdditionKind(StrEnum):
    """What could be added to make a plan possible, or better."""

    PRODUCT = "product"
    DEVICE = "device"
    HALVES = "halves"
    PIECES = "pieces"
    PRODUCTS_IN_ONE_DOSE = "products-in-one-dose"
    STAY_AT = "stay-at"
    BEADS = "beads"
    CHANGE_OF_FORM = "change-of-form"
    COMPOUNDED = "compounded"


@dataclass(frozen=True, slots=True)
class Addition:
    """One thing to add: ``id`` is what the matching option takes (``--product``, ``--device`` ...)."""

    kind: AdditionKind
    id: str
    text: str
    tier: Tier | None = None
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """A smallest set of additions and what it achieves; drops in the method's unit, ``None`` where it was not computed.

    ``request`` is the same wish with the additions made, so that a page or a command can show that plan.
    """

    add: tuple[Addition, ...]
    within_limit: bool
    largest_drop: Decimal | None
    last_drop: Decimal | None
    steps: int | None
    request: TaperRequest | None

    def is_second_plan(self, asked: TaperRequest) -> bool:
        """Whether ``request`` is only the first of two plans: down to the dose where another liquid takes over."""
        if self.request is None or self.add[0].kind is not AdditionKind.PRODUCT:
            return False
        return self.request.goal != asked.goal


class Outcome(StrEnum):
    """What a proposal amounts to; ``exit_status`` gives the command's."""

    PLAN = "plan"  #: within its limits and nothing open
    DRAFT = "draft"  #: within its limits, questions open
    NOT_WITHIN_LIMITS = "not within limits"  #: no such plan with what is listed
    STOPPED = "stopped"  #: a stop: no doses are shown

    @property
    def exit_status(self) -> int:
        """0 for a plan or draft within limits, 1 for none such, 3 for a stop."""
        return {"plan": 0, "draft": 0, "not within limits": 1, "stopped": 3}[self.value]


@dataclass(frozen=True, slots=True)
class Waits:
    """Why no schedule may be made from a version now ("while the plan is on hold"), and what to do, in sentences."""

    why: str
    what_to_do: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer to one `TaperRequest`.

    ``plan`` is ``None`` when stopped, and when not even a draft can be drawn (then ``reasons`` says why in one sentence each).
    ``gentler`` are slower plans that stand beside this one, as requests with a sentence each.
    ``formulary`` is what was known, for whoever renders the proposal. ``on`` is the day on which a later version of a plan is
    handed over, and ``waits`` why nothing to follow may be made from it then; both are ``None`` for a plan that was made now.
    """

    request: TaperRequest
    plan: Plan | None
    within_limit: bool
    open_questions: tuple[OpenQuestion, ...]
    findings: tuple[Finding, ...]
    remedies: tuple[Remedy, ...]
    blocking_dose_mg: Decimal | None
    reasons: tuple[str, ...]
    gentler: tuple[tuple[str, TaperRequest], ...]
    formulary: Formulary
    on: date | None = None
    waits: Waits | None = None

    @property
    def outcome(self) -> Outcome:
        """Stopped, not within limits, draft or plan, in that order of weight."""
        if any(f.level is Level.STOP for f in self.findings):
            return Outcome.STOPPED
        if self.plan is None or not self.within_limit:
            return Outcome.NOT_WITHIN_LIMITS
        return Outcome.DRAFT if self.open_questions else Outcome.PLAN

    @property
    def may_issue_schedule(self) -> bool:
        """Whether paper, calendar and supply may be made from it: a plan within its limits, nothing open, no stop, going on."""
        return self.outcome is Outcome.PLAN and self.waits is None
