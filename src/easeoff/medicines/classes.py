"""The classes of medicines in words, the same on every surface."""

from __future__ import annotations

_UPPER = {"ssri": "SSRI", "snri": "SNRI", "maoi": "MAOI"}
_WORDS = {
    "mood_stabiliser_antiepileptic": "mood stabiliser or antiepileptic",
    "z_drug": "z-drug",
    "antidepressant_tca": "antidepressant, tricyclic",
    "stimulant_adhd": "stimulant or ADHD medicine",
    "alpha_beta_blocker_other": "beta-blocker, clonidine or baclofen",
    "hypnotic_anxiolytic_other": "sleep or anxiety medicine, other",
}


#: What single medicines of a mixed class are, for the top of their own page.
_OF_ITS_OWN = {"baclofen": "muscle relaxant", "clonidine": "blood pressure medicine of the clonidine type"}


def kind_words(name: str, drug_class: str) -> str:
    """What one medicine is: as `class_words`, but of a mixed class only what holds of this medicine."""
    if drug_class == "alpha_beta_blocker_other":
        return _OF_ITS_OWN.get(name, "beta-blocker")
    return class_words(drug_class)


def class_words(drug_class: str) -> str:
    """``antidepressant, SSRI`` for ``antidepressant_ssri``."""
    if drug_class in _WORDS:
        return _WORDS[drug_class]
    return ", ".join(_UPPER.get(part, part) for part in drug_class.split("_"))
