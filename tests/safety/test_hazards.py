"""The hazard log is true: risks follow the matrix, and every claimed control and test exists."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def _build_case() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_case", ROOT / "safety" / "build_case.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD_CASE = _build_case()
HAZARDS: dict[str, dict[str, Any]] = {hazard["id"]: hazard for hazard in BUILD_CASE.hazards()}
TEXTS = (
    "id",
    "title",
    "effect",
    "severity",
    "likelihood",
    "status",
    "missing",
    "residual_likelihood",
    "reason",
)
ID = re.compile(r"H-\d{3}")

each = pytest.mark.parametrize("hazard", HAZARDS.values(), ids=HAZARDS)


def test_every_file_holds_the_hazard_of_its_name_and_none_is_missing_in_between() -> None:
    names = sorted(path.stem for path in (ROOT / "safety" / "hazards").glob("*.toml"))
    assert names == sorted(HAZARDS)
    assert names == [f"H-{number:03}" for number in range(1, len(names) + 1)]


@each
def test_a_hazard_is_written_whole(hazard: dict[str, Any]) -> None:
    assert all(isinstance(hazard[key], str) for key in TEXTS)
    assert all(hazard[key] for key in ("title", "effect"))
    assert hazard["causes"]
    assert hazard["status"] in BUILD_CASE.STATUSES


@each
def test_both_risks_follow_from_the_matrix_and_the_residual_one_is_acceptable(hazard: dict[str, Any]) -> None:
    assert hazard["initial_risk"] == BUILD_CASE.risk(hazard["likelihood"], hazard["severity"])
    assert hazard["residual_risk"] == BUILD_CASE.risk(hazard["residual_likelihood"], hazard["severity"])
    assert hazard["residual_risk"] <= hazard["initial_risk"]
    assert hazard["residual_risk"] <= 3
    if hazard["residual_risk"] == 3:
        assert hazard["reason"], "a residual risk of 3 needs a written reason"


@each
def test_the_status_claims_no_more_than_there_is(hazard: dict[str, Any]) -> None:
    controls = hazard.get("controls", [])
    status = hazard["status"]
    assert bool(controls) == (status in ("controlled here", "partly controlled"))
    assert bool(hazard["missing"]) == (status != "controlled here"), (
        "say which part is missing, or that none is"
    )
    for control in controls:
        assert control["text"]
        assert control["tests"], "a control without a test is not claimed"


@each
def test_every_named_part_of_the_program_exists(hazard: dict[str, Any]) -> None:
    for control in hazard.get("controls", []):
        module = importlib.import_module(control["module"])
        assert hasattr(module, control["name"]), f"{control['module']} has no {control['name']}"


@cache
def _tests_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for group in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        names |= {f"{group.name}::{node.name}" for node in group.body if isinstance(node, ast.FunctionDef)}
    return frozenset(names)


@each
def test_every_named_test_exists(hazard: dict[str, Any]) -> None:
    for control in hazard.get("controls", []):
        for named in control["tests"]:
            file, _, test = named.partition("::")
            assert (ROOT / file).is_file(), f"{file} does not exist"
            assert test in _tests_in(ROOT / file), f"{named} does not exist"


def test_the_safety_case_is_up_to_date() -> None:
    written = (ROOT / "safety" / "safety_case.md").read_text(encoding="utf-8")
    assert written == BUILD_CASE.case(BUILD_CASE.hazards()), "run: python safety/build_case.py"


def _named_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and ID.fullmatch(text)}


@pytest.mark.parametrize("folder", ["src", "tests"])
def test_every_hazard_named_in_a_finding_or_a_marker_is_on_file(folder: str) -> None:
    for path in sorted((ROOT / folder).rglob("*.py")):
        assert _named_in(path) <= set(HAZARDS), path


def test_every_stop_and_warning_of_the_rules_names_a_hazard_that_has_a_control() -> None:
    for path in sorted((ROOT / "src" / "easeoff" / "safety").glob("*.py")):
        for hazard in _named_in(path):
            assert HAZARDS[hazard]["status"] != "open", f"{path.name} names {hazard}"
