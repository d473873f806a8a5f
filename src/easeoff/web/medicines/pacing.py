"""The pace of a medicine's class in words: how far a step goes and how long one waits."""

from __future__ import annotations

from dataclasses import dataclass

from easeoff.documents.sourcing import confidence_words
from easeoff.medicines.model import Medicine, Policy
from easeoff.planning.pace import Pace, common_pace, no_pace_reason, paces
from easeoff.planning.request import MethodName
from easeoff.quantities import format_mg, format_percent, plain
from easeoff.web.medicines.citing import Citations

_SITUATION_WORDS = {
    "brief": "Taken for less than a year, and no withdrawal before",
    "settled": "Taken for longer, or not said",
    "psychosis": "For psychosis",
}


@dataclass(frozen=True, slots=True)
class ShownPace:
    """One pace: for whom, its sentences, and what it rests on. ``numbers`` are those of its sources."""

    heading: str
    sentences: tuple[str, ...]
    basis: str
    numbers: tuple[int, ...]
    sure: str


def shown_paces(medicine: Medicine, citations: Citations) -> tuple[ShownPace, ...]:
    """The paces that the planner would use, the particular before the general; none where nothing is planned."""
    if medicine.policy is Policy.REFUSE:
        return ()
    found = _paces_of(medicine)
    return tuple(_shown(pace, citations, alone=len(found) == 1) for pace in found)


def why_none(medicine: Medicine) -> str:
    """Why no steps are planned, empty where they are."""
    if medicine.policy is Policy.REFUSE:
        return medicine.policy_reason
    return "" if _paces_of(medicine) else no_pace_reason(medicine)


def _paces_of(medicine: Medicine) -> list[Pace]:
    found = []
    for pace in paces():
        if medicine.name in pace.medicines or medicine.drug_class in pace.classes:
            found.append(pace)
            if pace.situation in ("any", "settled"):
                break
    return found


def _shown(pace: Pace, citations: Citations, *, alone: bool) -> ShownPace:
    if pace.situation == "sleep" and pace.max_dose_mg is not None:
        heading = f"For sleep, at {format_mg(pace.max_dose_mg)} a day or less"
    elif alone:
        heading = ""
    else:
        heading = _SITUATION_WORDS.get(pace.situation, "For everything else")
    numbers = tuple(filter(None, (citations.number(source) for source in pace.sources)))
    return ShownPace(heading, _sentences(pace), pace.basis, numbers, confidence_words(pace.confidence.value))


def _sentences(pace: Pace) -> tuple[str, ...]:
    said = [f"A step takes away at most {_step(pace, gentle=False)}, with {pace.days} days between steps."]
    if pace.cap_percent is not None:
        said.append(f"It is also never more than {format_percent(pace.cap_percent)} of the current dose.")
    if (pace.limit_gentle, pace.days_gentle) != (pace.limit, pace.days):
        said.append(
            f"While a safety question is open: at most {_step(pace, gentle=True)}, with {pace.days_gentle} days between steps."
        )
    said.append(_first_cut(pace))
    if pace.most_percent_per_14_days is not None:
        most = format_percent(pace.most_percent_per_14_days)
        said.append(f"Never more than {most} in any 14 days.")
    if pace.last_steps_diazepam_mg is not None:
        last = format_mg(pace.last_steps_diazepam_mg)
        said.append(f"The last steps are at most what {last} of diazepam stands for.")
    if pace.after_last_days is not None:
        said.append(f"Watch for {pace.after_last_days} days after the last dose.")
    return tuple(said)


def _step(pace: Pace, *, gentle: bool) -> str:
    limit = pace.limit_gentle if gentle else pace.limit
    match pace.method:
        case MethodName.OCCUPANCY:
            return f"{plain(limit)} percentage points of the expected occupancy"
        case MethodName.PERCENT_CURRENT:
            return f"{format_percent(limit)} of the current dose"
        case MethodName.PERCENT_START:
            return f"{format_percent(limit)} of the starting dose"
        case _:
            return format_mg(limit)


def _first_cut(pace: Pace) -> str:
    if pace.first_cut_percent is not None:
        return (
            f"The first step is also at most {format_percent(pace.first_cut_percent)} of the starting dose."
        )
    common = common_pace()
    return (
        f"The first step is also at most {format_percent(common.first_cut_high)} of the starting dose where the risk is high or "
        f"not known, {format_percent(common.first_cut_moderate)} where it is moderate, "
        f"{format_percent(common.first_cut_low)} where it is low."
    )
