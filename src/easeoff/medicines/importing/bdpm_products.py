"""From the BDPM tables to products. The label's strength stands in the name and is compared with the composition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from easeoff.medicines.importing.catalogue import Catalogue, Substance, plain_name
from easeoff.medicines.importing.faults import Fault, RowFault
from easeoff.medicines.importing.forms import Form, depot_label, form_of
from easeoff.medicines.importing.listing import Listing
from easeoff.medicines.importing.readers import in_scope
from easeoff.medicines.importing.store import Store
from easeoff.medicines.importing.strengths import Strength, french_number, strength, strengths_in_name

_NOT_MARKETED = "authorised but declared not marketed"
_BOTH_VALPROATES = (
    "strength as labelled, as sodium valproate; the product holds sodium valproate and valproic acid"
)  # fmt: skip
_AMOUNT = re.compile(r"(\d[\d ]*(?:,\d+)*)\s*(mg|microgrammes?|g)\b")
_VOLUME = re.compile(r"(\d+(?:,\d+)?)\s*m[lL]\b")
_PERCENT = re.compile(r"(\d+(?:,\d+)?)\s*(?:POUR CENT|%)", re.IGNORECASE)
#: Labels by what a patch or a spray lets out; the composition says what is inside, so the two cannot be compared.
_NOT_IN_COMPOSITION = frozenset({"hour", "dose", "spray", "actuation"})
_PACK = re.compile(r"\bde (\d+) (?:comprim|gélule|capsule|sachet|film|suppositoire|dispositif|lyophilisat)")
#: French words of a form, and the English ones; several may apply.
_NOUNS = (
    ("microgranule a liberation prolongee en gelule", "capsule filled with pellets"), ("gelule", "capsule"),
    ("capsule", "capsule"), ("comprime", "tablet"), ("film orodispersible", "orodispersible film"),
    ("lyophilisat", "lyophilisate"), ("solution buvable en gouttes", "oral drops"),
    ("solution buvable gouttes", "oral drops"), ("granules", "granules"), ("suspension buvable", "oral suspension"),
    ("solution buvable", "oral solution"), ("sirop", "syrup"), ("suppositoire", "suppository"),
    ("implant", "implant"), ("dispositif", "transdermal patch"), ("suspension injectable", "suspension for injection"),
    ("solution injectable", "solution for injection"), ("injectable", "injection"),
    ("pulverisation", "spray solution"), ("poudre", "powder"), ("solution", "solution"), ("film", "film"),
    ("suspension", "suspension"),
)  # fmt: skip
_WORDS = (
    ("liberation prolongee", "prolonged-release"), ("liberation modifiee", "modified-release"),
    ("gastro-resistant", "gastro-resistant"), ("pellicule", "film-coated"), ("comprime enrobe", "coated"),
    ("granules enrobe", "coated"), ("dispersible ou a croquer", "dispersible or chewable"),
    ("orodispersible", "orodispersible"), ("dispersible", "dispersible"), ("effervescent", "effervescent"),
    ("a croquer", "chewable"), ("a sucer", "lozenge"),
)  # fmt: skip
_ROUTES = (
    ("subling", "sublingual"), ("transderm", "transdermal"), ("gingival", "buccal"), ("bucc", "buccal"),
    ("nasale", "nasal"), ("rectale", "rectal"), ("intramuscul", "intramuscular"), ("sous-cutan", "subcutaneous"),
    ("orale", "oral"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    """One substance of a product: the salt (SA) and, where it is given, the base (FT), each with its amount."""

    salt: Substance
    salt_amount: Strength | None
    base: Substance | None
    base_amount: Strength | None


def listings(store: Store, catalogue: Catalogue) -> Iterator[Listing | Fault]:
    """Each product of a medicine of ours; a `Fault` for one that cannot be read."""
    file = store.one("SELECT name FROM files WHERE role = 'cis'")
    ours = _ours(store, catalogue)
    for code, name, form, routes, status, marketed, _, line, _ in store.rows(
        "SELECT * FROM cis ORDER BY code"
    ).fetchall():
        if code not in ours:
            continue
        try:
            found = _listing(store, catalogue, code, name, form, routes)
        except RowFault as fault:
            yield Fault(file, line, code, f"{name}: {fault}")
            continue
        if found is None:
            continue
        on_sale = marketed == "Commercialisée" and status == "Autorisation active"
        quiet = _NOT_MARKETED if status == "Autorisation active" and not on_sale else ""
        note = "; ".join(filter(None, [found.note, quiet]))
        availability = "licensed_listed" if on_sale else "discontinued"
        yield replace(found, file=file, line=line, availability=availability, note=note)


def _ours(store: Store, catalogue: Catalogue) -> set[str]:
    names = {}
    for (name,) in store.rows("SELECT DISTINCT substance FROM compo").fetchall():
        found = catalogue.find_french(name)
        names[name] = found is not None and found.ours
    return {code for code, name in store.rows("SELECT DISTINCT code, substance FROM compo") if names[name]}


def _listing(
    store: Store, catalogue: Catalogue, code: str, name: str, words: str, routes: str
) -> Listing | None:
    parts = _parts(store, catalogue, code)
    filed = in_scope([None if part is None else part.salt for part in parts], catalogue)
    if filed is None:
        return None
    principal, partners = filed
    known = [part for part in parts if part is not None]
    form = _form(words, routes, name, principal)
    if form is None:
        return None
    own = [part for part in known if part.salt.name == principal.name]
    label, basis = _label(name, own)
    notes = [basis] + [_partner(part) for part in known if part.salt.name in partners]
    return Listing(
        file="", line=0, code=code, medicine=principal.name, form=english(words), form_group=form.group,
        strength=depot_label(label, form, english(words)), release=form.release, route=form.route, combination_with=partners, availability="",
        product_name=name, label=f"{principal.name.capitalize()} {label} {english(words)}", score=form.score,
        note="; ".join(filter(None, notes)), pack_sizes=_packs(store, code), parts=_scored(f"{words} {name}"),
    )  # fmt: skip


def _parts(store: Store, catalogue: Catalogue, code: str) -> list[_Part | None]:
    """The substances of a product, each salt joined to the base that has its link number."""
    rows = store.rows(
        "SELECT substance, amount, reference, nature, link FROM compo WHERE code = ? ORDER BY line", (code,)
    )
    salts: dict[tuple[str, str], tuple[str, str, str]] = {}
    bases: dict[str, tuple[str, str, str]] = {}
    for substance, amount, reference, nature, link in rows.fetchall():
        if nature == "SA":
            salts[(link, substance)] = (substance, amount, reference)
        else:
            bases[link] = (substance, amount, reference)
    found: list[_Part | None] = []
    for (link, _), salt in salts.items():
        substance = catalogue.find_french(salt[0])
        base = bases.get(link)
        known = catalogue.find_french(base[0]) if base else None
        if substance is None:
            found.append(None)
            continue
        same = known is not None and known.name == substance.name
        found.append(_Part(substance, _amount(*salt[1:]), known if same else None,
                           _amount(*base[1:]) if base and same else None))  # fmt: skip
    return found


def _amount(text: str, reference: str) -> Strength | None:
    if not text:
        return None
    match = _AMOUNT.search(text)
    if match is None or len(_AMOUNT.findall(text)) > 1:
        return None  # such as mEq, or two amounts: the name is then the only statement
    volume = _VOLUME.search(reference)
    per = french_number(volume[1]) if volume else None
    return _in_mg(strength(french_number(match[1]), match[2], per, "ml" if volume else ""))


def _in_mg(amount: Strength) -> Strength:
    """Grams as mg: labels are compared in the one unit that the list mostly uses."""
    return Strength(amount.mg, "mg", amount.per_value, amount.per_unit) if amount.unit == "g" else amount


def _label(name: str, own: list[_Part]) -> tuple[Strength, str]:
    """The label's strength and which salt it is of. Name and composition must agree."""
    named = _named(name)
    stated = [(part, amount, is_base) for part in own
              for amount, is_base in ((part.base_amount, True), (part.salt_amount, False)) if amount]  # fmt: skip
    if not named:
        if not stated:
            raise RowFault("neither its name nor its composition states a strength")
        part, amount, is_base = stated[0]
        return amount, "" if is_base else _basis(part)
    if not stated:
        return named[0], _basis(own[0]) if own[0].base is None else ""
    for part, amount, is_base in stated:
        for label in named:
            if label.ratio == amount.ratio:
                return label, "" if is_base else _basis(part)
            if label.mg == amount.mg and not label.per_unit:
                return amount, "" if is_base else _basis(part)
            if label.mg == amount.mg and not amount.per_unit:
                return label, "" if is_base else _basis(part)
    if named[0].per_unit in _NOT_IN_COMPOSITION:
        return named[0], ""
    if {part.salt.full_name for part in own} == {"sodium valproate", "valproic acid"}:
        return named[0], _BOTH_VALPROATES
    said, held = ", ".join(map(str, named)), ", ".join(str(amount) for _, amount, _ in stated)
    raise RowFault(f"its name says {said}, its composition says {held}")


def _basis(part: _Part) -> str:
    return f"strength is of {part.salt.full_name}" if part.salt.salt else ""


def _named(name: str) -> tuple[Strength, ...]:
    percent = _PERCENT.search(name)
    if percent:
        return (_in_mg(Strength(french_number(percent[1]), "g", Decimal(100), "ml")),)
    return tuple(_in_mg(amount) for amount in strengths_in_name(name, french=True))


def _partner(part: _Part) -> str:
    amount = part.base_amount or part.salt_amount
    return (
        f"with {part.salt.name} {Strength(amount.value, amount.unit)}" if amount else f"with {part.salt.name}"
    )


def english(words: str) -> str:
    """The French words of a form in English."""
    text = plain_name(words)
    noun = next((english for french, english in _NOUNS if french in text), text)
    adjectives: list[str] = []
    for french, word in _WORDS:
        if french in text and word not in noun and not any(word in other for other in adjectives):
            adjectives.append(word)
    return " ".join([*adjectives, noun])


def _form(words: str, routes: str, name: str, principal: Substance) -> Form | None:
    via = next((ours for french, ours in _ROUTES if french in plain_name(routes)), "")
    text = english(words)
    if via == "transdermal":
        text += " transdermal"
    if "sachet" in name and via == "oral" and "tablet" not in text:
        text += " sachet"
    if re.search(r"\bLP\b", name) and "release" not in text:
        text += " prolonged-release"
    return form_of(text, via, principal.salt, principal.name)


def _scored(text: str) -> int:
    plain = plain_name(text)
    return 4 if "quadrisecable" in plain else 2 if "secable" in plain and "non secable" not in plain else 0


def _packs(store: Store, code: str) -> tuple[Decimal, ...]:
    """Pack sizes in pieces, of packs that are on sale; packs that are counted otherwise are left out."""
    packs = store.rows("SELECT pack, marketed FROM cip WHERE code = ?", (code,)).fetchall()
    sizes = {Decimal(match[1]) for pack, marketed in packs if marketed == "Déclaration de commercialisation"
             for match in [_PACK.search(pack)] if match and not re.search(r"\d+ (?:plaquette|flacon|tube)", pack)}  # fmt: skip
    return tuple(sorted(sizes))
