"""The parts of the plan file around its steps: method, summary, supply, findings and sources."""

from __future__ import annotations

from dataclasses import replace

from easeoff.documents.jsonrecord import JsonRecord
from easeoff.documents.requestfile import JsonObject, amount_or_null, band_from, band_object
from easeoff.medicines.model import Confidence, Source
from easeoff.planning.findings import Finding, Level
from easeoff.planning.plan import (
    CitedSource,
    EffectKind,
    Limits,
    Method,
    MethodAbout,
    StepSupply,
    Summary,
    SupplyLine,
)
from easeoff.planning.request import MethodName
from easeoff.quantities import plain


def method_object(method: Method) -> JsonObject:
    """The method; limits in points and percent are numbers, those in mg decimal strings."""
    limits = method.limits
    return {
        "name": method.name,
        "base": method.base,
        "limits": {
            "points": limits.points,
            "percent_of_current": limits.percent_of_current,
            "percent_of_start": limits.percent_of_start,
            "tail_percent_of_start": limits.tail_percent_of_start,
            "mg": amount_or_null(limits.mg),
            "first_cut_percent": limits.first_cut_percent,
            "last_steps_mg": amount_or_null(limits.last_steps_mg),
        },
        "end_dose_mg": amount_or_null(method.end_dose_mg),
        "because": method.because,
        **_method_details(method),
    }


def _method_details(method: Method) -> JsonObject:
    """What only some methods have, and what is said of each since it is kept: left out where there is nothing."""
    said: JsonObject = {}
    if method.bands:
        said["bands"] = [band_object(band) for band in method.bands]
    if method.block_days is not None:
        said["block_days"] = method.block_days
    if method.ramp:
        said["ramp"] = method.ramp
    if method.schedule is not None:
        said["schedule"] = method.schedule
    if method.about is not None:
        said["about"] = _about_object(method.about)
    return said


def _about_object(about: MethodAbout) -> JsonObject:
    return {"title": about.title, "end_rule": about.end_rule, "used_by": about.used_by, "known": about.known,
            "sources": about.sources, "confidence": about.confidence}  # fmt: skip


def _about_from(record: JsonRecord) -> MethodAbout:
    about = MethodAbout(
        title=record.text("title"),
        end_rule=record.text("end_rule"),
        used_by=record.text("used_by"),
        known=record.text("known"),
        sources=record.texts("sources"),
        confidence=record.one_of("confidence", Confidence).value,
    )
    record.finish()
    return about


def method_from(record: JsonRecord) -> Method:
    """The method in ``record``."""
    limits = record.record("limits")
    method = Method(
        name=record.one_of("name", MethodName),
        base=record.text("base"),
        limits=Limits(
            points=limits.maybe("points", limits.number),
            percent_of_current=limits.maybe("percent_of_current", limits.number),
            percent_of_start=limits.maybe("percent_of_start", limits.number),
            tail_percent_of_start=limits.maybe("tail_percent_of_start", limits.number),
            mg=limits.maybe("mg", limits.amount),
            first_cut_percent=limits.maybe("first_cut_percent", limits.number),
            last_steps_mg=limits.maybe("last_steps_mg", limits.amount),
        ),
        end_dose_mg=record.maybe("end_dose_mg", record.amount),
        because=record.texts("because"),
        bands=tuple(band_from(item) for item in record.records("bands")) if record.has("bands") else (),
        block_days=record.whole("block_days") if record.has("block_days") else None,
        ramp=record.wholes("ramp") if record.has("ramp") else (),
        schedule=record.text("schedule") if record.has("schedule") else None,
        about=_about_from(record.record("about")) if record.has("about") else None,
    )
    limits.finish()
    record.finish()
    return method


def summary_object(summary: Summary) -> JsonObject:
    """The plan in figures."""
    return {
        "steps": summary.steps,
        "days": summary.days,
        "largest_drop": summary.largest_drop,
        "last_drop": summary.last_drop,
        "worst_last_drop": summary.worst_last_drop,
        "effect_kind": summary.effect_kind,
        "within_limit": summary.within_limit,
        "products": summary.products,
        "mean_gap_to_ideal": summary.mean_gap_to_ideal,
        "checked": {
            "steps": summary.checked_steps,
            "largest_drop": summary.checked_largest_drop,
            "handling": summary.checked_handling,
        },
    }


def summary_from(record: JsonRecord) -> Summary:
    """The summary in ``record``."""
    checked = record.record("checked")
    summary = Summary(
        steps=record.whole("steps"),
        days=record.whole("days"),
        largest_drop=record.number("largest_drop"),
        last_drop=record.number("last_drop"),
        worst_last_drop=record.maybe("worst_last_drop", record.number),
        effect_kind=record.one_of("effect_kind", EffectKind),
        within_limit=record.flag("within_limit"),
        products=record.texts("products"),
        mean_gap_to_ideal=record.number("mean_gap_to_ideal"),
        checked_steps=checked.flag("steps"),
        checked_largest_drop=checked.flag("largest_drop"),
        checked_handling=checked.flag("handling"),
    )
    checked.finish()
    record.finish()
    return summary


def supply_object(line: SupplyLine) -> JsonObject:
    """How much of one product is needed; what older versions did not count is left out where it is not there."""
    written: JsonObject = {
        "product": line.product, "amount": plain(line.amount), "unit": line.unit, "packs": line.packs,
        "period_days": line.period_days, "pack_size": amount_or_null(line.pack_size),
    }  # fmt: skip
    if line.buffer_days is None:
        return written
    return written | {
        "steps": [{"step": one.step, "amount": plain(one.amount)} for one in line.steps],
        "per_28_days": [plain(amount) for amount in line.per_28_days],
        "buffer_days": line.buffer_days,
        "buffer": amount_or_null(line.buffer),
        "packs_with_buffer": line.packs_with_buffer,
        "leftover": amount_or_null(line.leftover),
        "reorder_on": line.reorder_on.isoformat() if line.reorder_on else None,
    }


def supply_from(record: JsonRecord) -> SupplyLine:
    """The supply line in ``record``."""
    line = SupplyLine(
        product=record.text("product"),
        amount=record.amount("amount"),
        unit=record.text("unit"),
        packs=record.maybe("packs", record.whole),
        pack_size=record.maybe("pack_size", record.amount),
        period_days=record.whole("period_days"),
    )
    counted = record.optional("buffer_days", record.whole)
    if counted is not None:
        line = replace(
            line,
            steps=tuple(_step_supply_from(item) for item in record.records("steps")),
            per_28_days=record.amounts("per_28_days"),
            buffer_days=counted,
            buffer=record.maybe("buffer", record.amount),
            packs_with_buffer=record.maybe("packs_with_buffer", record.whole),
            leftover=record.maybe("leftover", record.amount),
            reorder_on=record.maybe("reorder_on", record.date),
        )
    record.finish()
    return line


def _step_supply_from(record: JsonRecord) -> StepSupply:
    found = StepSupply(record.whole("step"), record.amount("amount"))
    record.finish()
    return found


def finding_object(finding: Finding) -> JsonObject:
    """One rule's word."""
    return {"rule": finding.rule, "level": finding.level, "text": finding.text, "hazards": finding.hazards,
            "sources": finding.sources, "liftable": finding.liftable}  # fmt: skip


def finding_from(record: JsonRecord) -> Finding:
    """The finding in ``record``."""
    finding = Finding(record.text("rule"), record.one_of("level", Level), record.text("text"),
                      record.texts("hazards"), record.texts("sources"), record.flag("liftable"))  # fmt: skip
    record.finish()
    return finding


def source_object(cited: CitedSource) -> JsonObject:
    """A source the plan rests on."""
    source = cited.source
    return {"id": source.id, "title": source.title, "doi_or_url": source.doi_or_url,
            "confidence": cited.confidence, "licence": source.licence,
            "attribution": source.attribution}  # fmt: skip


def source_from(record: JsonRecord) -> CitedSource:
    """The source in ``record``."""
    source = Source(record.text("id"), record.text("title"), record.text("doi_or_url"),
                    record.text("licence"), record.text("attribution"))  # fmt: skip
    cited = CitedSource(source, record.one_of("confidence", Confidence).value)
    record.finish()
    return cited
