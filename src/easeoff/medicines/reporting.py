"""What the data holds and how far it can be trusted: coverage, age, confidence, disagreement, gaps.

Pure: today's date is an argument. ``easeoff data report`` and ``docs/reference/formulary-gaps.md`` print it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from easeoff.medicines.disagreeing import Disagreement, disagreements
from easeoff.medicines.files import DATA_ROOT, read_rows, read_toml
from easeoff.medicines.gaps import without_liquid, without_small_dose
from easeoff.medicines.loading import countries, data_version, load_formulary, load_medicine, medicine_names
from easeoff.medicines.model import Confidence, Medicine, Policy, Product
from easeoff.medicines.secondsources import Checked, checked

#: A product list or a record older than this many days is called old. Twelve months, as the products' notes ask.
OLD_AFTER_DAYS = 365


@dataclass(frozen=True, slots=True)
class Coverage:
    """One class in one country: how many medicines are listed, and how many of them have a product to plan with."""

    drug_class: str
    country: str
    listed: int
    with_products_to_plan: int


@dataclass(frozen=True, slots=True)
class ListAge:
    """A country's product list: its date, its age in days, whether that is old, and what it leaves out."""

    country: str
    name: str
    source: str
    listed_on: date
    age_days: int
    old: bool
    products: int
    note: str


@dataclass(frozen=True, slots=True)
class Resting:
    """How many figures of one kind rest on each confidence word, in the order of `Confidence`."""

    kind: str
    read: int
    secondary: int
    unverified: int
    project_choice: int


@dataclass(frozen=True, slots=True)
class DataReport:
    """Everything that ``easeoff data report`` prints. Names are INN, in order; ``by country`` maps hold country codes."""

    today: date
    data_version: str
    medicines: int
    policies: dict[Policy, int]
    coverage: tuple[Coverage, ...]
    lists: tuple[ListAge, ...]
    resting: tuple[Resting, ...]
    disagreements: tuple[Disagreement, ...]
    second_sources: tuple[Checked, ...]
    without_curve: dict[str, str]
    without_half_life: tuple[str, ...]
    without_liquid: dict[str, tuple[str, ...]]
    without_small_dose: dict[str, tuple[str, ...]]
    not_listed: dict[str, tuple[str, ...]]
    to_review: dict[str, date]


def data_report(today: date, root: Path = DATA_ROOT) -> DataReport:
    """The state of the data on ``today``. Raises `DataError` where a file cannot be read; `check_data` finds why."""
    names = medicine_names(root)
    medicines = {name: load_medicine(name, root) for name in names}
    codes = tuple(countries(root))
    products = {(name, code): load_formulary(name, code, root).products for name in names for code in codes}
    policies = Counter(medicine.policy for medicine in medicines.values())
    return DataReport(
        today=today,
        data_version=data_version(root),
        medicines=len(names),
        policies={policy: policies[policy] for policy in Policy},
        coverage=_coverage(medicines, codes, products),
        lists=_lists(today, root, products),
        resting=_resting(medicines, products, root),
        disagreements=disagreements(names, root),
        second_sources=tuple(checked(root)),
        without_curve={name: m.no_curve_reason for name, m in medicines.items() if m.no_curve_reason},
        without_half_life=tuple(name for name, m in medicines.items() if m.half_life is None),
        without_liquid={code: without_liquid(names, code, products) for code in codes},
        without_small_dose={code: without_small_dose(names, code, products) for code in codes},
        not_listed={code: tuple(n for n in names if not products[n, code]) for code in codes},
        to_review=_to_review(today, names, root),
    )


def to_plan_with(product: Product) -> bool:
    """Whether a plan may use it: swallowed, on its own, of a tier."""
    return product.route == "oral" and not product.combination_with and product.tier is not None


def _coverage(
    medicines: dict[str, Medicine],
    codes: tuple[str, ...],
    products: dict[tuple[str, str], tuple[Product, ...]],
) -> tuple[Coverage, ...]:
    found = []
    for drug_class in sorted({medicine.drug_class for medicine in medicines.values()}):
        names = [name for name, medicine in medicines.items() if medicine.drug_class == drug_class]
        for code in codes:
            listed = [products[name, code] for name in names if products[name, code]]
            usable = sum(1 for rows in listed if any(to_plan_with(product) for product in rows))
            found.append(Coverage(drug_class, code, len(listed), usable))
    return tuple(found)


def _lists(
    today: date, root: Path, products: dict[tuple[str, str], tuple[Product, ...]]
) -> tuple[ListAge, ...]:
    ages = []
    for code, record in read_toml(root / "countries.toml").items():
        age = (today - record["listed_on"]).days
        rows = sum(len(listed) for (_, country), listed in products.items() if country == code)
        ages.append(
            ListAge(code, record["name"], record["products_source"], record["listed_on"], age,
                    age > OLD_AFTER_DAYS, rows, record["note"])
        )  # fmt: skip
    return tuple(ages)


def _resting(
    medicines: dict[str, Medicine], products: dict[tuple[str, str], tuple[Product, ...]], root: Path
) -> tuple[Resting, ...]:
    """Figures only: what can reach or explain a dose. Brand names and signs are not among them."""
    all_medicines = medicines.values()
    equivalences = read_rows(root / "dose_equivalences.csv")
    properties = {
        (p.medicine, said.name, said.value, said.condition): said.provenance.confidence
        for rows in products.values() for p in rows for said in p.properties
    }  # fmt: skip
    return (
        _counted("fits that doses are planned with", [c.provenance.confidence for m in all_medicines for c in m.curves if c.plan_with]),
        _counted("all fits", [c.provenance.confidence for m in all_medicines for c in m.curves]),
        _counted("half-lives that are used", [m.half_life.provenance.confidence for m in all_medicines if m.half_life]),
        _counted("all half-lives", [h.provenance.confidence for m in all_medicines for h in m.half_lives]),
        _counted("dose equivalents", [Confidence(row["confidence"]) for row in equivalences]),
        _counted("things that may be done to a product", list(properties.values())),
    )  # fmt: skip


def _counted(kind: str, words: list[Confidence]) -> Resting:
    times = Counter(words)
    return Resting(kind, *(times[word] for word in Confidence))


def _to_review(today: date, names: tuple[str, ...], root: Path) -> dict[str, date]:
    by = {name: read_toml(root / "medicines" / f"{name}.toml")["review_by"] for name in names}
    return {name: day for name, day in by.items() if day < today}
