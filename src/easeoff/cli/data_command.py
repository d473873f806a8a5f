"""``easeoff data``: is every file what it should be, how far can it be trusted, what would a new list change."""

from __future__ import annotations

from easeoff.cli import exits
from easeoff.cli.arguments import Values
from easeoff.cli.terminal import complain, harmless, say
from easeoff.medicines import DATA_ROOT, check_data, load_sources, medicine_names
from easeoff.medicines.checking import DataProblem
from easeoff.quantities import EaseoffError

_USE = "Use: easeoff data check, easeoff data report or easeoff data import"
_FOR_IMPORT = ("work", "released", "accept")


def data(values: Values) -> int:
    """Check, report or import. Raises `EaseoffError` for anything else, and for options of another action."""
    action = values.action
    if action not in ("check", "report", "import"):
        said = (
            f"“{action}” is not something to do with the data."
            if action
            else "What to do with the data was not said."
        )
        raise EaseoffError(said, _USE)
    _refuse_options_of_others(values)
    if action == "import":
        from easeoff.cli.data_import import import_release

        return import_release(values)
    if values.files:
        raise EaseoffError(f"“{values.files[0][:40]}” is one word too many for easeoff data {action}.",
                           "See: easeoff data --help")  # fmt: skip
    if action == "report":
        from easeoff.cli.data_report import report

        return report(as_json=values.json)
    return _check()


def _refuse_options_of_others(values: Values) -> None:
    """An option that would do nothing is asked back."""
    see = "See: easeoff data --help"
    if values.json and values.action != "report":
        raise EaseoffError("--json is for easeoff data report only.", see)
    for name in _FOR_IMPORT:
        if getattr(values, name) and values.action != "import":
            raise EaseoffError(f"--{name} is for easeoff data import only.", see)


def _faults_of_methods() -> tuple[DataProblem, ...]:
    """What is wrong with the methods of tapering and the paces, which belong to planning."""
    from easeoff.planning.methods import method_faults
    from easeoff.planning.pace import pace_faults
    from easeoff.safety.level_changes import level_change_faults
    from easeoff.safety.washouts import washout_faults

    sources = {source.id for source in load_sources()}
    return (
        *(DataProblem("methods.toml", "methods", fault) for fault in method_faults(sources)),
        *(DataProblem("washouts.toml", "washouts", f) for f in washout_faults(sources, medicine_names())),
        *(
            DataProblem("level_changes.toml", "changes", fault)
            for fault in level_change_faults(sources, medicine_names())
        ),
        *(DataProblem("paces.toml", "paces", fault) for fault in pace_faults(sources)),
    )


def _check() -> int:
    """Print every fault of the data, or that there is none."""
    problems = (*check_data(), *_faults_of_methods())
    count = sum(1 for path in DATA_ROOT.rglob("*") if path.is_file() and not path.name.startswith("."))
    if not problems:
        say(f"{count} files checked, no faults\n")
        return exits.DONE
    say("".join(f"{harmless(f'{p.file}, {p.where}: {p.what}')}\n" for p in problems))
    found = "1 fault" if len(problems) == 1 else f"{len(problems)} faults"
    complain(f"{count} files checked, {found} found.", "Correct them before anything is planned.")
    return exits.BAD_INPUT
