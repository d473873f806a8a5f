"""Writes a small data folder with articles and references, sound unless a test spoils it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HEAD = {
    "title": '"Sleep and dose"',
    "summary": '"A short page."',
    "audience": '"patients"',
    "reviewed_on": "2026-01-10",
    "review_by": "2027-01-10",
    "drug_classes": '["any"]',
    "order": "10",
    "status": '"written by the project, not yet reviewed by a clinician"',
}
BODY = "## In short\n\nSleep can be worse for a while. [@smith_2020]\n"


def reference(key: str = "smith_2020", confidence: str = "read", **more: Any) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": key,
        "type": "article-journal",
        "title": f"A work on sleep ({key})",
        "author": [{"family": "Smith", "given": "A"}],
        "container-title": "Journal of Examples",
        "issued": {"date-parts": [[2020]]},
        "DOI": "10.1000/example",
        "custom": {"confidence": confidence},
    }
    return item | more


def article_text(body: str = BODY, **head: str) -> str:
    lines = [f"{key} = {value}" for key, value in (HEAD | head).items() if value]
    return "+++\n" + "\n".join(lines) + "\n+++\n" + body


def data_folder(root: Path, articles: dict[str, str] | None = None, references: Any = None) -> Path:
    """A data folder under ``root`` with these articles (slug to text) and references."""
    folder = root / "articles"
    folder.mkdir(parents=True)
    for slug, text in (articles if articles is not None else {"sleep": article_text()}).items():
        (folder / f"{slug}.md").write_text(text, encoding="utf-8")
    items = references if references is not None else [reference()]
    (folder / "references.json").write_text(json.dumps(items), encoding="utf-8")
    (folder / "unavoidable_words.txt").write_text("# none\n", encoding="utf-8")
    return root
