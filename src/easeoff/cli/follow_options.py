"""The options of ``easeoff follow``."""

from __future__ import annotations

from easeoff.cli.plan_options import HANDING_OVER


def _one(metavar: str, text: str) -> dict[str, object]:
    return {"metavar": metavar, "help": text}


def _many(metavar: str, text: str) -> dict[str, object]:
    return {"metavar": metavar, "help": text, "nargs": "+", "action": "extend"}


#: Titles of the groups, and in each the names of the options with what `argparse` needs to know of them.
FOLLOW_OPTIONS: dict[str, tuple[tuple[str, dict[str, object]], ...]] = {
    "for everything": (
        ("--on", _one("DATE", "the day it happened, such as 2027-01-25 (today)")),
        ("--why", _one("TEXT", "the reason, for whoever reads the history")),
        ("--taking", _one("DOSE", 'the dose you really take, such as "25 mg" (by the dates)')),
        ("--by", _one("WHO", 'who decided: "name; role", with "; registration number" for a prescriber')),
    ),
    "for some": (
        ("--doses", _one("NUMBER", "missed: how many doses (1)")),
        ("--to", _one("DOSE", "step-back: the dose to go back to (the one before)")),
        ("--every", _one("DAYS", "slower, step-back, edit: days between steps")),
        ("--limit", _one("NUMBER", "slower, step-back, edit: largest step, in the unit of the method")),
        ("--product", _many("ID", "change-product: from these products")),
        ("--device", _many("ID", "change-product: with these oral syringes")),
        ("--change", _one("WHAT", "freeze: pregnancy, medicine, illness, red-flag or other")),
        ("--review", _one("STEPS", "review: steps until the next one (as before)")),
    ),
    "to hand over the version as it is saved": (
        ("--format", _one("NAME", "pdf (the schedule), letter, supply, cards, csv, ics or fhir")),
        *HANDING_OVER,
    ),
    "what comes out": (
        ("--json", {"action": "store_true", "help": "print the new version as JSON and nothing else"}),
        ("-o --output", _one("FILE", "save the new version, or what --format makes, in this file")),
        ("--overwrite", {"action": "store_true", "help": "the file of -o may be there already"}),
    ),
}  # fmt: skip
