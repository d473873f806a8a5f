"""What a request must be before anything is planned from it. Bad input is asked back in one sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from easeoff.medicines import countries, find_medicine
from easeoff.medicines.model import Formulary
from easeoff.planning.forms import parse_form, refuse_implausible_dose
from easeoff.planning.request import TaperRequest
from easeoff.planning.times import check_reduce_first
from easeoff.quantities import EaseoffError, format_mg, on_grid

_MOST_PRODUCTS = 4
_MOST_PIECES = 12
_MOST_REVIEW_STEPS = 12
_MOST_INTAKES = 6
_LATEST_START_DAYS = 366
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


def with_known_names(request: TaperRequest) -> TaperRequest:
    """The request with the medicine's INN name and the country's code. Raises `EaseoffError` for unknown ones."""
    country = request.country.strip().upper()
    known = countries()
    if country not in known:
        listed = ", ".join(f"{code} ({name})" for code, name in known.items())
        raise EaseoffError(
            f"“{request.country.strip()[:40]}” is not a country we have a product list for.",
            f"Use one of: {listed}.",
        )
    return replace(request, medicine=find_medicine(request.medicine), country=country)


def check_request(formulary: Formulary, request: TaperRequest) -> None:
    """Raise `EaseoffError` for amounts, counts and dates that cannot be meant."""
    for number in (
        request.dose,
        request.goal,
        request.limit,
        request.cap,
        request.end_dose,
        *(i.mg for i in request.intakes),
    ):
        if number is not None and not number.is_finite():
            raise EaseoffError(f"{number} is not an amount.", "Write it in figures, such as 12.5.")
    check_dose("A dose", request.dose)
    if request.form is not None:
        parse_form(request.form)
    refuse_implausible_dose(formulary, request.dose)
    _check_intakes(request)
    check_reduce_first(request, formulary.medicine)
    if request.goal is not None:
        if request.goal != 0:
            check_dose("A goal", request.goal)
        if request.goal >= request.dose:
            raise EaseoffError(
                f"The goal of {format_mg(request.goal)} is not below today's {format_mg(request.dose)}.",
                "Give a lower dose, or 0 to come off.",
            )
    _check_count("products in one dose", request.max_products, _MOST_PRODUCTS)
    _check_count("pieces at one time", request.max_pieces, _MOST_PIECES)
    _check_count("steps until the review", request.review, _MOST_REVIEW_STEPS)
    if request.start is not None and request.start < request.today:
        raise EaseoffError(
            f"The start date {request.start.isoformat()} has passed.",
            f"Give {request.today.isoformat()} or later.",
        )
    if request.start is not None and (request.start - request.today).days > _LATEST_START_DAYS:
        raise EaseoffError(
            f"The start date {request.start.isoformat()} is years away.", "Give a date within the next year."
        )
    known_devices = {d.id for d in formulary.devices}
    for device in request.devices or ():
        if device not in known_devices:
            raise EaseoffError(
                f"“{device[:40]}” is not a syringe we know.",
                f"Use one of: {', '.join(sorted(known_devices))}.",
            )


def check_dose(what: str, dose: Decimal) -> None:
    """Raise `EaseoffError` for a dose of nothing or with too many places; ``what`` names it."""
    if dose <= 0:
        raise EaseoffError(f"{what} of {format_mg(dose)} cannot be used.", "Give an amount above 0 mg.")
    if on_grid(dose) is None:
        raise EaseoffError(
            f"{what} of {format_mg(dose)} has too many decimal places.",
            "Give it to a millionth of a mg at most.",
        )


def _check_intakes(request: TaperRequest) -> None:
    if not request.intakes:
        return
    if len(request.intakes) > _MOST_INTAKES:
        raise EaseoffError(
            f"{len(request.intakes)} times a day is more than we can plan.",
            f"Give up to {_MOST_INTAKES} times.",
        )
    times = [i.time for i in request.intakes]
    for time in times:
        if not _TIME.fullmatch(time):
            raise EaseoffError(
                f"“{time[:20]}” is not a time of day.", "Write hours and minutes, such as 08:00."
            )
    if times != sorted(set(times)):
        raise EaseoffError(
            "The times of day must differ and stand in order.", "Write them as 08:00=50,22:00=50."
        )
    for intake in request.intakes:
        check_dose(f"A dose at {intake.time}", intake.mg)
    total = sum((i.mg for i in request.intakes), Decimal(0))
    if total != request.dose:
        raise EaseoffError(
            f"The doses over the day add up to {format_mg(total)}, not to {format_mg(request.dose)}.",
            "Change the doses at each time or the daily dose so that they agree.",
        )


def _check_count(what: str, number: int, most: int) -> None:
    if not 1 <= number <= most:
        raise EaseoffError(f"{number} {what} cannot be used.", f"Give 1 to {most}.")
