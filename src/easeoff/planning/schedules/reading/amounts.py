"""The dose that an amount stands for, in mg a day. What can be read in two ways is asked back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from easeoff.medicines.model import Formulary, Product
from easeoff.planning.schedules.reading.dates import count_of
from easeoff.planning.schedules.reading.doubts import SKIP, Asking, Choice, read_mg
from easeoff.planning.schedules.reading.tokens import MASS, NUM, Kind, Token
from easeoff.quantities import EaseoffError, exact_decimal, format_mg, on_grid, parse_mass, plain

#: Doses one after the other; empty for one that is left out.
Doses = tuple[Decimal, ...]
_SKIP = Choice(SKIP, "Leave this out")
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "three quarters": Fraction(3, 4), "½": Fraction(1, 2),
          "¼": Fraction(1, 4), "¾": Fraction(3, 4)}  # fmt: skip

#: Small pieces whose strength no box names.
_COUNTED = frozenset({"bead", "pellet"})


@dataclass(frozen=True)
class Amounts:
    """Reads amounts. ``strengths`` are the strengths of liquids that the text names, ``formulary`` what is listed."""

    asking: Asking
    strengths: Sequence[Token]
    formulary: Formulary | None
    #: How many numbers with a decimal comma there are: several are one question.
    commas: int = 0

    def doses(self, token: Token) -> Doses | None:
        """What ``token`` stands for, or ``None`` while something is asked."""
        readers: dict[Kind, Callable[[Token], Doses | None]] = {
            Kind.DOSE: self._dose,
            Kind.NUMBER: self._number,
            Kind.COMMA: self._comma,
            Kind.RANGE: self._range,
            Kind.TIMES: self._times,
            Kind.VOLUME: self._volume,
            Kind.PIECE: self._piece,
            Kind.CHAIN: self._chain,
        }
        return (Decimal(0),) if token.kind is Kind.STOP else readers[token.kind](token)

    def typed(self, key: str, text: str, token: Token, choices: tuple[Choice, ...] = ()) -> Doses | None:
        """Ask for a dose in mg."""
        answer = self.asking.ask(key, text, token.text, token.start, choices, typed="mg")
        if answer is None:
            return None
        return () if answer == SKIP else (read_mg(answer),)

    def exact(self, token: Token, mg: Fraction | Decimal) -> Doses | None:
        """``mg`` as a dose, asked for where it has too many decimals."""
        dose = mg if isinstance(mg, Decimal) else exact_decimal(mg)
        if dose is None or on_grid(dose) is None:
            text = f"“{token.text.strip()}” has more decimals than can be kept. Which dose is meant?"
            return self.typed(f"dose@{token.start}", text, token, (_SKIP,))
        return (Decimal(plain(dose)),)

    def _dose(self, token: Token) -> Doses | None:
        try:
            return self.exact(token, parse_mass(token.text.rstrip(".")).mg)
        except EaseoffError as problem:
            return self.typed(f"dose@{token.start}", problem.message, token, (_SKIP,))

    def _number(self, token: Token) -> Doses | None:
        if not token.text.strip("0."):
            return (Decimal(0),)
        factor = self._unit(token)
        if factor is None:
            return None
        return () if factor == 0 else self._dose_of(token, token.text, factor)

    def _dose_of(self, token: Token, number: str, factor: Decimal) -> Doses | None:
        try:
            return self.exact(token, parse_mass(f"{number} mg").mg * factor)
        except EaseoffError as problem:
            return self.typed(f"dose@{token.start}", problem.message, token, (_SKIP,))

    def _unit(self, token: Token) -> Decimal | None:
        """What one of a number without a unit is in mg; 0 where such numbers are left out."""
        answer = self.asking.ask(
            "unit", f"“{token.text}” has no unit. What are the doses without a unit in?", token.text, token.start,
            (Choice("mg", "mg (milligrams)"), Choice("mcg", "mcg (micrograms)"), Choice(SKIP, "Leave them out")),
        )  # fmt: skip
        return {"mg": Decimal(1), "mcg": Decimal("0.001"), SKIP: Decimal(0), None: None}[answer]

    def _comma(self, token: Token) -> Doses | None:
        figures = re.match(r"[0-9]+(?:[,\s'’][0-9]+)+", token.text)
        assert figures is not None
        unit = token.text[figures.end() :].strip(" .")
        parts = re.split(r"[,\s'’]", figures[0])
        decimal = "," in figures[0]
        shown = unit or ""
        options = []
        if len(parts) == 2 and decimal:
            options.append(Choice("decimal", f"{parts[0]}.{parts[1]} {shown}".strip()))
        if all(len(part) == 3 for part in parts[1:]):
            options.append(Choice("thousands", f"{''.join(parts)} {shown}".strip()))
        if decimal or not any(part.startswith("0") for part in parts[1:]):
            options.append(
                Choice("list", f"{len(parts)} doses, one after the other: {', '.join(parts)} {shown}".strip())
            )
        answer = self.asking.ask(
            "commas" if self.commas > 1 and is_decimal_comma(token) else f"comma@{token.start}",
            f"“{token.text.strip()}” has a {'comma' if decimal else 'gap'}, which can mean several things. Which is meant?",
            token.text, token.start, (*options, _SKIP),
        )  # fmt: skip
        if answer is None or answer == SKIP:
            return None if answer is None else ()
        numbers = {"decimal": [".".join(parts)], "thousands": ["".join(parts)], "list": parts}[answer]
        return self._several(
            token, [f"{number} {unit}" if unit else number for number in numbers], bare=not unit
        )

    def _several(self, token: Token, texts: Sequence[str], *, bare: bool) -> Doses | None:
        doses: Doses = ()
        for text in texts:
            one = Token(Kind.NUMBER if bare else Kind.DOSE, token.start, token.end, text)
            found = self.doses(one)
            if found is None:
                return None
            doses += found
        return doses

    def _range(self, token: Token) -> Doses | None:
        low_text, high_text = re.findall(rf"({NUM})\s*({MASS})?", token.text, re.IGNORECASE)[:2]
        mass = re.search(rf"{MASS}\s*$", token.text.strip(), re.IGNORECASE)
        assert mass is not None
        unit = mass[0].rstrip(".")
        low, high = f"{low_text[0]} {low_text[1].rstrip('.') or unit}", f"{high_text[0]} {unit}"
        answer = self.asking.ask(
            f"range@{token.start}", f"“{token.text.strip()}” names two doses. Which is meant?", token.text, token.start,
            (Choice("first", low), Choice("second", high), Choice("both", f"First {low}, then {high}"), _SKIP),
        )  # fmt: skip
        if answer is None:
            return None
        return self._several(
            token, {"first": [low], "second": [high], "both": [low, high]}.get(answer, []), bare=False
        )

    def _chain(self, token: Token) -> Doses | None:
        """ "20-15-10": doses one after the other, or the parts of one day."""
        parts = re.findall(NUM, token.text)
        mass = re.search(rf"{MASS}\s*$", token.text.strip(), re.IGNORECASE)
        unit = mass[0].rstrip(".") if mass else ""
        answer = self.asking.ask(
            f"chain@{token.start}", f"“{token.text.strip()}”: are these doses one after the other, or the parts of one day?",
            token.text, token.start,
            (Choice("list", f"{len(parts)} doses, one after the other: {', '.join(parts)} {unit}".strip()),
             Choice("day", f"{len(parts)} parts of one day, added up"), _SKIP),
        )  # fmt: skip
        if answer is None or answer == SKIP:
            return None if answer is None else ()
        found = self._several(token, [f"{part} {unit}".strip() for part in parts], bare=not unit)
        return found if not found or answer == "list" else self.exact(token, sum(found, Decimal(0)))

    def _times(self, token: Token) -> Doses | None:
        count_text, rest = re.split(r"[x×*]", token.text, maxsplit=1, flags=re.IGNORECASE)
        amount = re.search(rf"{NUM}\s*{MASS}", rest, re.IGNORECASE)
        assert amount is not None
        single = self._several(token, [amount[0].strip().rstrip(".")], bare=False)
        count = _pieces(count_text)
        if not single or count is None:
            return single
        total = self.exact(token, Fraction(single[0]) * count)
        if not total or count < 1:
            return total
        answer = self.asking.ask(
            f"times@{token.start}", f"How much a day is “{token.text.strip()}”?", token.text, token.start,
            (Choice("total", f"{format_mg(total[0])} a day in all"), Choice("single", f"{format_mg(single[0])} a day in all"),
             _SKIP),
        )  # fmt: skip
        return {"total": total, "single": single, SKIP: (), None: None}[answer]

    def _piece(self, token: Token) -> Doses | None:
        strength = re.search(rf"({NUM})\s*{MASS}", token.text, re.IGNORECASE)
        before = token.text[: strength.start()] if strength else token.text
        count = _pieces(before)
        if count is None:
            return self.typed(
                f"dose@{token.start}", f"How many mg a day is “{token.text.strip()}”?", token, (_SKIP,)
            )
        if strength:
            each = self._several(token, [strength[0].strip().rstrip(".")], bare=False)
        else:
            each = self._strength_of_piece(token)
        return each if not each else self.exact(token, Fraction(each[0]) * count)

    def _strength_of_piece(self, token: Token) -> Doses | None:
        word = next(
            w for w in ("tab", "pill", "cap", "sachet", "drop", "bead", "pellet") if w in token.text.lower()
        )
        name = {"tab": "tablet", "pill": "tablet", "cap": "capsule"}.get(word, word)
        listed = {
            p.mg_per_drop if name == "drop" else p.mg_per_unit for p in self._listed() if p.unit == name
        }
        options = tuple(
            Choice(plain(mg), format_mg(mg)) for mg in sorted(mg for mg in listed if mg is not None)
        )
        where = "Divide the mg of a capsule by what is in it." if name in _COUNTED else "The box says it."
        text = f"“{token.text.strip()}”: how many mg is one whole {name}? {where}"
        return self.typed(f"piece:{name}", text, token, (*options, _SKIP))

    def _listed(self) -> list[Product]:
        products = self.formulary.products if self.formulary else ()
        return [p for p in products if p.tier is not None and not p.combination_with and p.route == "oral"]

    def _volume(self, token: Token) -> Doses | None:
        options = []
        for strength in self.strengths:
            mg = _per_ml(strength)
            if mg is not None:
                options.append(
                    Choice(plain(mg), f"{format_mg(mg)} in 1 mL ({strength.text.strip()}, as it is written)")
                )
        each = self.typed("ml", f"“{token.text.strip()}” is a volume. How many mg are in 1 mL of the liquid?", token,
                          (*dict.fromkeys(options), _SKIP))  # fmt: skip
        number = re.match(NUM, token.text.strip())
        assert number is not None
        return each if not each else self.exact(token, Fraction(each[0]) * Fraction(Decimal(number[0])))


def is_decimal_comma(token: Token) -> bool:
    """Whether a number is like ``37,5``, which is no thousand."""
    return token.kind is Kind.COMMA and re.match(r"[0-9]+,[0-9]{1,2}(?![0-9,])", token.text) is not None


def _pieces(text: str) -> Fraction | None:
    """How many pieces ``1 and a half``, ``½``, ``3/4`` or ``two`` are."""
    lowered = " ".join(text.lower().split())
    for words in ("three quarters", "half", "quarter"):
        if re.match(rf"(?:one |a )?{words}\b", lowered):
            return _PARTS[words]
    slash = re.match(r"([1-9])/([1-9])", lowered)
    if slash:
        return Fraction(int(slash[1]), int(slash[2]))
    whole = re.match(rf"{NUM}|[a-z]+", lowered)
    number = None if whole is None else (Decimal(1) if whole[0] in ("a", "an") else count_of(whole[0]))
    part = next(
        (share for sign, share in _PARTS.items() if sign in lowered and not lowered.startswith(sign)),
        Fraction(0),
    )
    if lowered[:1] in _PARTS:
        return _PARTS[lowered[:1]]
    return None if number is None else Fraction(number) + part


def _per_ml(token: Token) -> Decimal | None:
    numbers = [Fraction(Decimal(n)) for n in re.findall(NUM, token.text) if len(n) < 10]
    if not numbers or (len(numbers) > 1 and numbers[1] == 0):
        return None
    mg = numbers[0] / (numbers[1] if len(numbers) > 1 else 1)
    return exact_decimal(mg / 1000 if "mcg" in token.text.lower() else mg)
