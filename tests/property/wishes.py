"""Random wishes over medicine, country, dose, form, method, limits, tier, devices, halves, intakes, goal and person.

``wish`` asks a ``pick`` function to choose, so that Hypothesis (which shrinks) and the long run (which only needs a seed) make the
same kind of requests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from easeoff.medicines import countries, load_formulary, load_medicine, medicine_names, schedules_for
from easeoff.medicines.model import Product, Tier
from easeoff.planning.forms import StartForm
from easeoff.planning.request import (
    BandCut,
    Base,
    Indication,
    IntakeDose,
    MethodName,
    MethodSettings,
    Person,
    Pregnancy,
    TaperRequest,
)

Pick = Callable[[Sequence[Any]], Any]
TODAY = date(2027, 1, 4)
#: Someone who answered everything, and for whom nothing is a stop.
SETTLED = Person(
    indication=Indication.DEPRESSION, age=41, pregnancy=Pregnancy.NO, years=Decimal(3), days_a_week=7, steady=True, others=(),
    alcohol_units=Decimal(0), alcohol_dependence=False, drugs=False, seizures=False, past_withdrawal=False,
    psychosis=False, suicidal=False, crisis=False, liver=False, kidney=False, heart=False, breathing=False, relapse_plan=True,
)  # fmt: skip
PERSONS = (
    SETTLED,
    SETTLED,
    SETTLED,
    replace(SETTLED, years=Decimal("0.5")),
    replace(SETTLED, past_withdrawal=True),
    replace(SETTLED, indication=Indication.SLEEP),
    Person(),
    Person(age=70),
)
#: Persons for whom no doses may be shown, whatever they take.
STOPPED = (
    replace(SETTLED, age=16),
    replace(SETTLED, pregnancy=Pregnancy.PREGNANT),
    replace(SETTLED, pregnancy=Pregnancy.TRYING),
    replace(SETTLED, pregnancy=Pregnancy.BREASTFEEDING),
    replace(SETTLED, crisis=True),
    replace(SETTLED, seizures=True),
    replace(SETTLED, alcohol_dependence=True),
)
#: Medicines that are stopped or refused for everyone are picked now and then, the others often.
PLANNED = (
    "citalopram", "diazepam", "duloxetine", "escitalopram", "fluoxetine", "mirtazapine", "olanzapine", "paroxetine",
    "pregabalin", "quetiapine", "sertraline", "venlafaxine", "zopiclone",
)  # fmt: skip
_LIMITS = {
    None: (None,),
    MethodName.OCCUPANCY: (None, "2.5", "5", "10", "20"),
    MethodName.PERCENT_CURRENT: (None, "5", "10", "25"),
    MethodName.PERCENT_START: (None, "5", "10", "25"),
    MethodName.FIXED: ("0.5", "1", "2.5", "10"),
    MethodName.BANDS: (None,),
    MethodName.SLIDE: (None, "2.5", "5"),
    MethodName.MICRO: (None, "5", "10"),
    MethodName.TABLE: (None,),
}


def medicines() -> tuple[str, ...]:
    """Every medicine on record, those that can be planned four times."""
    return PLANNED * 4 + medicine_names()


def oral(medicine: str, country: str) -> list[Product]:
    """The listed products that could be what is taken now."""
    return [
        p
        for p in load_formulary(medicine, country).products
        if p.route == "oral" and not p.combination_with and p.tier is not None
    ]


def wish(pick: Pick) -> TaperRequest:
    """One request. Most can be planned, some are refused in a sentence, some are stopped."""
    medicine, country = pick(medicines()), pick(tuple(countries()))
    listed = oral(medicine, country)
    taken = pick(listed) if listed else None
    intakes = _intakes(pick, taken)
    dose = sum((i.mg for i in intakes), Decimal(0))
    method = pick((None, *_LIMITS))
    limit = pick(_LIMITS[method])
    products = _products(pick, listed)
    settings, table_dose = _settings(pick, method, medicine, dose)
    if table_dose is not None:
        dose, intakes = table_dose, (IntakeDose("08:00", table_dose),)
    devices = tuple(d.id for d in load_formulary(medicine, country).devices)
    return TaperRequest(
        medicine=medicine,
        dose=dose,
        country=country,
        today=TODAY,
        form=None if taken is None or pick((False, False, True)) else _words(taken),
        intakes=intakes if len(intakes) > 1 or pick((False, True)) else (),
        method=method,
        limit=None if limit is None else Decimal(limit),
        cap=None if method is MethodName.TABLE else pick((None, None, None, Decimal(15), Decimal(40))),
        every=None if settings.ramp or method is MethodName.TABLE else pick((None, None, None, 14, 28, 91)),
        end_dose=dose / 4 if method not in _OWN_END and pick((False, False, False, False, True)) else None,
        goal=pick((None, Decimal(0), Decimal(0), Decimal(0), dose / 2, dose / 5)),
        tier=pick(tuple(Tier)),
        products=products,
        devices=pick((None, None, None, devices, devices[:1], devices[1:2], ())),
        halves=pick((False, False, True)),
        max_products=pick((2, 2, 1, 3)),
        max_pieces=pick((4, 4, 2, 6)),
        start=pick((None, TODAY, date(2027, 3, 20))),
        review=pick((3, 3, 1, 6)),
        person=pick((*PERSONS, pick(STOPPED))),
        settings=settings,
    )


_OWN_END = frozenset({MethodName.TABLE, MethodName.PERCENT_CURRENT})
_BY_LIMIT = frozenset(
    {None, MethodName.OCCUPANCY, MethodName.PERCENT_CURRENT, MethodName.PERCENT_START, MethodName.FIXED}
)


def _settings(
    pick: Pick, method: MethodName | None, medicine: str, dose: Decimal
) -> tuple[MethodSettings, Decimal | None]:
    """What the method needs or may have, and for a published schedule a dose that it has."""
    at_least = pick((None, None, None, None, 60, 400))
    ramp = pick(((), (), (), (56, 42, 28), (42, 21))) if method in _BY_LIMIT else ()
    match method:
        case MethodName.TABLE:
            schedules = schedules_for(load_medicine(medicine))
            schedule = pick(schedules)
            steps = pick((schedule.steps[:1], schedule.steps[:-1]))
            return MethodSettings(schedule=schedule.id), pick(steps).mg
        case MethodName.BANDS:
            parts = [dose / 2, dose / 4, Decimal(0)]
            days = pick((None, None, 14, 28))
            bands = tuple(BandCut(edge, max(edge, dose / 4) / pick((2, 4, 8)), days) for edge in parts)
            return MethodSettings(bands=bands, at_least=at_least), None
        case MethodName.SLIDE:
            base = pick((None, Base.BLOCK, Base.CURRENT))
            return MethodSettings(
                base=base, cuts=pick((None, None, 3)), hold=pick((None, None, 0, 21)), at_least=at_least
            ), None
        case MethodName.MICRO:
            return MethodSettings(base=pick((None, Base.MONTH, Base.START)), at_least=at_least), None
        case MethodName.PERCENT_START:
            half = pick((None, None, Decimal(50)))
            return MethodSettings(half_then=half, ramp=ramp, at_least=at_least), None
        case MethodName.PERCENT_CURRENT:
            unit = pick((None, None, None, dose / 2))
            return MethodSettings(unit=unit, ramp=ramp, at_least=at_least), None
        case _:
            return MethodSettings(ramp=ramp, at_least=at_least), None


def wishes() -> st.SearchStrategy[TaperRequest]:
    """The same for Hypothesis."""

    @st.composite
    def build(draw: st.DrawFn) -> TaperRequest:
        return wish(lambda options: draw(st.sampled_from(tuple(options))))

    return build()


def plannable() -> st.SearchStrategy[TaperRequest]:
    """Wishes of persons for whom nothing is a stop, so that most of them get a plan or a draft."""
    return wishes().map(lambda request: replace(request, person=SETTLED))


def _intakes(pick: Pick, taken: Product | None) -> tuple[IntakeDose, ...]:
    """One to three times a day, each a few pieces of what is taken or some millilitres of it."""
    times = pick((("08:00",), ("08:00",), ("08:00",), ("08:00", "22:00"), ("08:00", "14:00", "22:00")))
    return tuple(IntakeDose(time, _dose(pick, taken)) for time in times)


def _dose(pick: Pick, taken: Product | None) -> Decimal:
    if taken is None:
        return Decimal(pick((10, 20, 100)))
    if taken.mg_per_drop is not None:
        return taken.mg_per_drop * pick((4, 10, 16))
    if taken.concentration is not None:
        return taken.concentration.mg * pick((1, 2)) * Decimal(pick(("1", "0.5", "0.25")))
    assert taken.mg_per_unit is not None
    return taken.mg_per_unit * Decimal(pick(("1", "1", "2", "1.5", "3", "0.5")))


def _products(pick: Pick, listed: Sequence[Product]) -> tuple[str, ...] | None:
    if not listed or pick((False, False, True)):
        return None
    ids = [p.id for p in listed]
    chosen = [pick(ids) for _ in range(pick((1, 2, 3, 5)))]
    return pick((None, None, None, tuple(dict.fromkeys(chosen))))


def _words(product: Product) -> str:
    return StartForm(product.release, product.form_group).words
