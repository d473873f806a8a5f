"""Crisis lines for the terminal: the same rule as in the hub, over what the release ships with."""

from __future__ import annotations

import os
from datetime import date

from easeoff.directory import CrisisPanel, crisis_panel, load_services, read_emergency_numbers


def panel_for(country: str, today: date) -> CrisisPanel:
    """The crisis panel of ``country``. Raises `EaseoffError` where the emergency numbers that are set cannot be read."""
    numbers = read_emergency_numbers(os.environ.get("EASEOFF_EMERGENCY_NUMBERS", ""))
    return crisis_panel(load_services(), country, today, numbers)
