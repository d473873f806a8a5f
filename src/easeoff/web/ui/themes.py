"""Light, dark and dim: kept in one cookie that says nothing about anyone's health."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

COOKIE = "theme"
THEMES = (
    ("auto", _("As my device")),
    ("light", _("Light")),
    ("dark", _("Dark")),
    ("dim", _("Dim, low glare")),
)
_KNOWN = frozenset(value for value, _label in THEMES)
_SECONDS = 365 * 24 * 60 * 60


def chosen_theme(request: HttpRequest) -> str:
    """``light``, ``dark``, ``dim``, or ``auto`` for what the device prefers. A choice just sent goes before the cookie."""
    sent = request.POST.get("theme", "") if request.method == "POST" else ""
    for theme in (sent, request.COOKIES.get(COOKIE, "")):
        if theme in _KNOWN:
            return theme
    return "auto"


def remember_theme(request: HttpRequest, response: HttpResponse) -> None:
    """Set the cookie, where this request chose a theme."""
    theme = request.POST.get("theme", "")
    if theme == "auto":
        response.delete_cookie(COOKIE, samesite="Lax")
    elif theme in _KNOWN:
        response.set_cookie(
            COOKIE, theme, max_age=_SECONDS, samesite="Lax", httponly=True, secure=settings.HTTPS
        )
