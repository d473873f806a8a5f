"""How long each dose is kept: as written, or from one date to the next; where the two differ or are missing, it is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from easeoff.planning.schedules.reading.doubts import SKIP, Asking, Choice
from easeoff.planning.schedules.reading.items import Item
from easeoff.quantities import format_mg


def in_order(items: list[Item], asking: Asking, leave_out: Callable[[Item], None]) -> list[Item]:
    """The items by their dates; dates that go back, or stand twice, are asked back."""
    ordered = items
    if _goes_back(items):
        first = next(b for a, b in _neighbours(items) if _days_between(a, b) < 0)
        answer = asking.ask(
            "order", "The dates are not in order. What is to be done?", _quoted(first), _start(first),
            (Choice("sort", "Put them in the order of their dates"), Choice(SKIP, "Leave out what goes back in time")),
        )  # fmt: skip
        if answer == "sort" and all(item.begins is not None or item.now for item in items):
            ordered = sorted(items, key=lambda item: item.begins.day if item.begins else 0)
        elif answer is not None:
            ordered = _without_those_that_go_back(items, leave_out)
    return _without_twins(ordered, asking, leave_out)


def _neighbours(items: Sequence[Item]) -> list[tuple[Item, Item]]:
    dated = [item for item in items if item.begins is not None]
    return [
        (a, b)
        for a, b in pairwise(dated)
        if a.begins and b.begins and a.begins.on_calendar == b.begins.on_calendar
    ]


def _days_between(a: Item, b: Item) -> int:
    assert a.begins is not None and b.begins is not None
    return b.begins.day - a.begins.day


def _goes_back(items: Sequence[Item]) -> bool:
    return any(_days_between(a, b) < 0 for a, b in _neighbours(items))


def _without_those_that_go_back(items: Sequence[Item], leave_out: Callable[[Item], None]) -> list[Item]:
    kept: list[Item] = []
    latest: int | None = None
    for item in items:
        if item.begins is not None and latest is not None and item.begins.day < latest:
            leave_out(item)
            continue
        latest = item.begins.day if item.begins is not None else latest
        kept.append(item)
    return kept


def _without_twins(items: list[Item], asking: Asking, leave_out: Callable[[Item], None]) -> list[Item]:
    kept: list[Item] = []
    for item in items:
        last = kept[-1] if kept else None
        if last is None or last.begins is None or item.begins is None or last.begins != item.begins:
            kept.append(item)
            continue
        answer = asking.ask(
            f"same@{_start(item)}", "Two doses begin on the same day. Which one counts?", f"{_quoted(last)} and {_quoted(item)}",
            _start(item), (Choice("first", format_mg(last.dose)), Choice("second", format_mg(item.dose))),
        )  # fmt: skip
        if answer == "second":
            leave_out(kept.pop())
            kept.append(item)
        elif answer == "first":
            leave_out(item)
        else:
            kept.append(item)
    return kept


def set_days(items: Sequence[Item], asking: Asking, each: int | None = None) -> bool:
    """Give every item its days; whether all of them are known. ``each`` is what "each for 4 weeks" gives those without a length."""
    known = True
    for one, following in pairwise(items):
        # "until 5 January": what follows begins then.
        following.begins = following.begins or one.ends
    for number, item in enumerate(items):
        after = items[number + 1] if number + 1 < len(items) else None
        if (
            item.days is None
            and after is not None
            and item.dose > 0
            and not item.now
            and _by_dates(item, after) is None
        ):
            item.days = each
        known = _set(item, after, asking, is_first=number == 0) and known
    return known


def _set(item: Item, after: Item | None, asking: Asking, *, is_first: bool) -> bool:
    if is_first and item.now:
        item.days = 0
        return True
    by_dates = _by_dates(item, after)
    if by_dates is not None and item.days is not None and by_dates != item.days:
        return _settle(item, by_dates, asking)
    if item.days is None:
        item.days = by_dates
    if item.days is None and is_first and after is not None:
        item.days = 0
    if item.days is not None or after is None:
        return True
    answer = asking.ask(
        "length", f"How long is {format_mg(item.dose)} kept, and every other dose without a length?", _quoted(item), _start(item),
        (Choice("7", "7 days"), Choice("14", "14 days"), Choice("28", "28 days")), typed="days",
    )  # fmt: skip
    item.days = None if answer is None else int(answer)
    return answer is not None


def _by_dates(item: Item, after: Item | None) -> int | None:
    if item.begins is None:
        return None
    end = after.begins if after is not None and after.begins is not None else item.ends
    if end is None or end.on_calendar != item.begins.on_calendar or end.day <= item.begins.day:
        return None
    return end.day - item.begins.day


def _settle(item: Item, by_dates: int, asking: Asking) -> bool:
    what = "leaves a gap before" if by_dates > (item.days or 0) else "runs past"
    answer = asking.ask(
        f"gap@{_start(item)}", f"{format_mg(item.dose)} is written for {item.days} days, which {what} the next date. How long was it kept?",
        _quoted(item), _start(item),
        (Choice("date", f"Until the next date: {by_dates} days"), Choice("length", f"As written: {item.days} days")),
    )  # fmt: skip
    if answer == "date":
        item.days = by_dates
    return answer is not None


def _quoted(item: Item) -> str:
    return item.draft.mains[0].text.strip() if item.draft is not None else format_mg(item.dose)


def _start(item: Item) -> int:
    return item.draft.start if item.draft is not None else 0
