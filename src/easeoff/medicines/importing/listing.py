"""What an importer reads: one listed product, and the rows of a country file that products come together in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from decimal import Decimal

from easeoff.medicines.files import Row
from easeoff.medicines.importing.strengths import Strength
from easeoff.quantities import plain


@dataclass(frozen=True, slots=True)
class Listing:
    """One product of a release, under one code. ``file``, ``line`` and ``code`` say where it stands."""

    file: str
    line: int
    code: str
    medicine: str
    form: str
    form_group: str
    strength: Strength
    release: str
    route: str
    combination_with: tuple[str, ...]
    availability: str
    product_name: str
    label: str
    score: str
    note: str
    pack_sizes: tuple[Decimal, ...] = ()
    price: tuple[Decimal, Decimal] | None = None
    previous_code: str = ""
    #: Into how many parts the list says that it is scored; 0 where it does not say.
    parts: int = 0


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One row of a country file, column by column, as text. ``id`` is empty until a proposal gives it one.

    ``origin`` (file and line of its first product) and ``previous_codes`` are not columns.
    """

    id: str
    country: str
    medicine: str
    drug_class: str
    form: str
    form_group: str
    name: str
    strength_value: str
    strength_unit: str
    per_value: str
    per_unit: str
    mg_per_unit: str
    mg_per_ml: str
    release: str
    route: str
    combination_with: str
    availability: str
    pack_sizes: str
    product_code: str
    product_code_system: str
    product_name: str
    score: str
    lowest_price: str
    price_currency: str
    price_pack_size: str
    source_id: str
    source_date: str
    note: str
    origin: tuple[str, int] = ("", 0)
    previous_codes: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The product codes of the row."""
        return tuple(self.product_code.split("|"))

    def cells(self) -> Row:
        """The row by the column names of the file."""
        names = ["class" if item.name == "drug_class" else item.name for item in fields(self)]
        return dict(zip(names[:-2], astuple(self)[:-2], strict=True))


def from_cells(row: Row) -> ProductRow:
    """A row of a country file."""
    return ProductRow(**{("drug_class" if name == "class" else name): value for name, value in row.items()})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class List:
    """What all rows of one release have in common."""

    country: str
    code_system: str
    source_id: str
    source_date: str


def to_rows(listings: Iterable[Listing], about: List, classes: dict[str, str]) -> Iterator[ProductRow]:
    """Rows, one for all listings that are the same for the person who takes them; codes in order."""
    groups: dict[tuple[object, ...], list[Listing]] = {}
    for listing in listings:
        groups.setdefault(_sameness(listing), []).append(listing)
    for key in sorted(groups, key=str):
        yield _row(sorted(groups[key], key=lambda listing: listing.code), about, classes)


def one_row(listing: Listing, about: List, classes: dict[str, str]) -> ProductRow:
    """The row of a listing that stands for itself."""
    return _row([listing], about, classes)


def _sameness(listing: Listing) -> tuple[object, ...]:
    return (
        listing.medicine, listing.form_group, listing.release, listing.strength.ratio, str(listing.strength),
        listing.combination_with, listing.form, listing.route, listing.availability, listing.note,
    )  # fmt: skip


def _row(group: list[Listing], about: List, classes: dict[str, str]) -> ProductRow:
    first = group[0]
    amount = first.strength
    packs = sorted({size for listing in group for size in listing.pack_sizes})
    price = first.price if len(group) == 1 else None
    count = f" (first of {len(group)})" if len(group) > 1 and about.country == "FR" else ""
    return ProductRow(
        id="",
        country=about.country,
        medicine=first.medicine,
        drug_class=classes[first.medicine],
        form=first.form,
        form_group=first.form_group,
        name=first.label,
        strength_value=plain(amount.value),
        strength_unit=amount.unit,
        per_value=plain(amount.per_value) if amount.per_value is not None else "",
        per_unit=amount.per_unit,
        mg_per_unit=amount.mg_per_unit,
        mg_per_ml=amount.mg_per_ml,
        release=first.release,
        route=first.route,
        combination_with="|".join(first.combination_with),
        availability=first.availability,
        pack_sizes="|".join(plain(size) for size in packs),
        product_code="|".join(listing.code for listing in group),
        product_code_system=about.code_system,
        product_name=first.product_name + count,
        score=_score(group),
        lowest_price=f"{price[0]:.2f}" if price else "",
        price_currency="GBP" if price else "",
        price_pack_size=plain(price[1]) if price else "",
        source_id=about.source_id,
        source_date=about.source_date,
        note=_note(group),
        origin=(first.file, first.line),
        previous_codes=tuple(listing.previous_code for listing in group if listing.previous_code),
    )


def _score(group: list[Listing]) -> str:
    scored = [listing.parts for listing in group if listing.parts]
    if not scored:
        return group[0].score
    return "scored" if len(scored) == len(group) else "mixed"


def _note(group: list[Listing]) -> str:
    parts = sorted({listing.parts for listing in group if listing.parts})
    if not parts:
        return group[0].note
    counts = [(sum(1 for listing in group if listing.parts == part), part) for part in parts]
    said = ", ".join(
        f"{count} of {len(group)} products scored in {part}" for count, part in sorted(counts, reverse=True)
    )
    return "; ".join(filter(None, [group[0].note, said]))


def with_id(row: ProductRow, new_id: str) -> ProductRow:
    """The same row under an id."""
    return replace(row, id=new_id)
