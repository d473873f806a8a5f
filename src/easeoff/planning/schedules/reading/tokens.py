"""Cutting pasted text into tokens. Every character belongs to exactly one; what is not known is a token too.

Only words that cannot change a dose are passed over in silence. Anything else is kept as `Kind.UNKNOWN`, to be asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from easeoff.medicines import known_medicine


class Kind(StrEnum):
    """What a token is."""

    DOSE = "dose"
    NUMBER = "number"  #: without a unit
    COMMA = "comma"  #: a number with commas in it, with or without a unit
    RANGE = "range"  #: 20-30 mg
    SIGNED = "signed"  #: -5 mg, or reduce 5 mg
    TIMES = "times"  #: 2 x 10 mg
    STRENGTH = "strength"  #: 10 mg/5 mL
    VOLUME = "volume"
    PIECE = "piece"  #: half a tablet
    PACE = "pace"  #: 2.5 mg monthly
    RULE = "rule"  #: reduce by 5 mg every 2 weeks
    FROM = "from"  #: reduce from 150 mg to
    CUT = "cut"  #: by 5 mg
    STOP = "stop"
    LENGTH = "length"
    LENGTH_RANGE = "length range"  #: 2-4 weeks
    SPAN = "span"  #: weeks 1-4
    DATE = "date"
    UNTIL = "until"
    NOW = "now"  #: taken before the schedule begins
    WHEN = "when"  #: a time of day
    FREQUENCY = "frequency"  #: twice a day
    ALTERNATE = "alternate"  #: every other day
    TURNS = "turns"  #: alternating with
    SELDOM = "seldom"  #: on some days of the week only
    AVERAGE = "average"  #: already counted as an average over alternate days
    PLUS = "plus"
    MEDICINE = "medicine"
    FILLER = "filler"
    SEPARATOR = "separator"
    CHAIN = "chain"  #: 20-15-10-5-0
    EACH = "each"  #: each for 4 weeks
    EVERY = "every"  #: every 2 weeks, without an amount
    COLUMN = "column"  #: a cell of a column that nobody understood
    LINE = "line"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Token:
    """One token and where it stands."""

    kind: Kind
    start: int
    end: int
    text: str


NUM = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_MORE = r"(?![0-9]|[.,][0-9])"
MASS = r"(?:mgs?|milligrams?|mcgs?|ug|µg|μg|micrograms?|g|grams?)(?![^\W_])\.?"
VOLUMES = r"(?:mls?|millilitres?|milliliters?)(?![^\W_])"
UNITS = r"(?:days?|d|weeks?|wks?|w|fortnights?|months?|mths?|mos?|years?|yrs?)(?![^\W_])\.?"
_COUNT = rf"(?:{NUM}{_MORE}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![^\W_])\.?"
)
_YEAR = rf"(?:19|20)[0-9]{{2}}(?![0-9]|[.,][0-9]|\s*{MASS})"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_UNTIL = r"(?:until|untill|till|til|down\s+to|to)"
_VERB = r"(?:reduc\w+|decreas\w+|lower\w*|cut(?:ting)?|drop\w*|taper\w*|go(?:ing)?\s+down|com\w+\s+down|down|minus|less)"
PIECES = r"(?:tablets?|tabs?|pills?|capsules?|caps?|sachets?|drops?|beads?|pellets?)(?![^\W_])"
_PART = (
    r"(?:(?:one\s+)?half|(?:one\s+|a\s+)?quarter|three\s+quarters|[½¼¾]|[1-9]/[1-9]"
    rf"|{_COUNT}(?:\s*[½¼¾]|\s+and\s+a\s+(?:half|quarter))?|an?)"
)
#: A month in Roman figures, as in 1.XII.2023.
ROMAN = r"(?:VIII|VII|VI|IV|IX|XII|XI|III|II|X|V|I)"
#: Between the two ends of a range.
TO = r"\s*(?:-|–|to\b|or\b)\s*"
#: How often, in the words that a rule ends with.
_EVERY = (
    rf"(?:(?:every|each|per)\s+(?:{_COUNT}(?:{TO}{_COUNT})?\s*|other\s+)?{UNITS}|an?\s+(?:week|fortnight|month)"
    r"|weekly|fortnightly|monthly)(?![^\W_])"
)
_AMOUNT = rf"{NUM}{_MORE}(?:{TO}{NUM}{_MORE})?\s*(?:%|percent|{MASS})"
_BASE = r"(?:\s*of\s+(?:the\s+|my\s+)?(?:current|latest|last|previous|start(?:ing)?|original|initial)(?:\s+dose)?)"
#: Where a rule ends.
_ENDS = (
    rf"(?:[,\s]*{_UNTIL}\s+(?:off|zero|nothing|stopp?(?:ed|ing)?|0(?:\s*mg)?{_MORE}|{NUM}{_MORE}\s*{MASS}))?"
)
_FILLERS = (
    r"(?:once\s+)?(?:a|per|each|every)\s+day|once\s+daily|daily|od|qd|nightly|every\s+night|each\s+night"
    r"|i\s+am|i['’]m|i\s+was|for|take|taking|took|taken|at|on|to|from|the|of|my|me|was|were|went|go|start(?:ed|ing)?"
    r"|begin(?:ning)?|dose|(?:reduc|decreas)(?:e|ed|ing)\s+to|dropp?(?:ed|ing)?\s+to|drop\s+to|cut\s+to|down\s+to"
    r"|tapered\s+to|down|stay|stayed|staying|remain|remaining|hold|held|holding|keep|kept|x(?=\s*[0-9])|×(?=\s*[0-9])"
    r"|tablets?|tabs?|capsules?|liquid|xr|xl|er|mr|sr|cr|ec|step\s*[0-9]{0,3}(?=\s*[:.)])|till\s+now|w/c|w/b|week\s+(?:commencing|beginning|starting)|continue|completely|altogether"
    rf"|(?:step|stage|phase)\s*[0-9]{{1,2}}{_MORE}(?!\s*(?:{MASS}|{UNITS}|{VOLUMES}|%|[-–/x×]))"
)
_A_DAY = r"/\s*(?:day|d)(?![^\W_])"
_SIGNS = r"[^\S\r\n]+|[\u200b\u2060\ufeff]|[()\[\]:=\"“”'‘’*•·_–—-]"
#: In order: what stands first is tried first at each place.
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (Kind.LINE, r"[ \t]*\r?\n|\r"),
    (Kind.DATE, r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"),
    (Kind.DATE, rf"(?<![0-9])[0-9]{{1,2}}([/.\-])[0-9]{{1,2}}\2(?:[0-9]{{4}}|[0-9]{{2}})(?![0-9]|[.,/\-][0-9])(?!\s*{MASS})"),
    (Kind.DATE, r"(?<![0-9])[0-9]{4}/[0-9]{2}/[0-9]{2}(?![0-9])"),
    (Kind.DATE, rf"[0-9]{{1,2}}\.[ ]?{ROMAN}\.[ ]?(?:19|20)[0-9]{{2}}(?![0-9])"),
    (Kind.CHAIN, rf"{NUM}(?:\s*[-–]\s*{NUM}){{2,}}(?![0-9]|[.,/–-])(?:\s*{MASS})?|{NUM}(?:/{NUM}){{2,}}(?![0-9]|[.,/–-])\s*{MASS}"),
    (Kind.UNKNOWN, r"(?<![0-9])[0-9]+(?:\s*-\s*[0-9.]+){2,}"),
    (Kind.COMMA, rf"[1-9][0-9]{{0,2}}(?:[ \u00a0\u202f\u2009'’][0-9]{{3}})+(?![0-9]|[.,][0-9])\s*{MASS}"),
    (Kind.UNKNOWN, rf"{NUM}\s*{MASS}\s*(?:/|per\s)\s*(?:h|hrs?|hours?|kg|m2|wk|week)(?![^\W_])"),
    (Kind.SELDOM, rf"every\s+(?:third|fourth|fifth|3rd|4th|5th|(?!2\s){NUM})\s+(?:days?|nights?)"
                  rf"|(?:{NUM}|one|two|three|four|five|six)\s*(?:x|times|days|nights)?\s*(?:a|per|each)\s+week|(?:once|twice|thrice)\s+(?:a\s+|per\s+|each\s+)?week(?:ly)?"),
    (Kind.RULE, rf"(?:(?:{_VERB}(?:\s+(?:the|my|your))?(?:\s+dose)?\s+by|by|{_VERB})\s+){_AMOUNT}{_BASE}?\s*{_EVERY}{_BASE}?{_ENDS}"),
    (Kind.RULE, rf"{NUM}{_MORE}(?:{TO}{NUM}{_MORE})?\s*(?:%|percent){_BASE}?\s*{_EVERY}{_BASE}?{_ENDS}"),
    (Kind.PACE, rf"{NUM}{_MORE}\s*{MASS}\s*(?!(?:every|each|per)\s+(?:{_COUNT}\s*|other\s+)?(?:days?|d)(?![^\W_])){_EVERY}{_ENDS}"),
    (Kind.CUT, rf"(?:{_VERB}(?:\s+dose)?\s+)?by\s+{_AMOUNT}|(?:minus|less)\s+{_AMOUNT}"),
    (Kind.FROM, rf"{_VERB}\s+(?:the\s+|my\s+|your\s+)?(?:dose\s+)?from\s+{NUM}{_MORE}\s*{MASS}\s*(?:(?:a|per|each|every)\s+day|daily)?\s*(?:down\s+)?to(?=\s+[0-9.])"),
    (Kind.SIGNED, rf"{_VERB}(?:\s+dose)?\s+{NUM}{_MORE}\s*{MASS}"),
    (Kind.STRENGTH, rf"{NUM}\s*(?:mg|mcg)\s*(?:/|per|in)\s*(?:{NUM}\s*)?{VOLUMES}"),
    (Kind.TIMES, rf"(?:{NUM}{_MORE}|[½¼¾]|[1-9]/[1-9]|half)\s*[x×*]\s*{NUM}{_MORE}\s*{MASS}(?:\s+{PIECES})?"),
    # Of several, "4 tablets = 60 mg" says the dose; of one it may say what a tablet holds, and is asked about.
    (Kind.FILLER, rf"(?:[2-9]|two|three|four|five|six)\s*{PIECES}\s*=\s*(?={NUM}{_MORE}\s*{MASS})"),
    (Kind.PIECE, rf"{_PART}\s*(?:of\s+)?(?:an?\s+)?(?:{NUM}{_MORE}\s*{MASS}\s*)?{PIECES}"),
    (Kind.RANGE, rf"{NUM}{_MORE}\s*(?:(?:-|–|to)|(?:{MASS}\s*)?or\s)\s*{NUM}{_MORE}\s*{MASS}"),
    (Kind.COMMA, rf"[0-9]+(?:,[0-9]+)+(?![0-9]|\.[0-9])(?:\s*{MASS})?"),
    (Kind.DOSE, rf"{NUM}{_MORE}\s*{MASS}"),
    (Kind.VOLUME, rf"{NUM}{_MORE}\s*{VOLUMES}"),
    (Kind.LENGTH_RANGE, rf"{NUM}{_MORE}\s*(?:-|–|to|or)\s*{NUM}{_MORE}\s*{UNITS}"),
    (Kind.EACH, rf"each\s+(?:(?:one|dose|step)\s+)?for\s+{_COUNT}\s*{UNITS}|{_COUNT}\s*{UNITS}\s+(?:each|at\s+each\s+(?:dose|step)|per\s+step)"),
    (Kind.SPAN, rf"(?:after\s+)?(?:weeks?|wks?|days?|months?)\s*{_COUNT}(?:\s*(?:-|–|to)\s*{_COUNT})?(?!\s*{MASS})"),
    (Kind.FREQUENCY, r"(?:twice|thrice|(?:2|3|4|two|three|four)\s*(?:x|times))\s*(?:a\s+|per\s+|each\s+|/\s*)?(?:day|daily)|bd|bid|b\.d\.|b\.i\.d\.|tds|tid|t\.d\.s\.|t\.i\.d\.|qds|qid|[x×]\s*[234]\s*(?:daily|/\s*day|(?:a|per|each)\s+day)"
                     r"|q\s?(?:4|6|8|12)\s?h(?:rs?|ours?)?|(?:every|each)\s+(?:4|6|8|12|four|six|eight|twelve)\s+hours|(?:4|6|8|12|four|six|eight|twelve)[\s-]?hourly"),
    (Kind.TURNS, r"alternat(?:e|ed|es|ing)\s+with|(?:alternat(?:e|ing)|every\s+other)\s+(?:days?|nights?)\s+with"),
    (Kind.AVERAGE, r"on\s+average\s+over\s+alternate\s+days"),
    (Kind.ALTERNATE, r"(?:on\s+)?(?:alternat(?:e|ing)\s+(?:days?|nights?)|every\s+(?:other|second|2|two)\s+(?:days?|nights?)|eod)"),
    (Kind.LENGTH, rf"{NUM}\s*/\s*(?:7|52|12)(?![0-9/]|[.,][0-9])"),
    (Kind.LENGTH, rf"(?:[x×]\s*)?{_COUNT}\s*-?\s*{UNITS}|(?<=for\s)a\s+(?:week|fortnight|month|year)"),
    (Kind.DATE, rf"{_DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+{_YEAR})?"),
    (Kind.DATE, rf"{MONTH}\s+{_DAY}(?![0-9]|[.,][0-9]|\s*(?:{MASS}|{UNITS}|{VOLUMES}|%))(?:,?\s+{_YEAR})?"),
    (Kind.DATE, rf"{MONTH},?\s+{_YEAR}"),
    (Kind.DATE, MONTH),
    (Kind.NOW, rf"(?:since|in|from)\s+{_YEAR}|since|now|(?:at\s+)?baseline|current|currently|at\s+present|before|until\s+now"),
    (Kind.UNTIL, r"until|till|til"),
    (Kind.WHEN, r"(?:at\s+)?(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?![0-9:])"),
    (Kind.WHEN, r"(?:in\s+the\s+|at\s+|each\s+)?(?:mornings?|afternoon|evenings?|nights?|noon|midday|lunchtime|bedtime)|am|pm|mane|nocte|qhs|hs|qam|qpm|(?-i:OM)|(?<=g )(?-i:ON)"),
    (Kind.SIGNED, rf"(?<![^\s,;:(])[-−]{NUM}{_MORE}\s*{MASS}"),
    (Kind.STOP, r"stop(?:ped|ping)?|off|discontinued?|ceased?|nothing|nil|zero|finish(?:ed)?"),
    (Kind.FILLER, r"(?:per|each|every)\s+day(?![^\W_])"),
    (Kind.EVERY, _EVERY),
    (Kind.PLUS, r"\+|&|and(?!\s+then)|plus(?![^\W_])"),
    (Kind.SEPARATOR, r"(?:and\s+)?then(?![^\W_])|-+>|=+>|(?<=[0-9g])\s*>\s*(?=[0-9])|→|➔|;|,|\||(?<=\s)[-–—](?=\s)|(?<=[A-Za-z])[-–—](?=[0-9])|\.(?=\s|$)"),
    (Kind.NUMBER, rf"[x×]\s*[0-9]{{1,3}}(?![0-9]|[.,/][0-9]|[^\W_]|\s*{UNITS})"),
    (Kind.FILLER, _A_DAY),
    (Kind.FILLER, _FILLERS),
    (Kind.UNKNOWN, rf"{NUM}\s*(?:%|percent)"),
    (Kind.NUMBER, rf"{NUM}{_MORE}(?![^\W_])"),
    (Kind.UNKNOWN, r"[0-9][0-9.,/]*[^\W_]*"),
    (Kind.UNKNOWN, r"[^\W\d_](?:[\w'’]|-(?=\w))*"),
    (Kind.FILLER, _SIGNS),
    (Kind.UNKNOWN, r"[\s\S]"),
)  # fmt: skip
#: Kinds that begin with a letter or figure must not begin inside a word.
_WORDLIKE = frozenset(Kind) - {Kind.LINE, Kind.SEPARATOR, Kind.PLUS, Kind.UNKNOWN, Kind.SIGNED}
_FREE = frozenset({_A_DAY, _SIGNS})


def _pattern(kind: Kind, pattern: str) -> str:
    begins_word = kind in _WORDLIKE and pattern not in _FREE
    # Neither inside a word nor after a figure and a point: the "5" of a broken "12.5" is no dose.
    return rf"(?<![^\W_])(?<![0-9][.,/])(?:{pattern})" if begins_word else f"(?:{pattern})"


#: Words at whose end a word must end.
_WHOLE = frozenset(
    {Kind.STOP, Kind.FREQUENCY, Kind.SELDOM, Kind.AVERAGE, Kind.ALTERNATE, Kind.UNTIL, Kind.NOW, Kind.WHEN}
)


def _compiled() -> tuple[tuple[Kind, ...], re.Pattern[str]]:
    parts = []
    for number, (kind, pattern) in enumerate(_PATTERNS):
        body = _pattern(
            kind,
            pattern.replace(r"\2", f"(?P=sep{number})").replace(r"([/.\-])", f"(?P<sep{number}>[/.\\-])"),
        )
        ends = r"(?![^\W_])" if kind in _WHOLE or pattern is _FILLERS else ""
        parts.append(f"(?P<t{number}>{body}{ends})")
    return tuple(kind for kind, _ in _PATTERNS), re.compile("|".join(parts), re.IGNORECASE)


_KINDS, _TOKEN = _compiled()
#: Verbs and words that are also months.
_ALSO_WORDS = frozenset({"may", "march", "mar"})
_LONGEST_NAME_WORDS = 3
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NUMBERING = re.compile(r"[ \t]*([0-9]{1,3})[.)][ \t]+")


def cut(text: str) -> tuple[Token, ...]:
    """Every token of ``text`` in order; together they are the text."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    at, numbered = 0, 0
    line_begins = True
    while at < len(text):
        numbering = _NUMBERING.match(text, at) if line_begins else None
        if numbering is not None and int(numbering[1]) == numbered + 1:
            numbered += 1
            yield Token(Kind.FILLER, at, numbering.end(), numbering[0])
            at = numbering.end()
        token = _one(text, at) if at < len(text) else None
        if token is None:
            return
        yield token
        line_begins = token.kind is Kind.LINE or (line_begins and not token.text.strip())
        at = token.end


def _one(text: str, at: int) -> Token:
    match = _TOKEN.match(text, at)
    assert match is not None and match.end() > at, "the last pattern takes any character"
    assert match.lastgroup is not None
    kind = next(_KINDS[n] for n in range(len(_KINDS)) if match.group(f"t{n}") is not None)
    found = match[0]
    if kind is Kind.DATE and found.strip(".") in _ALSO_WORDS:
        kind = Kind.UNKNOWN
    if kind in (Kind.UNKNOWN, Kind.FILLER) and found[:1].isalpha():
        named = _medicine(text, at)
        if named:
            return Token(Kind.MEDICINE, at, at + len(named), named)
    return Token(kind, at, at + len(found), found)


def _medicine(text: str, at: int) -> str:
    """The longest name of a medicine that begins here, of at most three words; empty where none does."""
    words, end = [], at
    for _ in range(_LONGEST_NAME_WORDS):
        word = _WORD.match(text, end)
        if word is None:
            break
        words.append(text[at : word.end()])
        end = word.end()
        if text[end : end + 1] != " ":
            break
        end += 1
    return next((words for words in reversed(words) if known_medicine(words) is not None), "")
