"""What visitors send: a search, or a message about one service. Kept as typed, read strictly, never stored in an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from easeoff.directory import LONGEST_QUERY, Cost, DrugClass, Kind, Place, resolve_place
from easeoff.quantities import EaseoffError
from easeoff.web.directory.words import COSTS, DRUGS, KINDS, language_name
from easeoff.web.ui.typed import one_line

LONGEST_PLACE = 80
LONGEST_WORDS = 500
_MOST_PAGES = 2000


@dataclass(frozen=True, slots=True)
class Choice:
    """One list to choose from, as the page draws it."""

    key: str
    label: str
    every: str
    options: Mapping[str, object]
    chosen: str


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked for, read, with what was typed and what was wrong with it."""

    words: str = ""
    place_typed: str = ""
    drug: DrugClass | None = None
    kind: Kind | None = None
    cost: Cost | None = None
    language: str = ""
    place: Place | None = None
    page: int = 1
    errors: dict[str, str] = field(default_factory=dict)


def read_search(sent: Mapping[str, str], languages: tuple[str, ...]) -> Search:
    """The search in ``sent``. What cannot be read is said in ``errors`` and left out."""
    errors: dict[str, str] = {}
    words, place_typed = one_line(sent.get("words", "")), one_line(sent.get("place", ""))
    if len(words) > LONGEST_QUERY:
        errors["words"] = _("This search is too long. Use at most %(most)d letters.") % {
            "most": LONGEST_QUERY
        }
        words = words[:LONGEST_QUERY]
    place = None
    if place_typed:
        try:
            place = resolve_place(place_typed)
        except EaseoffError as problem:
            errors["place"] = f"{problem.message} {problem.hint}"
    language = sent.get("language", "")
    if language and language not in languages:
        errors["language"] = _("We have no such choice.")
        language = ""
    return Search(
        words=words,
        place_typed=place_typed[:LONGEST_PLACE],
        drug=DrugClass(chosen) if (chosen := _chosen(sent, "drug", DRUGS, errors)) else None,
        kind=Kind(chosen) if (chosen := _chosen(sent, "kind", KINDS, errors)) else None,
        cost=Cost(chosen) if (chosen := _chosen(sent, "cost", COSTS, errors)) else None,
        language=language,
        place=place,
        page=page_number(sent.get("page", "")),
        errors=errors,
    )


def choices(search: Search, languages: tuple[str, ...]) -> tuple[Choice, ...]:
    """The lists of the search form, with what was chosen."""
    names = dict(sorted(((code, language_name(code)) for code in languages), key=lambda item: item[1]))
    return (
        Choice("drug", _("Kind of medicine"), _("Any medicine"), DRUGS, str(search.drug or "")),
        Choice("kind", _("Kind of help"), _("Any kind of help"), KINDS, str(search.kind or "")),
        Choice("cost", _("Cost"), _("Any cost"), COSTS, str(search.cost or "")),
        Choice("language", _("Language"), _("Any language"), names, search.language),
    )


def page_number(text: str) -> int:
    """A page number, or 1 for anything else."""
    good = text.isascii() and text.isdigit() and len(text) < 5
    return min(max(int(text), 1), _MOST_PAGES) if good else 1


@dataclass(frozen=True, slots=True)
class Report:
    """A message about one service. ``what`` is empty where no button of ours was pressed."""

    what: str
    about: str
    words: str
    error: str = ""


#: What can have failed, as people say it.
ABOUT = {"phone": gettext_lazy("The telephone number"), "text_line": gettext_lazy("The number for texts"), "url": gettext_lazy("The web address"),
         "email": gettext_lazy("The e-mail address"), "hours": gettext_lazy("The opening times"), "status": gettext_lazy("It no longer exists"),
         "offers": gettext_lazy("What it offers"), "cost": gettext_lazy("The cost"), "name": gettext_lazy("The name"), "area": gettext_lazy("The place")}  # fmt: skip


def read_report(sent: Mapping[str, str]) -> Report:
    """The message in ``sent``, with one sentence where it cannot be taken."""
    what, about, words = sent.get("what", ""), sent.get("about", "phone"), one_line(sent.get("words", ""))
    what = what if what in ("did_not_work", "correction") else ""
    about = about if about in ABOUT else "phone"
    if len(words) > LONGEST_WORDS:
        return Report(
            what,
            about,
            words[:LONGEST_WORDS],
            _("This is too long. Use at most %(most)d letters.") % {"most": LONGEST_WORDS},
        )
    if what == "correction" and not words:
        return Report(what, about, "", _("Please write what should be changed."))
    return Report(
        what, about, words if what == "correction" else "", "" if what else _("Press one of the buttons.")
    )


def _chosen(sent: Mapping[str, str], key: str, options: Mapping[str, object], errors: dict[str, str]) -> str:
    asked = sent.get(key, "")
    if not asked or asked in options:
        return asked
    errors[key] = _("We have no such choice.")
    return ""
