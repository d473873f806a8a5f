"""Every phrase of the dosage text, in English, as gettext keeps it: the English is the key of the translation.

A phrase with a number has two forms, one and more. Whole phrases only: no word is put together from parts, because
other languages bend them. ``docs/build_dosage_text.py`` writes the template for translators from this table.
"""

from __future__ import annotations

from typing import NamedTuple

from easeoff.medicines.model import Release


class Counted(NamedTuple):
    """A phrase in its forms for one and for more."""

    one: str
    many: str


#: Whole pieces: by the plan's unit and how the product lets its medicine go.
PIECES: dict[tuple[str, Release], Counted] = {
    ("tablet", Release.IR): Counted("{number} tablet", "{number} tablets"),
    ("tablet", Release.MR): Counted("{number} slow-release tablet", "{number} slow-release tablets"),
    ("tablet", Release.GR): Counted("{number} gastro-resistant tablet", "{number} gastro-resistant tablets"),
    ("capsule", Release.IR): Counted("{number} capsule", "{number} capsules"),
    ("capsule", Release.MR): Counted("{number} slow-release capsule", "{number} slow-release capsules"),
    ("capsule", Release.GR): Counted("{number} gastro-resistant capsule", "{number} gastro-resistant capsules"),
    ("sachet", Release.IR): Counted("{number} sachet", "{number} sachets"),
    ("sachet", Release.MR): Counted("{number} slow-release sachet", "{number} slow-release sachets"),
    ("sachet", Release.GR): Counted("{number} gastro-resistant sachet", "{number} gastro-resistant sachets"),
    ("film", Release.IR): Counted("{number} film", "{number} films"),
    ("lozenge", Release.IR): Counted("{number} lozenge", "{number} lozenges"),
}  # fmt: skip

#: A part of a tablet, alone and after whole ones, by the quarters it has.
PARTS: dict[tuple[int, Release], tuple[str, str]] = {
    (1, Release.IR): ("a quarter of a tablet", "{number} and a quarter tablets"),
    (2, Release.IR): ("half a tablet", "{number} and a half tablets"),
    (3, Release.IR): ("three quarters of a tablet", "{number} and three quarters tablets"),
    (1, Release.MR): ("a quarter of a slow-release tablet", "{number} and a quarter slow-release tablets"),
    (2, Release.MR): ("half a slow-release tablet", "{number} and a half slow-release tablets"),
    (3, Release.MR): ("three quarters of a slow-release tablet", "{number} and three quarters slow-release tablets"),
}  # fmt: skip

#: Liquids drawn with a syringe, by form and by how they let their medicine go.
LIQUIDS: dict[tuple[str, Release], str] = {
    ("oral_solution", Release.IR): "{mg} = {ml} of {strength} oral solution",
    ("oral_suspension", Release.IR): "{mg} = {ml} of {strength} oral suspension",
    ("oral_suspension", Release.MR): "{mg} = {ml} of {strength} slow-release oral suspension",
    ("oral_concentrate", Release.IR): "{mg} = {ml} of {strength} concentrate for oral solution",
}
DROPS = Counted(
    "{mg} = {number} drop of {strength} oral drops ({each} in a drop)",
    "{mg} = {number} drops of {strength} oral drops ({each} in a drop)",
)
PIECE_DOSE = "{mg} = {count} of {strength}"
COUNTS_AS = "{dose}, which counts as {mg} of the form taken at the start"
TOGETHER = "{doses} ({mg} together)"
TOGETHER_AS = "{doses} (together {mg} of the form taken at the start)"
#: Not "and": that would read as "12.5 mg and 5.2 mg" between two products.
PLUS = "{first}, plus {second}"

MG = "{number} mg"
ML = "{number} mL"
MG_PER_ML = "{number} mg/mL"
MG_IN_ML = "{mg} in {ml}"

TAKE = "Take {doses}"
TAKE_NOTHING = "Take nothing at {time}"
#: Without a time, and with one.
ONCE_A_DAY = "once a day"
ONCE_A_DAY_AT = "once a day at {time}"
#: Routes that a plan may use.
ROUTES: dict[str, str] = {"oral": "by mouth"}
FOR_DAYS = Counted("for {number} day", "for {number} days")
FROM_TO = Counted("from {first} to {last} ({number} day)", "from {first} to {last} ({number} days)")
ON_DAY = "on {first} only"
FROM_ON = "from {first} until your prescriber changes it"
UNTIL_CHANGED = "until your prescriber changes it"
DATE = "{day} {month} {year}"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
COUNT_DROPS = "Count the drops; do not use a syringe."
MUST_DILUTE = "Measure it undiluted, mix it into a drink as the label says, and drink it all at once."
IN_ALL = "That is {mg} a day in all."
IN_ALL_AS = "That is {mg} of the form taken at the start a day in all."


def every_phrase() -> tuple[str | Counted, ...]:
    """All phrases that a language needs, in the order of this page."""
    parts = (phrase for pair in PARTS.values() for phrase in pair)
    return (
        *PIECES.values(), *parts, *LIQUIDS.values(), DROPS, PIECE_DOSE, COUNTS_AS, TOGETHER, TOGETHER_AS, PLUS,
        MG, ML, MG_PER_ML, MG_IN_ML, TAKE, TAKE_NOTHING, ONCE_A_DAY, ONCE_A_DAY_AT, *ROUTES.values(), FOR_DAYS, FROM_TO,
        ON_DAY, FROM_ON, UNTIL_CHANGED, DATE, *MONTHS, COUNT_DROPS, MUST_DILUTE, IN_ALL, IN_ALL_AS,
    )  # fmt: skip
