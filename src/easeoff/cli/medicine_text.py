"""What is known of one medicine, and the list of all, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from easeoff.cli.layout import Column, Sheet, Style
from easeoff.cli.product_text import say_products
from easeoff.cli.sources_text import origin, source_line
from easeoff.documents.sourcing import confidence_words
from easeoff.medicines import load_formulary, load_medicine, load_sources, medicine_names
from easeoff.medicines.classes import class_words, kind_words
from easeoff.medicines.model import Confidence, Curve, HalfLife, Medicine, Property, RedFlag
from easeoff.medicines.recordwords import curve_words, half_life_words, note_words
from easeoff.medicines.secondsources import second_sources_of, verdict_words
from easeoff.quantities import format_date

_NARROWEST_TABLE = 77
_NAME, _POLICY, _LISTED, _GAPS = 20, 15, 18, 6


def list_text(chosen: tuple[str, ...], width: int, *, colour: bool) -> str:
    """Every medicine on record with products in these countries: class, who may plan it, where it is listed."""
    sheet = Sheet(width, colour)
    rows = []
    for name in medicine_names():
        record = load_medicine(name)
        listed = [code for code in chosen if load_formulary(name, code).products]
        rows.append(
            (name, class_words(record.drug_class), record.policy.value, ", ".join(listed) or "not listed")
        )
    if width >= _NARROWEST_TABLE:
        columns = (
            Column("Medicine", _NAME),
            Column("Class", width - _NAME - _POLICY - _LISTED - _GAPS),
            Column("Policy", _POLICY),
            Column("Products", _LISTED),
        )
        sheet.table(columns, [(row, ()) for row in rows])
    else:
        for name, kind, policy, where in rows:
            sheet.item(f"{name}: {kind}; {policy}; products: {where}")
    sheet.say("")
    sheet.say("For one of them: easeoff medicines NAME")
    return sheet.text()


def medicine_text(name: str, chosen: tuple[str, ...], width: int, *, colour: bool) -> str:
    """Everything on record of one medicine, with the products of these countries."""
    record = load_medicine(name)
    sheet = Sheet(width, colour)
    sheet.say(
        f"{record.name.capitalize()} ({kind_words(record.name, record.drug_class)})", style=Style.HEADING
    )
    _say_names(sheet, record)
    _say_policy(sheet, record)
    _say_curves(sheet, record)
    _say_half_lives(sheet, record)
    _say_notes(sheet, record)
    _say_second_sources(sheet, record)
    _say_red_flags(sheet, record)
    for code in chosen:
        say_products(sheet, name, code)
    _say_sources(sheet, record, chosen)
    return sheet.text()


def _say_names(sheet: Sheet, record: Medicine) -> None:
    if record.synonyms:
        sheet.say(f"Also called: {', '.join(record.synonyms)}.")
    if record.brands:
        sheet.say(f"Brands, from general knowledge: {', '.join(record.brands)}.")
    sheet.say(f"Acts on: {record.acts_on}.")
    if record.controlled:
        sheet.say(f"A controlled drug in: {', '.join(record.controlled)}.")


def _say_policy(sheet: Sheet, record: Medicine) -> None:
    sheet.heading("Who may plan it")
    sheet.say(
        f"{record.policy.value.capitalize()}. {record.policy_reason} {origin(record.policy_provenance)}"
    )
    if record.never_change_form:
        sheet.say("Brand, salt and form are never changed.")
    if not record.alternate_day:
        sheet.say("Doses are not left out to take less: never only on every other day.")


def _say_curves(sheet: Sheet, record: Medicine) -> None:
    sheet.heading("What a dose does (occupancy)")
    if record.no_curve_reason:
        sheet.say(record.no_curve_reason)
    for curve in record.curves:
        sheet.item(f"{curve_words(curve)} {origin(curve.provenance)}")
    if not record.curves:
        sheet.say("No fit is on record.")


def _say_half_lives(sheet: Sheet, record: Medicine) -> None:
    sheet.heading("Half-life")
    for half_life in record.half_lives:
        sheet.item(f"{half_life_words(half_life)} {origin(half_life.provenance)}")
    if not record.half_lives:
        sheet.say("No half-life is on record.")


def _say_notes(sheet: Sheet, record: Medicine) -> None:
    if record.notes:
        sheet.heading("Also on record")
        for note in record.notes:
            sheet.item(f"{note_words(note)} {origin(note.provenance)}")


def _say_second_sources(sheet: Sheet, record: Medicine) -> None:
    rows = second_sources_of(record.name)
    if rows:
        sheet.heading("Checked against a second source")
        for row in rows:
            address = f" {row.address}, looked at on {format_date(row.looked_at)}" if row.address else ""
            sheet.item(f"{verdict_words(row)}{address}")


def _say_red_flags(sheet: Sheet, record: Medicine) -> None:
    sheet.heading("Get help now if", Style.STOP)
    for flag in record.red_flags:
        sheet.item(f"{flag.sign.rstrip('.')}. {origin(flag.provenance)}")


def _say_sources(sheet: Sheet, record: Medicine, chosen: tuple[str, ...]) -> None:
    sheet.heading("Sources")
    used = dict.fromkeys(_cited(record, chosen))
    by_id = {source.id: source for source in load_sources()}
    for source_id in used:
        if source_id in by_id:
            sheet.item(f"[{source_id}] {source_line(by_id[source_id])}")
    sheet.say("")
    sheet.say("How sure we are:")
    for word in Confidence:
        sheet.item(f"{word.value}: {confidence_words(word.value)}")


def _cited(record: Medicine, chosen: tuple[str, ...]) -> Iterator[str]:
    """The ids of the sources, in the order in which they are used."""
    yield record.policy_provenance.source
    figures: list[Curve | HalfLife | Property | RedFlag] = [
        *record.curves,
        *record.half_lives,
        *record.notes,
        *record.red_flags,
    ]
    products = [product for code in chosen for product in load_formulary(record.name, code).products]
    for product in products:
        figures += product.properties
    yield from (figure.provenance.source for figure in figures)
    yield from (product.source for product in products)
