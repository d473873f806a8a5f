"""What every named table on record says a dose stands for in another medicine: shown beside what a prescriber enters, never used for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction

from easeoff.medicines.model import Confidence, DoseEquivalence, Formulary
from easeoff.planning.plan import TableFigure
from easeoff.quantities import EaseoffError, rounded

#: What is named as the table where the prescriber goes by no table.
OWN_JUDGEMENT = "prescriber"
_REFERENCE = "diazepam"
#: Figures of tables are shown to so many decimal places of a mg; nothing is dosed by them.
_PLACES = 2
#: mg of the reference for 1 mg: the least and the most that one table gives.
_Span = tuple[Fraction, Fraction]


def table_figures(outgoing: Formulary, incoming: Formulary, dose: Decimal) -> tuple[TableFigure, ...]:
    """``dose`` mg of the outgoing medicine in mg of the incoming, by each table that lists both."""
    return tuple(_figures(outgoing, incoming, dose))


def span_of(figures: tuple[TableFigure, ...]) -> tuple[Decimal, Decimal] | None:
    """The lowest and the highest figure of the tables that may be used; ``None`` where there is none."""
    usable = [figure for figure in figures if figure.usable]
    if not usable:
        return None
    return min(f.low_mg for f in usable), max(f.high_mg for f in usable)


def named_table(text: str, figures: tuple[TableFigure, ...]) -> str:
    """The table that is meant, or `OWN_JUDGEMENT`. Raises `EaseoffError` for one that is unknown or not to be used."""
    said = " ".join(text.split())
    names = {figure.table.casefold(): figure for figure in figures}
    if said.casefold() == OWN_JUDGEMENT:
        return OWN_JUDGEMENT
    found = names.get(said.casefold()) or _only_one(said, figures)
    own = f"Or --table {OWN_JUDGEMENT}, where the prescriber goes by their own judgement."
    usable = ", ".join(f"“{figure.table}”" for figure in figures if figure.usable) or "none"
    if found is None:
        near = get_close_matches(said.casefold(), list(names), n=1)
        meant = f"Did you mean “{names[near[0]].table}”? " if near else ""
        raise EaseoffError(
            f"“{said[:60]}” is not a table on record that lists both medicines.",
            f"{meant}Tables that do: {usable}. {own}",
        )
    if not found.usable:
        raise EaseoffError(
            f"The table “{found.table}” was seen only on a copy that cannot be trusted, so no dose goes by it.",
            f"Tables that may be used: {usable}. {own}",
        )
    return found.table


def _only_one(said: str, figures: tuple[TableFigure, ...]) -> TableFigure | None:
    """The one table whose name holds these words, such as “ADFD”."""
    holding = [figure for figure in figures if said and said.casefold() in figure.table.casefold()]
    return holding[0] if len(holding) == 1 else None


def _figures(outgoing: Formulary, incoming: Formulary, dose: Decimal) -> Iterator[TableFigure]:
    rows = [*outgoing.dose_equivalences, *incoming.dose_equivalences]
    for table in sorted({row.table for row in rows}):
        away = _span(table, outgoing)
        towards = _span(table, incoming)
        if away is None or towards is None:
            continue
        low, high = Fraction(dose) * away[0] / towards[1], Fraction(dose) * away[1] / towards[0]
        used = next(row for row in rows if row.table == table)
        yield TableFigure(
            table=table,
            low_mg=_shown(low),
            high_mg=_shown(high),
            usable=used.provenance.confidence is not Confidence.UNVERIFIED,
            source=used.provenance.source,
            confidence=used.provenance.confidence.value,
        )


def _span(table: str, formulary: Formulary) -> _Span | None:
    """mg of diazepam for 1 mg of the medicine in this table."""
    if formulary.medicine.name == _REFERENCE:
        return Fraction(1), Fraction(1)
    row = _row(table, formulary)
    if row is None:
        return None
    return Fraction(row.reference_mg) / Fraction(row.high_mg), Fraction(row.reference_mg) / Fraction(
        row.low_mg
    )


def _row(table: str, formulary: Formulary) -> DoseEquivalence | None:
    return next(
        (
            row
            for row in formulary.dose_equivalences
            if row.table == table
            and row.medicine == formulary.medicine.name
            and row.reference_medicine == _REFERENCE
        ),
        None,
    )


def _shown(mg: Fraction) -> Decimal:
    exact = Decimal(mg.numerator) / Decimal(mg.denominator)
    return rounded(exact, _PLACES)
