"""``easeoff simulate``: what each step of a plan does to level and effect, as text, JSON, CSV or a chart."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from easeoff.cli import exits
from easeoff.cli.arguments import Values
from easeoff.cli.files import spare_a_history, write_whole
from easeoff.cli.terminal import complain, harmless, is_terminal, say, say_bytes, wants_colour, width
from easeoff.cli.typed import tidy, whole_number
from easeoff.documents.planfile import read_plan
from easeoff.planning.crossover.two_medicines import refuse_two
from easeoff.planning.plan import Plan
from easeoff.quantities import EaseoffError

if TYPE_CHECKING:
    from easeoff.simulating import Simulation

_FORMATS = ("text", "json", "csv", "svg", "pdf")
#: Bytes of a file; a plan of many steps is the largest honest one.
_LARGEST_FILE = 2_000_000
_MOST_CROWD = 10_000_000


def simulate(values: Values) -> int:
    """Print or write what was asked for. 3 where a stop holds. Raises `EaseoffError`."""
    if values.measured is not None:
        from easeoff.cli.simulate_measured import measured

        return measured(values)
    if values.depot is not None:
        return _depot(values)
    form = _format(values.format)
    plan = _plan(values.plan)
    if _stopped(plan):
        return exits.STOPPED
    if values.quantiles is not None:
        from easeoff.cli.simulate_crowd import quantiles

        other = None if values.against is None else _plan([values.against])
        if other is not None and _stopped(other):
            return exits.STOPPED
        return quantiles(values, plan, other, _seed(values))
    if values.against is not None:
        raise EaseoffError("--against needs a file to write to.", "Add --quantiles FILE.csv or FILE.parquet.")
    return _simulate(values, plan, form)


def _simulate(values: Values, plan: Plan, form: str) -> int:
    from easeoff.documents.levelcharts import level_chart, level_svg
    from easeoff.documents.simulationfile import simulation_csv, simulation_json
    from easeoff.simulating import MOST_PEOPLE_DRAWN, USUAL_PEOPLE
    from easeoff.simulating import simulate as run

    if values.people is not None and len(values.people) > 5 and values.people.isdecimal():
        raise EaseoffError(
            f"{values.people[:20]} people are too many to draw a band over.",
            f"Give at most {MOST_PEOPLE_DRAWN}, or add --quantiles FILE.csv for up to 10000000.",
        )
    people = USUAL_PEOPLE if values.people is None else whole_number(
        values.people, "--people", least=2, most=MOST_PEOPLE_DRAWN)  # fmt: skip
    found = run(plan, people=people, seed=_seed(values), missed=_dates(values.missed or ()))
    if form == "text":
        from easeoff.cli.simulate_text import simulation_text

        if not values.output:
            say(simulation_text(found, plan, width(), colour=wants_colour(sys.stdout)))
            return exits.DONE
        content = harmless(simulation_text(found, plan, 80, colour=False))
    elif form == "pdf":
        _put_bytes(_pdf(plan, found, values.output), values.output)
        return exits.DONE
    elif form == "svg":
        content = level_svg(level_chart(found))
    else:
        content = simulation_json(found) if form == "json" else simulation_csv(found)
    _put(content, values.output)
    return exits.DONE


def _depot(values: Values) -> int:
    if values.plan:
        raise EaseoffError("A plan and --depot ask for two things.", "Leave one of them out.")
    from easeoff.cli.simulate_text import depot_text
    from easeoff.simulating.depots import depot_course, find_depot

    depot = find_depot(tidy(values.depot))
    every = None if values.every is None else whole_number(values.every, "--every", most=365)
    say(depot_text(depot, depot_course(depot, every), width(), colour=wants_colour(sys.stdout)))
    return exits.DONE


def _seed(values: Values) -> int:
    """The seed that was typed, or 1."""
    return 1 if values.seed is None else whole_number(values.seed, "--seed", least=0, most=2**31)


def _format(text: str | None) -> str:
    said = "text" if text is None else tidy(text).lower()
    if said not in _FORMATS:
        raise EaseoffError(f"“{said[:40]}” is not a format we write.", "Use text, json, csv, svg or pdf.")
    return said


def _plan(names: list[str]) -> Plan:
    if not names:
        raise EaseoffError("No plan was given.", "Name a plan file, such as: easeoff simulate plan.json")
    if len(names) > 1:
        raise EaseoffError("One plan at a time.", "To lay plans side by side: easeoff compare")
    path = Path(names[0])
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise EaseoffError(f"“{path.name[:60]}” is too large to be a plan file.", "Give a smaller file.")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EaseoffError(f"“{path.name[:60]}” is not a plan file.",
                           "Write one with: easeoff plan ... --format json -o plan.json") from None  # fmt: skip
    except OSError as problem:
        raise EaseoffError(f"“{tidy(names[0])[:60]}” cannot be read.",
                           f"{problem.strerror or 'Check the file'}.") from None  # fmt: skip
    plan = read_plan(text)
    refuse_two(plan, "simulation")
    return plan


def _stopped(plan: Plan) -> bool:
    """Say so where today's rules stop this plan; no dose is printed then."""
    from easeoff.medicines import find_medicine, load_medicine
    from easeoff.safety import merge_stops
    from easeoff.simulating.guard import stops_of

    stops = stops_of(plan)
    if stops:
        card = merge_stops(stops, load_medicine(find_medicine(plan.medicine)), plan.start_dose_mg)
        complain(
            "Nothing is simulated: there is a stop.", " ".join((card.keep, *card.contacts, *card.reasons))
        )
    return bool(stops)


def _dates(texts: list[str] | tuple[str, ...]) -> list[date]:
    found = []
    for text in texts:
        try:
            found.append(date.fromisoformat(tidy(text)))
        except ValueError:
            raise EaseoffError(f"“{tidy(text)[:40]}” is not a date.", "Write it as 2027-01-31.") from None
    return found


def _pdf(plan: Plan, found: Simulation, output: str | None) -> bytes:
    """The paper. Raises `EaseoffError` where today's rules would not print a schedule of this plan."""
    from easeoff.documents.levelspdf import levels_pdf
    from easeoff.documents.planfile import write_plan
    from easeoff.proposing import plan_taper

    if not output and is_terminal(sys.stdout):
        raise EaseoffError(
            "A PDF cannot be shown in a terminal.", "Say where it goes, such as -o levels.pdf."
        )
    again = plan_taper(plan.request)
    if again.plan is None or write_plan(again.plan) != write_plan(plan):
        raise EaseoffError("This plan would come out differently today, so it is not printed.",
                           "Make it again with easeoff plan.")  # fmt: skip
    return levels_pdf(again, found, "us-letter" if plan.country == "US" else "a4")


def _put(content: str, output: str | None) -> None:
    _put_bytes(content.encode("utf-8"), output)


def _put_bytes(content: bytes, output: str | None) -> None:
    spare_a_history(output)
    if output:
        write_whole(output, content)
        complain(f"Written to {output}.")
    else:
        say_bytes(content)
