"""Writes what belongs to the dosage text from its phrases and its cases: the page, the template for translators, the catalogues.

``python docs/build_dosage_text.py`` writes docs/reference/dosage-text.md, ``dosage.pot`` and each ``dosage.mo``; ``--check`` says
whether they are up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib

_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT / "tests" / "unit" / "documents"))

from dosage_corpus import Case, cases, formulary  # noqa: E402

from easeoff.documents.dosage import DOSAGE_TEXT_VERSION, LANGUAGES, language  # noqa: E402
from easeoff.documents.dosage.words import Counted, every_phrase  # noqa: E402

PAGE = _ROOT / "docs" / "reference" / "dosage-text.md"
LOCALE = _ROOT / "src" / "easeoff" / "documents" / "dosage" / "locale"


def page() -> str:
    """The whole page as Markdown."""
    every = cases()
    said, refused = [c for c in every if not c.refused], [c for c in every if c.refused]
    reviews = "; ".join(
        f"{language(code).name}: {language(code).review}" for code in LANGUAGES if language(code).review
    )
    return "\n".join([
        "# Dosage text",
        "",
        "Written by `docs/build_dosage_text.py` from `tests/unit/documents/dosage_cases.toml`. Do not edit it by hand.",
        "",
        f"One generator (`easeoff.documents.dosage`, version {DOSAGE_TEXT_VERSION}) writes the sentence that goes with a dose in the FHIR files, "
        "the tables and the calendar. The version is printed with it and rises with every change of words, order or rules.",
        "",
        "- Order: method, dose, frequency, time of day, route, from when to when, what must be added. This is the order of the NHS guidance on dose "
        "syntax; what a plan of ours never has (rate, site, as needed) is left out.",
        "- The dose in mg first, then `=`, then how much of the product that is. Liquids read “X mg = Y mL of Z mg/mL”.",
        "- A leading zero, no trailing zero, no exponent, no mark between thousands, the unit always. Parts of a tablet stand in words.",
        "- Each language has its own decimal mark, because a point means thousands to a reader of German. Fields for machines keep the point.",
        "- What cannot be said whole is refused: a product that the data do not bear out, parts that do not add up, a phrase that a translation lacks.",
        "",
        f"Languages: {', '.join(f'{language(code).name} (`{code}`)' for code in LANGUAGES)}. {reviews}.",
        "",
        "## What is said",
        "",
        *(line for case in said for line in _said(case)),
        "## What is refused",
        "",
        "| Case | What is taken | The refusal begins |",
        "|---|---|---|",
        *(f"| {case.about} | `{case.taken}` | {case.refused} |" for case in refused),
        "",
    ])  # fmt: skip


def _said(case: Case) -> list[str]:
    listed = formulary()
    return [
        f"**{case.about}** (`{case.taken}`)",
        "",
        *(f"- {code}: {case.text(listed, code)}" for code in LANGUAGES),
        "",
    ]


def template() -> str:
    """All phrases without translations, for whoever adds a language."""
    empty = polib.POFile(wrapwidth=120)
    empty.metadata = {"Project-Id-Version": "easeoff dosage text", "Content-Type": "text/plain; charset=UTF-8",
                      "Content-Transfer-Encoding": "8bit"}  # fmt: skip
    for phrase in every_phrase():
        if isinstance(phrase, Counted):
            forms = {0: "", 1: ""}
            empty.append(polib.POEntry(msgid=phrase.one, msgid_plural=phrase.many, msgstr_plural=forms))
        else:
            empty.append(polib.POEntry(msgid=phrase))
    return f"{empty}\n"


def written() -> dict[Path, bytes]:
    """Every file that is made here, with what belongs in it."""
    made = {PAGE: page().encode(), LOCALE / "dosage.pot": template().encode()}
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/dosage.po")):
        made[source.with_suffix(".mo")] = polib.pofile(str(source)).to_binary()
    return made


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` say which are not up to date."""
    made = written() if "--check" in arguments else _catalogues_first()
    stale = [path for path, content in made.items() if not path.is_file() or path.read_bytes() != content]
    if "--check" not in arguments:
        for path in stale:
            path.write_bytes(made[path])
        return 0
    for path in stale:
        sys.stderr.write(f"{path.name} is not up to date. Run: python docs/build_dosage_text.py\n")
    return 1 if stale else 0


def _catalogues_first() -> dict[Path, bytes]:
    """The page speaks every language, so the catalogues are written before it is."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/dosage.po")):
        source.with_suffix(".mo").write_bytes(polib.pofile(str(source)).to_binary())
    return written()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
