"""Form pages as the templates draw them: each question with what was typed and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from easeoff.web.planning.fields import NONE_TICKED, Answers, Field, Kind, lines
from easeoff.web.planning.flow import EXTRAS, Errors, pages_for
from easeoff.web.planning.lookup import Facts
from easeoff.web.planning.pages import INTAKES, Page


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """One option, whether it is chosen, and its id."""

    id: str
    value: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownField:
    """One question, filled in."""

    field: Field
    text: str
    error: str
    options: tuple[ShownChoice, ...]

    @property
    def described_by(self) -> str:
        """Ids of the hint and the error."""
        ids = [f"{self.field.key}-hint"] * bool(self.field.hint) + [f"{self.field.key}-error"] * bool(
            self.error
        )
        return " ".join(ids)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One page of answers in words, empty where nothing was answered. ``slug`` is empty for what no page asks."""

    slug: str
    name: str
    answers: tuple[tuple[str, str], ...]


def shown_field(field: Field, answers: Answers, errors: Errors) -> ShownField:
    """``field`` with what was typed, or its default where it was never asked."""
    text = answers.get(field.key, field.default)
    chosen = set(lines(text)) if field.kind is Kind.CHECKS else {text}
    answered = field.key in answers or bool(field.default)
    options = tuple(
        ShownChoice(field.key if number == 0 else f"{field.key}-{number}", choice.value, choice.label, choice.hint,
                    choice.value in chosen and (answered or field.has_ordinary_choice))
        for number, choice in enumerate(field.choices)
    )  # fmt: skip
    return ShownField(field, text, errors.get(field.key, ""), options)


def shown_fields(page: Page, answers: Answers, errors: Errors, facts: Facts) -> tuple[ShownField, ...]:
    """The questions of a page, in order."""
    return tuple(shown_field(field, answers, errors) for field in page.fields(facts))


def intake_rows(fields: tuple[ShownField, ...]) -> tuple[tuple[ShownField, ShownField], ...]:
    """Dose and time, row by row."""
    return tuple((fields[2 * row], fields[2 * row + 1]) for row in range(INTAKES))


def summary_rows(answers: Answers, facts: Facts) -> tuple[SummaryRow, ...]:
    """Every page's answers in words, then what only a remedy or a saved plan set."""
    rows = [_summary_row(page, answers, facts) for page in pages_for(facts)]
    extras = tuple(
        (_EXTRA_WORDS[key], _extra_text(key, answers[key], facts)) for key in EXTRAS if answers.get(key)
    )
    if extras:
        rows.append(SummaryRow("", "Also set", extras))
    if answers.get("override_name"):
        rows.append(SummaryRow("", "Prescriber’s record", (("", answers["override_name"]),)))
    return tuple(rows)


_EXTRA_WORDS = {
    "cross_parts": "Parts that each dose is exchanged in", "cross_keep": "How much of the first medicine stays, in mg",
    "products": "Only these products", "cap": "Most of the current dose in one step, in %",
    "end_dose": "Lowest dose of the percentage part, in mg", "reduce_first": "Time of day that goes first", "max_products": "Products in one dose, at most",
    "base": "A share of the", "cuts": "Cuts in a block", "hold": "Days of rest after a block",
    "max_pieces": "Pieces at one time, at most", "review": "Steps until the next review",
}  # fmt: skip


def _extra_text(key: str, text: str, facts: Facts) -> str:
    if key != "products":
        return text
    return ", ".join(facts.label_of_product(value) for value in lines(text) if value != NONE_TICKED) or "none"


def _summary_row(page: Page, answers: Answers, facts: Facts) -> SummaryRow:
    fields = page.fields(facts)
    if page.note == "intakes":
        taken = [_intake_words(answers, row) for row in range(1, INTAKES + 1)]
        return SummaryRow(page.slug, page.summary, (("", ", ".join(filter(None, taken))),))
    if page.slug == "others" and answers.get("takes_others") in {"", "no", None}:
        fields = fields[1:] if answers.get("others") else fields[:1]
    if page.slug == "pace":
        # What nobody gave is not worth a line of its own: the first question says how it is worked out.
        fields = (fields[0], *(field for field in fields[1:] if answers.get(field.key)))
    if len(fields) == 1:
        return SummaryRow(
            page.slug, page.summary, (("", fields[0].in_words(answers.get(fields[0].key, ""))),)
        )
    return SummaryRow(page.slug, page.summary, tuple(
        (field.label, field.in_words(answers.get(field.key, field.default))) for field in fields
    ))  # fmt: skip


def _intake_words(answers: Answers, row: int) -> str:
    dose, time = answers.get(f"dose_{row}", ""), answers.get(f"time_{row}", "")
    if not dose and not time:
        return ""
    amount = dose if any(letter.isalpha() for letter in dose) else f"{dose} mg"
    return f"{amount} at {time}" if time else f"{amount} a day"
