"""What guidelines say about rates: each speaks of somebody on record, from a source, with the base of its percentages."""

from __future__ import annotations

import re

import pytest

from easeoff.medicines import load_medicine, load_sources, medicine_names
from easeoff.medicines.guidelines import GuidelineRate, all_guideline_rates, guideline_rates
from easeoff.medicines.model import Confidence

MEDICINES = [load_medicine(name) for name in medicine_names()]


@pytest.mark.parametrize("rate", all_guideline_rates(), ids=lambda rate: rate.id)
def test_every_rate_speaks_of_somebody_and_names_its_source(rate: GuidelineRate) -> None:
    assert {*rate.classes} <= {m.drug_class for m in MEDICINES}
    assert {*rate.medicines} <= {m.name for m in MEDICINES}
    assert any(rate.is_of(m) for m in MEDICINES)
    assert rate.provenance.source in {source.id for source in load_sources()}
    assert rate.provenance.confidence in (Confidence.READ, Confidence.SECONDARY)


@pytest.mark.parametrize("rate", all_guideline_rates(), ids=lambda rate: rate.id)
def test_every_percentage_names_its_base(rate: GuidelineRate) -> None:
    if "%" in rate.says and rate.id not in ("tapermd_anticonvulsants",):
        assert re.search(r"of the (current|starting|dose)", rate.says), rate.says


def test_the_classes_that_people_ask_about_have_one() -> None:
    for name in ("sertraline", "venlafaxine", "amitriptyline", "mirtazapine", "diazepam", "zopiclone", "olanzapine",
                 "gabapentin", "pregabalin", "morphine", "lamotrigine"):  # fmt: skip
        assert guideline_rates(load_medicine(name)), name
    assert guideline_rates(load_medicine("clonidine")) == ()
