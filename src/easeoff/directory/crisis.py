"""The crisis panel: never empty, and no number in it that a person has not checked in the last three months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from easeoff.directory.dialling import dialled
from easeoff.directory.freshness import Freshness, freshness_words, phone_shown, service_freshness
from easeoff.directory.model import Kind, Service, Status
from easeoff.directory.places import country_name
from easeoff.quantities import EaseoffError

_CODE = re.compile(r"[A-Z]{2}")
_NUMBER = re.compile(r"[0-9]{2,6}")

#: What stands first where whoever runs the site has not set the emergency number of the country.
EMERGENCY_WORDS = "If life is in danger, ring your local emergency number now."


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """A crisis line that a person has checked, with its numbers and the words of that check."""

    service: Service
    phone: str
    text_line: str
    checked: str

    @property
    def dialled(self) -> str:
        """What a ``tel:`` link rings; empty where there is no number to ring."""
        return dialled(self.phone)

    @property
    def words(self) -> str:
        """``Samaritans: ring 116 123. Checked on 1 May 2026.``"""
        ways = (
            f"ring {self.phone}" if self.phone else "",
            f"text {self.text_line}" if self.text_line else "",
        )
        return f"{self.service.name}: {' or '.join(filter(None, ways))}. {self.checked}"


@dataclass(frozen=True, slots=True)
class CrisisAddress:
    """A crisis line whose number is not known to be right: only where its operator can be found."""

    service: Service
    address: str

    @property
    def shown(self) -> str:
        """The address as a person types it, without its first and last signs."""
        return self.address.split("://")[-1].removeprefix("www.").rstrip("/")


@dataclass(frozen=True, slots=True)
class CrisisPanel:
    """What to show to someone in danger. ``emergency`` always has words; ``emergency_number`` may be empty."""

    country: str
    emergency: str
    emergency_number: str
    lines: tuple[CrisisLine, ...]
    addresses: tuple[CrisisAddress, ...]

    @property
    def addresses_intro(self) -> str:
        """What stands before the addresses, where there are any."""
        if not self.addresses:
            return ""
        which = "these other crisis lines" if self.lines else "these crisis lines"
        return f"Nobody has checked the numbers of {which} lately. Take the number from their own page:"

    @property
    def nowhere(self) -> str:
        """What to do where no line and no address is known."""
        if self.lines or self.addresses:
            return ""
        number = self.emergency_number or "your local emergency number"
        return (
            "We know of no crisis line here that a person has checked."
            f" Ring {number}, or go to the nearest emergency department."
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole panel for terminal and paper, the emergency number first."""
        addresses = "; ".join(f"{one.service.name}, {one.shown}" for one in self.addresses)
        unchecked = f"{self.addresses_intro} {addresses}." if addresses else ""
        return tuple(
            filter(None, (self.emergency, *(line.words for line in self.lines), unchecked, self.nowhere))
        )

    @property
    def warning(self) -> str:
        """For whoever runs the site: what the panel lacks; empty where it lacks nothing."""
        name = country_name(self.country) if self.country else "no country"
        wanting = []
        if not self.emergency_number:
            wanting.append("no emergency number is set")
        if not self.lines:
            wanting.append("no crisis line has been checked by a person in the last three months")
        return f"For {name}: {' and '.join(wanting)}." if wanting else ""


def crisis_panel(
    services: Iterable[Service], country: str, today: date, emergency_numbers: Mapping[str, str] | None = None
) -> CrisisPanel:
    """The panel of one country (an ISO 3166 code; empty where it is not known).

    ``emergency_numbers`` are set by whoever runs the site, by country code. A line stands in the panel with its
    number only if it is active and its last check by a person is at most three months old. Of the others those
    that are known to work stand first.
    """
    number = (emergency_numbers or {}).get(country, "").strip()
    own = [service for service in services if _belongs(service, country)]
    lines = tuple(
        CrisisLine(service, service.phone, service.text_line, freshness_words(service, today))
        for service in own if _fresh(service, today)
    )  # fmt: skip
    addresses = tuple(
        CrisisAddress(service, service.url or service.email)
        for service in sorted(own, key=lambda one: one.status is not Status.ACTIVE) if not _fresh(service, today) and (service.url or service.email)
    )  # fmt: skip
    words = f"If life is in danger, ring {number} now." if number else EMERGENCY_WORDS
    return CrisisPanel(country, words, number, lines, addresses)


def read_emergency_numbers(text: str) -> dict[str, str]:
    """``GB=999,US=911``, as whoever runs a site or a terminal sets it. Raises `EaseoffError` for anything else."""
    found = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        code, _, number = (piece.strip() for piece in part.partition("="))
        if not _CODE.fullmatch(code) or not _NUMBER.fullmatch(number):
            raise EaseoffError(
                f"EASEOFF_EMERGENCY_NUMBERS has “{part[:40]}”.", "Write it like GB=999,US=911."
            )
        found[code] = number
    return found


def start_warnings(
    services: Iterable[Service], countries: Iterable[str], today: date, emergency_numbers: Mapping[str, str] | None = None
) -> tuple[str, ...]:  # fmt: skip
    """One sentence for each country whose panel lacks something, for a check at the start."""
    held = tuple(services)
    panels = (crisis_panel(held, country, today, emergency_numbers) for country in countries)
    return tuple(panel.warning for panel in panels if panel.warning)


def _belongs(service: Service, country: str) -> bool:
    listed = service.kind is Kind.CRISIS_LINE and not service.is_tombstone and not service.do_not_list
    return (
        listed and bool(country) and (service.country == country or country_name(country) in service.places)
    )


def _fresh(service: Service, today: date) -> bool:
    has_number = bool(service.phone or service.text_line)
    checked = service_freshness(service, today) is Freshness.CHECKED and service.status is Status.ACTIVE
    return has_number and checked and phone_shown(service, today).show
