"""Reading a schedule out of whatever somebody pasted: entries, doubts, and every character accounted for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from easeoff.medicines import find_medicine, known_medicine, suggest
from easeoff.medicines.model import Formulary
from easeoff.planning.schedules.model import Entry, Schedule
from easeoff.planning.schedules.reading.amounts import Amounts, is_decimal_comma
from easeoff.planning.schedules.reading.dates import Calendar, length_of
from easeoff.planning.schedules.reading.doubts import SKIP, Asking, Choice, Doubt
from easeoff.planning.schedules.reading.drafts import MAINS, Draft, Drafted, draft
from easeoff.planning.schedules.reading.finishing import Finishing
from easeoff.planning.schedules.reading.items import Item, Items
from easeoff.planning.schedules.reading.lengths import in_order, set_days
from easeoff.planning.schedules.reading.pieces import Piece, PieceKind, pieces_of
from easeoff.planning.schedules.reading.rules import every_of
from easeoff.planning.schedules.reading.tables import Table, cut_table, table_in
from easeoff.planning.schedules.reading.tokens import NUM, UNITS, Kind, Token, cut
from easeoff.planning.schedules.reading.whose import Whose
from easeoff.quantities import EaseoffError

#: Characters; far above any schedule. Project choice.
LONGEST_TEXT = 100_000
#: With more groups of unknown words than this, one question covers them all.
_MANY_UNKNOWN = 3
_WORDS_LOOKED_UP = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. ``schedule`` is ``None`` until no doubt is open; ``entries`` are those whose dose is known so far."""

    text: str
    medicine: str | None
    entries: tuple[Entry, ...]
    doubts: tuple[Doubt, ...]
    pieces: tuple[Piece, ...]
    schedule: Schedule | None

    @property
    def not_understood(self) -> tuple[str, ...]:
        """The pieces nobody understood, as they were pasted."""
        return tuple(p.text.strip(" \t\r\n,;") for p in self.pieces if p.kind is PieceKind.NOT_UNDERSTOOD)


def read_schedule(
    text: str,
    *,
    medicine: str | None = None,
    answers: Mapping[str, str] | None = None,
    formulary: Formulary | None = None,
    name: str = "Pasted",
) -> Reading:
    """What ``text`` says, with one question for each doubt; ``answers`` are given by the keys of the questions.

    ``medicine`` is the INN that was chosen beforehand; ``formulary`` (of that medicine) lets doses that nobody takes be asked back.
    Raises `EaseoffError` for a text that is empty or too long.
    """
    if len(text) > LONGEST_TEXT:
        raise EaseoffError(f"This text is too long to be a schedule: {len(text)} characters.",
                           f"Paste fewer than {LONGEST_TEXT} characters.")  # fmt: skip
    if not text.strip():
        raise EaseoffError(
            "Nothing was pasted.", "Write the doses, such as: 40 mg 4 weeks, 20 mg 4 weeks, stop."
        )
    return _Reader(text, medicine, answers or {}, formulary, name).read()


@dataclass
class _Reader:
    text: str
    medicine: str | None
    answers: Mapping[str, str]
    formulary: Formulary | None
    name: str
    owners: dict[int, PieceKind] = field(default_factory=dict)

    def read(self) -> Reading:
        asking = self.asking = Asking(self.answers)
        table = table_in(self.text)
        self.tokens = cut(self.text) if table is None else cut_table(self.text, table)
        named = self._medicine()
        if table is not None and table.others:
            self._columns(table)
        drafted = draft(self.tokens, frozenset(self.owners))
        kept = self._unknown_words(drafted)
        self._strengths(has_volume=any(t.kind is Kind.VOLUME for t in self.tokens))
        strengths = [t for t in self.tokens if t.kind is Kind.STRENGTH]
        commas = sum(is_decimal_comma(token) for token in self.tokens)
        made = Items(asking, Amounts(asking, strengths, self.formulary, commas), Calendar(asking))
        each = self._each(drafted)
        made.read(kept)
        for one in made.left_out:
            self._leave_out(one)
        schedule, entries = self._finish(made, named, each)
        each_is_length = self.asking.answers.get("each") == "length"
        pieces = pieces_of(self.text, self.tokens, drafted.drafts, self.owners, each_is_length=each_is_length)
        return Reading(self.text, named, entries, asking.open, pieces, schedule)

    # --- which medicine -------------------------------------------------------------------------------------

    def _medicine(self) -> str | None:
        """The medicine chosen, named, or asked for. What is of another one is left out."""
        written = [(i, known_medicine(t.text)) for i, t in enumerate(self.tokens) if t.kind is Kind.MEDICINE]
        for index, _ in written:
            self.owners[index] = PieceKind.MEDICINE
        names = list(dict.fromkeys(inn for _, inn in written if inn is not None))
        if not names:
            return self.medicine or self._asked_medicine()
        if self.medicine is None and len(names) == 1:
            return names[0]
        if names == [self.medicine]:
            return self.medicine
        options = dict.fromkeys([*names, *([self.medicine] if self.medicine else [])])
        answer = self.asking.ask(
            "medicine", "More than one medicine is named. Which one is this schedule for? What is written of another one is left out.",
            ", ".join(names), self.tokens[written[0][0]].start, tuple(Choice(inn, inn) for inn in options),
        )  # fmt: skip
        if answer is not None and len(names) > 1:
            inns = {index: inn for index, inn in written if inn is not None}
            others = Whose(self.tokens, inns, answer, self.asking).left_out()
            self.owners.update(dict.fromkeys(others, PieceKind.LEFT_OUT))
        return answer

    def _asked_medicine(self) -> str | None:
        nearest: tuple[str, ...] = ()
        quoted, start, index = "", 0, -1
        first = next((i for i, t in enumerate(self.tokens) if t.kind in MAINS), len(self.tokens))
        words = [
            i for i, t in enumerate(self.tokens[:first]) if t.kind is Kind.UNKNOWN and t.text[:1].isalpha()
        ]
        for word in words[:_WORDS_LOOKED_UP]:
            nearest = suggest(self.tokens[word].text[:40])
            if nearest:
                index, quoted, start = word, self.tokens[word].text, self.tokens[word].start
                break
        text = (
            f"We have no medicine called “{quoted}”. Which one is it?"
            if nearest
            else "Which medicine is this schedule for?"
        )
        answer = self.asking.ask(
            "medicine", text, quoted, start, tuple(Choice(n, n) for n in nearest), typed="medicine"
        )
        if index >= 0:
            self.owners[index] = PieceKind.NOT_UNDERSTOOD if answer is None else PieceKind.MEDICINE
        return None if answer is None else find_medicine(answer)

    def _columns(self, table: Table) -> None:
        """Columns that are neither doses nor lengths, such as remarks: one question for all of them."""
        cells = [index for index, token in enumerate(self.tokens) if token.kind is Kind.COLUMN]
        if not cells:
            return
        named = ", ".join(f"“{name}”" for name in table.other_names) or "without a heading"
        answer = self.asking.ask(
            "columns", f"We see neither doses nor lengths of time in the column {named}. May it be left out?",
            self.tokens[cells[0]].text.strip(), self.tokens[cells[0]].start, (Choice(SKIP, "Yes, leave it out"),),
        )  # fmt: skip
        kind = PieceKind.NOT_UNDERSTOOD if answer is None else PieceKind.LEFT_OUT
        self.owners.update(dict.fromkeys(cells, kind))

    # --- what nobody understood -----------------------------------------------------------------------------

    def _unknown_words(self, drafted: Drafted) -> list[Draft]:
        """The drafts to read, once each group of unknown words has been asked about."""
        groups = self._groups(drafted)
        kept = list(drafted.drafts)
        at_once = None
        worded = [g for g in groups if not any(c.isdigit() for c in self._quote(g))]
        if len(worded) > _MANY_UNKNOWN:
            shown = "; ".join(self._quote(g)[:40] for g in worded[:6]) + (" …" if len(worded) > 6 else "")
            at_once = self.asking.ask(
                "words", f"{len(worded)} pieces are words that we do not know. What shall we do with them?", shown,
                self.tokens[worded[0][0]].start,
                (Choice(SKIP, "Leave them all out"), Choice("each", "Ask about each")),
            )  # fmt: skip
        for group in groups:
            in_bulk = group in worded and len(worded) > _MANY_UNKNOWN and at_once != "each"
            answer = at_once if in_bulk else self._ask_about(group, drafted)
            if answer == SKIP:
                self.owners.update(dict.fromkeys(group, PieceKind.LEFT_OUT))
            elif answer == "part":
                kept = self._without_part(group, drafted, kept)
        return kept

    def _groups(self, drafted: Drafted) -> list[list[int]]:
        """Unknown words that stand together in one part of a line."""
        groups: list[list[int]] = []
        for index in sorted(i for i in set(drafted.unknown) if i not in self.owners):
            last = groups[-1][-1] if groups else None
            between = self.tokens[last + 1 : index] if last is not None else ()
            together = last is not None and drafted.segments[last] == drafted.segments[index]
            if together and all(t.kind is Kind.FILLER for t in between):
                groups[-1].append(index)
            else:
                groups.append([index])
        return groups

    def _quote(self, group: Sequence[int]) -> str:
        return self.text[self.tokens[group[0]].start : self.tokens[group[-1]].end].strip()

    def _ask_about(self, group: Sequence[int], drafted: Drafted) -> str | None:
        quoted, start = self._quote(group), self.tokens[group[0]].start
        beside = [d for d in drafted.drafts if d.segment == drafted.segments[group[0]]]
        options = [Choice(SKIP, "Leave out these words")]
        if beside:
            amounts = ", ".join(d.mains[0].text.strip() for d in beside)
            options = [Choice(SKIP, f"Leave out these words and keep: {amounts[:60]}"),
                       Choice("part", f"Leave out the whole part with {amounts[:60]}")]  # fmt: skip
            if re.search(r"\bby\b", quoted, re.IGNORECASE):
                # "Reduce by …": the amount alone would be read as a dose.
                options = options[1:]
        shown = quoted if len(quoted) <= 60 else f"{quoted[:60]}…"
        return self.asking.ask(f"words@{start}", f"We do not understand “{shown}”. What shall we do with it?", quoted, start,
                               tuple(options))  # fmt: skip

    def _without_part(self, group: Sequence[int], drafted: Drafted, kept: list[Draft]) -> list[Draft]:
        self.owners.update(dict.fromkeys(group, PieceKind.LEFT_OUT))
        beside = [d for d in kept if d.segment == drafted.segments[group[0]]]
        for one in beside:
            self._leave_out(one)
        return [d for d in kept if d not in beside]

    def _each(self, drafted: Drafted) -> int | None:
        """The days of "each for 4 weeks", and of "every 4 weeks" by itself where that is confirmed; several are none."""
        unknown = set(drafted.unknown)
        tokens = [(i, t) for i, t in enumerate(self.tokens) if i not in self.owners and i not in unknown]
        found = {length_of(_bare_length(t), self.asking) for _, t in tokens if t.kind is Kind.EACH}
        for index, token in [(i, t) for i, t in tokens if t.kind is Kind.EVERY]:
            days = every_of(token, self.asking)
            answer = days and self.asking.ask(
                "each", f"“{token.text.strip()}”: is each dose kept that long?", token.text, token.start,
                (Choice("length", f"Yes, {days} days where nothing else is written"), Choice(SKIP, "No, leave this out")),
            )  # fmt: skip
            if answer == "length":
                found.add(days)
            elif answer == SKIP:
                self.owners[index] = PieceKind.LEFT_OUT
        return found.pop() if len(found) == 1 else None

    def _strengths(self, *, has_volume: bool) -> None:
        """The strength of a liquid is no dose. Where volumes are written it answers for them; else it is asked about."""
        for index, token in enumerate(self.tokens):
            if token.kind is not Kind.STRENGTH or index in self.owners:
                continue
            if has_volume:
                self.owners[index] = PieceKind.MEDICINE
                continue
            answer = self.asking.ask(
                f"strength@{token.start}", f"“{token.text.strip()}” is the strength of a liquid, not a dose. May it be left out?",
                token.text, token.start, (Choice(SKIP, "Yes, leave it out"),),
            )  # fmt: skip
            if answer == SKIP:
                self.owners[index] = PieceKind.LEFT_OUT

    def _leave_out(self, one: Draft) -> None:
        self.owners.update(dict.fromkeys(one.tokens, PieceKind.LEFT_OUT))

    def _leave_out_item(self, item: Item) -> None:
        if item.draft is not None:
            self._leave_out(item.draft)

    # --- the schedule ---------------------------------------------------------------------------------------

    def _finish(
        self, made: Items, named: str | None, each: int | None
    ) -> tuple[Schedule | None, tuple[Entry, ...]]:
        if not made.whole:
            return None, tuple(Entry(item.dose, item.days) for item in made.made)
        for item in made.made:
            made.finish_dose(item)
        items = in_order(made.made, self.asking, self._leave_out_item)
        items = Finishing(self.asking, self.formulary, self._leave_out_item, self.text).asked(items)
        known = set_days(items, self.asking, each)
        entries = tuple(Entry(i.dose, i.days, i.alternate, i.takings) for i in items)
        if self.asking.count or not known:
            return None, entries
        return Schedule(self.name, named, entries, complete=True), entries


def _bare_length(token: Token) -> Token:
    """ "Each for 4 weeks" as the length in it."""
    found = re.search(
        rf"(?:{NUM}|[a-z]+)\s*{UNITS}",
        re.sub("each|for", " ", token.text, flags=re.IGNORECASE),
        re.IGNORECASE,
    )
    assert found is not None
    return Token(Kind.LENGTH, token.start, token.end, found[0])
