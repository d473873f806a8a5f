"""A request on its way to an approach: what every family of methods starts from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from easeoff.medicines.model import Curve, Formulary
from easeoff.medicines.schedules import find_schedule
from easeoff.pharmacology import Occupancy, ShareOfStart, scale_of, worst_scales
from easeoff.planning.forms import StartForm, curve_factor
from easeoff.planning.methods.registry import record_for
from easeoff.planning.methods.rhythm import Rhythm
from easeoff.planning.pace import Pace, first_cut_percent
from easeoff.planning.plan import MethodAbout
from easeoff.planning.request import BandCut, MethodName, MethodSettings, TaperRequest
from easeoff.quantities import to_grid


@dataclass(frozen=True, slots=True)
class Asking:
    """What was asked and what is known: ``name`` is the method chosen, ``because`` why; ``gentle`` while a question is open.

    ``smallest`` is the smallest measurable dose in grid units. ``curve`` is the one that may be planned with in this form.
    """

    formulary: Formulary
    request: TaperRequest
    pace: Pace
    form: StartForm
    gentle: bool
    smallest: int | None
    curve: Curve | None
    name: MethodName
    because: tuple[str, ...]

    @property
    def start(self) -> int:
        """Today's dose in grid units."""
        return to_grid(self.request.dose)

    @property
    def settings(self) -> MethodSettings:
        """What the method needs besides."""
        return self.request.settings

    @property
    def about(self) -> MethodAbout:
        """What there is to say of the method, by the source of the published schedule where one is followed or lent its bands."""
        about = record_for(self.name, self.settings).about
        if self.settings.schedule is None:
            return about
        known = find_schedule(self.settings.schedule).provenance
        return replace(about, sources=(known.source,), confidence=known.confidence.value)

    @property
    def base(self) -> str:
        """What its steps are counted from."""
        return record_for(self.name, self.settings).base

    @property
    def first_cut(self) -> Decimal:
        """The largest first cut, in percent of the start, by risk."""
        return first_cut_percent(self.pace, self.request.person)

    @property
    def days(self) -> int:
        """Days between steps: as asked, the ramp's first, or the class's."""
        if self.settings.ramp:
            return self.settings.ramp[0]
        if self.request.every is not None:
            return self.request.every
        return self.pace.days_gentle if self.gentle else self.pace.days

    def rhythm(self, bands: tuple[BandCut, ...] = ()) -> Rhythm:
        """The days of each step."""
        by_band = tuple((to_grid(b.above_mg), b.days or self.days) for b in bands)
        return Rhythm(self.days, by_band, self.settings.ramp, self.settings.at_least)

    def scales(self) -> tuple[Occupancy | ShareOfStart, tuple[Occupancy, ...]]:
        """The scale effects are told on, points where a curve may be used, and those of the worst drop."""
        factor = curve_factor(self.formulary, self.form)
        if self.curve is None or factor is None:
            return ShareOfStart(self.start), ()
        worst = worst_scales(self.formulary.medicine, self.curve, self.start, factor)
        return scale_of(self.curve, self.start, factor), worst
