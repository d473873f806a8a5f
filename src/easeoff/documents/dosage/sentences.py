"""Whole sentences, in the element order of the NHS dose syntax: method, dose, frequency, time, route, bounds, additional.

Nothing is printed in part: what cannot be said whole raises `EaseoffError`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from easeoff.documents.dosage import words
from easeoff.documents.dosage.amounts import amount_text
from easeoff.documents.dosage.languages import Language, language
from easeoff.medicines.model import Formulary
from easeoff.planning.plan import Intake, Portion, Step
from easeoff.quantities import EaseoffError

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def step_dosage(step: Step, formulary: Formulary, code: str = "en", *, stays: bool = False) -> str:
    """A day of ``step`` in words: a sentence for each intake, and the whole where there are several.

    ``stays`` is for the last step of a plan that ends above zero. Raises `EaseoffError`.
    """
    said = language(code)
    if not step.intakes or sum((intake.mg for intake in step.intakes), Decimal(0)) != step.dose_mg:
        raise _unsound(step)
    if len(step.intakes) > 1 and not all(intake.time for intake in step.intakes):
        raise EaseoffError(f"Step {step.number} has several intakes and not a time for each.",
                           "Give each its time, such as 08:00.")  # fmt: skip
    sentences = [intake_dosage(step, intake, formulary, code, stays=stays) for intake in step.intakes]
    if len(step.intakes) > 1:
        portions = [portion for intake in step.intakes for portion in intake.portions]
        phrase = words.IN_ALL_AS if _converted(portions) else words.IN_ALL
        sentences.append(said.say(phrase, mg=said.mg(step.dose_mg)))
    return " ".join(sentences)


def intake_dosage(
    step: Step, intake: Intake, formulary: Formulary, code: str = "en", *, stays: bool = False
) -> str:
    """What is taken at one time of day, with all its products, as one sentence and what must be added to it."""
    said = language(code)
    if not intake.portions:
        if not intake.time:
            raise _unsound(step)
        nothing = said.say(words.TAKE_NOTHING, time=_time(intake.time))
        return _sentence([nothing, _bounds(step, said, stays)])
    doses = _joined([amount_text(portion, formulary, said) for portion in intake.portions], said)
    if len(intake.portions) > 1:
        phrase = words.TOGETHER_AS if _converted(intake.portions) else words.TOGETHER
        doses = said.say(phrase, doses=doses, mg=said.mg(intake.mg))
    return _whole(step, intake.time, doses, intake.portions, formulary, said, stays)


def portion_dosage(
    step: Step, time: str, portion: Portion, formulary: Formulary, code: str = "en", *, stays: bool = False
) -> str:
    """What is taken of one product at one time of day, for a prescription of that product alone."""
    said = language(code)
    doses = amount_text(portion, formulary, said)
    return _whole(step, time, doses, (portion,), formulary, said, stays)


def _whole(
    step: Step, time: str, doses: str, portions: Sequence[Portion], formulary: Formulary, said: Language, stays: bool
) -> str:  # fmt: skip
    parts = [
        said.say(words.TAKE, doses=doses),
        said.say(words.ONCE_A_DAY_AT, time=_time(time)) if time else said.say(words.ONCE_A_DAY),
        _route(portions, formulary, said),
        _bounds(step, said, stays),
    ]
    return " ".join([_sentence(parts), *_additional(portions, formulary, said)])


def _sentence(parts: list[str]) -> str:
    return ", ".join(parts) + "."


def _joined(parts: list[str], said: Language) -> str:
    whole, *rest = parts
    for part in rest:
        whole = said.say(words.PLUS, first=whole, second=part)
    return whole


def _converted(portions: Sequence[Portion]) -> bool:
    return any(portion.mg != portion.equivalent_mg for portion in portions)


def _time(time: str) -> str:
    if not _TIME.fullmatch(time):
        raise EaseoffError(f"“{time[:20]}” is not a time of day.", "Write it as 08:00 or 22:30.")
    return time


def _route(portions: Sequence[Portion], formulary: Formulary, said: Language) -> str:
    routes = {formulary.product(portion.product).route for portion in portions}
    if len(routes) != 1 or not routes <= words.ROUTES.keys():
        raise EaseoffError(f"The dosage text has no words for this route: {', '.join(sorted(routes))}.",
                           "Ask the pharmacist to write it.")  # fmt: skip
    return said.say(words.ROUTES[routes.pop()])


def _bounds(step: Step, said: Language, stays: bool) -> str:
    """From when to when, or for how long; a step that stays has no end."""
    if step.days < 1 or (step.start and step.end and (step.end - step.start).days + 1 != step.days):
        raise _unsound(step)
    if stays:
        return (
            said.say(words.FROM_ON, first=said.date(step.start))
            if step.start
            else said.say(words.UNTIL_CHANGED)
        )
    if step.start is None:
        return said.count(words.FOR_DAYS, step.days)
    if step.end is None:
        raise _unsound(step)
    first, last = said.date(step.start), said.date(step.end)
    if step.days == 1:
        return said.say(words.ON_DAY, first=first)
    return said.count(words.FROM_TO, step.days, first=first, last=last)


def _additional(portions: Sequence[Portion], formulary: Formulary, said: Language) -> list[str]:
    products = [formulary.product(portion.product) for portion in portions]
    drops = any(product.mg_per_drop is not None for product in products)
    dilute = any(product.must_dilute for product in products)
    told = [(drops, words.COUNT_DROPS), (dilute, words.MUST_DILUTE)]
    return [said.say(phrase) for needed, phrase in told if needed]


def _unsound(step: Step) -> EaseoffError:
    return EaseoffError(f"Step {step.number} of this plan does not add up, so its dosage is not written.",
                        "Make the plan again.")  # fmt: skip
