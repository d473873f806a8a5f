"""Finding a medicine by what is written on the box, and asking back otherwise."""

from __future__ import annotations

import pytest

from easeoff.medicines import UnknownMedicine, find_medicine, load_medicine, medicine_names, suggest
from easeoff.quantities import EaseoffError


@pytest.mark.parametrize(("text", "inn"), [
    ("sertraline", "sertraline"), ("Lustral", "sertraline"), ("ZOLOFT", "sertraline"), ("  zoloft ", "sertraline"),
    ("Cipramil", "citalopram"), ("Celexa", "citalopram"), ("Cipralex", "escitalopram"), ("lexapro", "escitalopram"),
    ("Prozac", "fluoxetine"), ("Seroxat", "paroxetine"), ("Paxil", "paroxetine"), ("Efexor", "venlafaxine"),
    ("effexor  xr", "venlafaxine"), ("Cymbalta", "duloxetine"), ("Zispin", "mirtazapine"), ("Remeron", "mirtazapine"),
    ("Valium", "diazepam"), ("Zimovane", "zopiclone"), ("Seroquel", "quetiapine"), ("Zyprexa", "olanzapine"),
    ("Lyrica", "pregabalin"), ("Priadel", "lithium"), ("Epilim", "valproate"), ("sodium valproate", "valproate"),
    ("Subutex", "buprenorphine"), ("sertraline hydrochloride", "sertraline"), ("Zoloft®", "sertraline"),
])  # fmt: skip
def test_a_name_on_the_box_finds_the_substance(text: str, inn: str) -> None:
    assert find_medicine(text) == inn


@pytest.mark.parametrize("inn", medicine_names())
def test_every_name_on_record_finds_its_own_substance(inn: str) -> None:
    medicine = load_medicine(inn)
    for name in (inn, *medicine.synonyms, *medicine.brands):
        assert find_medicine(name.upper()) == inn


@pytest.mark.parametrize(("typed", "meant"), [
    ("setraline", "sertraline"), ("venlafaxin", "venlafaxine"), ("zolof", "sertraline"), ("prozak", "fluoxetine"),
    ("mirtazepine", "mirtazapine"), ("pregablin", "pregabalin"),
])  # fmt: skip
def test_a_slip_of_the_finger_is_asked_back_and_never_taken(typed: str, meant: str) -> None:
    with pytest.raises(UnknownMedicine) as caught:
        find_medicine(typed)
    assert caught.value.nearest[0] == meant
    assert f"Did you mean {meant}" in str(caught.value)
    assert isinstance(caught.value, EaseoffError)


@pytest.mark.parametrize("known", ["halazepam", "ketazolam", "Percocet", "co-codamol"])
def test_a_substance_without_a_record_is_not_taken_for_a_look_alike(known: str) -> None:
    with pytest.raises(UnknownMedicine, match="no record of it yet") as caught:
        find_medicine(known)
    assert caught.value.nearest == ()
    assert "Keep taking it" in caught.value.hint


@pytest.mark.parametrize("text", ["", "  ", "x", "qqqqqq", "a" * 300])
def test_what_looks_like_nothing_gets_a_hint_and_no_names(text: str) -> None:
    with pytest.raises(UnknownMedicine) as caught:
        find_medicine(text)
    assert caught.value.nearest == ()
    assert len(str(caught.value)) < 200


def test_the_beginning_of_a_name_suggests_it() -> None:
    assert suggest("sert") == ("sertindole", "sertraline")
    assert suggest("seroq") == ("quetiapine",)
    assert suggest("s") == ()


def test_a_medicine_is_never_taken_for_its_namesake() -> None:
    assert find_medicine("desvenlafaxine") == "desvenlafaxine"
    assert find_medicine("Pristiq") == "desvenlafaxine"
    assert find_medicine("Ativan") == "lorazepam"
    assert find_medicine("DEPAKINE") == find_medicine("Dépakine") == "valproate"
    assert find_medicine("téralithe") == find_medicine("Teralithe") == "lithium"
    assert find_medicine("gabapentin enacarbil") == "gabapentin enacarbil"
