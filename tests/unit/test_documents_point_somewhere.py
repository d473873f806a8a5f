"""What the README and the documents point to in this repository exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "safety").rglob("*.md")]  # fmt: skip
#: A link to another page of the repository, and a file that is named by its path from the root.
_LINK = re.compile(r"\]\((?![a-z]+:|#|/)([^)#\s]+)")
_PATH = re.compile(r"`((?:docs|tests|benchmarks|safety|deploy|src)/[\w./-]+\.(?:md|py|toml|csv|json|sh))`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_it_points_to_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    linked = [document.parent / target for target in _LINK.findall(text)]
    named = [ROOT / target for target in _PATH.findall(text)]
    assert [str(path) for path in (*linked, *named) if not path.exists()] == []
