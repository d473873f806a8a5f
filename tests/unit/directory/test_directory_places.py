"""Places: outward codes, towns, regions, nations and countries, and what is typed instead of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from easeoff.directory import PlaceKind, choices, country_name, distance_km, load_services, resolve_place
from easeoff.directory.places import _codes, outward_code
from easeoff.medicines import DATA_ROOT
from easeoff.quantities import EaseoffError


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("BD1", "BD1", "outward"), ("bd1", "BD1", "outward"), (" bd1 1aa ", "BD1", "outward"), ("BD11AA", "BD1", "outward"),
        ("bd1 1", "BD1", "outward"), ("SW1A 1AA", "SW1A", "outward"), ("ec1a1bb", "EC1A", "outward"), ("B1", "B1", "outward"),
        ("JE2", "JE2", "outward"), ("Bradford", "Bradford", "region"), ("Keighley", "Keighley", "town"), ("Leeds", "Leeds", "region"),
        ("Scotland", "Scotland", "nation"), ("Northern Ireland", "Northern Ireland", "nation"), ("Belfast", "Belfast", "town"),
        ("germany", "Germany", "country"), ("Deutschland", "Germany", "country"), ("UK", "United Kingdom", "country"),
        ("The Netherlands", "Netherlands", "country"), ("de", "Germany", "country"), ("Berlin", "Berlin", "town"), ("osterreich", "Austria", "country"),
    ],
)  # fmt: skip
def test_a_place_is_found(text: str, name: str, kind: str) -> None:
    place = resolve_place(text)
    assert (place.name, place.kind) == (name, kind)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The place is empty."), ("   ", "The place is empty."), ("?!", "“?!” is not a place."), ("ZZ99", "We do not know the postcode “ZZ99”."),
        ("Atlantis", "We do not know the place “Atlantis”."), ("Bradfrod", "We do not know the place “Bradfrod”. Did you mean Bradford?"),
        ("'; DROP TABLE places; --", "We do not know the place"), ("<script>alert(1)</script>", "We do not know the place"),
        ("x" * 100_000, "This place is too long to read."),
    ],
)  # fmt: skip
def test_broken_input_gives_one_clear_sentence_and_a_hint(text: str, sentence: str) -> None:
    with pytest.raises(EaseoffError) as raised:
        resolve_place(text)
    assert sentence in str(raised.value)
    assert raised.value.hint
    assert len(str(raised.value)) < 200


@given(st.text(max_size=90))
def test_whatever_is_typed_is_a_place_or_an_easeoff_error(text: str) -> None:
    try:
        assert resolve_place(text).country
    except EaseoffError as error:
        assert error.hint


def test_only_the_outward_half_is_kept() -> None:
    assert "1AA" not in repr(resolve_place("BD1 1AA"))


def test_a_northern_irish_postcode_means_the_nation_and_no_row_of_it_is_shipped() -> None:
    assert resolve_place("BT7 1NN").name == "Northern Ireland"
    assert not [code for code in _codes(DATA_ROOT) if code.startswith("BT")]
    assert {place.latitude for place in choices("GB") if place.nation == "Northern Ireland"} == {None}


def test_every_outward_code_of_the_table_is_found_as_itself() -> None:
    codes = _codes(DATA_ROOT)
    assert len(codes) == 2776
    assert all(outward_code(code) == code and outward_code(f"{code}1AA") == code for code in codes)


def test_a_name_that_stands_for_several_places_names_the_others() -> None:
    place = resolve_place("Newport")
    assert place.label == "Newport (Wales)"
    assert "Newport (Isle of Wight)" in place.also
    assert resolve_place("Perth").nation == "Scotland"
    assert resolve_place("Perth", country="AU").label == "Perth (Australia)"


def test_distances_are_those_of_the_map() -> None:
    bradford, bristol = resolve_place("BD1"), resolve_place("BS1")
    assert distance_km(bradford, bristol) == pytest.approx(266, abs=6)
    assert distance_km(bradford, bradford) == 0
    assert distance_km(bradford, resolve_place("Scotland")) is None


def test_every_place_that_a_shipped_service_names_is_known_and_in_a_fitting_country() -> None:
    for service in load_services():
        for name in service.places:
            place = resolve_place(name, country=service.country)
            assert place.country == service.country or place.kind is PlaceKind.COUNTRY, (service.id, name)


def test_every_country_of_a_service_has_a_name() -> None:
    assert all(country_name(one.country) != one.country for one in load_services() if one.country)
