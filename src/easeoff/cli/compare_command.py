"""``easeoff compare``: schedules that others made, plans and published ones, side by side."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from easeoff.cli import exits, reading
from easeoff.cli.arguments import Values
from easeoff.cli.compare_text import comparison_text, list_text
from easeoff.cli.terminal import complain, say, say_bytes, wants_colour, width
from easeoff.cli.typed import tidy
from easeoff.documents.comparison import (
    Compared,
    compare_plan,
    compare_published,
    compare_written,
    comparison_json,
)
from easeoff.documents.schedulefile import looks_like_plan, planned_schedule, refuse_our_table
from easeoff.medicines import (
    PublishedSchedule,
    UnknownCountry,
    countries,
    find_medicine,
    find_schedule,
    load_formulary,
    load_medicine,
    schedules_for,
)
from easeoff.planning.schedules.reading import LONGEST_TEXT, Doubt, read_schedule
from easeoff.quantities import EaseoffError

#: Columns of a terminal, and patience, end somewhere. Project choice.
_MOST = 12
#: Bytes of a file; a plan of many steps is the largest honest one.
_LARGEST_FILE = 2_000_000


class _Asked(Exception):  # noqa: N818
    """A schedule has open questions."""

    def __init__(self, name: str, doubts: Sequence[Doubt]) -> None:
        self.name, self.doubts = name, doubts


def compare(values: Values) -> int:
    """Print a comparison, or the published schedules. 2 where something is asked back. Raises `EaseoffError`."""
    medicine = find_medicine(tidy(values.medicine)) if values.medicine is not None else None
    if values.list:
        return _list(medicine, values)
    named, texts = values.schedules, values.text or []
    if not named and not texts:
        raise EaseoffError(
            "No schedule was given.",
            "Name one, such as: easeoff compare SCOT-CIT. See easeoff compare --list",
        )
    if len(named) + len(texts) > _MOST:
        raise EaseoffError(
            f"{len(named) + len(texts)} schedules are too many to lay side by side.", f"Give at most {_MOST}."
        )
    country, answers = _country(values.country), _answers(values.answer or ())
    try:
        shown = [_named(name, medicine, country, answers) for name in named]
        shown += [
            _written(f"Text {number}", text, medicine, country, answers)
            for number, text in enumerate(texts, 1)
        ]
    except _Asked as asked:
        _ask_back(asked)
        return exits.BAD_INPUT
    if values.json:
        say_bytes(comparison_json(shown).encode("utf-8"))
    else:
        say(comparison_text(shown, width(), colour=wants_colour(sys.stdout)))
    return exits.DONE


def _list(medicine: str | None, values: Values) -> int:
    if values.schedules or values.text:
        raise EaseoffError(
            "--list shows the published schedules and compares nothing.", "Leave the schedules out."
        )
    found = schedules_for(None if medicine is None else load_medicine(medicine))
    if values.json:
        records = [_record(schedule) for schedule in found]
        say_bytes((json.dumps({"schedules": records}, ensure_ascii=False, indent=2) + "\n").encode())
    else:
        say(list_text(found, width(), colour=wants_colour(sys.stdout)))
    return exits.DONE


def _record(schedule: PublishedSchedule) -> Mapping[str, object]:
    return {
        "id": schedule.id,
        "title": schedule.title,
        "medicine": schedule.medicine,
        "country": schedule.country,
        "complete": schedule.complete,
        "source": schedule.provenance.source,
        "confidence": schedule.provenance.confidence,
        "caution": schedule.caution,
    }


def _country(text: str | None) -> str:
    if text is None:
        return ""
    code = tidy(text).upper()
    if code not in countries():
        raise UnknownCountry(tidy(text), countries())
    return code


def _answers(given: Sequence[str]) -> Mapping[str, str]:
    pairs = [one.partition("=") for one in given]
    for key, equals, _ in pairs:
        if not equals:
            raise EaseoffError(f"“{tidy(key)[:40]}” is not an answer.", "Write it as --answer KEY=VALUE.")
    return {key.strip(): value.strip() for key, _, value in pairs}


def _named(name: str, medicine: str | None, country: str, answers: Mapping[str, str]) -> Compared:
    path = Path(name)
    if path.is_file():
        text = _file(path)
        if looks_like_plan(text):
            return compare_plan(planned_schedule(text, path.name), country, reading.today())
        refuse_our_table(text)
        return _written(path.name, text, medicine, country, answers)
    if path.suffix:
        raise EaseoffError(
            f"There is no file “{tidy(name)[:60]}”.",
            "Check the name, or give the id of a published schedule.",
        )
    return compare_published(find_schedule(tidy(name)), medicine, country, reading.today())


def _file(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise EaseoffError(f"“{path.name[:60]}” is too large to be a schedule.", "Give a smaller file.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EaseoffError(
            f"“{path.name[:60]}” is not a text file.", "Save it as UTF-8 text or CSV."
        ) from None
    except OSError as problem:
        raise EaseoffError(
            f"“{path.name[:60]}” cannot be read.", f"{problem.strerror or 'Check the file'}."
        ) from None


def _written(
    name: str, text: str, medicine: str | None, country: str, answers: Mapping[str, str]
) -> Compared:
    found = read_schedule(text[: LONGEST_TEXT + 1], medicine=medicine, answers=answers, name=name)
    if found.medicine is not None:
        formulary = load_formulary(found.medicine, country or next(iter(countries())))
        found = read_schedule(
            text[: LONGEST_TEXT + 1], medicine=medicine, answers=answers, formulary=formulary, name=name
        )
    if found.schedule is None:
        raise _Asked(name, found.doubts)
    return compare_written(found.schedule, country, reading.today())


def _ask_back(asked: _Asked) -> None:
    count = len(asked.doubts)
    complain(
        f"{asked.name}: {'1 question has' if count == 1 else f'{count} questions have'} to be answered first."
    )
    for doubt in asked.doubts:
        complain(f"{doubt.key}: {doubt.text} {doubt.problem}".strip(), _ways(doubt))


def _ways(doubt: Doubt) -> str:
    ways = [f'--answer "{doubt.key}={choice.value}" ({choice.label})' for choice in doubt.choices]
    if doubt.typed:
        ways.append(f'--answer "{doubt.key}=..." with the {doubt.typed}')
    return f"Add {' or '.join(ways)}." if ways else "Write that part again."
