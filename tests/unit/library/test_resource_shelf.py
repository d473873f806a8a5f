"""The shelf: every resource is there, is found by its topic, and says what it is good for and its limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from easeoff.library import SHELVES, Resource, Stance, Standing, find_resources, load_shelf
from easeoff.library.shelf import SHARING_SITES
from easeoff.medicines.files import DATA_ROOT, DataError

SHELF = load_shelf()


def ids(found: tuple[Resource, ...]) -> list[str]:
    return [resource.id for resource in found]


def test_the_whole_shelf_is_there() -> None:
    assert len(SHELF) == 98
    assert len({resource.id for resource in SHELF}) == 98


@pytest.mark.parametrize("resource", SHELF, ids=lambda resource: resource.id)
def test_a_resource_is_found_by_each_of_its_topics_its_class_its_readers_and_its_kind(
    resource: Resource,
) -> None:
    for topic in resource.shelves:
        assert resource in find_resources(SHELF, topic=topic)
    for subject in resource.topics:
        assert resource in find_resources(SHELF, subject=subject)
    for drug_class in resource.drug_classes:
        assert resource in find_resources(SHELF, drug_class=drug_class)
    assert resource in find_resources(SHELF, audience="patient") + find_resources(
        SHELF, audience="prescriber"
    )
    assert resource in find_resources(SHELF, kind=resource.kind)
    assert resource in find_resources(SHELF, words=resource.title)


@pytest.mark.parametrize("resource", SHELF, ids=lambda resource: resource.id)
def test_a_resource_says_what_it_is_good_for_and_its_limits_as_sentences(resource: Resource) -> None:
    assert resource.good_for.endswith(".")
    assert resource.limits.endswith(".")
    assert ".csv" not in resource.good_for + resource.limits + resource.note


@pytest.mark.parametrize("resource", SHELF, ids=lambda resource: resource.id)
def test_nobody_is_sent_to_a_copy_on_a_file_sharing_site(resource: Resource) -> None:
    assert not any(site in resource.url for site in SHARING_SITES)
    assert bool(resource.url) != ("We give no link" in resource.limits)


@pytest.mark.parametrize("resource", SHELF, ids=lambda resource: resource.id)
def test_the_stance_and_the_language_are_those_of_the_note(resource: Resource) -> None:
    stance = resource.note.partition("Stance: ")[2]
    assert resource.stance is (Stance(stance.replace(";", ".").partition(".")[0]) if stance else Stance.NONE)
    language = resource.note.partition("Language: ")[2].partition(".")[0]
    assert resource.languages == (tuple(language.split(";")) if language else ("en",))


def test_each_topic_has_something_on_it() -> None:
    for topic in SHELVES:
        assert find_resources(SHELF, topic=topic), topic


def test_what_stood_on_the_old_support_page_can_be_listed() -> None:
    found = ids(find_resources(SHELF, founding=True))
    assert len(found) == 11
    assert {"ashton-manual", "surviving-antidepressants-archive", "benzobuddies-forum"} <= set(found)


def test_filters_narrow_together_and_any_fits_every_class() -> None:
    found = find_resources(SHELF, topic="peers", drug_class="benzodiazepine", audience="patient")
    assert "benzobuddies-forum" in ids(found)
    assert "facebook-healing-from-psych-drugs" in ids(found)
    assert "white-2021" not in ids(found)
    assert all(resource.audience != "prescriber" for resource in found)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("ashton manual", "ashton-manual"),
        ("Ashtn manul", "ashton-manual"),
        ("tapering strips", "groot-2018"),
        ("Gøtzsche", "gotzsche-survival-kit"),
        ("gotzsche", "gotzsche-survival-kit"),
        ("akathisia course", "akathisia-101"),
    ],
)
def test_plain_words_find_it_with_slips_endings_and_accents(words: str, first: str) -> None:
    assert first in ids(find_resources(SHELF, words=words))[:3]


def test_words_that_nobody_wrote_find_nothing() -> None:
    assert find_resources(SHELF, words="bicycle repair") == ()


def test_the_state_is_told_as_it_is() -> None:
    state = {resource.id: resource.status for resource in SHELF}
    assert state["benzo-org-uk"] is Standing.READ_ONLY
    assert state["cep-support-page"] is Standing.UNCONFIRMED
    assert state["withdrawal-project-guide"] is Standing.ACTIVE


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("harm-reduction-guide,", "will-hall-video,", "stands there twice"),
        (
            ",guide,https://www.madinamerica.com",
            ",guide,ftp://www.madinamerica.com",
            "must begin with https://",
        ),
        (",guide,https://www.madinamerica.com", ",guide,https://docslib.org", "file-sharing site"),
        ("coming-off;coping;family", "coming-off;cars", "must be some of coming-off"),
        ("decision;preparation;reducing;support", "", "topics is empty"),
        ("support,any,CC BY-NC-ND,published", "support,any,CC BY-NC-ND,lost", "is not one of active"),
    ],
)
def test_a_fault_on_the_shelf_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (DATA_ROOT / "resources.csv").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "resources.csv").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_shelf(tmp_path)
    assert said in caught.value.message
