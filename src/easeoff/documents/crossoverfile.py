"""A crossover in the plan file: what was asked, and what stands beside it. Only plans of that kind have these fields."""

from __future__ import annotations

from easeoff.documents.jsonrecord import JsonRecord
from easeoff.documents.jsontext import JsonValue
from easeoff.medicines.model import Confidence
from easeoff.planning.plan import Crossover, TableFigure
from easeoff.planning.request import CrossoverWish
from easeoff.quantities import plain

JsonObject = dict[str, JsonValue]


def wish_object(wish: CrossoverWish) -> JsonObject:
    """What was asked: the other medicine, and how much of it today's whole dose stands for."""
    return {"medicine": wish.medicine, "mg": plain(wish.mg), "table": wish.table, "parts": wish.parts}


def wish_from(record: JsonRecord) -> CrossoverWish:
    """The wish in ``record``."""
    wish = CrossoverWish(
        record.text("medicine"),
        record.amount("mg"),
        record.text("table"),
        record.maybe("parts", record.whole),
    )
    record.finish()
    return wish


def crossover_object(crossover: Crossover) -> JsonObject:
    """The equivalent as entered, every table beside it, what stays and what it arrives at; amounts as decimal strings."""
    return {
        "medicine": crossover.medicine,
        "mg": plain(crossover.mg),
        "table": crossover.table,
        "tables": [_figure_object(figure) for figure in crossover.figures],
        "range_low_mg": None if crossover.low_mg is None else plain(crossover.low_mg),
        "range_high_mg": None if crossover.high_mg is None else plain(crossover.high_mg),
        "in_range": crossover.in_range,
        "kept_mg": plain(crossover.kept_mg),
        "arrives_mg": plain(crossover.arrives_mg),
        "check_days": list(crossover.check_days),
    }


def crossover_from(record: JsonRecord) -> Crossover:
    """The crossover in ``record``. Raises `EaseoffError` naming the field that is wrong."""
    days = record.wholes("check_days")
    if len(days) != 2:
        raise record.refuse("check_days", "two days")
    crossover = Crossover(
        medicine=record.text("medicine"),
        mg=record.amount("mg"),
        table=record.text("table"),
        figures=tuple(_figure_from(item) for item in record.records("tables")),
        low_mg=record.maybe("range_low_mg", record.amount),
        high_mg=record.maybe("range_high_mg", record.amount),
        kept_mg=record.amount("kept_mg"),
        arrives_mg=record.amount("arrives_mg"),
        check_days=(days[0], days[1]),
    )
    if record.flag("in_range") != crossover.in_range:
        raise record.refuse("in_range", "what the figures beside it say")
    record.finish()
    return crossover


def _figure_object(figure: TableFigure) -> JsonObject:
    return {"table": figure.table, "low_mg": plain(figure.low_mg), "high_mg": plain(figure.high_mg), "usable": figure.usable,
            "source": figure.source, "confidence": figure.confidence}  # fmt: skip


def _figure_from(record: JsonRecord) -> TableFigure:
    figure = TableFigure(
        table=record.text("table"),
        low_mg=record.amount("low_mg"),
        high_mg=record.amount("high_mg"),
        usable=record.flag("usable"),
        source=record.text("source"),
        confidence=record.one_of("confidence", Confidence).value,
    )
    record.finish()
    return figure
