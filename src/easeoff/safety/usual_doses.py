"""A dose far above what is on record as usual or highest may be a slip of the pen: it is pointed out, never judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from easeoff.medicines.model import Confidence, Property
from easeoff.planning.findings import Finding
from easeoff.quantities import format_mg
from easeoff.safety.parts import Case, warn

#: A dose above the highest on record is pointed out, and one of more than so many times the usual where no highest is on
#: record. Project choice: doses somewhat above the usual are common and no slip.
_TIMES_USUAL = 2
_MG = re.compile(r"([\d.]+) mg$")


def above_the_record(case: Case) -> Iterator[Finding]:
    """Today's dose beside the highest or usual dose of the medicine's own record."""
    for name, times in (("highest_dose", 1), ("usual_dose", _TIMES_USUAL)):
        known = [(mg, note) for note in case.medicine.notes if note.name == name and (mg := _top(note))]
        if not known:
            continue
        mg, note = max(known, key=lambda pair: pair[0])
        if case.request.dose > mg * times:
            yield _pointed_out(case, mg, note, times)
        return


def _top(note: Property) -> Decimal | None:
    """The upper end of ``50 to 200 mg``; ``None`` where it is no amount in mg or may not be used."""
    found = _MG.search(note.value)
    usable = found is not None and note.provenance.confidence is not Confidence.UNVERIFIED
    return Decimal(found[1]) if usable and found is not None else None


def _pointed_out(case: Case, mg: Decimal, note: Property, times: int) -> Finding:
    more = "more than" if times == 1 else f"more than {times} times"
    kind = "highest" if times == 1 else "usual"
    return warn(
        "dose-above-the-record",
        f"{format_mg(case.request.dose)} a day is {more} the {kind} dose on record here, {format_mg(mg)}"
        f" ({note.condition.strip().rstrip('.')}). Look at the box again: is a figure, a zero or the decimal point wrong? Is it"
        " what you take? Then ask your prescriber or pharmacist about it before the first step.",
        ("H-002",),
        (note.provenance.source, *(("project_choice",) if times > 1 else ())),
    )
