"""What stands below a plan, a stop and a medicine: a few services and articles for the class, and a way to more.

A link here holds the name of an article or a service and nothing else. Both pages are the same for everyone, the links
send no referrer, and an article on a class of drugs tells less than the address of a medicine's page does. What a person
answered, their country and the class go on by POST alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from easeoff.directory import DrugClass, Kind, country_name, directory_class
from easeoff.library import DRUG_CLASSES, Article, articles_for
from easeoff.web.directory.presenting import Shown, shown
from easeoff.web.directory.selectors import serving, today

#: How many services and how many articles. Project choice: a short list is read.
_MOST = 4
#: Crisis lines have their own place on every page.
_NEVER = frozenset({Kind.CRISIS_LINE})
#: Project choice: below a stop, where a clinician has to decide, no groups in which people advise each other on doses,
#: and no article on making doses; first what to do in danger and how to talk with a doctor.
_PEERS = frozenset({Kind.ONLINE_FORUM, Kind.FACEBOOK_GROUP, Kind.SUPPORT_GROUP})
FIRST_BELOW_A_STOP = ("emergencies", "working-with-your-doctor")
NOT_BELOW_A_STOP = ("ways-to-make-small-doses",)


@dataclass(frozen=True, slots=True)
class Panel:
    """``drug`` is the directory's class as its form takes it, empty for any; ``drugs`` and ``country`` are in words."""

    drug: str
    drugs: str
    country: str
    services: tuple[Shown, ...]
    articles: tuple[Article, ...]


def panel(drug_class: str, country: str = "", *, below_stop: bool = False) -> Panel:
    """The panel for a medicine record's class, and for a country by its code where it is known."""
    drug = next(iter(directory_class(drug_class)), DrugClass.ANY)
    day = today()
    without = _NEVER | _PEERS if below_stop else _NEVER
    return Panel(
        drug="" if drug is DrugClass.ANY else drug.value,
        drugs="" if drug is DrugClass.ANY else DRUG_CLASSES[drug.value].partition(" (")[0].lower(),
        country=country_name(country) if country else "",
        services=tuple(
            shown(hit, day) for hit in serving(drug, day, _MOST, country=country, without=without)
        ),
        articles=_articles(drug_class, below_stop)[:_MOST],
    )


def _articles(drug_class: str, below_stop: bool) -> tuple[Article, ...]:
    found = articles_for(drug_class)
    if not below_stop:
        return found
    kept = [article for article in found if article.slug not in NOT_BELOW_A_STOP]
    return tuple(sorted(kept, key=lambda article: article.slug not in FIRST_BELOW_A_STOP))
