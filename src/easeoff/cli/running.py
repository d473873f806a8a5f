"""From the arguments to an exit status, and nothing that fails shows a traceback."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from easeoff.cli import exits
from easeoff.cli.arguments import Asked, read_arguments
from easeoff.cli.terminal import complain, say
from easeoff.quantities.errors import EaseoffError


def run(argv: Sequence[str] | None) -> int:
    """Run one command; Ctrl-C alone is left to the caller."""
    try:
        return _run_command(read_arguments(sys.argv[1:] if argv is None else list(argv)))
    except EaseoffError as problem:
        complain(problem.message, problem.hint)
        return exits.OUR_FAULT if type(problem).__name__ == "DataError" else exits.BAD_INPUT
    except Exception as fault:
        complain(
            _fault_sentence(fault),
            "Please report it with the command you gave. Do not act on anything it printed.",
        )
        return exits.OUR_FAULT


def _run_command(asked: Asked) -> int:
    """Each command's own modules are imported only when it is asked for, so that the others start fast."""
    if asked.text is not None:
        say(asked.text)
        return asked.status
    if asked.command == "plan":
        from easeoff.cli.plan_command import plan

        return plan(asked.values)
    if asked.command == "follow":
        from easeoff.cli.follow_command import follow_command

        return follow_command(asked.values)
    if asked.command == "simulate":
        from easeoff.cli.simulate_command import simulate

        return simulate(asked.values)
    if asked.command == "compare":
        from easeoff.cli.compare_command import compare

        return compare(asked.values)
    if asked.command == "medicines":
        from easeoff.cli.medicines_command import medicines

        return medicines(asked.values)
    if asked.command == "help-near":
        from easeoff.cli.help_near_command import help_near

        return help_near(asked.values)
    if asked.command == "data":
        from easeoff.cli.data_command import data

        return data(asked.values)
    from easeoff.cli.serve_command import serve

    return serve(asked.values)


def _fault_sentence(fault: Exception) -> str:
    where = ""
    trace = fault.__traceback__
    while trace is not None:
        where = f"{trace.tb_frame.f_globals.get('__name__', '?')}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"Something went wrong that is our fault, not yours ({type(fault).__name__} in {where})."
