"""What is handed to the typesetter, whole, for the hand-built plan: any change of a word on paper shows here.

After a change that is meant: ``python tests/unit/documents/test_paper_texts.py`` writes the texts anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import documents_factory as make
import pytest

from easeoff.directory import crisis_panel
from easeoff.documents.carddata import card_data
from easeoff.documents.jsontext import json_text
from easeoff.documents.letterdata import letter_data
from easeoff.documents.scheduledata import schedule_data
from easeoff.documents.supplydata import supply_data

GOLDEN = Path(__file__).parents[2] / "golden"
PANEL = crisis_panel((), "GB", make.plan().created_on)
IN_STEP_TWO = date(2027, 2, 20)
TEXTS: dict[str, Callable[[], Any]] = {
    "letter-to-agree": lambda: letter_data(make.proposal(), "Ελένη Жук"),
    "letter-with-ways": lambda: letter_data(
        make.proposal(make.plan(dated=0), within_limit=False, remedies=(make.REMEDY,), blocking_dose_mg=make.DOSES[-1][0],
                      reasons=("From 0.9 mg nothing at hand makes a small enough step.",), open_questions=(make.QUESTION,))
    ),
    "schedule": lambda: {k: v for k, v in schedule_data(make.plan(), make.FORMULARY, PANEL).items() if k != "chart"},
    "schedule-of-a-followed-plan": lambda: {
        k: v for k, v in schedule_data(make.followed(), make.FORMULARY, PANEL, "", IN_STEP_TWO).items() if k != "chart"
    },
    "supply-list-of-a-followed-plan": lambda: supply_data(make.followed(), make.FORMULARY, "", IN_STEP_TWO),
    "supply-list": lambda: supply_data(make.plan(), make.FORMULARY),
    "preparation-cards": lambda: card_data(make.plan(), make.FORMULARY),
}  # fmt: skip


def _file(name: str) -> Path:
    return GOLDEN / f"paper-{name}.json"


@pytest.mark.parametrize("name", TEXTS)
def test_the_texts_of_the_paper_are_these(name: str) -> None:
    assert json_text(TEXTS[name]()) == _file(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_is_empty_where_the_page_shows_it_and_none_holds_markup_of_ours(name: str) -> None:
    for text in _strings(TEXTS[name]()):
        assert "{" not in text and "}" not in text and "None" not in text
        assert "  " not in text and " ." not in text and ".." not in text and " ," not in text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


if __name__ == "__main__":
    for each, texts in TEXTS.items():
        _file(each).write_text(json_text(texts()), encoding="utf-8")
