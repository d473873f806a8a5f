"""What to say when something happens to a plan: what to take, what not to do, whom to ask. By the class of the medicine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from easeoff.medicines.model import Medicine
from easeoff.planning.lifecycle import Change, Kind, back_from
from easeoff.safety.families import families_of
from easeoff.safety.words import GO_ON, keep_taking, red_card

NEVER_DOUBLE = "Never take a double dose to make up for it."
#: Nobody published after how many missed doses of each medicine the old dose is too much, so from the second on a
#: clinician is asked. Project choice.
MOST_MISSED = 1
#: Missed doses of so many days, that of the record included, are counted together: several in one week are a gap, however they
#: were recorded. Project choice: nobody published a figure for all of these medicines.
MISSED_DAYS = 7
RUNNING_OUT = (
    "About to run out? Do not stop, and do not stretch what is left. Ask your pharmacist or prescriber today; many pharmacies"
    " can give some days in an emergency."
)
#: The exception to going on as now; the page and the paper list the signs themselves.
SIGNS_FIRST = (
    "With a red-flag sign get help now: a clinician may have to change or stop the medicine at once."
)
#: With an antipsychotic early signs mean contact today, and waiting on a dose is no answer to them.
EARLY_SIGNS = (
    "Early signs that the illness comes back, great agitation, being much too high, or seeing, hearing or believing things that"
    " others do not: contact your prescriber or named contact today. Do not only wait."
)
_EARLY_SIGNS_FOR = frozenset({"antipsychotic", "lithium"})
_BACK_UP = frozenset({"opioid", "no_self_made_step_back"})


def step_back_needs_prescriber(medicine: Medicine) -> bool:
    """Whether this medicine is never put back up without a clinician."""
    return not families_of(medicine).isdisjoint(_BACK_UP)


def early_signs(medicine: Medicine) -> tuple[str, ...]:
    """What comes before any word on waiting, for the medicines whose illness may come back; empty for the others."""
    return () if families_of(medicine).isdisjoint(_EARLY_SIGNS_FOR) else (EARLY_SIGNS,)


def words_for(
    kind: Kind, medicine: Medicine, dose: str, change: str = "", begins: date | None = None
) -> tuple[str, ...]:
    """What to say after this was recorded; ``dose`` is what is taken now, or from ``begins`` on (``25 mg``). Empty where there is nothing to add."""
    return tuple(_words(kind, medicine, dose, change, begins))


def _words(kind: Kind, medicine: Medicine, dose: str, change: str, begins: date | None) -> Iterator[str]:
    match kind:
        case Kind.HOLD:
            yield f"Stay on {dose} a day as long as you need. {GO_ON}"
            yield from early_signs(medicine)
            yield "Mild signs of withdrawal often ease in days or weeks. Tell your prescriber if they do not."
        case Kind.STEP_BACK:
            yield from _step_back(medicine, dose, begins)
        case Kind.MISSED:
            yield f"{NEVER_DOUBLE} Go on with {dose} a day at the usual time."
            yield from _after_missing(medicine)
        case Kind.GAP:
            yield _gap(dose)
            yield NEVER_DOUBLE
            yield from _after_missing(medicine)
        case Kind.FREEZE:
            yield _freeze(medicine, dose, change)
        case Kind.CLEAR:
            yield "Take the dose your prescriber said. If it is not a dose of this plan, make a new plan from it."
        case Kind.STAY:
            yield f"Keep taking {dose} a day. Staying here is a goal like any other. Agree a review with your prescriber."
        case Kind.CHANGE_PRODUCT:
            yield "Confirm the change with your pharmacist. Use only the new one from that day on, and take the old one back."
        case _:
            return


def _step_back(medicine: Medicine, dose: str, begins: date | None) -> Iterator[str]:
    yield (
        f"{back_from(dose, begins)} Stay there until it is tolerable. It can take some days to feel better. After that each step"
        " lasts longer. Tell your prescriber that you went back."
    )
    families = families_of(medicine)
    yield from early_signs(medicine)
    if "opioid" in families:
        yield "Your body has got used to less. Never take more than this dose: it can stop your breathing."


def _after_missing(medicine: Medicine) -> Iterator[str]:
    families = families_of(medicine)
    if "opioid" in families:
        yield "After a gap an old dose can stop your breathing, also just once. Ask before you take more."
    if "no_self_made_step_back" in families:
        yield f"{medicine.name.capitalize()} is never started again at a full dose without a clinician."
    if "alpha_agonist" in families:
        yield "Blood pressure can jump up when this medicine is missed. Have it measured."
    if not families.isdisjoint({"benzodiazepine", "z_drug"}):
        yield "A fit (seizure), confusion, or seeing things that others do not: get help now."


def _gap(dose: str) -> str:
    return (
        "Ask your prescriber or pharmacist today what to take, before you take more. After missed doses"
        f" {dose} a day may be too much at once, and missing more can be harmful too. Nothing later has a date until a"
        f" prescriber has looked at it. {SIGNS_FIRST}"
    )


def _freeze(medicine: Medicine, dose: str, change: str) -> str:
    if change == Change.RED_FLAG:
        return f"Get help now. {red_card(medicine)}"
    return f"{keep_taking(dose, 'your prescriber', 'today')} No step has a date until they have looked at it. {SIGNS_FIRST}"
