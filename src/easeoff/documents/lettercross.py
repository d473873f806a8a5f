"""What the letter says of a crossover: the equivalent beside the tables, the exchanges with their checks, what to watch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from easeoff.documents.crosswords import check_span, dose_text, figure_rows
from easeoff.documents.wording import days_text, span_text
from easeoff.medicines import load_formulary
from easeoff.medicines.model import Medicine
from easeoff.planning.crossover.tables import OWN_JUDGEMENT, named_table, span_of, table_figures
from easeoff.planning.methods.crossover import crossover_choices
from easeoff.planning.plan import Plan, TableFigure
from easeoff.planning.request import CrossoverWish
from easeoff.proposing.proposal import Outcome, Proposal
from easeoff.quantities import format_date, format_mg, plain
from easeoff.safety import red_flags
from easeoff.safety.review_pace import HALF_LIVES_TO_SETTLE

#: The open question that only the prescriber can answer. They read this letter, so what to prescribe stands in it all the same.
_ASKED_OF_THE_PRESCRIBER = frozenset({"crossover"})
SLIP_CHOICES = (
    "I confirm the equivalent and agree to this as it stands.",
    "I agree, with this equivalent or these changes:",
    "I would like to talk first, on:",
    "I cannot do this. Please turn to:",
)
_HOURS_A_DAY = 24
#: Findings that the letter says in its own words, or that are for the person's daily life only.
TOLD_ELSEWHERE = frozenset({"crossover-with-prescriber", "crossover-sedation", "crossover-equivalent", "crossover-two-medicines",
                            "driving-and-alcohol"})  # fmt: skip


#: What is said of a draft that nobody asks for in a letter of the other kind.
OF_THE_DRAFT = frozenset({"crossover-rounded-down", "crossover-at-once"})


@dataclass(frozen=True, slots=True)
class Equivalent:
    """What was put in, and every table beside it."""

    wish: CrossoverWish
    table: str
    figures: tuple[TableFigure, ...]
    dose: str
    outgoing: str

    @property
    def span(self) -> str:
        """The range over the tables that may be used, and where what was put in lies."""
        found = span_of(self.figures)
        if found is None:
            return "No table on record that may be used lists both medicines."
        low, high = found
        given = format_mg(low) if low == high else f"{format_mg(low)} to {format_mg(high)}"
        where = "within" if low <= self.wish.mg <= high else "OUTSIDE"
        return f"The named tables that may be used give {given}; the figure put in lies {where} that range."


def equivalent_of(proposal: Proposal) -> Equivalent:
    """The equivalent of a crossover's proposal, whether or not there is a plan."""
    request, wish = proposal.request, proposal.request.crossover
    assert wish is not None
    outgoing, incoming = (load_formulary(name, request.country) for name in (request.medicine, wish.medicine))
    figures = table_figures(outgoing, incoming, request.dose)
    return Equivalent(
        wish, named_table(wish.table, figures), figures, format_mg(request.dose), request.medicine
    )


def title(proposal: Proposal, *, agree: bool) -> str:
    """From which medicine to which, and which of the two kinds of letter this is."""
    request, wish = proposal.request, proposal.request.crossover
    assert wish is not None
    change = f"{request.medicine.capitalize()} {format_mg(request.dose)} a day: a change to {wish.medicine}"
    if agree:
        return f"{change}, for you to agree or change"
    way = "please choose" if proposal.remedies else "please help me find a way"
    return f"{change} cannot be done gently with what is at hand; {way}"


def lead(proposal: Proposal, taken: str, *, agree: bool) -> str:
    """What is wished for. ``taken`` says what is taken today."""
    request, wish = proposal.request, proposal.request.crossover
    assert wish is not None
    stays = f"; {format_mg(request.goal)} of {request.medicine} would stay" if request.goal else ""
    wished = f"{taken} and would like to change over to {wish.medicine} with you, one dose of the day after the other{stays}."
    after = "Coming down from there would be a plan of its own."
    if agree:
        return f"{wished} {after}"
    ways_out = " These are the ways that would." if any(r.within_limit for r in proposal.remedies) else ""
    most = crossover_choices().most_loss_percent
    return (
        f"{wished} With what is at hand no way keeps within the limit, which is a loss of at most {plain(most)} % of the day’s dose in"
        f" one exchange.{ways_out}"
    )


def others_are_open(proposal: Proposal) -> bool:
    """Whether something is open besides what the prescriber answers by this letter."""
    return bool({question.key for question in proposal.open_questions} - _ASKED_OF_THE_PRESCRIBER)


def may_be_prescribed(proposal: Proposal) -> bool:
    """Whether it can be agreed to as it stands: within its limits, with nothing open but the prescriber's own record."""
    if proposal.waits is not None or proposal.outcome not in (Outcome.PLAN, Outcome.DRAFT):
        return False
    return not others_are_open(proposal)


def dose_counted(proposal: Proposal) -> str:
    """The heading over the figures of the tables."""
    request = proposal.request
    return f"{format_mg(request.dose)} of {request.medicine} stand for"


def ask_for_the_equivalent(proposal: Proposal) -> str:
    """Who decides what stands for what: nobody but the prescriber."""
    found = equivalent_of(proposal)
    by = "no table but your own judgement" if found.table == OWN_JUDGEMENT else f"the table “{found.table}”"
    confirm = "This was put in as yours" if proposal.request.override is None else "You entered this"
    return (
        f"Please confirm the equivalent, or give another: {found.dose} of {found.outgoing} a day counted as"
        f" {format_mg(found.wish.mg)} of {found.wish.medicine}. {confirm}, by {by}. {found.span}"
    )


def course(plan: Plan, *, draft: bool) -> str:
    """How many exchanges, how far apart, and to what."""
    crossover = plan.crossover
    assert crossover is not None
    number = len(plan.steps)
    exchanges = (
        "one exchange"
        if number == 1
        else f"{number} exchanges, at least {days_text(plan.interval_days)} apart"
    )
    near = sum(step.start is not None for step in plan.steps) or plan.near_steps
    on = f" on {format_date(plan.review_on)}" if plan.review_on else ""
    wish = "look at this draft with me" if draft else "agree to this crossover or change it"
    only_if = "" if number == 1 else ", each only if the one before was tolerable and you have checked"
    after = "it" if number == 1 else f"exchange {near}"
    return f"Please {wish}: to {dose_text(plan, plan.steps[-1])} a day in {exchanges}{only_if}. First review{on} after {after}."


def checks(plan: Plan) -> str:
    """When the prescriber looks after each exchange."""
    assert plan.crossover is not None
    first, last = plan.crossover.check_days
    spans = [(step.number, check_span(plan, step)) for step in plan.steps]
    dated = "; ".join(f"exchange {number}, {span_text(*days)}" for number, days in spans if days is not None)
    each = "it" if len(plan.steps) == 1 else "each exchange, before the next one"
    return f"Please see or ring me on day {first} to {last} after {each}{f': {dated}' if dated else ''}."


def until_then(proposal: Proposal) -> str:
    """What the person goes on doing."""
    request, wish = proposal.request, proposal.request.crossover
    assert wish is not None
    return (
        f"Please fill in the reply at the foot. Until then I keep taking {request.medicine} {format_mg(request.dose)} a day and take"
        f" no {wish.medicine}. I do not cut and do not stop by myself."
    )


def about_tables(proposal: Proposal) -> str:
    """What the tables are for, and which works they come from."""
    known = {source.id: source.title.rstrip(".") for source in proposal.formulary.sources}
    cited = dict.fromkeys(known[figure.source] for figure in equivalent_of(proposal).figures)
    sources = f" Sources: {'; '.join(cited)}." if cited else ""
    return f"None of these figures is ours, and nothing is worked out from them.{sources}"


def table_lines(proposal: Proposal) -> list[tuple[str, str, str]]:
    """What was put in, then every named table on record with what it gives; those not verified say so."""
    found = equivalent_of(proposal)
    rows = figure_rows(found.figures, found.wish.medicine, "")
    return [
        (
            "Put in, for you to confirm",
            f"{format_mg(found.wish.mg)} of {found.wish.medicine}",
            "yours to decide",
        ),
        *((row.table, row.figure, row.standing) for row in rows),
    ]


def watch(proposal: Proposal) -> Iterator[str]:
    """Build-up, sleepiness, driving, and two medicines at home."""
    wish, choices = proposal.request.crossover, crossover_choices()
    assert wish is not None
    incoming = load_formulary(wish.medicine, proposal.request.country).medicine
    yield _builds_up(incoming, proposal.request.every or choices.days)
    yield (
        f"Sleepiness, unsteadiness, falls, confusion and slow breathing, also days after an exchange; and withdrawal, where"
        f" {wish.medicine} turns out to stand for less."
    )
    yield (
        "I do not drive or use machines until you say that I may: in many countries it is against the law while a medicine impairs you."
        " Both medicines are at home for a while, so small supplies, and what is left of the first goes back."
    )


def _builds_up(medicine: Medicine, days: int) -> str:
    """How long the incoming medicine goes on rising at a dose, by the longest half-life on record."""
    known, name = medicine.half_life, medicine.name.capitalize()
    longest = known.longest_hours if known else None
    if known is None or longest is None:
        return f"{name}: no half-life is on record here, so how long it builds up cannot be told."
    settled = (longest * HALF_LIVES_TO_SETTLE / _HOURS_A_DAY).quantize(Decimal(1), rounding=ROUND_CEILING)
    of = (
        f" (of {known.active_metabolite})"
        if longest == known.metabolite_hours and known.active_metabolite
        else ""
    )
    text = f"{name} builds up: its longest half-life on record is {plain(longest)} hours{of}, and four of these are {days_text(int(settled))}"
    if settled > days:
        return f"{text}, longer than the {days_text(days)} between two exchanges. The full effect of one can come after the next."
    return f"{text}, within the {days_text(days)} between two exchanges."


def both_red_flags(proposal: Proposal) -> tuple[str, ...]:
    """The signs of both medicines, each once."""
    wish = proposal.request.crossover
    assert wish is not None
    incoming = load_formulary(wish.medicine, proposal.request.country).medicine
    return tuple(dict.fromkeys((*red_flags(proposal.formulary.medicine), *red_flags(incoming))))
