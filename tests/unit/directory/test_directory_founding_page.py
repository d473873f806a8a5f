"""Every item of the support page that the project began from is found, with its true present state."""

from __future__ import annotations

import pytest
from directory_factory import TODAY

from easeoff.directory import load_services, phone_shown, shipped_index

FOUNDING = [
    ("Addiction Dependency Solutions (Oldham)", "0161 831 2400", "ads-oldham", "unconfirmed", "roar-rochdale-oldham"),
    ("Battle Against Tranquilisers (Bristol)", "0117 966 3629", "battle-against-tranquillisers", "renamed", "postscript360"),
    ("Bristol and District Tranquiliser Project", "0117 950 0020", "bristol-tranquilliser-project", "closed", ""),
    ("REST (Change Grow Live, Islington & Camden, London)", "0203 227 4950", "rest-camden-islington", "unconfirmed", ""),
    ("The Bridge Project (Bradford)", "01274 723863", "bridge-project-bradford", "active", ""),
    ("Surviving Antidepressants", "", "surviving-antidepressants", "read_only", ""),
    ("BenzoBuddies", "", "benzobuddies", "unconfirmed", ""),
    ("Benzo and Psych Med Withdrawal Group", "", "fb-benzo-psych-med-withdrawal", "unconfirmed", ""),
    ("Healing from Psych Drugs", "", "fb-healing-from-psych-drugs", "unconfirmed", ""),
    ("The Withdrawal Project", "", "inner-compass", "active", ""),
]  # fmt: skip


def test_the_list_is_the_whole_list() -> None:
    assert {one.id for one in load_services() if one.on_founding_page} == {row[2] for row in FOUNDING}


@pytest.mark.parametrize(("name", "number", "service_id", "status", "successor"), FOUNDING)
def test_it_is_found_first_by_the_name_the_page_printed(
    name: str, number: str, service_id: str, status: str, successor: str
) -> None:
    hit = shipped_index().search(name, today=TODAY).hits[0]
    assert hit.service.id == service_id
    assert hit.service.status == status
    assert (hit.successor.id if hit.successor else "") == successor


@pytest.mark.parametrize(
    ("name", "number", "service_id", "status", "successor"), [row for row in FOUNDING if row[1]]
)
def test_it_is_found_first_by_the_number_the_page_printed(
    name: str, number: str, service_id: str, status: str, successor: str
) -> None:
    bare = number.replace(" ", "")
    for typed in (
        number,
        bare,
        f"+44 {number[1:]}",
        f"0044{bare[1:]}",
        f"({number[:4]}) {number[4:]}",
        number[-7:],
    ):
        assert shipped_index().search(typed, today=TODAY).hits[0].service.id == service_id, typed


@pytest.mark.parametrize(
    ("name", "number", "service_id", "status", "successor"), [row for row in FOUNDING if row[1]]
)
def test_its_number_is_shown_only_where_the_charity_is_alive(
    name: str, number: str, service_id: str, status: str, successor: str
) -> None:
    hit = shipped_index().search(name, today=TODAY).hits[0]
    assert hit.phone == phone_shown(hit.service, TODAY)
    assert hit.phone.show is (status == "active")
    assert (hit.phone.phone == number) is (status == "active")


def test_the_counts_of_states_are_those_of_the_reference() -> None:
    states = [one.status.value for one in load_services()]
    counted = {state: states.count(state) for state in sorted(set(states))}
    assert counted == {"active": 29, "closed": 4, "read_only": 2, "renamed": 1, "unconfirmed": 77}
