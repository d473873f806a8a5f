"""The words for how sure we are, for a resource's state, and for who made it."""

from __future__ import annotations

from easeoff.library.model import Audience, Readers, Stance, Standing
from easeoff.medicines import Confidence

_SURENESS = {
    Confidence.READ: "We read this work itself, or its summary.",
    Confidence.SECONDARY: "We know this from another work that quotes it.",
    Confidence.UNVERIFIED: "Nobody has checked this yet.",
    Confidence.PROJECT_CHOICE: "Nobody has published this. It is a choice of this project.",
}
STANDING_WORDS = {
    Standing.ACTIVE: ("Seen working", "We saw this site or page in use."),
    Standing.PUBLISHED: (
        "Published work",
        "A finished work. It does not change, and it may be out of date in places.",
    ),
    Standing.READ_ONLY: ("Archive", "Kept to read. It is no longer updated."),
    Standing.UNCONFIRMED: ("Not confirmed", "We could not confirm that this still exists as described."),
}
STANCE_WORDS = {
    Stance.OFFICIAL: "Official: a health service, government or professional body",
    Stance.INDEPENDENT: "Independent: not noted as official, campaigning, commercial or by peers",
    Stance.ADVOCACY: "Campaigning: its makers argue for a cause",
    Stance.COMMERCIAL: "Commercial: its makers sell something",
    Stance.PEER: "Peers: made by people who have been through it",
    Stance.NONE: "We have not noted where its makers stand",
}
AUDIENCE_WORDS = {
    Audience.PATIENT: "For people who take medicine",
    Audience.PRESCRIBER: "For prescribers",
    Audience.BOTH: "For everyone",
}
READERS_WORDS = {
    Readers.PATIENTS: "For you",
    Readers.FAMILIES: "For family and friends",
    Readers.PRESCRIBERS: "For prescribers",
}


def sureness(confidence: Confidence) -> str:
    """How sure we are of a work or figure, as one sentence."""
    return _SURENESS[confidence]
