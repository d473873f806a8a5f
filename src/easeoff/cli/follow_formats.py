"""``easeoff follow PLAN.json --format NAME``: papers and files of the version as it is saved."""

from __future__ import annotations

from difflib import get_close_matches

from easeoff.cli import exits, machine_formats, paper_formats, reading
from easeoff.cli.arguments import Values
from easeoff.cli.files import write_whole
from easeoff.cli.terminal import complain, say_bytes
from easeoff.cli.typed import tidy
from easeoff.documents.issuing import stop_words
from easeoff.documents.refusing import refusal_of_paper
from easeoff.planning.plan import Plan
from easeoff.proposing import Outcome, Proposal
from easeoff.proposing.issuing import proposal_of_version
from easeoff.quantities import EaseoffError

_WRITTEN = {**paper_formats.WRITTEN, **machine_formats.WRITTEN}


def format_of(values: Values) -> str:
    """What is to be made, by name; empty where nothing is. Raises `EaseoffError`, also for options that would do nothing."""
    form = _named(values.format)
    machine_formats.check_options(values, form)
    paper_formats.check_options(values, form)
    if not form:
        return form
    if len(values.words) > 1:
        raise EaseoffError(
            "--format makes papers and files of the version that is saved, and records nothing.",
            "Record first, with -o NEW.json; then give --format with the new file.",
        )
    if values.json:
        raise EaseoffError("--json and --format ask for two things.", "Leave one of them out.")
    if values.on is not None:
        raise EaseoffError("--on changes nothing for --format: what is made is for today.", "Leave it out.")
    return form


def _named(text: str | None) -> str:
    if text is None:
        return ""
    said = tidy(text).lower()
    if said not in _WRITTEN:
        near = get_close_matches(said, _WRITTEN, n=1)
        *first, last = _WRITTEN
        hint = f"Did you mean {near[0]}?" if near else f"Use {', '.join(first)} or {last}."
        raise EaseoffError(f"“{said[:40]}” is not a format that a followed plan is written in.", hint)
    return said


def write_format(plan: Plan, form: str, values: Values) -> int:
    """Write one paper or file of ``plan``, for today. Raises `EaseoffError` for what was typed."""
    proposal = _proposal(plan)
    cancels = form == "ics" and machine_formats.only_cancels(proposal, values)
    refusal = None if cancels else _refusal(proposal, form) or paper_formats.not_needed(proposal, form)
    if refusal is not None:
        complain(*refusal)
        return exits.STOPPED if proposal.outcome is Outcome.STOPPED else exits.NOT_POSSIBLE
    if form in paper_formats.WRITTEN:
        content = paper_formats.paper_format(proposal, form, values)
    else:
        content = machine_formats.machine_format(proposal, form, values)
    if not values.output:
        say_bytes(content)
        return exits.DONE
    write_whole(values.output, content)
    what = (
        "a calendar that only cancels what earlier ones brought, for"
        if cancels
        else f"the {_WRITTEN[form]} of"
    )
    complain(f"Written to {values.output}: {what} version {plan.version}, {plan.status.value}.")
    return exits.DONE


def _proposal(plan: Plan) -> Proposal:
    """A first version has to come out the same today; a later one is looked at again as it stands."""
    if plan.first is not None:
        return proposal_of_version(plan, reading.today())
    from easeoff.documents.refusing import as_proposal

    return as_proposal(plan)


def _refusal(proposal: Proposal, form: str) -> tuple[str, str] | None:
    what = _WRITTEN[form]
    if proposal.outcome is Outcome.STOPPED:
        return f"No {what} is written: there is a stop.", stop_words(proposal)
    return refusal_of_paper(proposal, what, of_drafts_too=paper_formats.is_of_drafts_too(proposal, form))
