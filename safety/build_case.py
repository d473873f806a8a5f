"""Write ``safety/safety_case.md`` from the hazard files.

python safety/build_case.py            write it
python safety/build_case.py --check    exit 1 if it is not up to date
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CASE = HERE / "safety_case.md"
SEVERITIES = ("minor", "significant", "considerable", "major", "catastrophic")
#: Risk by likelihood, over the severities in the order above.
MATRIX = {
    "very_high": (3, 4, 4, 5, 5),
    "high": (2, 3, 3, 4, 5),
    "medium": (2, 2, 3, 3, 4),
    "low": (1, 2, 2, 3, 4),
    "very_low": (1, 1, 2, 2, 3),
}
STATUSES = ("controlled here", "partly controlled", "open", "not yet applicable")

Hazard = dict[str, Any]

HEAD = """# Safety case

Made from `safety/hazards/` by `python safety/build_case.py`; do not edit by hand. Read `intended_purpose.md` first.

**Nobody has signed this.** No clinical safety officer has reviewed it. The ratings are proposals by the project, to be owned by a
registered clinician before anyone offers the software to patients.

Risk comes from severity and likelihood by the matrix below. 1 and 2 are acceptable. 3 is kept only with a written reason. 4 and 5 are not
acceptable. A control is claimed only where a part of the program and a test of it can be named.
"""


def hazards(folder: Path = HERE / "hazards") -> list[Hazard]:
    """Every hazard file, in order of its id."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("H-*.toml"))]


def risk(likelihood: str, severity: str) -> int:
    """The risk of the matrix, 1 to 5. Raises `KeyError` or `ValueError` for unknown words."""
    return MATRIX[likelihood][SEVERITIES.index(severity)]


def case(found: list[Hazard]) -> str:
    """The whole safety case as Markdown."""
    return (
        "\n".join([HEAD, *_matrix(), *_overview(found), *(line for one in found for line in _section(one))])
        + "\n"
    )


def _matrix() -> list[str]:
    rows = [f"| {_words(name)} | " + " | ".join(str(n) for n in row) + " |" for name, row in MATRIX.items()]
    return [
        "| Likelihood \\ severity | " + " | ".join(SEVERITIES) + " |",
        "|---|" + "---|" * len(SEVERITIES),
        *rows,
        "",
    ]


def _overview(found: list[Hazard]) -> list[str]:
    counts = ", ".join(
        f"{sum(1 for one in found if one['status'] == status)} {status}" for status in STATUSES
    )
    rows = [
        f"| [{one['id']}](#{one['id'].lower()}) | {one['title']} | {one['status']} | {one['initial_risk']} | {one['residual_risk']} |"
        for one in found
    ]
    return [
        f"{len(found)} hazards: {counts}.",
        "",
        "| Hazard | What | Status | Risk before | Risk now |",
        "|---|---|---|---|---|",
        *rows,
        "",
    ]


def _section(one: Hazard) -> list[str]:
    lines = [
        f'<a id="{one["id"].lower()}"></a>',
        "",
        f"## {one['id']} {one['title']}",
        "",
        f"Causes: {'; '.join(one['causes'])}. Effect: {one['effect']}.",
        "",
        f"Severity {one['severity']}. Likelihood {_words(one['likelihood'])}, risk {one['initial_risk']}; "
        f"now {_words(one['residual_likelihood'])}, risk {one['residual_risk']}. Status: {one['status']}.",
        "",
    ]
    for control in one.get("controls", []):
        lines.append(f"- {control['text']} (`{control['module']}.{control['name']}`)")
        lines += [f"    - `{test}`" for test in control["tests"]]
    if one.get("controls"):
        lines.append("")
    if one["missing"]:
        lines += [f"Not there yet: {one['missing']}.", ""]
    if one["reason"]:
        lines += [f"Reason: {one['reason']}", ""]
    return lines


def _words(name: str) -> str:
    return name.replace("_", " ")


def main(arguments: list[str]) -> int:
    """Write the case, or with ``--check`` say whether it is up to date."""
    written = case(hazards())
    if "--check" not in arguments:
        CASE.write_text(written, encoding="utf-8")
        return 0
    if CASE.is_file() and CASE.read_text(encoding="utf-8") == written:
        return 0
    sys.stderr.write("safety_case.md is not up to date. Run: python safety/build_case.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
