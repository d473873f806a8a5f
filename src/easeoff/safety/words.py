"""The words that every refusal, pause and page must say, written once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from easeoff.medicines.model import Confidence, Medicine
from easeoff.quantities import format_mg

#: The notice of every page and paper on which a plan appears.
NOTICE = (
    "This is not medical advice and not individual support. Keep taking your medicine as prescribed. Do not"
    " cut or stop it without a prescriber. If you have a red-flag sign, get help now: a clinician may need"
    " to change or stop the medicine at once. Take this to a prescriber who knows about withdrawal; if"
    " yours does not, ask for one who does. This is a research prototype: no clinical safety officer has"
    " signed a safety case, and it is not registered as a medical device. Whoever offers it to others takes"
    " on those duties."
)

START_ONLY_IF = "Start only if the last step is tolerable, nothing has changed, and no red-flag sign."

RED_CARD_INTRO = (
    "Get help now if you have one of these signs. A clinician may need to stop or change the medicine at"
    " once."
)

#: Signs for any of these medicines, ASAM 2025 table 3 (read); said where a medicine's own record names none.
GENERAL_RED_FLAGS: tuple[str, ...] = (
    "a seizure",
    "sudden confusion",
    "seeing or hearing things that others do not",
    "thoughts of ending your life or of hurting someone",
    "restlessness so bad that you cannot sit still",
    "chest pain",
)

EMERGENCY = "your local emergency number"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Somewhere to turn at once. ``contact`` is what to ring, text or open.

    ``confidence`` is that of the number; ``checked`` says when its page was dated. Nobody has rung
    these numbers for this project.
    """

    name: str
    contact: str
    source: str
    confidence: Confidence
    checked: str


#: Crisis lines by country. A country that is missing here has only the emergency number of `help_now`.
HELP_NOW: dict[str, tuple[HelpLine, ...]] = {
    "GB": (
        HelpLine(
            "NHS 111, mental health option (England)",
            "ring 111, option 2",
            "https://healthwatchwestberks.org.uk/nhs-111-now-offers-24-7-mental-health-crisis-support",
            Confidence.SECONDARY,
            "2026-01",
        ),
        HelpLine(
            "Samaritans (UK and Ireland)",
            "ring 116 123",
            "https://www.samaritans.org/how-we-can-help/contact-samaritan/",
            Confidence.READ,
            "2026-01",
        ),
        HelpLine(
            "Shout (UK)",
            "text SHOUT to 85258",
            "https://www.giveusashout.org/",
            Confidence.SECONDARY,
            "2026-01",
        ),
    ),
    "US": (
        HelpLine(
            "988 Suicide and Crisis Lifeline",
            "ring or text 988",
            "https://988lifeline.org",
            Confidence.SECONDARY,
            "2025-04",
        ),
    ),
    "CA": (
        HelpLine(
            "9-8-8 Suicide Crisis Helpline",
            "ring or text 9-8-8",
            "https://www.newswire.ca/news-releases/"
            "statement-from-the-minister-of-mental-health-and-addictions-and-associate-minister-of-health-9-8-8-"
            "suicide-crisis-helpline-marks-one-year-of-service-877749062.html",
            Confidence.READ,
            "2024-11",
        ),
    ),
    "AU": (
        HelpLine(
            "Lifeline Australia",
            "ring 13 11 14",
            "https://www.lifeline.org.au/",
            Confidence.SECONDARY,
            "2024-09",
        ),
    ),
}


def help_now(country: str) -> str:
    """Where to turn at once in ``country``. Never empty: the emergency number always stands first."""
    lines = HELP_NOW.get(country, ())
    named = "".join(f" You can also turn to {line.name}: {line.contact}." for line in lines)
    return f"If life is in danger, ring {EMERGENCY}.{named}"


def keep_taking(dose_mg: Decimal, contact: str, by: str) -> str:
    """What every stop, pause and lock says: the day's dose in mg, whom to contact, by when (``"today"``)."""
    return (
        f"Keep taking {format_mg(dose_mg)} as you do now. Do not cut and do not stop. Contact {contact} {by}."
    )


def red_flags(medicine: Medicine) -> tuple[str, ...]:
    """The signs of this medicine's own record, or the general ones where it names none."""
    own = tuple(dict.fromkeys(flag.sign.strip().rstrip(".") for flag in medicine.red_flags))
    return own or GENERAL_RED_FLAGS


def red_card(medicine: Medicine) -> str:
    """The exception to "do not stop": the signs for which help is needed at once."""
    signs = "; ".join(sign[:1].lower() + sign[1:] for sign in red_flags(medicine))
    return (
        "If you have one of these signs, get help now. With some of them a clinician has to change or stop the"
        f" medicine at once: {signs}."
    )


def stop_text(reason: str, medicine: Medicine, dose_mg: Decimal, contact: str, by: str) -> str:
    """A whole stop: why, what to go on taking, whom to contact by when, and the exception."""
    return f"{reason} {keep_taking(dose_mg, contact, by)} {red_card(medicine)}"
