"""Sharing a crowd out: in this process, over processes of this computer, or over a Dask cluster that runs already."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import islice
from multiprocessing import get_context
from typing import Any

from easeoff.quantities import EaseoffError
from easeoff.simulating.crowd import Counts, CrowdTask, count, summed

#: Called with how many people are done, and how many there are.
Progress = Callable[[int, int], None]
_Parts = Generator[tuple[CrowdTask, Counts], None, None]
_PATIENCE_SECONDS = 10
#: What Dask would otherwise only find out after a long wait.
_ADDRESS = re.compile(r"((tcp|tls|ws|wss)://)?[^\s/]+:[0-9]{1,5}/?")
#: Tasks on their way to a cluster at once, so that neither side fills up.
_IN_FLIGHT = 64


def count_all(
    tasks: Sequence[CrowdTask], workers: int, progress: Progress, scheduler: str | None = None
) -> Counts:
    """All tasks counted. ``scheduler`` is the address of a Dask cluster; else ``workers`` processes of this computer.

    Raises `EaseoffError` where the cluster cannot be reached or gives up.
    """
    if scheduler is not None:
        parts = _on_cluster(tasks, scheduler)
    elif workers == 1 or len(tasks) == 1:
        parts = _here(tasks)
    else:
        parts = _in_processes(tasks, workers)
    with closing(parts):
        return summed(_told(parts, tasks, progress))


def _told(
    parts: Iterator[tuple[CrowdTask, Counts]], tasks: Sequence[CrowdTask], progress: Progress
) -> Iterator[Counts]:
    total, done = sum(len(task.blocks) for task in tasks), 0
    for task, part in parts:
        yield part
        done += len(task.blocks)
        progress(done, total)


def _here(tasks: Sequence[CrowdTask]) -> _Parts:
    for task in tasks:
        yield task, count(task)


def _in_processes(tasks: Sequence[CrowdTask], workers: int) -> _Parts:
    # Spawned, because a fork of a process with threads may hang.
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        waiting = iter(tasks)
        running = [(task, pool.submit(count, task)) for task in islice(waiting, 2 * workers)]
        while running:
            task, future = running.pop(0)
            yield task, future.result()
            running += [(late, pool.submit(count, late)) for late in islice(waiting, 1)]


def _on_cluster(tasks: Sequence[CrowdTask], address: str) -> _Parts:
    try:
        from distributed import Client
    except ImportError:
        raise EaseoffError(
            "Dask is not installed here.", "Install Easeoff with its extra “cluster”."
        ) from None
    if not _ADDRESS.fullmatch(address):
        raise EaseoffError(
            f"“{address[:60]}” is not the address of a Dask cluster.",
            "It looks like tcp://127.0.0.1:8786.",
        )
    try:
        client: Any = Client(address, timeout=_PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as problem:
        raise EaseoffError(
            f"No Dask cluster answers at {address[:60]}.", "Start it first, or check --scheduler."
        ) from problem
    with client:
        waiting = iter(tasks)
        running = [(task, client.submit(count, task, pure=False)) for task in islice(waiting, _IN_FLIGHT)]
        while running:
            task, future = running.pop(0)
            try:
                part = future.result()
            except Exception as problem:  # whatever a worker fails with comes back as its own kind
                raise EaseoffError(
                    f"The cluster gave up: {type(problem).__name__}.",
                    "Its workers need the same version of Easeoff. Nothing was written.",
                ) from problem
            yield task, part
            running += [(late, client.submit(count, late, pure=False)) for late in islice(waiting, 1)]
