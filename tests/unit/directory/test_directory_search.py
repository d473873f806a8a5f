"""Search forgives spelling, filters, sorts by nearness, and takes anything that is typed."""

from __future__ import annotations

import pytest
from directory_factory import TODAY, service
from hypothesis import given, settings
from hypothesis import strategies as st

from easeoff.directory import (
    Cost,
    DirectoryIndex,
    DrugClass,
    Kind,
    Nearness,
    Status,
    find_drug_class,
    near,
    resolve_place,
    shipped_index,
)
from easeoff.directory.folding import stem, words
from easeoff.directory.forgiving import within_one
from easeoff.quantities import EaseoffError


def ids(query: str = "", **wishes: object) -> list[str]:
    return [hit.service.id for hit in shipped_index().search(query, today=TODAY, **wishes).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "query",
    [
        "Bristol tranquilliser", "bristol tranquiliser", "BRISTOL TRANQUILIZER", "bristol tranquillisers project", "bristol tranx",
        "bristol tranquilzer", "Brsitol tranquilliser", "bristol tranquil",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_spelt(query: str) -> None:
    assert "bristol-tranquilliser-project" in ids(query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("antidepressant", "nelft-pdc"), ("antidepressants", "nelft-pdc"), ("anti depressants", "nelft-pdc"), ("SSRI", "nelft-pdc"),
        ("Seroxat", "seroxat-user-group"), ("paroxetine", "seroxat-user-group"), ("Seroxatt", "seroxat-user-group"),
        ("Valium", "bic"), ("xanax", "bic"), ("sleeping tablets", "nelft-pdc"), ("pregabalin", "nelft-pdc"),
        ("bjorkhagen", "bjorkhagen-nedtrappning"), ("Björkhagen", "bjorkhagen-nedtrappning"), ("postscript 360", "postscript360"),
        ("benzo buddies", "benzobuddies"), ("roar", "roar-rochdale-oldham"), ("Samaritans 116 123", "samaritans"),
        ("111", "nhs-111-england"), ("988", "us-988"), ("Germany forum", "psyab"), ("theinnercompass.org", "inner-compass"),
        ("help with withdrawal from benzos in Bradford", "bridge-project-bradford"),
    ],
)  # fmt: skip
def test_plain_words_brands_and_numbers_find_it(query: str, expected: str) -> None:
    assert expected in ids(query)


def test_it_says_how_it_read_a_misspelt_word() -> None:
    assert shipped_index().search("tranquilzer", today=TODAY).read_as == (("tranquilzer", "tranquiliser"),)


def test_where_nothing_has_all_words_those_with_the_most_come_first_and_it_says_so() -> None:
    found = shipped_index().search("bristol tranquilliser zeppelin", today=TODAY)
    assert not found.all_words
    both = {"postscript360", "bristol-tranquilliser-project", "battle-against-tranquillisers"}
    assert {hit.service.id for hit in found.hits[:3]} == both


def test_a_whole_name_beats_everything_else() -> None:
    assert ids("REST")[0] == "rest-camden-islington"


def test_filters_narrow_and_combine() -> None:
    assert ids(kind=Kind.PHARMACY) == ["regenboog-apotheek", "transvaal-apotheek"]
    assert ids(kind=Kind.PHARMACY, language="en") == ["regenboog-apotheek"]
    assert ids(kind=Kind.CLINIC, country="SE") == ["bjorkhagen-nedtrappning"]
    assert "outro-health" in ids(cost=Cost.PAID)
    assert ids(cost=Cost.FREE, drug_class=DrugClass.BENZODIAZEPINE) == ["reconnexion", "worcester-peer-group"]


def test_a_service_for_any_drug_is_found_under_every_class() -> None:
    for drug_class in DrugClass:
        assert "psyab" in ids(drug_class=drug_class)
    assert "psyab" in ids("lithium")


def test_a_country_keeps_international_services() -> None:
    found = ids(country="PL")
    assert "iipdw" in found
    assert "samaritans" not in found


def test_without_a_place_what_the_countries_of_the_hub_can_use_stands_before_its_like_from_elsewhere() -> (
    None
):
    held = (
        service(id="elsewhere", name="A", country="CA"),
        service(id="here", name="B", country="GB"),
        service(id="anywhere", name="C", country=""),
        service(id="here-unconfirmed", name="D", country="GB", status=Status.UNCONFIRMED),
    )
    index = DirectoryIndex(held)

    def listed(**asked) -> list[str]:
        return [hit.service.id for hit in index.search("", today=TODAY, **asked).hits]

    assert listed(home=frozenset({"GB"})) == ["here", "anywhere", "elsewhere", "here-unconfirmed"]
    assert listed() == ["elsewhere", "here", "anywhere", "here-unconfirmed"]


def test_near_bradford_the_local_charity_comes_first_with_its_distance_then_the_national_clinic() -> None:
    first, second = near("BD1", DrugClass.BENZODIAZEPINE, today=TODAY, limit=2).hits
    assert (first.service.id, first.nearness) == ("bridge-project-bradford", Nearness.HERE)
    assert first.distance_km is not None and first.distance_km < 10
    assert (second.service.id, second.nearness, second.distance_km) == ("nelft-pdc", Nearness.COVERS, None)


def test_what_is_beyond_reach_comes_after_what_serves_the_place() -> None:
    listed = [hit.service.id for hit in near("Bristol", DrugClass.BENZODIAZEPINE, today=TODAY).hits]
    assert listed.index("postscript360") < listed.index("bridge-project-bradford")


def test_a_clinic_for_england_is_not_offered_in_scotland() -> None:
    assert "nelft-pdc" not in [
        hit.service.id for hit in near("Scotland", DrugClass.BENZODIAZEPINE, today=TODAY).hits
    ]
    assert "nelft-pdc" in [
        hit.service.id for hit in near("United Kingdom", DrugClass.BENZODIAZEPINE, today=TODAY).hits
    ]


def test_near_leaves_out_what_has_closed() -> None:
    assert not [hit for hit in near("Bristol", today=TODAY).hits if hit.service.is_tombstone]


def test_online_services_in_a_language_of_the_place_come_first() -> None:
    found = {
        hit.service.id: hit.nearness for hit in near("Bradford", DrugClass.ANTIPSYCHOTIC, today=TODAY).hits
    }
    assert found["tapercommunity"] is Nearness.ONLINE
    assert found["psyab"] is Nearness.FOREIGN
    german = {
        hit.service.id: hit.nearness for hit in near("Berlin", DrugClass.ANTIPSYCHOTIC, today=TODAY).hits
    }
    assert german["psyab"] is Nearness.ONLINE


def test_active_comes_before_unconfirmed_and_near_before_far() -> None:
    index = DirectoryIndex([
        service(id="far", name="A", places=("Leeds",)),
        service(id="near", name="B", places=("Bradford",)),
        service(id="unconfirmed", name="C", places=("Bradford",), status=Status.UNCONFIRMED),
    ])  # fmt: skip
    found = index.search("", today=TODAY, place=resolve_place("BD1"))
    assert [hit.service.id for hit in found.hits] == ["near", "far", "unconfirmed"]


def test_pages_follow_each_other_and_count_the_whole() -> None:
    whole = ids()
    assert ids(limit=10) + ids(limit=103, offset=10) == whole
    assert shipped_index().search("", today=TODAY, limit=1).total == len(whole) == 113


def test_a_place_that_nobody_knows_in_a_record_does_no_harm() -> None:
    index = DirectoryIndex([service(places=("Atlantis",))])
    assert index.search("", today=TODAY, place=resolve_place("BD1")).hits[0].nearness is Nearness.COVERS


def test_an_empty_directory_finds_nothing() -> None:
    assert DirectoryIndex([]).search("help", today=TODAY, place=resolve_place("BD1")).total == 0


@pytest.mark.parametrize(
    "query",
    [
        "'; DROP TABLE services; --",
        "<script>alert(1)</script>",
        "%00\x00",
        "!!!",
        "-" * 200,
        "\u202e\ufeff",
        "🙂🙂",
        "1" * 200,
        "a " * 100,
    ],
)
def test_hostile_words_are_only_words(query: str) -> None:
    assert shipped_index().search(query, today=TODAY).total <= 113


def test_a_search_of_a_hundred_kilobytes_is_refused_in_one_sentence() -> None:
    with pytest.raises(EaseoffError) as raised:
        shipped_index().search("a" * 100_000, today=TODAY)
    assert (
        str(raised.value)
        == "This search is too long. Use a few words, such as the name of a service or a drug."
    )


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_there_is_an_answer(query: str) -> None:
    found = shipped_index().search(query, today=TODAY, limit=5, place=resolve_place("BD1"))
    assert len(found.hits) == min(5, found.total)


@given(
    st.text(alphabet="abcdeé", min_size=1, max_size=7),
    st.integers(0, 6),
    st.sampled_from("abz"),
    st.sampled_from("cdsi"),
)
def test_one_slip_is_seen_and_two_are_not(word: str, at: int, letter: str, slip: str) -> None:
    at = min(at, len(word) - 1)
    changed = {
        "c": word[:at] + letter + word[at + 1 :],
        "d": word[:at] + word[at + 1 :],
        "i": word[:at] + letter + word[at:],
        "s": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[slip]
    assert within_one(word, changed)
    assert within_one(changed, word)
    assert not within_one(word, word + "zz")
    assert not within_one("xy" + word, word)


@pytest.mark.parametrize(
    "alike",
    [
        ("tranquilliser", "tranquiliser", "tranquilizers", "Tranquillizer"), ("behaviour", "behavior"), ("counselling", "counseling"),
        ("organisation", "organization", "organisations"), ("charity", "charities"), ("stabiliser", "stabilizers"), ("group", "groups"),
    ],
)  # fmt: skip
def test_spellings_and_endings_share_a_stem(alike: tuple[str, ...]) -> None:
    assert len({stem(words(word)[0]) for word in alike}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("benzodiazepines", "benzodiazepine"), ("benzos", "benzodiazepine"), ("Z-drugs", "z_drug"), ("z drug", "z_drug"),
        ("SSRI", "antidepressant"), ("Seroxat", "antidepressant"), ("diazepam", "benzodiazepine"), ("tranquilizers", "benzodiazepine"),
        ("lithium", "mood_stabiliser"), ("Lyrica", "gabapentinoid"), ("any", "any"), ("mood stabilizers", "mood_stabiliser"),
    ],
)  # fmt: skip
def test_a_class_is_known_by_its_names_substances_and_brands(text: str, expected: str) -> None:
    assert find_drug_class(text) == expected


@pytest.mark.parametrize("text", ["", "zzz", "x" * 5000, "<script>"])
def test_an_unknown_drug_is_refused_with_the_list(text: str) -> None:
    with pytest.raises(
        EaseoffError, match=r"We do not know the kind of drug .* benzodiazepine, z drug"
    ) as raised:
        find_drug_class(text)
    assert len(str(raised.value)) < 300
