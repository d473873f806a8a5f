"""The words that every refusal, pause and page must say, written once."""

from __future__ import annotations

from decimal import Decimal

from easeoff.medicines.model import Medicine
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

#: What stands where no page or paper can name the numbers of the country: those come from the directory.
IN_DANGER = "If life is in danger, ring your local emergency number now."

GO_ON = "Do not cut and do not stop."


def as_now(dose: Decimal | str) -> str:
    """What to go on taking: mg a day, or in words where there are two medicines."""
    return f"Keep taking {dose if isinstance(dose, str) else format_mg(dose)} as you do now. {GO_ON}"


def keep_taking(dose: Decimal | str, contact: str, by: str) -> str:
    """What every stop, pause and lock says: the day's dose (as `as_now` takes it), whom to contact, by when (``"today"``)."""
    return f"{as_now(dose)} Contact {contact} {by}."


def red_flags(medicine: Medicine) -> tuple[str, ...]:
    """The signs of this medicine's own record, or the general ones where it names none."""
    by_words = {_bare(flag.sign): flag.sign.strip().rstrip(".") for flag in reversed(medicine.red_flags)}
    own = tuple(dict.fromkeys(by_words[_bare(flag.sign)] for flag in medicine.red_flags))
    return own or GENERAL_RED_FLAGS


def _bare(sign: str) -> str:
    """The words of a sign, so that two records of one sign are seen to be one."""
    words = sign.strip().rstrip(".").casefold().split()
    return " ".join(words[1:] if words[:1] in (["a"], ["an"]) else words)


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
