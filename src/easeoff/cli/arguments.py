"""Which commands and options there are, and what their help says. Only `argparse`: it starts in 15 ms."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NoReturn

from easeoff.cli import exits
from easeoff.cli.follow_options import FOLLOW_OPTIONS
from easeoff.cli.plan_options import PLAN_OPTIONS
from easeoff.cli.terminal import harmless, width
from easeoff.quantities.errors import EaseoffError

Values = argparse.Namespace
#: Longer than any honest answer.
_LONGEST_ARGUMENT = 2000
_COMMANDS = ("plan", "follow", "simulate", "compare", "medicines", "help-near", "data", "serve")
_HELP = ("-h", "--help")


@dataclass(frozen=True)
class Asked:
    """What was asked for: a command with its values, or a text to print at once."""

    command: str
    values: Values = field(default_factory=argparse.Namespace)
    text: str | None = None
    status: int = exits.DONE


class _Parser(argparse.ArgumentParser):
    """Without abbreviations, and with one sentence and a hint for what it cannot read."""

    def error(self, message: str) -> NoReturn:
        raise _in_our_words(message, self.prog)


def read_arguments(argv: Sequence[str]) -> Asked:
    """What the arguments ask for. Raises `EaseoffError`, one sentence and a hint."""
    for argument in argv:
        if len(argument) > _LONGEST_ARGUMENT:
            raise EaseoffError(
                "One of the answers is far too long.", f"Use at most {_LONGEST_ARGUMENT} characters for each."
            )
    if not argv:
        raise EaseoffError("No command was given.", "Start with: easeoff --help")
    first, rest = argv[0], list(argv[1:])
    if first in _HELP:
        return Asked("help", text=_main_help())
    if first == "--version":
        return Asked("version", text=_version())
    if first not in _COMMANDS:
        raise _unknown(first, [*_COMMANDS, "--help", "--version"], "easeoff", "command")
    parser = _PARSERS[first]()
    if any(argument in _HELP for argument in rest):
        return Asked("help", text=parser.format_help())
    values, unknown = parser.parse_known_args(rest)
    if unknown:
        raise _left_over(unknown[0], parser)
    return Asked(first, values)


def _version() -> str:
    from importlib.resources import files

    from easeoff.planning.version import ENGINE_VERSION

    data = files("easeoff").joinpath("data/VERSION").read_text(encoding="utf-8").strip()
    return f"easeoff {ENGINE_VERSION}, data {data}\n"


def _new(command: str, summary: str, example: str, usage: str) -> _Parser:
    return _Parser(
        prog=f"easeoff {command}",
        usage=usage,
        description=f"{summary}\n\nExample:\n  {example}",
        formatter_class=_formatter,
        allow_abbrev=False,
    )


def _formatter(prog: str) -> argparse.HelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=26, width=width() - 1)


_PLAN_SUMMARY = """\
What could be done from today's dose: a plan to take to a prescriber.
It stays a draft until the safety questions are answered with --person."""


def _plan_parser() -> _Parser:
    example = 'easeoff plan "sertraline 100 mg" --country GB --person for=depression age=41'
    parser = _new("plan", _PLAN_SUMMARY, example, 'easeoff plan "MEDICINE DOSE" --country CODE [options]')
    parser.add_argument("medicine", nargs="*", metavar="MEDICINE DOSE", help="such as: sertraline 100 mg")
    for group_title, options in PLAN_OPTIONS.items():
        group = parser.add_argument_group(group_title)
        for names, settings in options:
            group.add_argument(*names.split(), **settings)  # type: ignore[arg-type]
    return parser


_FOLLOW_SUMMARY = """\
What happened to a saved plan, and the version that follows from it.
Without a WORD it shows where the plan stands and its history."""
_FOLLOW_WORDS = """\
the saved plan, and what happened: hand-over, agree, start, hold, resume, step-back, slower, edit,
stay, missed, change-product, freeze, clear, arrive or review"""


def _follow_parser() -> _Parser:
    example = 'easeoff follow plan.json hold --on 2027-01-25 --why "poor sleep" -o plan-2.json'
    parser = _new("follow", _FOLLOW_SUMMARY, example, "easeoff follow PLAN.json [WORD] [options]")
    parser.add_argument(
        "words", nargs="*", metavar="PLAN.json WORD", help="the saved plan, and what happened"
    )
    for group_title, options in FOLLOW_OPTIONS.items():
        group = parser.add_argument_group(group_title)
        for names, settings in options:
            group.add_argument(*names.split(), **settings)  # type: ignore[arg-type]
    return parser


_SIMULATE_SUMMARY = """\
What each step of a plan does to level and effect, for an average adult and a band.
A model, not a measurement: it informs, and never sets a dose."""
_SIMULATE_USAGE = """\
easeoff simulate PLAN.json [options]
       easeoff simulate PLAN.json --people N --quantiles FILE.csv
       easeoff simulate --depot NAME [--every DAYS]
       easeoff simulate --measured FILE.csv"""


def _simulate_parser() -> _Parser:
    parser = _new("simulate", _SIMULATE_SUMMARY, "easeoff simulate plan.json", _SIMULATE_USAGE)
    parser.add_argument(
        "plan", nargs="*", metavar="PLAN.json", help="a plan file: easeoff plan ... --format json"
    )
    parser.add_argument("--people", metavar="N", help="people who differ, for the band (1000)")
    parser.add_argument("--seed", metavar="NUMBER", help="the same seed gives the same people (1)")
    parser.add_argument("--missed", action="append", metavar="DATE", help="a day on which nothing is taken")
    parser.add_argument("--format", metavar="FORM", help="text, json, csv, svg or pdf (text)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file instead")
    group = parser.add_argument_group("for many people")
    group.add_argument(
        "--quantiles", metavar="FILE", help="quantiles of up to 10000000 people, as .csv or .parquet"
    )
    group.add_argument("--against", metavar="PLAN.json", help="a second plan that the same people take")
    group.add_argument("--workers", metavar="N", help="processes on this computer (one a core)")
    group.add_argument(
        "--engine", metavar="WHERE", help="local, or dask for a Dask cluster that runs already"
    )
    group.add_argument("--scheduler", metavar="ADDRESS", help="of that cluster, such as tcp://127.0.0.1:8786")
    group = parser.add_argument_group("for a long-acting injection")
    group.add_argument("--depot", metavar="NAME", help="such as: paliperidone palmitate 1-monthly")
    group.add_argument("--every", metavar="DAYS", help="days between two injections")
    group = parser.add_argument_group("to check the model")
    group.add_argument(
        "--measured", metavar="FILE.csv", help="measured occupancy: medicine, dose_mg, occupancy_percent"
    )
    return parser


_COMPARE_SUMMARY = """\
Schedules side by side: the drop at each step, the worst, the last, and what each breaks.
This is what was written, not advice."""
_COMPARE_USAGE = """\
easeoff compare SCHEDULE ... [--text "..."] [--medicine NAME] [--country CODE]
       easeoff compare --list [--medicine NAME]"""


def _compare_parser() -> _Parser:
    example = 'easeoff compare DTB-SER-100 --text "sertraline 100 mg, 50 mg 4 weeks, stop" --country GB'
    parser = _new("compare", _COMPARE_SUMMARY, example, _COMPARE_USAGE)
    parser.add_argument("schedules", nargs="*", metavar="SCHEDULE",
                        help="a plan file, a CSV or text file, or the id of a published schedule")  # fmt: skip
    parser.add_argument("--text", action="append", metavar="TEXT", help="a schedule as it was written")
    parser.add_argument("--medicine", metavar="NAME", help="the medicine, where a schedule does not name it")
    parser.add_argument("--country", metavar="CODE", help="hold the doses against the list of this country")
    parser.add_argument(
        "--answer", action="append", metavar="KEY=VALUE", help="an answer to a question asked back"
    )
    parser.add_argument("--list", action="store_true", help="list the published schedules")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser


_MEDICINES_SUMMARY = """\
What is known of a medicine: products, curve, half-life, rules, each with its source.
Without a name it lists every medicine on record."""


def _medicines_parser() -> _Parser:
    parser = _new("medicines", _MEDICINES_SUMMARY, "easeoff medicines sertraline --country GB",
                  "easeoff medicines [NAME] [--country CODE]")  # fmt: skip
    parser.add_argument("name", nargs="*", metavar="NAME", help="substance or brand, such as sertraline")
    parser.add_argument("--country", metavar="CODE", help="products of this country only")
    return parser


_HELP_NEAR_SUMMARY = """\
Services and groups near a place, each with how old what we know of it is.
The place is looked up on this computer; nothing is kept or sent."""


def _help_near_parser() -> _Parser:
    parser = _new("help-near", _HELP_NEAR_SUMMARY, 'easeoff help-near "BD1" --for benzodiazepines',
                  'easeoff help-near "PLACE" [--for DRUG] [--most 10] [--json]')  # fmt: skip
    parser.add_argument(
        "place", nargs="*", metavar="PLACE", help="first half of a UK postcode, a town or a country"
    )
    parser.add_argument(
        "--for", dest="drug", metavar="DRUG", help="a class or a medicine, such as benzodiazepines"
    )
    parser.add_argument("--most", metavar="NUMBER", default="10", help="how many to show (10)")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser


_DATA_SUMMARY = """\
Checks every data file, tells how far the data can be trusted, or compares
an official release with them. Files are read from this computer only."""
_DATA_USAGE = """\
easeoff data check
       easeoff data report [--json]
       easeoff data import KIND FILE ... [--work DIR] [--released DATE] [--accept]"""


def _data_parser() -> _Parser:
    parser = _new("data", _DATA_SUMMARY, "easeoff data check", _DATA_USAGE)
    parser.add_argument("action", nargs="?", default="", metavar="ACTION", help="check, report or import")
    parser.add_argument(
        "files",
        nargs="*",
        metavar="KIND FILE",
        help="for import: dmd, orange-book, bdpm or dpd, then all its files",
    )
    parser.add_argument("--json", action="store_true", help="for report: print JSON and nothing else")
    group = parser.add_argument_group("for import")
    group.add_argument("--work", metavar="DIR", help="where what was read is kept (var/import)")
    group.add_argument("--released", metavar="DATE", help="the day of a release that does not tell it")
    group.add_argument("--accept", action="store_true", help="take in the difference that was shown before")
    return parser


_SERVE_SUMMARY = """\
Runs the hub in the browser of this computer, with everything loaded.
Nothing leaves this computer. Ctrl-C stops it."""


def _serve_parser() -> _Parser:
    parser = _new("serve", _SERVE_SUMMARY, "easeoff serve --port 8000", "easeoff serve [--port 8000]")
    parser.add_argument("--port", metavar="NUMBER", default="8000", help="where to listen (8000)")
    return parser


_PARSERS = {
    "plan": _plan_parser,
    "follow": _follow_parser,
    "simulate": _simulate_parser,
    "compare": _compare_parser,
    "medicines": _medicines_parser,
    "help-near": _help_near_parser,
    "data": _data_parser,
    "serve": _serve_parser,
}
_MAIN_HELP = """\
usage: easeoff COMMAND [options]

Plan a slow reduction of a psychiatric medicine, together with a prescriber.
Not medical advice: keep taking your medicine as prescribed.

  easeoff plan "sertraline 100 mg" --country GB
      What could be done from today's dose.
  easeoff follow PLAN.json hold --on 2027-01-25
      What happened to a saved plan, and what follows.
  easeoff simulate PLAN.json
      What each step does to level and effect.
  easeoff compare SCHEDULE ...
      Schedules that others made, side by side.
  easeoff medicines [NAME]
      What is known of a medicine, each with its source.
  easeoff help-near "BD1" --for benzodiazepines
      Services and groups, with how fresh each record is.
  easeoff data check
      Reads every data file and lists what is wrong.
  easeoff data report
      How far the data can be trusted, and what is missing.
  easeoff data import KIND FILE ...
      What a new official list would change.
  easeoff serve [--port 8000]
      The hub, in the browser of this computer.

  easeoff COMMAND --help    more on one command
  easeoff --version         the version of program and data

Exit status: 0 done, or a plan or draft within its limits; 1 no such plan;
2 something typed cannot be used; 3 a stop, no doses printed; 4 a fault of ours.
"""


def _main_help() -> str:
    return _MAIN_HELP


def _left_over(argument: str, parser: _Parser) -> EaseoffError:
    if argument.startswith("-"):
        known = [name for action in parser._actions for name in action.option_strings]
        return _unknown(argument.split("=")[0], known, parser.prog, "option")
    return EaseoffError(
        f"“{_shown(argument)}” is one word too many for {parser.prog}.", f"See: {parser.prog} --help"
    )


def _unknown(word: str, known: Sequence[str], prog: str, what: str) -> EaseoffError:
    alike = (
        [name for name in known if name.startswith("--") == word.startswith("--")]
        if what == "option"
        else list(known)
    )
    begins = [name for name in alike if len(word) > 2 and name.startswith(word)]
    near = begins or get_close_matches(word, alike, n=1, cutoff=0.6)
    hint = f"Did you mean {near[0]}?" if near else f"See: {prog} --help"
    return EaseoffError(
        f"“{_shown(word)}” is not {'an' if what[0] in 'aeiou' else 'a'} {what} of {prog}.", hint
    )


def _in_our_words(message: str, prog: str) -> EaseoffError:
    """`argparse`'s message about one argument as a sentence."""
    see = f"See: {prog} --help"
    match = re.match(r"argument ([^:]+): expected (?:one|at least one) argument", message)
    if match:
        name = match[1].split("/")[-1]
        return EaseoffError(f"{name} needs a value after it.", see)
    match = re.match(r"argument ([^:]+): ignored explicit argument", message)
    if match:
        return EaseoffError(f"{match[1].split('/')[-1]} takes no value.", see)
    return EaseoffError(f"The command cannot be read: {_shown(message)}.", see)


def _shown(text: str) -> str:
    return harmless(text if len(text) <= 40 else f"{text[:40]}…")
