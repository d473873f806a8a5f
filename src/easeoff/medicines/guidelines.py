"""What guidelines say about the rate of a reduction, to stand beside a plan. They set no dose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from easeoff.medicines.files import DATA_ROOT, Record, read_toml
from easeoff.medicines.model import Medicine, Provenance
from easeoff.medicines.records import need, provenance


@dataclass(frozen=True, slots=True)
class GuidelineRate:
    """``who`` says ``says`` of these classes and medicines; each percentage names its base."""

    id: str
    classes: tuple[str, ...]
    medicines: tuple[str, ...]
    who: str
    says: str
    provenance: Provenance

    def is_of(self, medicine: Medicine) -> bool:
        """Whether it speaks of this medicine."""
        return medicine.name in self.medicines or medicine.drug_class in self.classes


def guideline_rates(medicine: Medicine, root: Path = DATA_ROOT) -> tuple[GuidelineRate, ...]:
    """The rates that speak of ``medicine``, in the order of the file; empty where none is on record."""
    return tuple(rate for rate in all_guideline_rates(root) if rate.is_of(medicine))


@lru_cache(maxsize=4)
def all_guideline_rates(root: Path = DATA_ROOT) -> tuple[GuidelineRate, ...]:
    """Every record of ``guideline_rates.toml``. Raises `DataError`."""
    records = read_toml(root / "guideline_rates.toml")["rate"]
    return tuple(to_guideline_rate(record) for record in records)


def to_guideline_rate(record: Record) -> GuidelineRate:
    """One record. Raises `DataError`."""
    where = f"guideline_rates.toml {record.get('id', '?')}"
    return GuidelineRate(
        id=need(record, "id", where),
        classes=tuple(need(record, "classes", where)),
        medicines=tuple(need(record, "medicines", where)),
        who=need(record, "who", where),
        says=need(record, "says", where),
        provenance=provenance(record, where),
    )
