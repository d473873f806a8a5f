"""What the letter says where a stop stands: why there is no plan, what is asked of whom by when. It holds no dose but today's."""

from __future__ import annotations

from easeoff.documents import letterwords as words
from easeoff.documents.requestfile import JsonObject
from easeoff.planning.findings import Level
from easeoff.proposing.proposal import Proposal
from easeoff.quantities import format_date, format_mg
from easeoff.safety import merge_stops
from easeoff.safety.words import NOTICE, red_flags

_SLIP = (
    "I will plan this with you. First appointment:",
    "Please stay on it for now. I look again on:",
    "I would like to talk first, on:",
    "Please turn to:",
)
_MAY_LIFT = (
    "Whether to reduce, and how, is yours to decide. If you take responsibility for a plan made with this tool, your name, role,"
    " registration number and reason are recorded and stand on every page and paper of it; until then it shows no doses."
)
_NOT_LIFTED = (
    "Whether to reduce, and how, is yours to decide. This tool makes no plan here, with or without a record."
)


def stop_letter_data(proposal: Proposal, person: str = "") -> JsonObject:
    """The letter's texts, in the order of its page."""
    request, medicine = proposal.request, proposal.formulary.medicine
    dose = format_mg(request.dose)
    card = merge_stops(proposal.findings, medicine, request.dose)
    liftable = all(f.liftable for f in proposal.findings if f.level is Level.STOP)
    return {
        "title": f"{medicine.name.capitalize()} {dose} a day: a planning tool stopped here; please look at this with me",
        "to": f"To my prescriber, {format_date(request.today)}",
        "name_label": "Name:",
        "name": person,
        "born_label": "Date of birth:",
        "lead": f"I take {medicine.name} {dose} a day and asked a planning tool how it could be lowered slowly. It stopped and"
        " worked out no doses, because a clinician has to plan this.",
        "asks": [
            "Please tell me whether a change is right now, who plans it, and when we look at it again.",
            f"Please note by when I was told to ask: {' '.join(card.contacts)}" if card.contacts else "Please answer me soon.",
            f"Please fill in the reply at the foot. Until then I keep taking {dose} a day. I do not cut and do not stop by myself.",
        ],
        "override": "",
        "stop": [*card.reasons],
        "stuck": [],
        "ways": [],
        "why_title": "",
        "why": "",
        "rates": [],
        "prescribe": None,
        "drops": None,
        "watch": [*words.watch(proposal)],
        "red": f"Get help now for: {'; '.join(flag[:1].lower() + flag[1:] for flag in red_flags(medicine))}.",
        "findings": [*words.findings(proposal)],
        "rests": "",
        "responsibility": _MAY_LIFT if liftable else _NOT_LIFTED,
        "answered": f"Answered: {words.answered(proposal)}.",
        "open": f"Not answered: {words.not_answered(proposal) or 'nothing'}.",
        "slip_title": "Reply (please cut off, or scan and send back)",
        "slip": _SLIP,
        "slip_fields": words.SLIP_FIELDS,
        "notice": NOTICE,
        "footer": f"Easeoff, data version {proposal.formulary.data_version}.",
    }  # fmt: skip
