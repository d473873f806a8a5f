"""How many syllables an English word has, by rule.

Groups of vowels are counted, then silent endings taken off and vowels that are said apart put back; an abbreviation in
capitals is spelt out. Measured against the CMU Pronouncing Dictionary over 24,000 running words of this project's own
text, about 1 word in 100 comes out wrong, and the mean is too low by 0.01 syllables a word: 0.1 of a school grade.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Words that the rules get wrong and that our pages use often.
_KNOWN = {
    "people": 2, "every": 2, "evening": 2, "business": 2, "several": 3, "something": 2, "sometimes": 2, "someone": 2,
    "somewhere": 2, "somebody": 3, "anyone": 3, "everyone": 3, "idea": 3, "area": 3, "being": 2, "seeing": 2, "doing": 2,
    "going": 2, "one": 1, "once": 1, "eye": 1, "eyes": 1, "queue": 1, "therefore": 2, "whatever": 3, "minute": 2,
    "medicine": 3, "medicines": 3, "science": 2, "quiet": 2, "diet": 2, "half-life": 2, "does": 1, "goes": 1, "clothes": 1,
    "create": 2, "react": 2, "reaction": 3, "real": 1, "really": 2, "reason": 2, "reasons": 2, "suicide": 3, "suicidal": 4, "nausea": 3, "beyond": 2, "reach": 1, "reached": 1, "ideas": 3, "lives": 1, "moment": 2, "home": 1,
    "homes": 1, "hopeful": 2, "careful": 2, "carefully": 3, "safely": 2, "safety": 2, "rarely": 2, "likely": 2,
    "unlikely": 3, "lately": 2, "widely": 2, "wisely": 2, "nicely": 2, "helpline": 2, "sometime": 2, "lifetime": 2,
    "baseline": 2, "timeline": 2, "website": 2, "meanwhile": 2, "fluid": 2, "drawn": 1, "naive": 2,
}  # fmt: skip
#: A silent e inside a word, before these endings: hope-ful, care-less, move-ment, close-ly.
_INNER_SILENT_E = re.compile(r"(?<=[aeiouy][bcdfgklmnprstvz])e(?=(ly|ful|less|ness|ment|some|where)s?$)")
#: Capitals up to this many letters are spelt out: GP, NHS, SSRI.
_LONGEST_SPELT = 4
_VOWELS = re.compile(r"[aeiouy]+")
#: One syllable fewer than the groups say.
_FEWER = (
    re.compile(r"[^aeiouylr]e$"),  # take, dose
    re.compile(r"[aeiouy][lr]e$"),  # rule, more; but not table
    re.compile(r"[rl]le$"),
    re.compile(r"[^aeiouytd]ed$"),  # stopped; but not started
    re.compile(r"[aeiouy][^aeiouycgsxz]es$"),  # takes; but not doses
    re.compile(r"(th|gh|[bdfklmnprtv][bdfkmnprtv]|[^aeiouycsgxzh]l)es$"),
    re.compile(
        r"^every(?=.)|^else(?=w)|(?<=e)where|(?<=[eo])where|guide(?=l)|time(?=[lt])"
    ),  # everyone, elsewhere
)
#: One syllable more.
_MORE = (
    re.compile(r"(?<![cgstx])i[aou](?!n$|ns$)"),  # biology, period, previous
    re.compile(r"(?<![cgst])ians?$"),  # Italian
    re.compile(r"(?<=[bdlmnrv])ie[rs]t?$(?<!ies)|(?<=[cdr])ience"),  # earlier, experience
    re.compile(r"ie(?=t)|[aeo]ing$|uing$|ying$"),
    re.compile(r"[^aeiouy]les$|(?<=[bcdfgkpstz])led$"),  # tables, handled
    re.compile(r"eo(?!u)(?!ple)|ua(?!r|y|l$)(?<!qua)(?<!gua)|uou|(?<!q)ual(?=ly|s?$)"),
    re.compile(r"sms?$|thms?$"),
    re.compile(r"^re(?=act|in[^d]|en|op|us|or|ev|as[^o]|ap)|^pre(?=[aeio](?!a))"),
)


@lru_cache(maxsize=4096)
def syllables(word: str) -> int:
    """Syllables of one word of letters, at least one. Parts joined by hyphens are counted apart."""
    if word.isupper() and 1 < len(word) <= _LONGEST_SPELT:
        return len(word)
    lower = word.lower().replace("’", "'")
    if lower in _KNOWN:
        return _KNOWN[lower]
    if "-" in lower:
        return sum(syllables(part) for part in lower.split("-") if part) or 1
    stem = re.sub(r"'(s|t|re|ve|ll|d|m)?$", "", lower)
    if stem in _KNOWN:
        return _KNOWN[stem]
    stem = _INNER_SILENT_E.sub("", stem)
    count = len(_VOWELS.findall(stem))
    count -= sum(1 for rule in _FEWER if rule.search(stem))
    count += sum(1 for rule in _MORE if rule.search(stem))
    return max(count, 1)
