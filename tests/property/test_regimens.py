"""The ways of making a day: the quick look for the lightest finds what going through every one of them does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from easeoff.medicines import load_formulary
from easeoff.medicines.model import Tier
from easeoff.planning.request import TaperRequest
from easeoff.planning.solving.handling import Handling, Way, worth_trying
from easeoff.planning.solving.regimens import Regimens
from easeoff.proposing.situation import understand

#: Medicine, country, today's dose, halves, and what one dose may take.
_CASES = [
    ("sertraline", "GB", 200, True, 2, 4),
    ("pregabalin", "GB", 300, False, 3, 4),
    ("quetiapine", "US", 400, True, 3, 3),
    ("diazepam", "GB", 20, True, 1, 6),
]


@cache
def _regimens_of(name: str, country: str, dose: int, halves: bool, products: int, pieces: int) -> Regimens:
    request = TaperRequest(name, Decimal(dose), country, date(2026, 1, 5), tier=Tier.SPECIAL, halves=halves,
                           max_products=products, max_pieces=pieces)  # fmt: skip
    situation = understand(load_formulary(name, country), request, questions_open=False)
    search = situation.bare_search()
    *_, levels = search.larder.kits(situation.at_hand, dose * 10**6)
    return Regimens(levels[0])


def _worth_trying(ways: Sequence[Way]) -> set[tuple[frozenset[str], Handling]]:
    return {(way.products, way.handling) for way in worth_trying(ways)} if ways else set()


@pytest.mark.parametrize("case", _CASES)
@given(data=st.data())
def test_the_lightest_ways_are_those_of_all_that_are_worth_trying(
    case: tuple[str, str, int, bool, int, int], data: st.DataObject
) -> None:
    regimens = _regimens_of(*case)
    doses = st.sampled_from([0, *sorted(regimens.kit.doses)])
    split = tuple(data.draw(st.lists(doses, min_size=1, max_size=3).filter(any)))
    every = Regimens(regimens.kit).ways(split)
    assert regimens.can_make(split) == bool(every)
    assert _worth_trying(regimens.lightest_ways(split)) == _worth_trying(every)
    for way in regimens.lightest_ways(split):
        made = regimens.portions(split, way.products)
        assert tuple(sum(p.equivalent for p in portions) for portions in made) == split
        assert {p.product.id for portions in made for p in portions} == way.products


def test_what_the_kit_cannot_make_is_no_day() -> None:
    regimens = _regimens_of(*_CASES[3])
    odd = min(regimens.kit.doses) + 1
    assert odd not in regimens.kit.doses
    assert not regimens.can_make((odd, min(regimens.kit.doses)))
    assert not regimens.lightest_ways((odd,))
