"""A proposal as text for a terminal. The words come from ``easeoff.documents``; the order and the layout from here."""

from __future__ import annotations

from easeoff.cli.crossover_text import say_checks, say_equivalent
from easeoff.cli.layout import Column, Sheet, Style
from easeoff.cli.plan_steps import say_steps, say_supply
from easeoff.cli.sources_text import source_line
from easeoff.cli.wishes import options_for
from easeoff.directory import CrisisPanel
from easeoff.documents.presenting import (
    about_sentences,
    course_sentence,
    finding_blocks,
    headline,
    limits_sentence,
    method_sentence,
    no_way_sentence,
    plan_title,
    remedy_text,
    until_answered,
)
from easeoff.documents.recorded import override_sentence
from easeoff.documents.sourcing import confidence_words
from easeoff.medicines import countries
from easeoff.planning.findings import Level, OpenQuestion
from easeoff.planning.plan import Plan
from easeoff.planning.request import TaperRequest
from easeoff.proposing import AdditionKind, Outcome, Proposal, Remedy
from easeoff.quantities import format_date, format_mg
from easeoff.safety import NOTICE, RED_CARD_INTRO, Question, StopCard, merge_stops, questions_for, red_flags

_STYLES = {
    Outcome.PLAN: Style.GOOD,
    Outcome.DRAFT: Style.WARN,
    Outcome.NOT_WITHIN_LIMITS: Style.STOP,
    Outcome.STOPPED: Style.STOP,
}
_FINDING_STYLES = {Level.STOP: Style.STOP, Level.WARN: Style.WARN, Level.NOTE: None}
#: What a person types for a question, where it is not the question's own key.
_SHORT_KEYS = {"indication": "for", "others": "with", "alcohol_units": "alcohol"}
_OPTION_QUESTIONS = {
    "form": '--as "FORM"',
    "goal": "--goal DOSE",
    "intakes": '--intakes "TIME=DOSE,..."',
    "pace": "--override",
    "equivalent": "--override",
    "crossover": "--override",
}
_NARROWEST_TABLE = 60
#: With more open questions than this, only the questions are shown and not what each changes.
_MOST_EXPLAINED = 5


def proposal_text(proposal: Proposal, width: int, panel: CrisisPanel, *, colour: bool) -> str:
    """The whole proposal. A stop shows no dose but the one that is taken now."""
    sheet = Sheet(width, colour)
    _say_state(sheet, proposal)
    if proposal.outcome is Outcome.STOPPED:
        _say_stop(sheet, proposal, panel)
        _say_findings(sheet, proposal)
        _say_letter(sheet)
        _say_override(sheet, proposal)
    else:
        _say_questions(sheet, proposal)
        if proposal.plan is not None:
            followable = proposal.outcome is Outcome.PLAN
            if proposal.plan.crossover is not None:
                say_equivalent(sheet, proposal.plan)
            say_steps(sheet, proposal.plan, proposal.formulary, followable=followable)
            if proposal.plan.crossover is not None:
                say_checks(sheet, proposal.plan)
            elif followable:
                say_supply(sheet, proposal.plan, proposal.formulary)
        _say_findings(sheet, proposal)
        _say_remedies(sheet, proposal)
        _say_gentler(sheet, proposal)
        if proposal.plan is not None:
            _say_method(sheet, proposal.plan)
        _say_signs(sheet, red_flags(proposal.formulary.medicine))
        _say_panel(sheet, panel)
    _say_sources(sheet, proposal)
    sheet.heading("Please note")
    sheet.say(NOTICE)
    if proposal.outcome is not Outcome.PLAN:
        sheet.say("")
        sheet.say(_title(proposal), style=_STYLES[proposal.outcome])
    return sheet.text()


def _title(proposal: Proposal) -> str:
    if proposal.outcome is Outcome.STOPPED:
        return f"Stop. {headline(proposal)}"
    if proposal.outcome is Outcome.PLAN and proposal.plan is not None:
        return f"{plan_title(proposal.plan)}. {headline(proposal)}"
    if proposal.outcome is Outcome.DRAFT and proposal.plan is not None:
        count = len(proposal.open_questions)
        until = "1 question is" if count == 1 else f"{count} questions are"
        return f"Draft until {until} answered. {course_sentence(proposal.plan)}"
    return headline(proposal)


def _say_state(sheet: Sheet, proposal: Proposal) -> None:
    sheet.say(_title(proposal), style=_STYLES[proposal.outcome])
    sheet.say("")
    sheet.say(f"Asked for: {_asked_for(proposal.request)}.")
    if proposal.outcome is not Outcome.STOPPED:
        for reason in proposal.reasons:
            sheet.say(reason)
        if proposal.blocking_dose_mg is not None:
            sheet.say(f"Blocking dose: {format_mg(proposal.blocking_dose_mg)} a day.", style=Style.STOP)
        sheet.say(
            f"Keep taking {format_mg(proposal.request.dose)} a day as you do now until your prescriber agrees to a change."
        )
    if proposal.request.override is not None:
        sheet.say(override_sentence(proposal.request.override, proposal.findings), style=Style.WARN)


def _asked_for(request: TaperRequest) -> str:
    """What was understood, so that a slip can be seen."""
    said = [
        f"{request.medicine} {format_mg(request.dose)} a day",
        countries().get(request.country, request.country),
    ]
    if request.form is not None:
        said.append(f"as {request.form}")
    said += [f"{format_mg(intake.mg)} at {intake.time}" for intake in request.intakes]
    if request.crossover is not None:
        wish = request.crossover
        said.append(f"counted as {format_mg(wish.mg)} of {wish.medicine} by “{wish.table}”")
        said += [f"of which {format_mg(request.goal)} of {request.medicine} stay"] if request.goal else []
    elif request.goal is not None:
        said.append(f"down to {format_mg(request.goal)}")
    return ", ".join(said)


def _say_questions(sheet: Sheet, proposal: Proposal) -> None:
    questions = proposal.open_questions
    if not questions:
        return
    sheet.heading(f"Questions to answer ({len(questions)})")
    sheet.say(until_answered(proposal.request))
    known = {question.key: question for question in questions_for(proposal.formulary.medicine)}
    explained = len(questions) <= _MOST_EXPLAINED
    rows = [(_typed(q.key), _asked_back(q, known.get(q.key), explained=explained)) for q in questions]
    if sheet.width >= _NARROWEST_TABLE:
        columns = (
            Column("", max(len(key) for key, _ in rows)),
            Column("", sheet.width - 2 - max(len(key) for key, _ in rows)),
        )
        sheet.table(columns, [(row, ()) for row in rows])
    else:
        for key, text in rows:
            sheet.item(f"{key}: {text}")
    sheet.say("Answer by adding, with what is true for you, such as: --person age=41 steady=yes with=none")


def _typed(key: str) -> str:
    return _OPTION_QUESTIONS.get(key) or _SHORT_KEYS.get(key, key)


def _asked_back(question: OpenQuestion, known: Question | None, *, explained: bool) -> str:
    """The question, how it may be answered, and why it is asked where there are few."""
    return " ".join(filter(None, (question.text, _answers(known), question.why if explained else "")))


def _answers(question: Question | None) -> str:
    if question is None or question.kind in {"yes_no", "number"}:
        return ""
    if question.kind == "choice":
        return f"One of: {', '.join(value for value, _ in question.choices)}."
    return "Names, or none."


def stop_card(proposal: Proposal) -> StopCard:
    """The stops of a proposal as one."""
    return merge_stops(proposal.findings, proposal.formulary.medicine, proposal.request.dose)


def _say_stop(sheet: Sheet, proposal: Proposal, panel: CrisisPanel) -> None:
    card = stop_card(proposal)
    sheet.heading("What to do", Style.STOP)
    for text in (card.keep, *card.contacts):
        sheet.say(text)
    if card.in_danger:
        _say_panel(sheet, panel)
    sheet.heading("Why there is no plan here")
    for reason in card.reasons:
        sheet.item(reason)
    _say_signs(sheet, card.signs)
    if not card.in_danger:
        _say_panel(sheet, panel)


def _say_findings(sheet: Sheet, proposal: Proposal) -> None:
    blocks = finding_blocks(proposal.findings)
    if proposal.outcome is Outcome.STOPPED:
        blocks = tuple(block for block in blocks if block.level is not Level.STOP)
    if not blocks:
        return
    sheet.heading("Also to know" if proposal.outcome is Outcome.STOPPED else "What to know")
    for block in blocks:
        sheet.item(f"{block.heading}: {block.text}", style=_FINDING_STYLES[block.level])


def _say_remedies(sheet: Sheet, proposal: Proposal) -> None:
    nothing = no_way_sentence(proposal)
    if nothing:
        sheet.heading("What would help")
        sheet.say(nothing)
    if not proposal.remedies:
        return
    sheet.heading("What would help")
    for number, remedy in enumerate(proposal.remedies, start=1):
        _say_remedy(sheet, f"{number}. ", remedy, proposal)


def _say_remedy(sheet: Sheet, mark: str, remedy: Remedy, proposal: Proposal) -> None:
    kind = proposal.plan.summary.effect_kind if proposal.plan else None
    sheet.item(remedy_text(remedy, kind), mark=mark)
    words = options_for(remedy.request, proposal.request) if remedy.request else ()
    for addition in remedy.add:
        if addition.kind is AdditionKind.PRODUCT and addition.id not in words:
            sheet.say(f"Product: {addition.id}", indent=2)
    if words:
        sheet.command("Add:", words, indent=2)
    else:
        sheet.say(
            "This needs your prescriber or pharmacist first, so there is no plan to show yet.", indent=2
        )


def _say_gentler(sheet: Sheet, proposal: Proposal) -> None:
    if not proposal.gentler:
        return
    sheet.heading("Slower is always possible")
    for text, wish in proposal.gentler:
        sheet.item(f"{text.rstrip('.')}.")
        sheet.command("Add:", options_for(wish, proposal.request), indent=2)


def _say_method(sheet: Sheet, plan: Plan) -> None:
    sheet.heading("How the steps were worked out")
    for text in (method_sentence(plan), *plan.method.because, limits_sentence(plan), *about_sentences(plan)):
        sheet.say(text)


def _say_signs(sheet: Sheet, signs: tuple[str, ...]) -> None:
    sheet.heading("Get help now if", Style.STOP)
    sheet.say(RED_CARD_INTRO)
    for sign in signs:
        sheet.item(f"{sign}.")


def _say_panel(sheet: Sheet, panel: CrisisPanel) -> None:
    sheet.heading("Where to turn", Style.STOP)
    for sentence in panel.sentences:
        sheet.say(sentence)


def _say_letter(sheet: Sheet) -> None:
    """What a stop gives to hand over."""
    sheet.heading("To hand over")
    sheet.say(
        "A letter to your prescriber: why there is a stop and what you ask. It holds no dose but today's."
    )
    sheet.command("Add:", ("--format", "letter", "-o", "letter.pdf"), indent=1)


def _say_override(sheet: Sheet, proposal: Proposal) -> None:
    if all(finding.liftable for finding in proposal.findings if finding.level is Level.STOP):
        sheet.heading("For a prescriber only")
        sheet.say(
            "You can lift this stop if you take responsibility for the plan. Your record is shown on every page and paper of it."
        )
        sheet.command("Add:", ("--override", '"name; role; registration number; reason"'), indent=1)


def _say_sources(sheet: Sheet, proposal: Proposal) -> None:
    sheet.heading("Where this comes from")
    plan = proposal.plan if proposal.outcome is not Outcome.STOPPED else None
    cited = {item.source.id: confidence_words(item.confidence) for item in plan.sources} if plan else {}
    known = {source.id: source for source in proposal.formulary.sources}
    used = dict.fromkeys([*cited, *(one for finding in proposal.findings for one in finding.sources)])
    for source_id in used:
        if source_id in known:
            sheet.item(source_line(known[source_id], cited.get(source_id, "")))
    made = f"Worked out on {format_date(proposal.request.today)} with data version {proposal.formulary.data_version}"
    sheet.say(f"{made} and Easeoff {plan.engine_version}." if plan else f"{made}.")
