"""The directory's codes in words."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from easeoff.directory import Cost, DrugClass, Hit, Kind, Method, Nearness, Result, Service, country_name

DRUGS = {
    DrugClass.BENZODIAZEPINE.value: _("Benzodiazepines (such as diazepam)"),
    DrugClass.Z_DRUG.value: _("Z-drugs (such as zopiclone)"),
    DrugClass.ANTIDEPRESSANT.value: _("Antidepressants (such as sertraline)"),
    DrugClass.ANTIPSYCHOTIC.value: _("Antipsychotics (such as olanzapine)"),
    DrugClass.GABAPENTINOID.value: _("Gabapentinoids (such as pregabalin)"),
    DrugClass.OPIOID.value: _("Opioids (such as codeine)"),
    DrugClass.STIMULANT.value: _("Stimulants (such as methylphenidate)"),
    DrugClass.MOOD_STABILISER.value: _("Mood stabilisers (such as lithium)"),
}
KINDS = {
    Kind.CHARITY.value: _("Charity"),
    Kind.CLINIC.value: _("Clinic"),
    Kind.HELPLINE.value: _("Helpline"),
    Kind.CRISIS_LINE.value: _("Crisis line"),
    Kind.ONLINE_FORUM.value: _("Online forum"),
    Kind.FACEBOOK_GROUP.value: _("Facebook group"),
    Kind.SUPPORT_GROUP.value: _("Support group"),
    Kind.PHARMACY.value: _("Pharmacy"),
    Kind.INFORMATION.value: _("Information"),
    Kind.DIRECTORY.value: _("Another directory"),
}
COSTS = {
    Cost.FREE.value: _("Free"),
    Cost.PAID.value: _("Costs money"),
    Cost.UNKNOWN.value: _("Cost not known"),
}
METHODS = {
    Method.PHONE_CALL.value: _("by telephone"),
    Method.OPERATOR_WRITTEN.value: _("by the service in writing"),
    Method.OPERATOR_PAGE.value: _("on the service’s own page"),
    Method.THIRD_PARTY_PAGE.value: _("on someone else’s page"),
}
RESULTS = {
    Result.CONFIRMED.value: _("Confirmed"),
    Result.CHANGED.value: _("Corrected"),
    Result.NO_ANSWER.value: _("No answer"),
    Result.CLOSED.value: _("Found closed"),
    Result.REFUSED_LISTING.value: _("Asked not to be listed"),
}
_SHORT_DRUGS = {
    "benzodiazepine": _("benzodiazepines"), "z_drug": _("z-drugs"), "antidepressant": _("antidepressants"),
    "antipsychotic": _("antipsychotics"), "gabapentinoid": _("gabapentinoids"), "opioid": _("opioids"),
    "stimulant": _("stimulants"), "mood_stabiliser": _("mood stabilisers"), "any": _("any psychiatric drug"),
}  # fmt: skip
_LANGUAGES = {
    "da": _("Danish"), "de": _("German"), "en": _("English"), "es": _("Spanish"), "fi": _("Finnish"), "fr": _("French"),
    "is": _("Icelandic"), "it": _("Italian"), "mul": _("several languages"), "nl": _("Dutch"), "no": _("Norwegian"), "pl": _("Polish"),
    "sv": _("Swedish"),
}  # fmt: skip


def language_name(code: str) -> str:
    """A language in English, or its code."""
    return str(_LANGUAGES.get(code, code))


def languages_words(service: Service) -> str:
    """``English and French``; empty where it is not known."""
    return joined([language_name(code) for code in service.languages])


def drugs_words(service: Service) -> str:
    """``benzodiazepines and z-drugs``; empty where it names none."""
    return joined([str(_SHORT_DRUGS[code]) for code in service.drug_classes])


def where_words(service: Service) -> str:
    """Its area and country."""
    country = country_name(service.country) if service.country else ""
    parts = [service.area, "" if country and country.casefold() in service.area.casefold() else country]
    words = ", ".join(filter(None, parts)) or (gettext("Online") if service.online else gettext("Anywhere"))
    return f"{words[:1].upper()}{words[1:]}"


def near_words(hit: Hit) -> str:
    """How near a service is; empty where no place was asked for."""
    if hit.distance_km is not None:
        return (
            gettext("Close by")
            if hit.distance_km < 1
            else gettext("About %(km)d km away") % {"km": round(hit.distance_km)}
        )
    return (
        {
            Nearness.HERE: gettext("In this place"),
            Nearness.COVERS: gettext("Open to this whole country or nation"),
            Nearness.ONLINE: gettext("Online, from anywhere"),
            Nearness.FOREIGN: gettext("Online, in another language"),
            Nearness.FAR: gettext("In the same country, further away"),
        }.get(hit.nearness, "")
        if hit.nearness is not None
        else ""
    )


def joined(words: list[str]) -> str:
    """``a, b and c``."""
    return f" {gettext('and')} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
