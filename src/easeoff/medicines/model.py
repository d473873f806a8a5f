"""What is known of a medicine and of what can be dispensed, as immutable records.

Every figure carries where it comes from: a source id (a record of ``data/sources.toml``) and how sure we are
of it. A figure marked ``unverified`` is shown as such and never reaches a dose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from easeoff.quantities import Concentration


class Confidence(StrEnum):
    """How sure we are of a figure."""

    READ = "read"  #: the primary text, often its abstract or a label, was read
    SECONDARY = "secondary"  #: seen in a work that quotes the primary
    UNVERIFIED = "unverified"  #: general knowledge or a copy that cannot be trusted: never reaches a dose
    PROJECT_CHOICE = "project_choice"  #: nobody published it and we had to choose: named, reasoned, editable


@dataclass(frozen=True, slots=True)
class Source:
    """One work or list. ``doi_or_url`` is empty where the work has no stable address."""

    id: str
    title: str
    doi_or_url: str
    licence: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one figure comes from."""

    source: str
    confidence: Confidence
    note: str = ""


class Policy(StrEnum):
    """Who may plan a reduction of this medicine."""

    WITH_PRESCRIBER = "with prescriber"
    SPECIALIST_ONLY = "specialist only"
    REFUSE = "refuse"


class CurveModel(StrEnum):
    """What the horizontal axis of a published occupancy fit is."""

    DAILY_DOSE = "emax_daily_dose"
    SINGLE_DOSE = "emax_single_dose"
    PLASMA = "emax_plasma"
    EFFECT_SITE = "emax_effect_site"


@dataclass(frozen=True, slots=True)
class Curve:
    """One published fit ``occupancy = emax * D / (ed50 + D)``.

    ``emax_percent`` is in percent; ``ed50_mg`` in mg a day (of one dose for a single-dose fit) and ``None``
    for a fit on plasma level. ``releases`` are the releases of the product that was studied. ``plan_with`` marks the one
    fit of a medicine that doses may be planned with.
    """

    target: str
    region: str
    model: CurveModel
    emax_percent: Decimal
    ed50_mg: Decimal | None
    releases: tuple[str, ...]
    plan_with: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class HalfLife:
    """Elimination half-life in hours: a value, a range, or both. ``route`` says of what.

    Where the source prints only a range for the active metabolite, ``metabolite_hours`` is its geometric mean and
    ``metabolite_confidence`` says that it is a choice of this project.
    """

    hours: Decimal | None
    low_hours: Decimal | None
    high_hours: Decimal | None
    active_metabolite: str
    metabolite_hours: Decimal | None
    route: str
    preferred: bool
    provenance: Provenance
    metabolite_low_hours: Decimal | None = None
    metabolite_high_hours: Decimal | None = None
    metabolite_confidence: Confidence | None = None

    @property
    def longest_hours(self) -> Decimal | None:
        """The longest figure of the active moiety: the cautious one for time to settle."""
        known = [h for h in (self.hours, self.high_hours, self.metabolite_hours) if h is not None]
        return max(known, default=None)


class Release(StrEnum):
    """How a product lets its medicine go."""

    IR = "IR"
    MR = "MR"
    GR = "GR"
    DEPOT = "depot"


class Tier(StrEnum):
    """How a product is supplied, from the easiest to the hardest to get."""

    LICENSED = "licensed"
    TARIFF = "tariff"
    SPECIAL = "special"

    @property
    def rank(self) -> int:
        """0 for licensed, 1 for tariff, 2 for special."""
        return list(Tier).index(self)


#: The word for one piece of a form; every other form is a tablet.
PIECES = {"capsule": "capsule", "granules": "sachet", "oral_film": "film", "lozenge": "lozenge"}


@dataclass(frozen=True, slots=True)
class Price:
    """The list price of one pack of ``pack_size`` ``unit`` (mL, tablet, capsule ...)."""

    amount: Decimal
    currency: str
    pack_size: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Property:
    """One thing that may, or may not, be done to a product; see ``docs/reference/data.md``."""

    name: str
    value: str
    condition: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Product:
    """One dispensable presentation, as listed on ``listed_on`` and never more than that.

    ``id`` is stable and readable (``GB-sertraline-tablet-25mg``). Exactly one of ``mg_per_unit`` (mg in one piece) and
    ``concentration`` is set; a patch labelled by what it lets out in an hour has neither, and no tier. ``tier`` is
    ``None`` where the product must not be planned with (doubtful, discontinued, unknown). ``parts`` is into how many
    equal parts a record lets one piece be divided: 1, 2 or 4, or ``None`` where nobody says (ask the pharmacist).
    ``mg_per_drop`` is set where it is measured by counted drops. ``acts_hours`` is for how long one dose of a slow-release
    product is made to act, in hours, where a record tells it apart from others of the medicine.
    """

    id: str
    medicine: str
    country: str
    name: str
    form: str
    form_group: str
    strength_text: str
    mg_per_unit: Decimal | None
    concentration: Concentration | None
    release: Release
    route: str
    combination_with: tuple[str, ...]
    availability: str
    tier: Tier | None
    pack_sizes: tuple[Decimal, ...]
    price: Price | None
    codes: tuple[str, ...]
    code_system: str
    listed_on: date
    source: str
    note: str
    properties: tuple[Property, ...]
    parts: int | None
    mg_per_drop: Decimal | None
    must_dilute: bool
    acts_hours: Decimal | None = None

    @property
    def counts_another_salt(self) -> bool:
        """Whether its label counts another salt than most of the list, so that its mg mean something else."""
        return any(said.name == "strength_basis" for said in self.properties)

    @property
    def is_imported(self) -> bool:
        """Whether it has no licence in its country and is brought in from another."""
        return self.availability == "import"

    @property
    def is_liquid(self) -> bool:
        """Whether it is measured by volume or by drops."""
        return self.concentration is not None

    @property
    def unit(self) -> str:
        """The word for one piece of it: tablet, capsule, sachet; mL or drop for liquids."""
        if self.mg_per_drop is not None:
            return "drop"
        if self.concentration is not None:
            return "mL"
        return PIECES.get(self.form_group, "tablet")


@dataclass(frozen=True, slots=True)
class FormEquivalence:
    """``factor`` mg of ``to_form`` do what 1 mg of ``from_form`` does; forms as ``form_group`` names."""

    medicine: str
    from_form: str
    to_form: str
    country: str
    factor: Decimal
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Device:
    """An oral syringe: its marks and the smallest volume that may be drawn with it.

    ``tolerance_*`` give the largest error of a new syringe for volume v: below half its size
    ``nominal * size + low * v``; from half upwards ``high * v``. The person's reading adds half a mark.
    """

    id: str
    name: str
    size_ml: Decimal
    mark_ml: Decimal
    floor_ml: Decimal
    hard_floor_ml: Decimal
    tolerance_nominal: Decimal
    tolerance_low: Decimal
    tolerance_high: Decimal
    default: bool
    provenance: tuple[Provenance, ...]


@dataclass(frozen=True, slots=True)
class DoseEquivalence:
    """``reference_mg`` of ``reference_medicine`` stands for ``low_mg`` to ``high_mg`` of ``medicine`` in one named table."""

    table: str
    reference_medicine: str
    reference_mg: Decimal
    medicine: str
    low_mg: Decimal
    high_mg: Decimal
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A sign for which help is needed now, even if that means stopping or changing at once."""

    sign: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Medicine:
    """A substance (INN, British spelling) with its pharmacology and who may plan with it.

    ``drug_class`` is one of the classes that ``data/paces.toml`` knows. ``controlled`` lists the countries in
    which it is a controlled drug.
    """

    name: str
    drug_class: str
    synonyms: tuple[str, ...]
    brands: tuple[str, ...]
    acts_on: str
    policy: Policy
    policy_reason: str
    policy_provenance: Provenance
    curves: tuple[Curve, ...]
    no_curve_reason: str
    half_lives: tuple[HalfLife, ...]
    red_flags: tuple[RedFlag, ...]
    alternate_day: bool
    never_change_form: bool
    controlled: tuple[str, ...]
    notes: tuple[Property, ...]

    @property
    def half_life(self) -> HalfLife | None:
        """The preferred half-life record, or ``None``."""
        return next((h for h in self.half_lives if h.preferred), None)


@dataclass(frozen=True, slots=True)
class Formulary:
    """What one plan needs: one medicine, its products in one country, and how to measure them."""

    medicine: Medicine
    country: str
    products: tuple[Product, ...]
    form_equivalences: tuple[FormEquivalence, ...]
    dose_equivalences: tuple[DoseEquivalence, ...]
    devices: tuple[Device, ...]
    sources: tuple[Source, ...]
    data_version: str

    def source(self, source_id: str) -> Source:
        """The source record with this id. Raises `KeyError`."""
        for source in self.sources:
            if source.id == source_id:
                return source
        raise KeyError(source_id)

    def product(self, product_id: str) -> Product:
        """The product with this id. Raises `KeyError`."""
        for product in self.products:
            if product.id == product_id:
                return product
        raise KeyError(product_id)
