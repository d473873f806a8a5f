"""Crisis lines for the terminal: the same rule as in the hub, over the same list."""

from __future__ import annotations

import os
from datetime import date

from easeoff.cli.athand import directory_at_hand
from easeoff.directory import CrisisPanel, crisis_panel, read_emergency_numbers


def panel_for(country: str, today: date) -> CrisisPanel:
    """The crisis panel of ``country``. Raises `EaseoffError` where the emergency numbers that are set cannot be read."""
    numbers = read_emergency_numbers(os.environ.get("EASEOFF_EMERGENCY_NUMBERS", ""))
    return crisis_panel(directory_at_hand().services, country, today, numbers)
