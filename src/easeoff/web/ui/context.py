"""What the frame of every page needs."""

from __future__ import annotations

from django.http import HttpRequest

from easeoff.safety.words import NOTICE
from easeoff.web.ui.themes import THEMES, chosen_theme

NAVIGATION = (
    ("/", "Home"),
    ("/plan/", "Make a plan"),
    ("/find-help/", "Find help"),
    ("/understand/", "Understand"),
    ("/medicines/", "Medicines"),
    ("/search/", "Search"),
    ("/plan/open", "Open a saved plan"),
)


def page(request: HttpRequest) -> dict[str, object]:
    """Theme, navigation and notice."""
    return {
        "theme": chosen_theme(request),
        "themes": THEMES,
        "navigation": NAVIGATION,
        "here": request.path,
        "notice": NOTICE,
    }
