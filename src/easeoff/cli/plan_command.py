"""``easeoff plan``: one request in; text, JSON, a paper to hand over or a file for other programs out."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path

from easeoff.cli import exits, machine_formats, paper_formats, reading
from easeoff.cli.arguments import Values
from easeoff.cli.files import spare_a_history, write_whole
from easeoff.cli.terminal import complain, harmless, say, say_bytes, wants_colour, width
from easeoff.cli.typed import tidy
from easeoff.proposing import Outcome, Proposal, plan_taper
from easeoff.quantities import EaseoffError

_WRITTEN = {"json": "plan file", **paper_formats.WRITTEN, **machine_formats.WRITTEN}
_FORMATS = ("text", *_WRITTEN)
#: What a file name says by itself: nobody means the printed text by "plan.json".
_BY_ENDING = {".json": "json", ".pdf": "pdf", ".csv": "csv", ".ics": "ics"}


def plan(values: Values) -> int:
    """Propose, and print or write what was asked for."""
    form = _format(values)
    machine_formats.check_options(values, form)
    paper_formats.check_options(values, form)
    spare_a_history(values.output)
    if values.json and form in _WRITTEN and not values.output:
        raise EaseoffError(
            "--json already prints on standard output.", f"Say where the {_WRITTEN[form]} goes, with -o FILE."
        )
    proposal = plan_taper(reading.request_from(values, reading.today()))
    status = proposal.outcome.exit_status
    if values.json:
        _say_json(proposal, None if form else values.output)
    if form in _WRITTEN:
        return _document(proposal, form, values) or status
    if not values.json:
        _say_text(proposal, values.output)
    return status


def _format(values: Values) -> str:
    """The format by name, else by the ending of the file to write; empty where neither says one. Raises `EaseoffError`."""
    if values.format is None:
        return (
            "" if values.json or not values.output else _BY_ENDING.get(Path(values.output).suffix.lower(), "")
        )
    said = tidy(values.format).lower()
    if said not in _FORMATS:
        near = get_close_matches(said, _FORMATS, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Use {', '.join(_FORMATS[:-1])} or {_FORMATS[-1]}."
        raise EaseoffError(f"“{said[:40]}” is not a format we write.", hint)
    if said == "text" and values.json:
        raise EaseoffError("--json and --format text ask for two things.", "Leave one of them out.")
    return said


def _say_json(proposal: Proposal, output: str | None) -> None:
    from easeoff.documents.proposalfile import proposal_json

    _put(proposal_json(proposal).encode("utf-8"), output)


def _say_text(proposal: Proposal, output: str | None) -> None:
    from easeoff.cli.crisis import panel_for
    from easeoff.cli.plan_text import proposal_text

    panel = panel_for(proposal.request.country, proposal.request.today)
    if output:
        write_whole(output, harmless(proposal_text(proposal, 80, panel, colour=False)).encode("utf-8"))
        complain(f"Written to {output}.")
    else:
        colour = wants_colour(sys.stdout)
        say(proposal_text(proposal, width(), panel, colour=colour))


def _document(proposal: Proposal, form: str, values: Values) -> int:
    """Write the plan file, a paper or a file for other programs. 0, or the status of having none to write."""
    refusal = _refusal(proposal, form) or paper_formats.not_needed(proposal, form)
    if refusal is not None:
        complain(*refusal)
        return exits.STOPPED if proposal.outcome is Outcome.STOPPED else exits.NOT_POSSIBLE
    if form in paper_formats.WRITTEN:
        content = paper_formats.paper_format(proposal, form, values)
    elif form in machine_formats.WRITTEN:
        content = machine_formats.machine_format(proposal, form, values)
    else:
        from easeoff.documents.planfile import write_plan

        assert proposal.plan is not None
        content = write_plan(proposal.plan).encode("utf-8")
    _put(content, values.output)
    if values.output:
        complain(f"Written to {values.output}. {_told(proposal)}")
    return exits.DONE


def _told(proposal: Proposal) -> str:
    """What the proposal is; a stop is told whole, also where its letter was written."""
    from easeoff.documents.presenting import headline

    if proposal.outcome is not Outcome.STOPPED:
        return headline(proposal)
    from easeoff.cli.plan_text import stop_card

    card = stop_card(proposal)
    return " ".join((f"Stop. {headline(proposal)}", card.keep, *card.contacts))


def _refusal(proposal: Proposal, form: str) -> tuple[str, str] | None:
    """Why nothing is written, and what to do; a schedule needs more than a letter or a plan file does."""
    what = _WRITTEN[form]
    if proposal.outcome is Outcome.STOPPED:
        if form == "letter":
            return None
        from easeoff.cli.plan_text import stop_card

        card = stop_card(proposal)
        return f"No {what} is written: there is a stop.", " ".join((card.keep, *card.contacts, *card.reasons))
    if paper_formats.is_of_drafts_too(proposal, form):
        return None
    if proposal.plan is None:
        return f"No {what} is written: there is no plan.", " ".join(proposal.reasons)
    if form == "json" or proposal.may_issue_schedule:
        return None
    again = "Run the same command without --format and -o to see what would help, or with --format letter."
    if proposal.outcome is Outcome.DRAFT:
        number = len(proposal.open_questions)
        asked = "1 question is" if number == 1 else f"{number} questions are"
        return (
            f"No {what} is written while {asked} open.",
            "Run the same command without --format and -o to see them.",
        )
    return f"No {what} is written from a draft that is not within your limits.", again


def _put(content: bytes, output: str | None) -> None:
    if output:
        write_whole(output, content)
    else:
        say_bytes(content)
