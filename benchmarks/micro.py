"""How fast a micro-taper of a thousand days and more is planned and printed: ``python benchmarks/micro.py``.

Times are processor seconds of one process, warm, so that a busy computer does not change them; the command's are from its start to its
end on the clock. Exit status 1 where one within its limits takes a second or longer.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from easeoff.cli.crisis import panel_for
from easeoff.cli.plan_text import proposal_text
from easeoff.documents import write_plan
from easeoff.medicines.model import Tier
from easeoff.planning.request import MethodName, TaperRequest
from easeoff.proposing import Proposal, plan_taper

PROMISED_SECONDS = 1.0
LEAST_DAYS = 1000
_REPEATS = 3
_TODAY = date(2027, 1, 4)


@dataclass(frozen=True)
class Case:
    """A medicine, its dose in mg, and the percent of a month."""

    medicine: str
    dose: str
    percent: str

    @property
    def request(self) -> TaperRequest:
        """The wish for it, with everything that is listed."""
        return TaperRequest(
            self.medicine, Decimal(self.dose), "GB", _TODAY, method=MethodName.MICRO,
            limit=Decimal(self.percent), tier=Tier.SPECIAL,
        )  # fmt: skip

    @property
    def command(self) -> list[str]:
        """The same as a command."""
        return [
            str(Path(sys.executable).with_name("easeoff")), "plan", f"{self.medicine} {self.dose} mg", "--country", "GB",
            "--method", "micro", "--limit", self.percent, "--tier", "special",
        ]  # fmt: skip


CASES = (
    Case("pregabalin", "300", "5"),
    Case("sertraline", "200", "5"),
    Case("mirtazapine", "45", "3"),
    Case("citalopram", "40", "5"),
)


def main() -> int:
    """Measure every case."""
    failed = False
    for case in CASES:
        seconds, proposal, printed, filed = best(case)
        plan = proposal.plan
        assert plan is not None and plan.summary.days >= LEAST_DAYS
        began = time.perf_counter()
        subprocess.run(case.command, capture_output=True, check=False)
        whole = time.perf_counter() - began
        slow = proposal.within_limit and seconds + printed >= PROMISED_SECONDS
        failed |= slow
        print(
            f"{case.medicine:12s} {case.dose:>4s} mg  {plan.summary.days:5d} days {len(plan.steps):4d} steps  planned {seconds:5.2f} s  "
            f"printed {printed:5.2f} s  plan file {filed:5.2f} s  command {whole:5.2f} s  {proposal.outcome.value}"
            f"{f', {len(proposal.remedies)} remedies' if proposal.remedies else ''}{'  TOO SLOW' if slow else ''}"
        )
    return int(failed)


def best(case: Case) -> tuple[float, Proposal, float, float]:
    """The shortest of some runs: seconds to plan, the proposal, seconds to print it and to write its file."""
    panel = panel_for("GB", _TODAY)
    runs = []
    for _ in range(_REPEATS):
        began = time.process_time()
        proposal = plan_taper(case.request)
        planned = time.process_time()
        proposal_text(proposal, 80, panel, colour=False)
        printed = time.process_time()
        assert proposal.plan is not None
        write_plan(proposal.plan)
        runs.append((planned - began, proposal, printed - planned, time.process_time() - printed))
    return min(runs, key=lambda run: run[0] + run[2])


if __name__ == "__main__":
    sys.exit(main())
