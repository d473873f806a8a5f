"""Writes docs/reference/methods.md: each method of tapering with what is said of it and a worked example made by the engine.

``python docs/build_methods.py`` writes it; ``--check`` says whether it is up to date.
"""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from easeoff.cli.arguments import read_arguments
from easeoff.cli.reading import request_from
from easeoff.documents.crosswords import afterwards, check_text, equivalent_sentences, table_rows
from easeoff.documents.presenting import limits_sentence, method_sentence
from easeoff.documents.sourcing import confidence_words
from easeoff.documents.steprows import StepRow, step_rows
from easeoff.medicines import load_sources
from easeoff.planning.methods.crossover import crossover_choices
from easeoff.planning.methods.registry import MethodRecord, choices, method_records
from easeoff.planning.request import MethodName
from easeoff.proposing import Proposal, plan_taper

PAGE = Path(__file__).resolve().parent / "reference" / "methods.md"
#: The day of the examples.
TODAY = date(2027, 1, 4)
_FIRST, _LAST = 6, 3
_PERSON = (
    "for=depression age=41 pregnancy=no years=3 days_a_week=7 steady=yes with=none alcohol=0 alcohol_dependence=no drugs=no "
    "seizures=no past_withdrawal=no psychosis=no suicidal=no crisis=no liver=no kidney=no heart=no breathing=no"
)


@dataclass(frozen=True)
class Example:
    """A worked example: of which method (and which of its options), and the command that makes it."""

    name: MethodName
    option: str
    command: str


EXAMPLES = (
    Example(MethodName.OCCUPANCY, "", '"citalopram 20 mg" --country GB --method occupancy --tier special'),
    Example(MethodName.PERCENT_CURRENT, "", '"mirtazapine 30 mg" --country GB --method percent-current --limit 10'),
    Example(
        MethodName.PERCENT_CURRENT, "unit",
        '"sertraline 100 mg" --country GB --method percent-current --limit 25 --smallest 50',
    ),
    Example(MethodName.PERCENT_START, "", '"diazepam 20 mg" --country GB --method percent-start --limit 10 --max-pieces 5'),
    Example(
        MethodName.PERCENT_START, "half_then",
        '"mirtazapine 30 mg" --country GB --method percent-start --limit 10 --half-then 50',
    ),
    Example(MethodName.FIXED, "", '"mirtazapine 30 mg" --country GB --method fixed --limit 3'),
    Example(
        MethodName.BANDS, "", '"diazepam 20 mg" --country GB --method bands --bands "10=1/14,5=1/14,0=0.5/14" --max-pieces 5'
    ),
    Example(MethodName.SLIDE, "", '"mirtazapine 30 mg" --country GB --method slide'),
    Example(MethodName.MICRO, "", '"mirtazapine 30 mg" --country GB --method micro --tier special'),
    Example(
        MethodName.CROSSOVER, "",
        '"alprazolam 1.5 mg" --country GB --method crossover --to "diazepam 20 mg" --table prescriber '
        '--intakes "08:00=0.5,14:00=0.5,22:00=0.5"',
    ),
    Example(MethodName.TABLE, "", '"sertraline 100 mg" --country GB --method table --schedule DTB-SER-100'),
)  # fmt: skip
_RAMP = '"mirtazapine 30 mg" --country GB --method percent-start --limit 10 --ramp 56,42,28'


def page() -> str:
    """The whole page as Markdown."""
    parts = [
        "# Methods of tapering",
        "",
        "Written by `docs/build_methods.py` from `src/easeoff/data/methods.toml` and the planner. Do not edit it by hand.",
        "",
        "A method says how far each step goes. Whatever the method, doses are those that listed products make, no dose ever rises, and "
        "the limits of the medicine's class hold: what goes faster stays a draft until a prescriber has agreed. A percentage always "
        "names its base, and a method that never ends by itself is given an end.",
        "",
        "Two kinds of methods: a **rule** says how far one step may go, and the planner finds the fewest steps that keep it; a **timetable** "
        "(slide, micro-taper, published schedule) says what to take on each day. On a timetable nothing less is ever taken than it asks for "
        "that day: where a dose cannot be made, the one before is kept until the next that can be made is due.",
        "",
        "The examples are what the command gives for someone who answered every question. They are not advice.",
        "",
    ]
    for record in method_records():
        parts += _section(record)
    parts += _lengths()
    return "\n".join(parts).rstrip() + "\n"


def _section(record: MethodRecord) -> list[str]:
    about = record.about
    name = f"`--method {record.name}`" + (f" with `{_OPTIONS[record.option]}`" if record.option else "")
    titles = {source.id: source.title for source in load_sources()}
    sources = "; ".join(titles[source] for source in about.sources)
    return [
        f"## {about.title[:1].upper()}{about.title[1:]}",
        "",
        f"{name}. Counted from: {record.base}.",
        "",
        f"- End: {about.end_rule}",
        f"- Who uses it: {about.used_by}",
        f"- What is known: {about.known}",
        f"- Sources: {sources} ({confidence_words(about.confidence)}).",
        *(f"- Where nothing is said: {text}" for text in _ours(record)),
        "",
        *_example(next(e.command for e in EXAMPLES if (e.name, e.option) == (record.name, record.option))),
    ]


#: What a variant is asked for with.
_OPTIONS = {"unit": "--smallest", "half_then": "--half-then"}


def _ours(record: MethodRecord) -> tuple[str, ...]:
    match record.name:
        case MethodName.SLIDE:
            return (choices().slide_basis,)
        case MethodName.MICRO:
            return (choices().micro_basis,)
        case MethodName.CROSSOVER:
            return (crossover_choices().basis,)
        case _:
            return ()


def propose(command: str) -> Proposal:
    """What ``easeoff plan`` gives for ``command``, on the day of the examples."""
    asked = read_arguments(["plan", *shlex.split(command), "--person", *_PERSON.split()])
    return plan_taper(request_from(asked.values, TODAY))


def _example(command: str) -> list[str]:
    proposal = propose(command)
    plan = proposal.plan
    assert plan is not None, command
    rows = step_rows(plan, proposal.formulary)
    said = f"{method_sentence(plan)} {limits_sentence(plan)}"
    warned = [
        f.text for f in proposal.findings if f.rule.endswith("-above-pace") or f.rule.endswith("-below-pace")
    ]
    if plan.crossover is not None:
        warned = [
            *equivalent_sentences(plan),
            *(f"{row.table}: {row.figure}; {row.standing}." for row in table_rows(plan)),
        ]
        warned += [check_text(plan, plan.steps[0]), afterwards(plan)]
    return [
        "```",
        f"easeoff plan {command}",
        "```",
        "",
        said,
        "",
        "| Step | Dose | The method asks for | How it is made | Days | Drop |",
        "|--:|--:|--:|---|--:|--:|",
        *_rows(rows),
        "",
        *(line for text in warned for line in (f"Said with it: {text}", "")),
    ]


def _rows(rows: tuple[StepRow, ...]) -> list[str]:
    if len(rows) <= _FIRST + _LAST + 1:
        return [_row(row) for row in rows]
    left = len(rows) - _FIRST - _LAST
    return [
        *(_row(row) for row in rows[:_FIRST]),
        f"| ... | {left} more steps | | | | |",
        *(_row(row) for row in rows[-_LAST:]),
    ]


def _row(row: StepRow) -> str:
    made = "; ".join(intake.text for intake in row.intakes) or "nothing"
    over = "" if row.within else ", over the limit"
    ideal = "" if row.is_goal else row.ideal
    return f"| {row.number} | {row.dose} | {ideal} | {made} | {row.days.split(' ')[0]} | {row.drop}{over} |"


def _lengths() -> list[str]:
    return [
        "## Intervals that shorten, and a least length",
        "",
        "`--ramp 56,42,28` (SurvivingAntidepressants, by way of ADFD: peer knowledge): after each pair of cuts with hardly any symptoms "
        "the interval may shorten to the next one. A ramp only ever asks: no step after the first pair has a date, and at each shorter "
        "interval the plan says what has to be agreed first. Any trouble: back to the longer interval.",
        "",
        *_example(_RAMP),
        "`--at-least DAYS`: the whole lasts so long or longer. Steps are lengthened evenly, never shortened. Some classes have a least "
        "length of their own, which is a stop: four weeks for an antipsychotic, six weeks for clozapine.",
        "",
    ]


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it is up to date."""
    written = page()
    if "--check" not in arguments:
        PAGE.write_text(written, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == written:
        return 0
    sys.stderr.write("methods.md is not up to date. Run: python docs/build_methods.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
