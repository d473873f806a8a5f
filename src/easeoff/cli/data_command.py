"""``easeoff data check``: is every data file what it should be."""

from __future__ import annotations

from easeoff.cli import exits
from easeoff.cli.arguments import Values
from easeoff.cli.terminal import complain, harmless, say
from easeoff.medicines import DATA_ROOT, check_data
from easeoff.quantities import EaseoffError


def data(values: Values) -> int:
    """Print every fault of the data, or that there is none."""
    if values.action != "check":
        said = (
            f"“{values.action}” is not something to do with the data."
            if values.action
            else "What to do with the data was not said."
        )
        raise EaseoffError(said, "Use: easeoff data check")
    problems = check_data()
    count = sum(1 for path in DATA_ROOT.rglob("*") if path.is_file() and not path.name.startswith("."))
    if not problems:
        say(f"{count} files checked, no faults\n")
        return exits.DONE
    say("".join(f"{harmless(f'{p.file}, {p.where}: {p.what}')}\n" for p in problems))
    found = "1 fault" if len(problems) == 1 else f"{len(problems)} faults"
    complain(f"{count} files checked, {found} found.", "Correct them before anything is planned.")
    return exits.BAD_INPUT
