"""What is known of a medicine that simulation needs, and what is missing: each figure with its origin, nothing guessed in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import exp, log, sqrt

from easeoff.medicines.kinetics import Depot, KineticFigure, Quantity, kinetic_figure
from easeoff.medicines.model import Confidence, Curve, HalfLife, Medicine, Provenance, Release
from easeoff.pharmacology.kinetics import Kinetics, rate_of
from easeoff.quantities import EaseoffError

#: A range is read as what 5 to 95 of 100 people lie within: two times 1.645 standard deviations. Project choice.
_RANGE_SDS = 2 * 1.645


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure that the simulation rests on: what it is, its value in words, and where it comes from."""

    what: str
    value: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviations, between people, of the logarithms of what they differ in.

    ``clearance`` is ``None`` where only the half-life is known to differ: then mean levels are taken to be alike.
    """

    half_life: float
    metabolite_half_life: float
    ed50: float
    clearance: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a simulation of one medicine in one release rests on.

    ``curve`` gives occupancy and is ``None`` where no fit may be planned with; ``ed50_mg`` is in mg of the form taken.
    ``remarks`` say what is missing and what is shown instead, in whole sentences; ``left_out`` is what changes levels in some people or at
    some doses, and is on record but not in the model.
    """

    medicine: str
    kinetics: Kinetics
    spread: Spread
    curve: Curve | None
    ed50_mg: float
    figures: tuple[Shown, ...]
    remarks: tuple[str, ...]
    left_out: tuple[Shown, ...] = ()

    @property
    def emax_percent(self) -> float:
        """The curve's ceiling. Raises `EaseoffError` without a curve."""
        if self.curve is None:
            raise EaseoffError(f"There is no curve for {self.medicine}.", "Levels are shown instead.")
        return float(self.curve.emax_percent)


class MissingKinetics(EaseoffError):  # noqa: N818
    """A figure without which no course can be drawn."""

    def __init__(self, medicine: str) -> None:
        super().__init__(
            f"No half-life of {medicine} is on record that may be used, so no level can be drawn.",
            "The plan itself shows each dose, its share of the start and what each step takes away.",
        )


def known_of(medicine: Medicine, release: Release, curve: Curve | None, factor: float = 1.0) -> Known:
    """What is known of ``medicine`` in this release. ``factor`` mg of a tablet do what 1 mg of the form taken does.

    Raises `MissingKinetics` where there is no half-life.
    """
    record = medicine.half_life
    if record is None or record.provenance.confidence is Confidence.UNVERIFIED:
        raise MissingKinetics(medicine.name)
    gathered = _Gathered(medicine, release)
    ke = rate_of(gathered.half_life(record))
    km, share = gathered.metabolite(record)
    lag, over = gathered.input()
    kinetics = Kinetics(gathered.absorption(ke), ke, km, share, gathered.effect(), lag, over)
    spread = gathered.spread(record, km is not None, curve=curve is not None)
    half = 0.0
    if curve is not None and curve.ed50_mg is not None:
        half = float(curve.ed50_mg) / factor
        gathered.curve(curve)
    else:
        gathered.remarks.append(
            "No published curve may be used for this medicine, so what it does in the brain is not shown: only levels, as a share of "
            "the level on the starting dose."
        )
    left_out = tuple(
        Shown(note.name, note.condition, note.provenance)
        for note in medicine.notes
        if note.name == "level_modifier"
    )
    return Known(
        medicine.name,
        kinetics,
        spread,
        curve,
        half,
        tuple(gathered.figures),
        tuple(gathered.remarks),
        left_out,
    )


def known_of_depot(depot: Depot, medicine: Medicine) -> Known:
    """What is known of a long-acting injection. The injection lets go so slowly that this sets the level."""
    value, low, high = (float(hours) for hours in (depot.half_life_h, depot.low_h, depot.high_h))
    gathered = _Gathered(medicine, Release.DEPOT)
    gathered.show(
        "apparent half-life of the injection",
        f"{_days(value)} ({_days(low)} to {_days(high)})",
        depot.provenance,
    )
    oral = medicine.half_life
    elimination = value / 100
    if oral is not None and oral.provenance.confidence is not Confidence.UNVERIFIED:
        elimination = min(gathered.half_life(oral), value)
    gathered.remarks.append("Only half-lives are on record for this injection: levels are shown as a share of the usual mean level, "
                            "and what it does in the brain is not shown.")  # fmt: skip
    # What is slow is the way in: the spread of the apparent half-life is put on it, by way of the rates swapped.
    kinetics = Kinetics(rate_of(elimination), rate_of(value), lag_h=float(depot.lag_h))
    spread = Spread(log(high / low) / _RANGE_SDS or gathered.default_sd(), 0.0, 0.0)
    return Known(depot.name, kinetics, spread, None, 0.0, tuple(gathered.figures), tuple(gathered.remarks))


class _Gathered:
    """Figures and remarks as they are looked up."""

    def __init__(self, medicine: Medicine, release: Release) -> None:
        self.medicine, self.release = medicine, release
        self.figures: list[Shown] = []
        self.remarks: list[str] = []

    def show(self, what: str, value: str, provenance: Provenance) -> None:
        """Keep one figure for the list of what this rests on."""
        self.figures.append(Shown(what, value, provenance))

    def _look(self, quantity: Quantity, release: str) -> KineticFigure | None:
        return kinetic_figure(self.medicine.name, release, quantity)

    def _need(self, quantity: Quantity, release: str) -> KineticFigure:
        found = self._look(quantity, release)
        if found is None:
            raise EaseoffError(f"The data hold no {quantity}.", "Run “easeoff data check”.")
        return found

    def half_life(self, record: HalfLife) -> float:
        """Hours; the geometric mean where only a range is printed."""
        ends = (record.low_hours, record.high_hours)
        if record.hours is not None:
            value, note = float(record.hours), ""
        elif ends[0] is not None and ends[1] is not None:
            value = sqrt(float(ends[0]) * float(ends[1]))
            note = f", the geometric mean of {_hours(float(ends[0]))} to {_hours(float(ends[1]))} (project choice)"
        else:
            raise MissingKinetics(self.medicine.name)
        self.show(f"half-life of {self.medicine.name}", _hours(value) + note, record.provenance)
        return value

    def metabolite(self, record: HalfLife) -> tuple[float | None, float]:
        """Rate and share of the active metabolite, where one with a half-life is on record."""
        if record.metabolite_hours is None:
            if record.active_metabolite and "none" not in record.active_metabolite:
                self.remarks.append(
                    f"{self.medicine.name.capitalize()} has an active metabolite ({record.active_metabolite}), but no half-life of it is "
                    "on record: it is left out, and the real fall is likely to be slower."
                )
            return None, 0.0
        share = self._need(Quantity.METABOLITE_SHARE, "any")
        self.show(f"half-life of {record.active_metabolite}, its active metabolite",
                  _hours(float(record.metabolite_hours)), record.provenance)  # fmt: skip
        self.show(
            f"share of the effect that {record.active_metabolite} carries", f"{share.value}", share.provenance
        )
        return rate_of(float(record.metabolite_hours)), float(share.value)

    def absorption(self, ke: float) -> float:
        """The rate at which the gut empties into the blood, from the time of the highest level."""
        peak = self._need(Quantity.PEAK_H, Release.IR)
        self.show(
            "time from a dose to the highest level (plain form)", _hours(float(peak.value)), peak.provenance
        )
        return absorption_rate(float(peak.value), ke)

    def input(self) -> tuple[float, float]:
        """Lag and hours of release of the form taken."""
        lag = over = 0.0
        if self.release is Release.MR:
            figure = self._need(Quantity.RELEASE_H, Release.MR)
            over = float(figure.value)
            self.show("time over which the slow-release form lets go", _hours(over), figure.provenance)
        if self.release is Release.GR:
            figure = self._need(Quantity.LAG_H, Release.GR)
            lag = float(figure.value)
            self.show("time before the gastro-resistant coat opens", _hours(lag), figure.provenance)
        return lag, over

    def effect(self) -> float | None:
        """The rate at which the place of effect follows the blood, where it is on record."""
        figure = self._look(Quantity.EFFECT_HALF_LIFE_H, self.release)
        if figure is None:
            self.remarks.append(
                "How much later the brain follows the blood is not on record: it is drawn as if at once. Where it was measured, the effect in "
                "the brain outlasted the level in the blood, so a missed dose may matter less than is shown."
            )
            return None
        self.show(
            "half-life of the delay between blood and brain", _hours(float(figure.value)), figure.provenance
        )
        return rate_of(float(figure.value))

    def default_sd(self) -> float:
        """How far half-lives differ where no range is on record."""
        figure = self._need(Quantity.HALF_LIFE_LOG_SD, "any")
        self.show("spread of half-lives between people (where no range is on record)",
                  f"about {round(100 * float(figure.value))} %", figure.provenance)  # fmt: skip
        return float(figure.value)

    def spread(self, record: HalfLife, metabolite: bool, *, curve: bool = False) -> Spread:
        """How far people differ, as far as sources say."""
        low, high = _range(self.medicine, record)
        if high > low:
            half_life = log(high / low) / _RANGE_SDS
            self.show("range of half-lives on record, read as 5 to 95 of 100 people (project choice)",
                      f"{_hours(low)} to {_hours(high)}", record.provenance)  # fmt: skip
        else:
            half_life = self.default_sd()
        of_metabolite = 0.0
        ends = (record.metabolite_low_hours, record.metabolite_high_hours)
        if metabolite:
            known = ends[0] is not None and ends[1] is not None
            of_metabolite = log(float(ends[1]) / float(ends[0])) / _RANGE_SDS if known else half_life  # type: ignore[arg-type]
        clearance = self._look(Quantity.CLEARANCE_CV, "any")
        ed50 = self._need(Quantity.ED50_LOG_SD, "any")
        cleared = None
        if clearance is None:
            self.remarks.append(
                "How much levels differ between people on the same dose is not on record. The band shows only that some lose the medicine "
                "faster than others"
                + (", and that some need more of it for the same effect." if curve else ".")
            )
        else:
            cleared = sqrt(log(1 + (float(clearance.value) / 100) ** 2))
            self.show("spread of clearance between people", f"{clearance.value} %", clearance.provenance)
        return Spread(half_life, of_metabolite, float(ed50.value), cleared)

    def curve(self, curve: Curve) -> None:
        """The fit that occupancy comes from, and how far people differ from it."""
        self.show(f"curve of {curve.target} occupancy, {curve.region}",
                  f"half effect at {curve.ed50_mg} mg a day, ceiling {curve.emax_percent} %", curve.provenance)  # fmt: skip
        ed50 = self._need(Quantity.ED50_LOG_SD, "any")
        low, high = (exp(sign * 1.645 * float(ed50.value)) for sign in (-1, 1))
        self.show("spread of the dose of half effect between people",
                  f"5 to 95 of 100 people within {low:.2g} and {high:.2g} times the published", ed50.provenance)  # fmt: skip


def absorption_rate(peak_h: float, ke: float) -> float:
    """The ka for which one dose peaks after ``peak_h`` hours: ``ln(ka/ke) / (ka - ke) = peak_h``, and never below ``ke``.

    A peak later than 1/ke cannot be had with ka above ke; then ka is ke, the latest peak there is without swapping the two.
    """
    if peak_h * ke >= 1:
        return ke
    low, high = ke, ke * 2.0
    while _peak(high, ke) > peak_h:
        high *= 2
    for _ in range(200):
        middle = sqrt(low * high)
        low, high = (middle, high) if _peak(middle, ke) > peak_h else (low, middle)
    return sqrt(low * high)


def _peak(ka: float, ke: float) -> float:
    return 1 / ke if ka == ke else log(ka / ke) / (ka - ke)


def _range(medicine: Medicine, preferred: HalfLife) -> tuple[float, float]:
    """The lowest and highest half-life of any usable record by the same way of taking it."""
    alike = [
        record
        for record in medicine.half_lives
        if record.provenance.confidence is not Confidence.UNVERIFIED
        and ("oral" in record.route) == ("oral" in preferred.route)
        and "depot" not in record.route
    ]
    figures = list(_figures(alike))
    return min(figures), max(figures)


def _figures(records: Iterable[HalfLife]) -> Iterable[float]:
    for record in records:
        for hours in (record.low_hours, record.hours, record.high_hours):
            if hours is not None:
                yield float(hours)


def _hours(hours: float) -> str:
    if hours >= 96:
        return _days(hours)
    return f"{Decimal(str(round(hours, 1 if hours < 20 else 0))).normalize():f} hours"


def _days(hours: float) -> str:
    return f"{round(hours / 24)} days" if hours >= 240 else f"{round(hours / 24, 1):g} days"
