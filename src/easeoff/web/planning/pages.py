"""The questions, in order: a question a page, or a few that belong together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from easeoff.medicines.model import Tier
from easeoff.safety.questions import Question
from easeoff.web.planning.fields import Choice, Field, Kind, choices, yes_no
from easeoff.web.planning.lookup import Facts

#: Times of day that the form has room for.
INTAKES = 6
FieldMaker = Callable[[Facts], tuple[Field, ...]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the form. ``summary`` names it on the page of answers; ``note`` picks an extra part of the template."""

    slug: str
    heading: str
    summary: str
    fields: FieldMaker
    intro: tuple[str, ...] = ()
    note: str = ""

    @property
    def must_answer(self) -> bool:
        """Whether the form cannot go on without this page, so that nothing is said about leaving it open."""
        return self.slug in {"country", "medicine", "dose", "hand", "change", "pace"}

    def applies(self, facts: Facts) -> bool:
        """Whether this page is asked at all: some questions are for some medicines only."""
        return bool(self.fields(facts))


def _fixed(*fields: Field) -> FieldMaker:
    return lambda _facts: fields


def _country(facts: Facts) -> tuple[Field, ...]:
    return (
        Field("country", "Country", Kind.RADIO, choices=choices(*facts.countries, skip=""), required=True),
    )


def _medicine(facts: Facts) -> tuple[Field, ...]:
    return (Field("medicine", "Name of the medicine", Kind.TEXT,
                  "The name on the box, or the brand. Start typing to see the names we know.",
                  required=True, suggestions=facts.names),)  # fmt: skip


def _form(facts: Facts) -> tuple[Field, ...]:
    if len(facts.forms) < 2:
        return ()
    return (Field("form", "What do you take now?", Kind.RADIO, "The label on the box says it.",
                  choices=choices(*facts.forms, skip="I don’t know")),)  # fmt: skip


def _dose(_facts: Facts) -> tuple[Field, ...]:
    made: list[Field] = []
    for row in range(1, INTAKES + 1):
        made.append(Field(f"dose_{row}", "Dose", Kind.NUMBER, suffix="mg", longest=20, required=row == 1))
        made.append(Field(f"time_{row}", "Time of day", Kind.TIME, longest=5))
    return tuple(made)


_KINDS = {"choice": Kind.RADIO, "yes_no": Kind.RADIO, "number": Kind.NUMBER, "list": Kind.LINES}
_SUFFIXES = {"age": "years", "years": "years", "days_a_week": "days", "alcohol_units": "units"}


def _asked(*keys: str) -> FieldMaker:
    """Safety questions in the words that ``easeoff.safety`` gives them."""
    return lambda facts: tuple(_from_question(facts.questions[key]) for key in keys if key in facts.questions)


def _from_question(question: Question) -> Field:
    if question.kind == "yes_no":
        return yes_no(question.key, question.text, question.help)
    options = choices(*((value, words[:1].upper() + words[1:]) for value, words in question.choices))
    return Field(question.key, question.text, _KINDS[question.kind], question.help,
                 options if question.kind == "choice" else (),
                 suffix=_SUFFIXES.get(question.key, ""), longest=8)  # fmt: skip


_OTHERS = (
    Field("takes_others", "Do you take any other medicine?", Kind.RADIO,
          "Count patches, herbal ones, and those you buy yourself.", choices(("yes", "Yes"), ("no", "No"))),
    Field("others", "If yes, which?", Kind.LINES, "One on each line, just the name.", longest=1500),
    Field("tapering", "Are you reducing one of these now? Which?", Kind.LINES,
          "Only one medicine is reduced at a time. Write none if you are not.", longest=600),
)  # fmt: skip


def _at_hand(facts: Facts) -> tuple[Field, ...]:
    return (
        Field("tier", "Which products may the plan use?", Kind.RADIO, choices=choices(*facts.tiers, skip=""),
              default=Tier.LICENSED.value),
        Field("devices", "Which oral syringes can you use?", Kind.CHECKS,
              "They measure small doses of a liquid. Two are ticked, because plans use those unless you say otherwise. "
              "Untick what you do not have. Not sure? Leave them, and ask your pharmacist. "
              "With none ticked, no liquid is drawn with a syringe.",
              choices=tuple(Choice(value, label) for value, label in facts.devices),
              default="\n".join(facts.default_devices)),
        Field("halves", "Can your tablets be cut in half?", Kind.RADIO,
              "Only if your brand has a line to break it on and a pharmacist has said yes. Never cut slow-release tablets.",
              choices=choices(("yes", "Yes, a pharmacist has confirmed it"), ("no", "No, or not asked yet"), skip=""), default="no"),
    )  # fmt: skip


def _change(facts: Facts) -> tuple[Field, ...]:
    """Only between benzodiazepines and z-drugs is a change ever worked out."""
    if not facts.other_sedatives:
        return ()
    return (
        Field("cross_to", "Change over to which medicine?", Kind.TEXT, suggestions=facts.other_sedatives),
        Field("cross_mg", "How much of it a day stands for all you take now?", Kind.NUMBER,
              "As your prescriber wrote it down.", suffix="mg", longest=20),
        Field("cross_table", "Which table of equivalents does your prescriber go by?", Kind.TEXT,
              "Its name. If they go by their own judgement, write prescriber.", longest=80, suggestions=facts.tables),
    )  # fmt: skip


_METHODS = (
    ("", "As suggested for this medicine"),
    ("occupancy", "By occupancy: even steps in what the medicine does in the brain"),
    ("percent-current", "A percentage of the dose you are on at each step"),
    ("percent-start", "A percentage of the dose you start from"),
    ("fixed", "The same number of mg each time"),
    ("bands", "So many mg each time, by how high the dose is"),
    ("slide", "A few small cuts a week apart, then a rest (block slide)"),
    ("micro", "A little less each day, with a liquid (daily micro-taper)"),
)
_TABLE = ("table", "A published schedule, as it is")


def _pace(facts: Facts) -> tuple[Field, ...]:
    schedules = facts.schedules
    methods = (*_METHODS, _TABLE) if schedules else _METHODS
    published = (
        Field("schedule", "Which published schedule?", Kind.RADIO,
              "It is taken exactly, dose by dose. It has to begin at your dose, or have a step there.",
              choices=choices(*schedules, skip="None of these")),
    )  # fmt: skip
    return (
        Field("method", "How should the steps be worked out?", Kind.RADIO, choices=tuple(Choice(v, t) for v, t in methods)),
        Field("limit", "The most that one step may take away", Kind.NUMBER,
              "In points for occupancy, in % for a percentage, in mg for the same number of mg. For small cuts: % of one cut, or of a month.",
              longest=12),
        Field("every", "Days to stay on each dose", Kind.NUMBER, suffix="days", longest=3),
        *(published if schedules else ()),
        Field("bands", "If by how high the dose is: how much each time", Kind.TEXT,
              "From the highest dose down, such as 20=2,10=1,0=0.5: above 20 mg 2 mg each time, above 10 mg 1 mg, below that half a mg.",
              longest=120),
        Field("half_then", "If a percentage of the dose you start from: from where on the cuts get smaller", Kind.NUMBER,
              "Below this part of the starting dose the same percentage is of that lower level.", suffix="%", longest=6),
        Field("unit", "If a percentage of the dose you are on: stop at half of the smallest tablet", Kind.NUMBER,
              "Its strength. The last step is then often a large one.", suffix="mg", longest=12),
        Field("ramp", "Intervals that may get shorter after two easy steps", Kind.TEXT,
              "In days, such as 42,28,21. Each shorter one is only a question to your prescriber.", longest=60),
        Field("at_least", "The whole takes at least", Kind.NUMBER, "Steps are made longer, never shorter.", suffix="days", longest=4),
    )  # fmt: skip


PAGES: tuple[Page, ...] = (
    Page("country", "Where do you get your medicine?", "Country", _country,
         ("Different countries sell different tablets and liquids.",)),
    Page("medicine", "Which medicine do you want to reduce?", "Medicine", _medicine,
         ("One medicine at a time. Reducing two at once makes it hard to tell what is happening.",)),
    Page("form", "Which form is it?", "Form", _form),
    Page("dose", "How much do you take now?", "Dose now", _dose, note="intakes"),
    Page("reason", "What was it prescribed for?", "Prescribed for", _asked("indication")),
    Page("about", "About you", "About you", _asked("age", "pregnancy")),
    Page("taking", "How you take it", "How you take it", _asked("years", "days_a_week", "steady")),
    Page("others", "Other medicines", "Other medicines", _fixed(*_OTHERS),
         ("Some medicines together need a specialist, and some change each other’s level.",)),
    Page("substances", "Alcohol and other drugs", "Alcohol and drugs",
         _asked("alcohol_units", "alcohol_dependence", "drugs"),
         ("Nobody here is judging. These change what is known to be risky.",)),
    Page("history", "What has happened before", "In the past", _asked("seizures", "past_withdrawal", "psychosis")),
    Page("mood", "How you have been", "How you have been", _asked("suicidal", "crisis"), note="crisis"),
    Page("body", "Your body", "Your body", _asked("liver", "kidney", "heart", "breathing")),
    Page("relapse", "If the old trouble comes back", "Early signs", _asked("relapse_plan")),
    Page("hand", "What is at hand", "At hand", _at_hand),
    Page("goal", "Where do you want to get to?", "Goal", _fixed(
        Field("goal_kind", "Goal", Kind.RADIO, choices=choices(
            ("stop", "No medicine at all"), ("lower", "A lower dose to stay on"), skip="I don’t know yet")),
        Field("goal_mg", "If a lower dose, how much a day?", Kind.NUMBER, suffix="mg", longest=20),
        Field("start", "First day of the first smaller dose", Kind.DATE,
              "Leave it empty if you have not agreed a day with your prescriber.", longest=10))),
    Page("change", "Your prescriber asked for another way", "Change of medicine", _change,
         ("Only if your prescriber asked you to change over to another medicine first. If not, leave all of this empty.",
          "The amount is the one your prescriber gives. We show it beside what published tables say, and never work it out. "
          "The goal you gave is for the plan that follows.")),
    Page("pace", "How gently?", "Pace", _pace, note="pace"),
)  # fmt: skip
BY_SLUG = {page.slug: page for page in PAGES}


def page_with(key: str, facts: Facts) -> Page | None:
    """The page that asks for ``key``."""
    return next((page for page in PAGES if any(field.key == key for field in page.fields(facts))), None)
