"""The form taken now, and which products may be used to come down from it.

Plain immediate-release oral forms count 1:1 in mg (project choice, printed as a change to confirm) unless a record says
otherwise. Modified-release and gastro-resistant products are left only by record, so a plan keeps release and form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from easeoff.medicines import country_in_words
from easeoff.medicines.model import Formulary, Product, Release
from easeoff.planning.findings import OpenQuestion
from easeoff.planning.request import TaperRequest
from easeoff.quantities import EaseoffError, format_mg

#: Plain oral immediate-release forms between which mg count 1:1. Drops are left out: they need a record.
PLAIN_FORMS = frozenset(
    {
        "tablet",
        "capsule",
        "dispersible_tablet",
        "orodispersible",
        "oral_solution",
        "oral_suspension",
        "oral_concentrate",
    }
)
#: What people call the forms, and the ``form_group`` each means.
FORM_WORDS = {
    "tablet": "tablet",
    "capsule": "capsule",
    "dispersible tablet": "dispersible_tablet",
    "orodispersible tablet": "orodispersible",
    "melt-in-the-mouth tablet": "orodispersible",
    "chewable tablet": "chewable_tablet",
    "liquid": "oral_solution",
    "oral solution": "oral_solution",
    "oral suspension": "oral_suspension",
    "concentrate": "oral_concentrate",
    "drops": "oral_drops",
    "sachet": "granules",
}
#: Words for forms that no plan is made of, so that whoever takes one is told so.
_NOT_SWALLOWED = frozenset({
    "patch", "patche", "depot", "injection", "syringe", "pen", "suppository", "suppositorie", "spray", "implant",
    "pump", "infusion", "inhaler", "enema", "pessary",
})  # fmt: skip
_LIQUIDS = frozenset({"oral_solution", "oral_suspension", "oral_concentrate"})
_RELEASE_WORDS = {
    "MR": Release.MR,
    "XL": Release.MR,
    "XR": Release.MR,
    "ER": Release.MR,
    "SR": Release.MR,
    "PR": Release.MR,
    "GR": Release.GR,
    "EC": Release.GR,
    "IR": Release.IR,
}
_RELEASE_PHRASES = {
    "modified-release": "MR",
    "modified release": "MR",
    "extended-release": "MR",
    "extended release": "MR",
    "prolonged-release": "MR",
    "prolonged release": "MR",
    "slow-release": "MR",
    "slow release": "MR",
    "gastro-resistant": "GR",
    "gastro resistant": "GR",
    "enteric-coated": "GR",
    "enteric coated": "GR",
    "delayed-release": "GR",
    "delayed release": "GR",
    "plain": "IR",
    "ordinary": "IR",
}


@dataclass(frozen=True, slots=True)
class StartForm:
    """Release and form group of what is taken now; ``assumed`` where it was not said.

    ``acts_hours`` is for how long the slow-release kind taken now is made to act, where the dose or the name tells it.
    """

    release: Release
    form_group: str
    assumed: bool = False
    acts_hours: Decimal | None = None

    @property
    def words(self) -> str:
        """``MR capsule``, ``tablet``: as it is asked for and printed."""
        word = next(
            (w for w, group in FORM_WORDS.items() if group == self.form_group),
            self.form_group.replace("_", " "),
        )
        return word if self.release is Release.IR else f"{self.release.value} {word}"


def parse_form(text: str) -> StartForm:
    """``MR capsule``, ``modified-release tablet``, ``liquid``. Raises `EaseoffError` naming the forms that are known."""
    lowered = " ".join(text.strip().lower().split())
    for phrase, short in _RELEASE_PHRASES.items():
        lowered = lowered.replace(phrase, short.lower())
    words = lowered.split()
    release = Release.IR
    for word in words:
        if word.upper() in _RELEASE_WORDS:
            release = _RELEASE_WORDS[word.upper()]
    rest = " ".join(w for w in words if w.upper() not in _RELEASE_WORDS)
    singular = rest if rest == "drops" else rest.removesuffix("s")
    group = FORM_WORDS.get(singular)
    if group is None and _NOT_SWALLOWED.intersection(singular.split()):
        raise EaseoffError(
            "Patches, injections, sprays and suppositories are not planned here: only what is swallowed is.",
            "Go on with it as prescribed, and ask your prescriber how it could be reduced.",
        )
    if group is None:
        raise EaseoffError(
            f"“{text.strip()[:40]}” is not a form we know.",
            f"Use one of: {', '.join(FORM_WORDS)}; with MR or GR before it where the box says so.",
        )
    return StartForm(release, group)


def start_form(formulary: Formulary, request: TaperRequest) -> tuple[StartForm, OpenQuestion | None]:
    """The form taken now: as said, or assumed, with the question where it matters.

    It is asked where a few pieces of more than one release make today's dose, because one release is never swapped for
    another without a record.
    """
    taken = [
        p for p in formulary.products if not p.combination_with and p.route == "oral" and p.tier is not None
    ]
    if request.form is not None:
        form = parse_form(request.form)
        if taken and not any(_same_form(p, form) for p in taken):
            known = sorted({StartForm(p.release, p.form_group).words for p in taken})
            raise EaseoffError(
                f"{formulary.medicine.name.capitalize()} as {form.words} is not listed in {country_in_words(formulary.country)}.",
                f"Listed there: {', '.join(known)}.",
            )
        return _of_its_kind(taken, form, request), None
    listed = [p for p in taken if p.tier is not None and p.tier.rank == 0] or taken
    releases = {p.release for p in listed}
    exact = set() if request.intakes else {p.release for p in listed if p.mg_per_unit == request.dose}
    candidates = _able(listed, request) or releases
    # Assumed: the form whose one piece is today's dose; among several, the one with the fewest ways down.
    likely = exact or candidates
    release = next((r for r in (Release.MR, Release.GR) if r in likely), Release.IR)
    form = _of_its_kind(
        listed, StartForm(release, _usual_group(listed, release, request.dose), assumed=True), request
    )
    if len(candidates) < 2:
        return form, None
    forms = sorted({StartForm(p.release, p.form_group).words for p in listed if p.release in candidates})
    return form, OpenQuestion(
        "form",
        f"Which form do you take now: {', '.join(forms)}?",
        "Slow-release and ordinary forms come down in different ways, and one is not swapped for the other without a prescriber.",
    )


#: What the names of slow-release kinds say of hours, where records tell the kinds of a medicine apart.
_HOURS_BY_NAME = {"SR": Decimal(12), "XL": Decimal(24)}


def _of_its_kind(products: list[Product], form: StartForm, request: TaperRequest) -> StartForm:
    """``form`` with the hours its slow-release kind acts: by the name that was written, else by the pieces today's doses take."""
    of_form = [p for p in products if _same_form(p, form)]
    told = {p.acts_hours for p in of_form} - {None}
    if not told:
        return form
    words = (request.form or "").upper().split()
    named = next((hours for word, hours in _HOURS_BY_NAME.items() if word in words and hours in told), None)
    return replace(form, acts_hours=named or _hours_by_dose(of_form, request))


def _hours_by_dose(products: list[Product], request: TaperRequest) -> Decimal | None:
    """The one figure that every piece today's doses can be made of has; ``None`` where that may be more than one kind."""
    doses = [i.mg for i in request.intakes if i.mg] or [request.dose]
    found: set[Decimal | None] = set()
    for dose in doses:
        whole = {p.acts_hours for p in products if p.mg_per_unit == dose}
        found |= whole or {p.acts_hours for p in products if _makes_in_few(p, dose)}
    return next(iter(found)) if len(found) == 1 else None


#: Today's dose is taken to be made of at most so many equal pieces. Project choice.
_FEW_PIECES = 4


#: A kind that acts for longer than this together over a day's doses is not the one that is taken. Project choice.
_DAY_AND_A_HALF_HOURS = 36


def _able(listed: list[Product], request: TaperRequest) -> set[Release]:
    """The releases of which a few pieces make every dose of the day."""
    doses = [i.mg for i in request.intakes if i.mg] or [request.dose]
    fitting = [
        p for p in listed if p.acts_hours is None or p.acts_hours * len(doses) <= _DAY_AND_A_HALF_HOURS
    ]
    by_dose = [{p.release for p in fitting if _makes_in_few(p, dose)} for dose in doses]
    return set[Release].intersection(*by_dose)


def _makes_in_few(product: Product, dose: Decimal) -> bool:
    if product.mg_per_unit is None:
        return False
    pieces = dose / product.mg_per_unit
    return pieces == int(pieces) and pieces <= _FEW_PIECES


def usable_products(formulary: Formulary, request: TaperRequest, form: StartForm) -> tuple[Product, ...]:
    """What may be planned with: of the tiers asked for, the right release and form, and only what is at hand."""
    chosen = request.products
    if chosen is not None:
        known = {p.id for p in formulary.products}
        for product_id in chosen:
            if product_id not in known:
                raise EaseoffError(
                    f"“{product_id[:60]}” is not a product listed in {formulary.country}.",
                    f"See the list with: easeoff medicines {formulary.medicine.name}",
                )
    return tuple(
        p
        for p in formulary.products
        if p.tier is not None
        and (p.id in chosen if chosen is not None else p.tier.rank <= request.tier.rank)
        and may_follow(formulary, p, form)
    )


def may_follow(formulary: Formulary, product: Product, form: StartForm) -> bool:
    """Whether a plan from ``form`` may use ``product`` at all."""
    if product.combination_with or product.route != "oral" or product.release is Release.DEPOT:
        return False
    if product.acts_hours not in (None, form.acts_hours):
        return False
    if _same_form(product, form):
        return True
    if (
        formulary.medicine.never_change_form
        or Release.IR not in {form.release, product.release}
        or form.release is not product.release
    ):
        return False
    return equivalent_factor(formulary, product, form) is not None


def equivalent_factor(formulary: Formulary, product: Product, form: StartForm) -> Fraction | None:
    """mg of the starting form that 1 mg of ``product`` stands for, or ``None`` where nothing is on record."""
    group = product.form_group
    if _same_form(product, form):
        return Fraction(1)
    for record in formulary.form_equivalences:
        if (
            record.country == formulary.country
            and _matches(record.from_form, group)
            and _matches(record.to_form, form.form_group)
        ):
            return Fraction(record.factor)
    if group in PLAIN_FORMS and form.form_group in PLAIN_FORMS:
        return Fraction(1)
    return None


def curve_factor(formulary: Formulary, form: StartForm) -> Fraction | None:
    """How many mg of a tablet 1 mg of the starting form stands for, because the curves were measured on tablets and
    capsules; ``None`` where nothing is on record, so that no curve may be used."""
    if form.release is not Release.IR or form.form_group in PLAIN_FORMS:
        return Fraction(1)
    for record in formulary.form_equivalences:
        if record.country == formulary.country and (record.from_form, record.to_form) == (
            form.form_group,
            "tablet",
        ):
            return Fraction(record.factor)
    return None


def _matches(recorded: str, group: str) -> bool:
    """A record about tablets holds for the plain forms that count 1:1 with tablets."""
    return recorded == group or (recorded == "tablet" and group in PLAIN_FORMS)


def _same_form(product: Product, form: StartForm) -> bool:
    if product.release is not form.release:
        return False
    return product.form_group == form.form_group or (
        product.form_group in _LIQUIDS and form.form_group in _LIQUIDS
    )


def _usual_group(listed: list[Product], release: Release, dose: Decimal) -> str:
    of_release = [p for p in listed if p.release is release and p.mg_per_unit is not None]
    of_release.sort(
        key=lambda p: (
            p.mg_per_unit != dose,
            p.form_group != "capsule" if release is not Release.IR else p.form_group != "tablet",
        )
    )
    if of_release:
        return of_release[0].form_group
    return listed[0].form_group if listed else "tablet"


#: A dose of more than so many of the largest listed piece is asked back as a decimal slip. Project choice.
MOST_PIECES_PLAUSIBLE = 8


def refuse_implausible_dose(formulary: Formulary, dose: Decimal) -> None:
    """Ask back a dose that takes more than eight of the largest listed piece."""
    largest = max(
        (
            p.mg_per_unit
            for p in formulary.products
            if p.mg_per_unit is not None and not p.combination_with and p.route == "oral"
        ),
        default=None,
    )
    if largest is not None and dose > largest * MOST_PIECES_PLAUSIBLE:
        raise EaseoffError(
            f"{format_mg(dose)} of {formulary.medicine.name} a day would take more than {MOST_PIECES_PLAUSIBLE} of the largest "
            f"listed piece ({format_mg(largest)}).",
            "Check the decimal point and the unit on the box.",
        )
