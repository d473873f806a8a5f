"""``easeoff simulate --quantiles FILE``: up to ten million people, in constant memory, with a bar."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from easeoff.cli import exits
from easeoff.cli.arguments import Values
from easeoff.cli.files import must_be_writable, write_whole
from easeoff.cli.progress_bar import ProgressBar
from easeoff.cli.terminal import complain
from easeoff.cli.typed import tidy, whole_number
from easeoff.documents.levelwords import NOT_MEASURED, NOT_WITHDRAWAL
from easeoff.documents.quantilefile import quantile_columns, quantile_csv, quantile_parquet
from easeoff.pharmacology.kinetics import Dosing
from easeoff.planning.plan import Plan
from easeoff.quantities import EaseoffError
from easeoff.simulating.crowd import MOST_PEOPLE, PAIR, pair_offset, paired, tasks_of, width_of
from easeoff.simulating.crowd import quantiles as quantiles_of
from easeoff.simulating.people import blocks
from easeoff.simulating.schedules import Stretch, dosing_of
from easeoff.simulating.simulation import known_of_plan
from easeoff.simulating.workers import count_all

_ENDINGS = (".csv", ".parquet")
_MOST_WORKERS = 512
_USUAL_PEOPLE = "100000"
#: Blocks in one task: enough that a worker is not kept waiting, few enough that the bar moves. Project choice.
_BLOCKS_A_TASK = 8
#: About so many tasks at most, because what each one counted (some megabytes) has to be added up. Project choice.
_MOST_TASKS = 250


def quantiles(values: Values, plan: Plan, other: Plan | None, seed: int) -> int:
    """Count, and write the quantiles. Nothing is written unless everything was counted. ``other`` is taken by the same people."""
    name = values.quantiles
    ending = Path(name).suffix.lower()
    if ending not in _ENDINGS:
        raise EaseoffError(
            f"“{tidy(name)[:60]}” does not say what to write.", "Let it end in .csv or .parquet."
        )
    if ending == ".parquet":
        quantile_parquet({"day": [0]}, {})  # said before the long work, not after it
    if values.format is not None or values.output or values.missed:
        raise EaseoffError("--quantiles writes its own file of the plan as it stands.",
                           "Leave out --format, -o and --missed.")  # fmt: skip
    must_be_writable(name)
    people = whole_number(values.people or _USUAL_PEOPLE, "--people", least=1, most=MOST_PEOPLE)
    scheduler = _scheduler(values)
    workers = _workers(values.workers)
    known, stretches = known_of_plan(plan)
    dosing, second = dosing_of(stretches), None
    if other is not None:
        dosing, second = _pair(plan, other, dosing)
    a_task = max(_BLOCKS_A_TASK, len(blocks(people)) // _MOST_TASKS)
    tasks = tasks_of(known, dosing, people, seed, a_task, second)
    with ProgressBar(f"{people} people") as bar:
        counts = count_all(tasks, workers, bar, scheduler)
    what = "level" if known.curve is None else "points"
    found = quantiles_of(counts, width_of(known))
    if second is None:
        columns = quantile_columns(stretches, found, what)
    else:
        found[2] -= pair_offset(width_of(known))
        stretches = (
            *stretches[:-1],
            replace(stretches[-1], days=stretches[-1].days + found.shape[1] - _days(stretches)),
        )
        columns = quantile_columns(stretches, found, what, PAIR)
    notes = {
        "easeoff": f"{people} people, seed {seed}, {known.medicine}",
        "note": f"{NOT_MEASURED} {NOT_WITHDRAWAL}",
    }
    write_whole(name, quantile_csv(columns) if ending == ".csv" else quantile_parquet(columns, notes))
    complain(
        f"Written to {name}: {len(columns['day'])} days, quantiles over {people} people. A model, not measured."
    )
    return exits.DONE


def _pair(plan: Plan, other: Plan, dosing: Dosing) -> tuple[Dosing, Dosing]:
    """Two schedules of the same length. Raises `EaseoffError` where the same people cannot take both."""
    alike = (plan.medicine, plan.start_dose_mg, plan.request.form) == (
        other.medicine, other.start_dose_mg, other.request.form)  # fmt: skip
    if not alike:
        raise EaseoffError("The two plans do not start from the same medicine, form and dose.",
                           "Only then do the same people take both.")  # fmt: skip
    return paired(dosing, dosing_of(known_of_plan(other)[1]))


def _days(stretches: tuple[Stretch, ...]) -> int:
    return sum(stretch.days for stretch in stretches)


def _scheduler(values: Values) -> str | None:
    """The address of the cluster, where one is asked for."""
    engine = "local" if values.engine is None else tidy(values.engine).lower()
    if engine not in ("local", "dask"):
        raise EaseoffError(f"“{engine[:40]}” is not an engine we have.", "Use local or dask.")
    if (engine == "dask") != (values.scheduler is not None):
        raise EaseoffError("--engine dask and --scheduler ADDRESS belong together.",
                           "Such as: --engine dask --scheduler tcp://127.0.0.1:8786")  # fmt: skip
    return None if values.scheduler is None else tidy(values.scheduler)


def _workers(text: str | None) -> int:
    if text is None:
        return os.cpu_count() or 1
    return whole_number(text, "--workers", least=1, most=_MOST_WORKERS)
