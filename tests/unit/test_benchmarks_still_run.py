"""The benchmarks are run by hand and rarely: what they measure must still be there when somebody does."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
NAMES = sorted(path.stem for path in BENCHMARKS.glob("*.py"))


@pytest.fixture(autouse=True)
def beside_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", BENCHMARKS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_can_be_loaded_and_says_what_it_measures(name: str) -> None:
    assert (_module(name).__doc__ or "").strip()


def test_the_life_that_is_replayed_holds_its_twenty_events() -> None:
    assert len(_module("follow").lived().events) == 20


def test_the_plan_that_is_handed_over_has_sixty_steps_or_more() -> None:
    plan = _module("pack").sixty_steps().plan
    assert plan is not None and len(plan.steps) >= 60
