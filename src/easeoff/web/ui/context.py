"""What the frame of every page needs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi, to_locale
from django.utils.translation import gettext_lazy as _

from easeoff.safety.words import NOTICE
from easeoff.web.ui.themes import THEMES, chosen_theme

NAVIGATION = (
    ("/", _("Home")),
    ("/plan/", _("Make a plan")),
    ("/find-help/", _("Find help")),
    ("/understand/", _("Understand")),
    ("/medicines/", _("Medicines")),
    ("/search/", _("Search")),
    ("/plan/open", _("Open a saved plan")),
)


def page(request: HttpRequest) -> dict[str, object]:
    """Theme, language, navigation and notice. What is not translated says so: it is in ``source_language``."""
    return {
        "language": _tag(get_language() or settings.LANGUAGE_CODE),
        "source_language": _tag(settings.LANGUAGE_CODE),
        "right_to_left": get_language_bidi(),
        "theme": chosen_theme(request),
        "themes": THEMES,
        "navigation": NAVIGATION,
        "here": request.path,
        "notice": NOTICE,
    }


def _tag(code: str) -> str:
    """``en-gb`` as pages write it: ``en-GB``."""
    return to_locale(code).replace("_", "-")
