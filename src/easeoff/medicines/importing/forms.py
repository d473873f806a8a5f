"""What the lists call a form, as one of our form groups with its release and route; ``None`` is out of scope.

Creams, inhaled forms, eye drops and all injections but depots are left out on purpose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from easeoff.medicines.importing.catalogue import plain_name
from easeoff.medicines.importing.spellings import DEPOT_SALTS
from easeoff.medicines.importing.strengths import Strength

_SLOW = re.compile(
    r"modified.release|prolonged.release|extended.release|sustained.release|controlled.release|12.?hour|24.?hour"
)
_GASTRO = re.compile(r"gastro.resistant|delayed.rel|enteric.coated")
_INJECTED = re.compile(
    r"inject|infusion|intramuscular|subcutaneous|intravenous|parenteral|epidural|intrathecal"
)
#: Words of a form, and the group; the first that is found decides, so the narrower words come first.
_GROUPS = (
    ("implant", "implant"),
    ("sublingual tablet", "sublingual_tablet"), ("sublingual film", "sublingual_film"),
    ("sublingual spray", "sublingual_spray"), ("buccal tablet", "buccal_tablet"), ("buccal film", "buccal_film"),
    ("orodispersible film", "oral_film"), ("orodispersible", "orodispersible"), ("lyophilisate", "orodispersible"),
    ("orally disintegrating", "orodispersible"), ("for suspension tablet", "dispersible_tablet"),
    ("tablet, for suspension", "dispersible_tablet"), ("dispersible", "dispersible_tablet"),
    ("effervescent tablet", "dispersible_tablet"), ("soluble tablet", "dispersible_tablet"),
    ("tablet, effervescent", "dispersible_tablet"), ("tablet (effervescent)", "dispersible_tablet"),
    ("chewable", "chewable_tablet"), ("lozenge", "lozenge"), ("pastille", "lozenge"), ("troche", "lozenge"),
    ("suppositor", "suppository"), ("transdermal", "patch"), ("patch", "patch"),
    ("sachet", "granules"), ("capsule", "capsule"), ("tablet", "tablet"), ("caplet", "tablet"),
    ("concentrate", "oral_concentrate"), ("drops", "oral_drops"), ("oral suspension", "oral_suspension"),
    ("oral solution", "oral_solution"), ("suspension", "oral_suspension"), ("solution", "oral_solution"),
    ("syrup", "oral_solution"), ("elixir", "oral_solution"), ("linctus", "oral_solution"),
    ("oral liquid", "oral_solution"), ("liquid", "oral_solution"), ("granules", "granules"), ("powder", "granules"),
    ("film", "oral_film"), ("spray", "oral_spray"), ("gel", "rectal_liquid"), ("enema", "rectal_liquid"),
)  # fmt: skip
#: What a group becomes by another route; routes and groups that are not here are out of scope.
_BY_ROUTE = {
    "sublingual": {"tablet": "sublingual_tablet", "orodispersible": "sublingual_tablet",
                   "dispersible_tablet": "sublingual_tablet", "sublingual_tablet": "sublingual_tablet",
                   "film": "sublingual_film", "oral_film": "sublingual_film", "sublingual_film": "sublingual_film",
                   "buccal_film": "buccal_film", "oral_spray": "sublingual_spray",
                   "sublingual_spray": "sublingual_spray"},
    "oromucosal": {"tablet": "buccal_tablet", "buccal_tablet": "buccal_tablet", "orodispersible": "buccal_tablet",
                   "dispersible_tablet": "buccal_tablet", "oral_film": "buccal_film", "buccal_film": "buccal_film",
                   "oral_solution": "oromucosal_liquid", "lozenge": "lozenge", "oral_spray": "oral_spray"},
    "nasal": {"oral_spray": "nasal_spray", "oral_solution": "nasal_spray", "oral_drops": "nasal_spray"},
    "rectal": {"suppository": "suppository", "oral_solution": "rectal_liquid", "rectal_liquid": "rectal_liquid",
               "oral_suspension": "rectal_liquid"},
    "transdermal": {"patch": "patch", "oral_film": "patch"},
    "implant": {"implant": "implant"},
}  # fmt: skip
_ORAL = frozenset({
    "tablet", "dispersible_tablet", "chewable_tablet", "orodispersible", "capsule", "granules", "oral_solution",
    "oral_suspension", "oral_drops", "oral_concentrate", "oral_film", "oral_spray", "lozenge",
})  # fmt: skip
_ROUTES = (
    ("subling", "sublingual"), ("buccal", "oromucosal"), ("oromucos", "oromucosal"), ("transmucosal", "oromucosal"),
    ("gingiv", "oromucosal"), ("nasal", "nasal"), ("rectal", "rectal"), ("transderm", "transdermal"),
    ("implant", "implant"), ("intramuscular", "intramuscular"), ("subcutane", "subcutaneous"), ("oral", "oral"),
)  # fmt: skip
#: Forms that may carry a score line, of which most lists do not say.
_MAY_BE_SCORED = frozenset({
    "tablet", "dispersible_tablet", "chewable_tablet", "orodispersible", "sublingual_tablet", "buccal_tablet",
})  # fmt: skip
#: Medicines of which every listed injection is a depot, with no salt or word that says so.
_ONLY_DEPOTS = frozenset({"flupentixol", "fluspirilene", "pipotiazine", "risperidone"})


@dataclass(frozen=True, slots=True)
class Form:
    """A form group with its release (IR, MR, GR or depot) and route."""

    group: str
    release: str
    route: str

    @property
    def score(self) -> str:
        """What is known of a score line where the list says nothing."""
        return "unknown" if self.group in _MAY_BE_SCORED else "none"


def form_of(words: str, route_words: str, salt: str = "", medicine: str = "") -> Form | None:
    """The form behind English words (of form and name) and of the route. ``salt`` tells a depot injection.

    So does the ``medicine``, where no list has any other injection of it.
    """
    text, via = plain_name(words), plain_name(route_words)
    route = next((ours for word, ours in _ROUTES if word in via), "")
    if "implant" in text and "inject" not in text:
        return Form("implant", "depot", "implant")
    if _INJECTED.search(via) or re.search(r"inject|infusion", text):
        depot = bool(_SLOW.search(text)) or bool(set(salt.split()) & DEPOT_SALTS)
        depot = depot or medicine in _ONLY_DEPOTS
        where = route if route in ("intramuscular", "subcutaneous") else "intramuscular"
        return Form("depot_injection", "depot", where) if depot else None
    group = next((ours for word, ours in _GROUPS if word in text), "")
    group = "patch" if route == "transdermal" and "system" in text else group
    if route == "oral" and group == "lozenge":
        route = "oromucosal"
    if route == "oral" and group == "oral_solution" and "oromucosal" in text:
        route = "oromucosal"
    if route == "oral":
        if group.startswith(("sublingual", "buccal")):
            route = group.partition("_")[0].replace("buccal", "oromucosal")
        elif group not in _ORAL:
            return None
    found = group if route == "oral" else _BY_ROUTE.get(route, {}).get(group, "")
    return Form(found, _release(text, found), route) if found else None


def depot_label(amount: Strength, form: Form, words: str, *, whole: bool = False) -> Strength:
    """A depot that is one syringe or vial is labelled by the whole of it, whatever its volume.

    Those are the prolonged-release ones and those labelled by another volume than 1 ml; a plain 50 mg/ml is a
    strength from which doses are drawn. ``whole`` says that the list names each pack by its whole content.
    """
    if form.group != "depot_injection" or amount.per_unit != "ml":
        return amount
    if whole or amount.per_value != 1 or _SLOW.search(plain_name(words)):
        return Strength(amount.value, amount.unit)
    return amount


def _release(text: str, group: str) -> str:
    if group == "patch" or _SLOW.search(text):
        return "MR"
    return "GR" if _GASTRO.search(text) else "IR"
