"""What is taken of one product, in words: ``12.5 mg = half a tablet of 25 mg``, ``4 mg = 0.4 mL of 10 mg/mL ...``."""

from __future__ import annotations

from decimal import Decimal

from easeoff.documents.dosage import words
from easeoff.documents.dosage.languages import Language
from easeoff.documents.wording import product_of
from easeoff.medicines.model import Formulary, Product
from easeoff.planning.plan import Portion
from easeoff.quantities import EaseoffError, exact_decimal, plain

_QUARTERS = 4


def amount_text(portion: Portion, formulary: Formulary, language: Language) -> str:
    """The dose in mg and how much of the product that is.

    Raises `EaseoffError` where the data do not bear the portion out, or where it cannot be said whole.
    """
    product = product_of(portion, formulary)
    if portion.unit != product.unit or portion.amount <= 0:
        raise EaseoffError(f"The plan and the data disagree about how {product.name} is counted.",
                           "Make the plan again with the products listed now.")  # fmt: skip
    if portion.unit == "drop":
        text = _drops(portion, product, language)
    elif portion.unit == "mL":
        text = _liquid(portion, product, language)
    else:
        text = _pieces(portion, product, language)
    if portion.equivalent_mg != portion.mg:
        text = language.say(words.COUNTS_AS, dose=text, mg=language.mg(portion.equivalent_mg))
    return text


def _liquid(portion: Portion, product: Product, language: Language) -> str:
    phrase = words.LIQUIDS.get((product.form_group, product.release))
    if phrase is None:
        raise _cannot(f"a liquid of the form {product.form}", product)
    return language.say(phrase, mg=language.mg(portion.mg), ml=language.ml(portion.amount),
                        strength=_concentration(product, language))  # fmt: skip


def _concentration(product: Product, language: Language) -> str:
    if product.concentration is None:
        raise _cannot("a liquid without a strength", product)
    per_ml = exact_decimal(product.concentration.mg_per_ml)
    if per_ml is not None:
        return language.say(words.MG_PER_ML, number=language.number(per_ml))
    mg, ml = language.mg(product.concentration.mg), language.ml(product.concentration.ml)
    return language.say(words.MG_IN_ML, mg=mg, ml=ml)


def _drops(portion: Portion, product: Product, language: Language) -> str:
    if portion.amount % 1 or product.mg_per_drop is None:
        raise _cannot(f"{plain(portion.amount)} drops", product)
    return language.count(words.DROPS, portion.amount, mg=language.mg(portion.mg), each=language.mg(product.mg_per_drop),
                          strength=_concentration(product, language))  # fmt: skip


def _pieces(portion: Portion, product: Product, language: Language) -> str:
    if product.mg_per_unit is None:
        raise _cannot("a piece without a strength", product)
    return language.say(words.PIECE_DOSE, mg=language.mg(portion.mg), count=_count(portion, product, language),
                        strength=language.mg(product.mg_per_unit))  # fmt: skip


def _count(portion: Portion, product: Product, language: Language) -> str:
    """``2 tablets``, ``half a tablet``, ``1 and a half tablets``: parts in words, which no one reads ten times too large."""
    whole, part = int(portion.amount), portion.amount % 1
    if not part:
        counted = words.PIECES.get((portion.unit, product.release))
        if counted is None:
            raise _cannot(f"a {portion.unit} that lets its medicine go in this way", product)
        return language.count(counted, portion.amount)
    alone, after = _part(portion, product, part)
    return language.say(after, number=language.number(whole)) if whole else language.say(alone)


def _part(portion: Portion, product: Product, part: Decimal) -> tuple[str, str]:
    quarters = part * _QUARTERS
    found = words.PARTS.get((int(quarters), product.release)) if quarters % 1 == 0 else None
    if found is None or portion.unit != "tablet":
        raise _cannot(f"{plain(portion.amount)} of a {portion.unit}", product)
    return found


def _cannot(what: str, product: Product) -> EaseoffError:
    return EaseoffError(f"The dosage text has no words for {what} ({product.name}).",
                        "Make the plan with other products, or ask the pharmacist to write it.")  # fmt: skip
