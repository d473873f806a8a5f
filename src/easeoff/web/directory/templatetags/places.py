"""Countries by name, and reading a table by its key."""

from __future__ import annotations

from django import template

from easeoff.directory import country_name

register = template.Library()


@register.filter
def country(code: str) -> str:
    """The English name of a country."""
    return country_name(code)


@register.filter
def key(table: dict[str, object], name: str) -> object:
    """What ``table`` holds for ``name``."""
    return table.get(name, "")


@register.filter
def in_words(code: object) -> str:
    """``crisis_line`` as ``Crisis line``."""
    return str(code).replace("_", " ").capitalize()
