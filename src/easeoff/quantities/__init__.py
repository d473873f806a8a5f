"""Exact amounts: arithmetic, strict parsing, one formatter."""

from easeoff.quantities.amounts import Concentration, Count, Mass, Volume, exact_decimal
from easeoff.quantities.errors import EaseoffError, QuantityError
from easeoff.quantities.formatting import (
    MONTHS,
    count_in_words,
    format_date,
    format_mg,
    format_ml,
    format_percent,
    plain,
    plural,
    rounded,
)
from easeoff.quantities.grid import GRID_PER_MG, from_grid, on_grid, to_grid
from easeoff.quantities.parsing import parse_amount, parse_mass, parse_medicine_and_dose, parse_number

__all__ = [
    "GRID_PER_MG",
    "MONTHS",
    "Concentration",
    "Count",
    "EaseoffError",
    "Mass",
    "QuantityError",
    "Volume",
    "count_in_words",
    "exact_decimal",
    "format_date",
    "format_mg",
    "format_ml",
    "format_percent",
    "from_grid",
    "on_grid",
    "parse_amount",
    "parse_mass",
    "parse_medicine_and_dose",
    "parse_number",
    "plain",
    "plural",
    "rounded",
    "to_grid",
]
