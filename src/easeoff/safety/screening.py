"""Before planning: every stop, warning and note, and what a recorded override does to the stops."""

from __future__ import annotations

from easeoff.medicines.model import Formulary
from easeoff.planning.findings import Finding, Level
from easeoff.planning.request import Override, TaperRequest
from easeoff.quantities import EaseoffError, format_date
from easeoff.safety.equivalents import HIGH_DOSE
from easeoff.safety.parts import Case
from easeoff.safety.stops import STOPS
from easeoff.safety.warnings import WARNINGS

#: A registration number and a reason have at least so many characters. Project choices: they
#: stop a slip of the finger, not a person who means to deceive.
_SHORTEST_REGISTRATION = 4
_SHORTEST_REASON = 8
#: Marks a lifted stop, in plan files too.
_IN_SPITE = "for going on in spite of this stop."


def screen(formulary: Formulary, request: TaperRequest) -> tuple[Finding, ...]:
    """What the person, the medicine and the wish call for, stops first.

    Unanswered questions are not read as "no": they are `open_questions`, and the proposal stays a draft.
    An override in the request has been applied.
    """
    case = Case(formulary, request)
    found = (finding for rule in (*STOPS, *HIGH_DOSE, *WARNINGS) for finding in rule(case))
    in_order = sorted(found, key=lambda finding: list(Level).index(finding.level))
    return apply_override(tuple(in_order), request.override)


def apply_override(findings: tuple[Finding, ...], override: Override | None) -> tuple[Finding, ...]:
    """The same findings; with an override each liftable stop stands as a warning that names who lifted it.

    Nothing is ever left out.
    Raises `EaseoffError` where the override lacks a name, role, registration or reason.
    """
    if override is None:
        return findings
    for field in ("name", "role", "registration", "reason"):
        if not getattr(override, field).strip():
            raise EaseoffError(
                f"The override gives no {field}.", "Give name, role, registration number and reason."
            )
    if len(override.registration.strip()) < _SHORTEST_REGISTRATION or not any(
        c.isdigit() for c in override.registration
    ):
        raise EaseoffError(
            "The override's registration number does not look like one.",
            "Give the number of your professional register.",
        )
    if len(override.reason.strip()) < _SHORTEST_REASON:
        raise EaseoffError(
            "The override's reason is too short to be of use to whoever reads it.",
            "Say in a few words why it is right here.",
        )
    return tuple(_lifted(finding, override) for finding in findings)


def is_lifted(finding: Finding) -> bool:
    """Whether this is a stop that a prescriber lifted."""
    return finding.level is Level.WARN and _IN_SPITE in finding.text


def _lifted(finding: Finding, override: Override) -> Finding:
    if finding.level is not Level.STOP or not finding.liftable:
        return finding
    reason = override.reason.strip().rstrip(".")
    who = f"{override.name.strip()}, {override.role.strip()}, registration {override.registration.strip()}"
    text = (
        f"{who}, took responsibility on {format_date(override.on)} {_IN_SPITE}"
        f" Reason: {reason}. The stop said: {finding.text}"
    )
    return Finding(finding.rule, Level.WARN, text, finding.hazards, finding.sources, finding.liftable)
