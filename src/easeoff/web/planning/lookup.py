"""What the form needs to know of the medicine chosen so far: names, forms, syringes, which questions to ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from easeoff import medicines
from easeoff.medicines.model import Confidence, Formulary, Tier
from easeoff.planning.crossover.tables import OWN_JUDGEMENT
from easeoff.planning.forms import StartForm
from easeoff.quantities import EaseoffError
from easeoff.safety import families_of
from easeoff.safety.questions import Question, questions_for
from easeoff.web.planning.fields import Answers

_ANYONE = "sertraline"
_TIER_WORDS = {
    Tier.LICENSED: "Ordinary licensed products. Any pharmacy can get these.",
    Tier.TARIFF: "Also special liquids with a listed price. A prescriber has to ask for them by name.",
    Tier.SPECIAL: "Also other specials and imports. They are made or brought in to order, cost more and take longer.",
}


@cache
def names() -> tuple[str, ...]:
    """Every name and brand we know, for the suggestions."""
    found: set[str] = set()
    for inn in medicines.medicine_names():
        found.update((inn, *medicines.load_medicine(inn).brands))
    return tuple(sorted(found, key=str.casefold))


_SEDATIVES = frozenset({"benzodiazepine", "z_drug"})


@cache
def sedatives() -> tuple[str, ...]:
    """Every benzodiazepine and z-drug on record."""
    return tuple(
        name for name in medicines.medicine_names() if medicines.load_medicine(name).drug_class in _SEDATIVES
    )


def formulary(name: str, country: str) -> Formulary | None:
    """What is known of ``name`` in ``country``, or ``None`` where we know no such medicine or country."""
    try:
        return medicines.load_formulary(medicines.find_medicine(name), country)
    except EaseoffError:
        return None


@dataclass(frozen=True)
class Facts:
    """What is known once country and medicine have been answered; before that, what holds for all."""

    country: str
    formulary: Formulary | None

    @property
    def countries(self) -> tuple[tuple[str, str], ...]:
        """Codes and names of the countries with products on record."""
        return tuple(medicines.countries().items())

    @property
    def names(self) -> tuple[str, ...]:
        """Suggestions for the name."""
        return names()

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The safety questions by key."""
        known = self.formulary.medicine if self.formulary else medicines.load_medicine(_ANYONE)
        return {question.key: question for question in questions_for(known)}

    @property
    def forms(self) -> tuple[tuple[str, str], ...]:
        """Forms on record in this country, as the request takes them and as a person reads them."""
        products = self.formulary.products if self.formulary else ()
        taken = [p for p in products if p.route == "oral" and not p.combination_with and p.tier is not None]
        found = {StartForm(p.release, p.form_group).words for p in taken}
        return tuple((words, form_words(words)) for words in sorted(found, key=_plain_first))

    @property
    def other_sedatives(self) -> tuple[str, ...]:
        """What this medicine may be changed over to: empty where no change is ever worked out."""
        own = self.formulary.medicine if self.formulary else None
        if own is None or not _SEDATIVES & families_of(own):
            return ()
        return tuple(name for name in sedatives() if name != own.name)

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables of equivalents that list this medicine, and the prescriber's own judgement."""
        rows = self.formulary.dose_equivalences if self.formulary else ()
        named = {row.table for row in rows if row.provenance.confidence is not Confidence.UNVERIFIED}
        return (*sorted(named), OWN_JUDGEMENT)

    @property
    def tiers(self) -> tuple[tuple[str, str], ...]:
        """How far to look for products."""
        return tuple((tier.value, words) for tier, words in _TIER_WORDS.items())

    @property
    def schedules(self) -> tuple[tuple[str, str], ...]:
        """Published schedules of this medicine that doses may be planned from, with what each is called."""
        if self.formulary is None:
            return ()
        found = medicines.schedules_for(self.formulary.medicine)
        return tuple(
            (s.id, f"{s.title} ({s.id})")
            for s in found
            if s.medicine is not None and s.provenance.confidence is not Confidence.UNVERIFIED
        )

    @property
    def devices(self) -> tuple[tuple[str, str], ...]:
        """Oral syringes on record."""
        found = self.formulary.devices if self.formulary else ()
        return tuple((d.id, d.name) for d in found)

    @property
    def default_devices(self) -> tuple[str, ...]:
        """The syringes that are taken to be at hand unless someone says otherwise."""
        found = self.formulary.devices if self.formulary else ()
        return tuple(device.id for device in found if device.default)

    def label_of_product(self, product_id: str) -> str:
        """A product's name, or its id where we do not know it."""
        products = self.formulary.products if self.formulary else ()
        return next((product.name for product in products if product.id == product_id), product_id)


_RELEASE_WORDS = {
    "MR ": "Slow-release {} (the box says MR, XL, ER, SR or PR)",
    "GR ": "Gastro-resistant {} (the box says GR, EC or DR)",
}


def form_words(form: str) -> str:
    """The form as a person reads it: ``MR capsule`` becomes a slow-release capsule, and what the box says."""
    for prefix, words in _RELEASE_WORDS.items():
        if form.startswith(prefix):
            return words.format(form.removeprefix(prefix))
    return form[:1].upper() + form[1:]


def _plain_first(form: str) -> tuple[bool, str]:
    return (form.startswith(tuple(_RELEASE_WORDS)), form)


def facts_for(answers: Answers) -> Facts:
    """What is known, given the country and medicine answered so far."""
    country, name = answers.get("country", ""), answers.get("medicine", "")
    return Facts(country, formulary(name, country) if country and name else None)
