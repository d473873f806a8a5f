"""How one portion is measured or made ready, in one or two plain sentences."""

from __future__ import annotations

from easeoff.medicines.portions import PortionChoice
from easeoff.quantities import count_in_words, format_mg, format_ml, from_grid, plain


def how_to_take(choice: PortionChoice) -> str:
    """``Take 1 tablet of 25 mg.`` or ``Draw 0.4 mL with the 1 mL oral syringe (4 mg = 0.4 mL of 10 mg/mL).``"""
    product = choice.product
    if product.mg_per_drop is not None:
        drops = f"{plain(choice.amount)} {'drop' if choice.amount == 1 else 'drops'}"
        return f"Count {drops} ({format_mg(from_grid(choice.labelled))}). Count drops: do not use a syringe."
    if product.concentration is not None:
        assert choice.device is not None, "a draw always has its syringe"
        label = f"{plain(product.concentration.mg)} mg in {format_ml(product.concentration.ml)}"
        text = (
            f"Draw {format_ml(choice.amount)} with the {choice.device.name} "
            f"({format_mg(from_grid(choice.labelled))} = {format_ml(choice.amount)} of the liquid with {label})."
        )
        return (
            f"{text} Measure it undiluted, mix it into a drink as the label says, and drink it all at once."
            if product.must_dilute
            else text
        )
    assert product.mg_per_unit is not None
    amount = count_in_words(choice.amount, product.unit)
    text = f"Take {amount} of {format_mg(product.mg_per_unit)}."
    if choice.divided:
        text += " Cut along the line, and use the other part next."
    return text
