"""Who can help: one service, what a check of it found, and what the public said about it.

The fields of `Service` bear the names of the columns of ``data/directory/services.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from easeoff.quantities import EaseoffError


class Kind(StrEnum):
    """What sort of service it is."""

    CHARITY = "charity"
    CLINIC = "clinic"
    HELPLINE = "helpline"
    CRISIS_LINE = "crisis_line"
    ONLINE_FORUM = "online_forum"
    FACEBOOK_GROUP = "facebook_group"
    SUPPORT_GROUP = "support_group"
    PHARMACY = "pharmacy"
    INFORMATION = "information"
    DIRECTORY = "directory"


class Status(StrEnum):
    """What is known of its present state. ``unconfirmed`` means that nobody has checked, not that it is gone."""

    ACTIVE = "active"
    UNCONFIRMED = "unconfirmed"
    CLOSED = "closed"
    RENAMED = "renamed"
    READ_ONLY = "read_only"


class DrugClass(StrEnum):
    """Which drugs it helps with. ``any`` is any psychiatric drug, and may stand beside named classes."""

    BENZODIAZEPINE = "benzodiazepine"
    Z_DRUG = "z_drug"
    ANTIDEPRESSANT = "antidepressant"
    ANTIPSYCHOTIC = "antipsychotic"
    GABAPENTINOID = "gabapentinoid"
    OPIOID = "opioid"
    STIMULANT = "stimulant"
    MOOD_STABILISER = "mood_stabiliser"
    ANY = "any"


class Cost(StrEnum):
    """What it costs, as far as the ``cost`` words say."""

    FREE = "free"
    PAID = "paid"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Service:
    """One service. ``country`` is an ISO 3166 code, empty where it is online or international.

    ``evidence_date`` is ISO 8601, a year or a year and month where the day is not known. ``places`` are the
    places (names that `resolve_place` knows) that it serves; none means all of its country, or everywhere.
    ``online`` says that it can be used from anywhere. ``stance`` is how it stands to the drugs or to money,
    where it says so. ``old_names`` and ``old_numbers`` are only searched, never shown as live.
    """

    id: str
    name: str
    kind: Kind
    country: str = ""
    area: str = ""
    phone: str = ""
    text_line: str = ""
    url: str = ""
    email: str = ""
    hours: str = ""
    drug_classes: tuple[DrugClass, ...] = ()
    offers: str = ""
    languages: tuple[str, ...] = ()
    cost: str = ""
    status: Status = Status.UNCONFIRMED
    successor_id: str = ""
    on_founding_page: bool = False
    evidence_url: tuple[str, ...] = ()
    evidence_date: str = ""
    last_human_check: date | None = None
    note: str = ""
    old_names: tuple[str, ...] = ()
    old_numbers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    online: bool = False
    stance: str = ""
    do_not_list: bool = False

    @property
    def is_tombstone(self) -> bool:
        """Whether it is closed or renamed: still found, never shown as live."""
        return self.status in (Status.CLOSED, Status.RENAMED)

    @property
    def cost_kind(self) -> Cost:
        """Free, paid or unknown, read from the ``cost`` words."""
        words = self.cost.casefold()
        if not words:
            return Cost.UNKNOWN
        return Cost.FREE if words.startswith("free") else Cost.PAID

    def helps_with(self, drug_class: DrugClass) -> bool:
        """Whether it names this class of drugs, or any psychiatric drug."""
        return drug_class in self.drug_classes or DrugClass.ANY in self.drug_classes


class Method(StrEnum):
    """How a check was made. Only the first three can move ``last_human_check``."""

    PHONE_CALL = "phone_call"
    OPERATOR_WRITTEN = "operator_written"
    OPERATOR_PAGE = "operator_page"
    THIRD_PARTY_PAGE = "third_party_page"


class Result(StrEnum):
    """What a check found."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"
    NO_ANSWER = "no_answer"
    CLOSED = "closed"
    REFUSED_LISTING = "refused_listing"


@dataclass(frozen=True, slots=True)
class Verification:
    """One check of one service by a person. ``service`` is its id.

    ``fields_covered`` are names of `Service` fields. ``checker_role`` and ``answered_by`` are roles, never a
    private person's name. Raises `EaseoffError` where it covers nothing or names an unknown field.
    """

    service: str
    fields_covered: tuple[str, ...]
    method: Method
    result: Result
    checked_at: date
    checker_role: str
    evidence_url: str = ""
    note: str = ""
    answered_by: str = ""

    def __post_init__(self) -> None:
        unknown = [name for name in self.fields_covered if name not in CHECKABLE]
        if unknown or not self.fields_covered:
            what = f"does not know “{unknown[0][:40]}”" if unknown else "must say what was checked"
            raise EaseoffError(f"The record of a check {what}.", f"Choose from {', '.join(CHECKABLE)}.")


#: What a check can cover.
CHECKABLE = (
    "name", "phone", "text_line", "url", "email", "hours", "area", "drug_classes", "offers", "languages", "cost",
    "status",
)  # fmt: skip


class LinkState(StrEnum):
    """What a link check found. A working link is not a working service."""

    REACHABLE = "reachable"
    GONE = "gone"
    REFUSED = "refused"  #: closed to robots: a person may still get in


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """One visit of a machine to one address of a service."""

    service: str
    url: str
    state: LinkState
    checked_at: date


@dataclass(frozen=True, slots=True)
class Complaint:
    """An open “this did not work” from the public. ``about`` is a `Service` field, such as ``phone``."""

    service: str
    made_on: date
    about: str = "phone"
    words: str = ""
