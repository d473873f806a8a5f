"""What is typed of a method beyond its name, limit and interval. Unclear ones are asked back in one sentence."""

from __future__ import annotations

import re
from decimal import Decimal

from easeoff.cli.arguments import Values
from easeoff.cli.typed import number_for, tidy, whole_number, word_for
from easeoff.planning.methods.typed import parse_bands, parse_ramp
from easeoff.planning.request import BandCut, Base, CrossoverWish, MethodName, MethodSettings
from easeoff.quantities import EaseoffError, parse_mass, parse_medicine_and_dose

_LONGEST_DAYS = 9999


def settings_from(values: Values, method: MethodName | None) -> MethodSettings:
    """Every setting of a method that was given. Raises `EaseoffError`."""
    bands, of_schedule = _bands(values.bands)
    if values.schedule is not None and method is not MethodName.TABLE:
        raise EaseoffError(
            "--schedule belongs to the method table.", "Add --method table, or leave --schedule out."
        )
    return MethodSettings(
        base=word_for(values.base, Base, "base"),
        bands=bands,
        schedule=of_schedule if values.schedule is None else tidy(values.schedule),
        cuts=_days(values.cuts, "--cuts", most=99),
        hold=_days(values.hold, "--hold", least=0),
        half_then=None
        if values.half_then is None
        else number_for(values.half_then.rstrip("% "), "--half-then"),
        ramp=() if values.ramp is None else parse_ramp(tidy(values.ramp)),
        at_least=_days(values.at_least, "--at-least"),
        unit=mass_or_number(values.smallest, "--smallest"),
    )


def crossover_from(values: Values, method: MethodName | None) -> CrossoverWish | None:
    """The other medicine, the equivalent as the prescriber entered it, and its table. Raises `EaseoffError`."""
    if values.to is None and method is not MethodName.CROSSOVER:
        for option in ("table", "parts"):
            if getattr(values, option) is not None:
                raise EaseoffError(
                    f"--{option} belongs to a crossover.",
                    f'Add --to "diazepam 20 mg" as your prescriber says, or leave --{option} out.',
                )
        return None
    if method not in (None, MethodName.CROSSOVER):
        raise EaseoffError(
            "--to belongs to the method crossover.", "Add --method crossover, or leave --to out."
        )
    if values.to is None:
        raise EaseoffError(
            "A change to which medicine, and for how much of it? That was not said.",
            'Add --to "diazepam 20 mg": what your prescriber says today\'s whole dose stands for.',
        )
    if values.table is None:
        raise EaseoffError(
            "By which table of equivalents? That was not said, and tables differ widely.",
            "Add --table NAME as the prescriber names it, or --table prescriber for their own judgement.",
        )
    name, dose = parse_medicine_and_dose(tidy(values.to))
    parts = _days(values.parts, "--parts", most=9)
    return CrossoverWish(name, dose.mg, tidy(values.table), parts)


def mass_or_number(text: str | None, option: str) -> Decimal | None:
    """An amount in mg: ``25``, ``"25 mg"`` or ``"500 mcg"``."""
    if text is None:
        return None
    said = tidy(text)
    return parse_mass(said).mg if re.search(r"[^\W\d]", said) else number_for(said, option)


def _days(text: str | None, option: str, *, least: int = 1, most: int = _LONGEST_DAYS) -> int | None:
    return None if text is None else whole_number(text, option, least=least, most=most)


def _bands(text: str | None) -> tuple[tuple[BandCut, ...], str | None]:
    """The bands, or the id of the published schedule that has them."""
    if text is None:
        return (), None
    said = tidy(text)
    return (parse_bands(said), None) if "=" in said else ((), said)
