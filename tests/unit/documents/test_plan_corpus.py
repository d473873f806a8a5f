"""Plan files made by an earlier state of the program: read, written and replayed they give the same bytes, for ever."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from easeoff.documents import read_plan, write_plan
from easeoff.documents.history import identity, versions
from easeoff.documents.planfile import PLAN_FORMAT
from easeoff.planning.lifecycle import Kind, replay

CORPUS = Path(__file__).parents[2] / "corpus" / "plans"
LIVES = sorted(path for path in CORPUS.iterdir() if path.is_dir())
FILES = sorted(CORPUS.glob("*/*.json"))
SCHEMA = json.loads(files("easeoff.documents").joinpath("schemas/easeoff-plan-1.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@pytest.mark.hazard("H-030")
@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_an_old_plan_file_gives_the_same_bytes(path: Path) -> None:
    text = _text(path)
    assert write_plan(read_plan(text)) == text
    VALIDATOR.validate(json.loads(text))


@pytest.mark.hazard("H-022", "H-030")
@pytest.mark.parametrize("life", LIVES, ids=lambda p: p.name)
def test_every_version_of_an_old_plan_is_replayed_to_the_same_bytes(life: Path) -> None:
    first = read_plan(_text(life / "first.json"))
    last = read_plan(_text(life / "last.json")) if (life / "last.json").exists() else first
    replayed = list(replay(first, last.events, identity))
    said = [line.split() for line in (life / "versions.txt").read_text().splitlines()]
    made = [
        (str(v.version), v.status.value.split(":")[0].replace(" ", "-"), identity(v),
         sha256(write_plan(v).encode()).hexdigest())
        for v in replayed
    ]  # fmt: skip
    assert made == [tuple(line) for line in said]
    assert [v.identity for v in versions(last)] == [line[2] for line in said]
    assert write_plan(replayed[-1]) == write_plan(last)


def test_a_first_version_is_named_by_its_file() -> None:
    for life in LIVES:
        digest = sha256((life / "first.json").read_bytes()).hexdigest()
        assert digest.startswith((life / "versions.txt").read_text().split()[2])


def test_the_corpus_holds_medicines_countries_and_events_of_many_kinds() -> None:
    plans = [read_plan(_text(path)) for path in FILES]
    assert len({plan.medicine for plan in plans}) >= 8
    assert {plan.country for plan in plans} == {"GB", "US", "FR", "CA"}
    assert {event.kind for plan in plans for event in plan.events} == set(Kind)
    assert any(not line.steps for plan in plans for line in plan.supply), (
        "a plan from before steps were counted"
    )
    assert all(f'"format": "{PLAN_FORMAT}"' in _text(path) for path in FILES)
