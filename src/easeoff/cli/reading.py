"""From what was typed to a `TaperRequest`. Everything unclear is asked back: one sentence and a hint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from easeoff.cli.arguments import Values
from easeoff.cli.method_options import crossover_from, mass_or_number, settings_from
from easeoff.cli.person import override_from, person_from
from easeoff.cli.typed import number_for, tidy, whole_number, word_for
from easeoff.medicines.model import Tier
from easeoff.planning.request import IntakeDose, MethodName, TaperRequest
from easeoff.planning.times import EVENLY
from easeoff.quantities import EaseoffError, parse_mass, parse_medicine_and_dose

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
#: A start further away than this is a slip of the finger. Project choice.
_FURTHEST_START_YEARS = 2
#: What holds unless it is said otherwise, as in `TaperRequest`.
_USUAL_PRODUCTS, _USUAL_PIECES, _USUAL_REVIEW = 2, 4, 3


def now() -> datetime:
    """This moment where this computer is: the only clock that is read."""
    return datetime.now().astimezone()


def today() -> date:
    """Today's civil date where this computer is."""
    return now().date()


def request_from(values: Values, now: date) -> TaperRequest:
    """Everything that was asked for. Raises `EaseoffError` for what cannot be read."""
    medicine, dose = _medicine_and_dose(values.medicine)
    method = word_for(values.method, MethodName, "method")
    wish = crossover_from(values, method)
    method = method if wish is None else MethodName.CROSSOVER
    return TaperRequest(
        medicine=medicine,
        dose=dose,
        country=_country(values.country),
        today=now,
        form=None if values.form is None else tidy(values.form),
        intakes=_intakes(values.intakes),
        method=method,
        limit=_limit(values.limit, method),
        cap=None if values.cap is None else number_for(values.cap, "--cap"),
        every=None if values.every is None else whole_number(values.every, "--every", most=9999),
        end_dose=mass_or_number(values.end_dose, "--end-dose"),
        goal=mass_or_number(values.goal, "--goal"),
        tier=word_for(values.tier, Tier, "tier") or Tier.LICENSED,
        products=ids(values.product),
        devices=ids(values.device),
        halves=_halves(values.halves),
        max_products=_count(values.max_products, "--max-products", _USUAL_PRODUCTS),
        max_pieces=_count(values.max_pieces, "--max-pieces", _USUAL_PIECES),
        start=_start(values.start, now),
        review=_count(values.review, "--review", _USUAL_REVIEW),
        person=person_from(values.person or ()),
        override=override_from(values.override, now),
        reduce_first=_reduce_first(values.reduce_first),
        settings=settings_from(values, method),
        crossover=wish,
    )


def _count(text: str | None, option: str, usual: int) -> int:
    return usual if text is None else whole_number(text, option)


def _medicine_and_dose(words: Sequence[str]) -> tuple[str, Decimal]:
    said = tidy(" ".join(words))
    if not said:
        raise EaseoffError(
            "No medicine and dose were given.",
            'They come first: easeoff plan "sertraline 100 mg" --country GB',
        )
    name, dose = parse_medicine_and_dose(said)
    return name, dose.mg


def _country(text: str | None) -> str:
    if text is None or not text.strip():
        raise EaseoffError(
            "Which country's products? That was not said.", "Add --country GB or --country US."
        )
    return tidy(text)


def _limit(text: str | None, method: MethodName | None) -> Decimal | None:
    """A bare number is in the unit of the method; only a fixed amount may, and need not, say its mg."""
    if text is None:
        return None
    said = tidy(text)
    if method is MethodName.FIXED and said[-1:].isalpha():
        return parse_mass(said).mg
    if re.search(r"[A-Za-z%]", said):
        raise EaseoffError(
            f"--limit: “{said[:40]}” has a unit.",
            "Give the number alone: its unit is that of the method (points, % or mg).",
        )
    return number_for(said, "--limit")


def ids(given: Sequence[str] | None) -> tuple[str, ...] | None:
    """What was named, each once; ``None`` where nothing was."""
    return None if given is None else tuple(dict.fromkeys(tidy(one) for one in given))


def _halves(text: str | None) -> bool:
    if text is None:
        return False
    if tidy(text).lower() != "confirmed":
        raise EaseoffError(f"“{tidy(text)[:40]}” cannot be used for --halves.",
                           "Use --halves confirmed, once a pharmacist confirmed that your brand may be halved.")  # fmt: skip
    return True


def _intakes(text: str | None) -> tuple[IntakeDose, ...]:
    if text is None:
        return ()
    return tuple(sorted((_intake(part) for part in tidy(text).split(",")), key=lambda intake: intake.time))


def _reduce_first(text: str | None) -> str | None:
    """A time of day, or ``None`` for all of them evenly, which is what holds unless it is said otherwise."""
    said = EVENLY if text is None else tidy(text).lower()
    if said == EVENLY:
        return None
    match = _TIME.fullmatch(said)
    if match is None:
        raise EaseoffError(f"“{said[:40]}” is not a time of day.", f"Write it like 08:00, or {EVENLY}.")
    return f"{int(match[1]):02d}:{match[2]}"


def _intake(part: str) -> IntakeDose:
    time, equals, amount = part.partition("=")
    match = _TIME.fullmatch(time.strip())
    if match is None or not equals:
        raise EaseoffError(f"“{part.strip()[:40]}” is not a time with a dose.",
                           "Write it like 08:00=50,22:00=12.5, with a point for decimals.")  # fmt: skip
    said = amount.strip()
    mg = parse_mass(said).mg if re.search(r"[^\W\d]", said) else number_for(said, "--intakes")
    return IntakeDose(f"{int(match[1]):02d}:{match[2]}", mg)


def day(text: str) -> date:
    """A civil date such as ``2027-01-04``. Raises `EaseoffError`."""
    said = tidy(text)
    try:
        found = date.fromisoformat(said) if _DATE.fullmatch(said) else None
    except ValueError:
        found = None
    if found is None:
        raise EaseoffError(
            f"“{said[:40]}” is not a date we can read.", "Write year, month and day, such as 2027-01-04."
        )
    return found


def _start(text: str | None, now: date) -> date | None:
    if text is None:
        return None
    start = day(text)
    if start.year > now.year + _FURTHEST_START_YEARS:
        raise EaseoffError(
            f"The start date {start.isoformat()} is far away.",
            f"Give one in {now.year + _FURTHEST_START_YEARS} at the latest.",
        )
    return start
