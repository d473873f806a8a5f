"""Another request as the options that lead to it: what a remedy or a slower plan asks one to type."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from decimal import Decimal

from easeoff.planning.methods.typed import bands_text, ramp_text
from easeoff.planning.request import MethodSettings, TaperRequest
from easeoff.quantities import format_mg, plain


def options_for(wish: TaperRequest, base: TaperRequest) -> tuple[str, ...]:
    """The words to add to the command that asked for ``base``, so that it asks for ``wish``."""
    return tuple(
        word for option, words in _changes(wish, base) for word in (option, *map(shlex.quote, words))
    )


def _changes(wish: TaperRequest, base: TaperRequest) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, option in _SINGLE.items():
        value = getattr(wish, name)
        if value != getattr(base, name) and value is not None:
            yield option, (_written(name, value),)
    for name, option in _SEVERAL.items():
        ids = getattr(wish, name)
        if ids != getattr(base, name) and ids:
            yield option, ids
    if wish.halves and not base.halves:
        yield "--halves", ("confirmed",)
    yield from _settings(wish.settings, base.settings)


def _settings(wish: MethodSettings, base: MethodSettings) -> Iterator[tuple[str, tuple[str, ...]]]:
    if wish.bands != base.bands:
        yield "--bands", (bands_text(wish.bands),)
    if wish.ramp != base.ramp:
        yield "--ramp", (ramp_text(wish.ramp),)
    if wish.hold != base.hold:
        yield "--hold", (str(wish.hold),)


_SINGLE = {"goal": "--goal", "method": "--method", "limit": "--limit", "cap": "--cap", "every": "--every", "tier": "--tier",
           "max_products": "--max-products", "max_pieces": "--max-pieces"}  # fmt: skip
_SEVERAL = {"products": "--product", "devices": "--device"}


def _written(name: str, value: object) -> str:
    if name == "goal" and isinstance(value, Decimal):
        return format_mg(value)
    return plain(value) if isinstance(value, Decimal | int) else str(value)
