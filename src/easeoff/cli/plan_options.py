"""The options of ``easeoff plan``."""

from __future__ import annotations


def _one(metavar: str, text: str) -> dict[str, object]:
    return {"metavar": metavar, "help": text}


def _many(metavar: str, text: str) -> dict[str, object]:
    return {"metavar": metavar, "help": text, "nargs": "+", "action": "extend"}


#: How a paper or a file for other programs is made, wherever one is.
HANDING_OVER: tuple[tuple[str, dict[str, object]], ...] = (
    ("--paper", _one("SIZE", "a4 or us-letter (the country's)")),
    ("--large-print", {"action": "store_true", "help": "letters of 16 points and more on schedule, supply list and cards"}),
    ("--name", _one("TEXT", "a name to print, in any script")),
    ("--rows", _one("NAME", "for csv: steps, days or portions (steps)")),
    ("--reminders", {"action": "store_true", "help": "for ics: a reminder at each time of day"}),
    ("--titles", _one("NAME", "for ics: neutral or doses, what others may read (neutral)")),
    ("--earlier", _one("PLAN.json", "for ics: the plan of the calendar before; what is gone is cancelled")),
    ("--fhir-steps", _one("HOW", "for fhir: sequence, or separate requests for systems without it")),
    ("--language", _one("CODE", "for csv, ics and fhir: language of the dosage text, en or de (en)")),
)  # fmt: skip
#: Titles of the groups, and in each the names of the options with what `argparse` needs to know of them.
PLAN_OPTIONS: dict[str, tuple[tuple[str, dict[str, object]], ...]] = {
    "what is taken now": (
        ("--country", _one("CODE", "GB, US, FR or CA: whose products (needed)")),
        ("--as", _one("FORM", 'the form taken now, such as "MR capsule"') | {"dest": "form"}),
        ("--intakes", _one("TIMES", 'mg by time of day, such as "08:00=50,22:00=50"')),
    ),
    "how to come down": (
        ("--reduce-first", _one("TIME", "this time of day first, such as 08:00, or evenly")),
        ("--goal", _one("DOSE", 'the dose to arrive at: 0, or such as "5 mg"')),
        ("--method", _one("NAME", "occupancy, percent-current, percent-start, fixed, bands, slide, micro, table or crossover")),
        ("--limit", _one("NUMBER", "largest step, in the unit of the method: points, %% or mg")),
        ("--cap", _one("NUMBER", "also at most so many %% of the current dose")),
        ("--every", _one("DAYS", "days between steps")),
        ("--end-dose", _one("DOSE", "from here on steps are parts of the starting dose")),
        ("--at-least", _one("DAYS", "the whole lasts so long or longer: steps are lengthened")),
        ("--ramp", _one("DAYS", "intervals that shorten after two easy cuts, each only when agreed: 42,28,21")),
        ("--start", _one("DATE", "first day of the first lower dose, such as 2027-01-04")),
        ("--review", _one("STEPS", "steps until the next review (3)")),
    ),
    "for some methods": (
        ("--schedule", _one("ID", "table: a published schedule, see easeoff compare --list")),
        ("--bands", _one("BANDS", 'bands: mg a cut by dose, "20=2,10=1,0=0.5", or the id of a schedule')),
        ("--base", _one("BASE", "slide: block or current; micro: month or start")),
        ("--cuts", _one("NUMBER", "slide: cuts in a block (4)")),
        ("--hold", _one("DAYS", "slide: days more after a block (14)")),
        ("--half-then", _one("PERCENT", "percent-start: below this %% of the start, the same %% of that level")),
        ("--to", _one("DOSE", 'crossover: what the prescriber says the whole dose stands for, "diazepam 20 mg"')),
        ("--table", _one("NAME", "crossover: the table of equivalents they go by, or prescriber")),
        ("--parts", _one("NUMBER", "crossover: exchange the dose of each time of day in so many parts (1; 2 for once a day)")),
        ("--smallest", _one("DOSE", "percent-current: stop at half of this smallest piece")),
    ),
    "what can be used": (
        ("--tier", _one("TIER", "licensed, tariff or special: how far to look")),
        ("--product", _many("ID", "only these products")),
        ("--device", _many("ID", "only these oral syringes")),
        ("--halves", _one("confirmed", "a pharmacist confirmed that your brand may be halved")),
        ("--max-products", _one("NUMBER", "different products in one dose (2)")),
        ("--max-pieces", _one("NUMBER", "pieces at one time (4)")),
    ),
    "who it is for": (
        ("--person", _many("KEY=VALUE", "answers, such as: age=41 steady=yes with=none")),
        ("--override", _one("RECORD", 'a prescriber lifts a stop: "name; role; registration; reason"')),
    ),
    "what comes out": (
        ("--format", _one("NAME", "text, json (the plan file), pdf (the schedule), letter, supply, cards, csv, ics or fhir")),
        *HANDING_OVER,
        ("--json", {"action": "store_true", "help": "print the proposal as JSON and nothing else"}),
        ("-o --output", _one("FILE", "write to this file instead")),
    ),
}  # fmt: skip
