"""What the documentation of the code shows is what the code does."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import easeoff

ROOT = Path(easeoff.__file__).parent


def _modules_with_examples() -> list[str]:
    """Every module that shows an example, by its dotted name."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        if ">>> " in path.read_text(encoding="utf-8"):
            parts = path.relative_to(ROOT.parent).with_suffix("").parts
            found.append(".".join(part for part in parts if part != "__init__"))
    return found


@pytest.mark.parametrize("name", _modules_with_examples())
def test_the_examples_give_what_they_show(name: str) -> None:
    ran = doctest.testmod(import_module(name))
    assert ran.attempted > 0 and ran.failed == 0
