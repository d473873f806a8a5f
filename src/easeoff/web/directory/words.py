"""The directory's codes in words."""

from __future__ import annotations

from easeoff.directory import Cost, DrugClass, Hit, Kind, Method, Nearness, Result, Service, country_name

DRUGS = {
    DrugClass.BENZODIAZEPINE.value: "Benzodiazepines (such as diazepam)",
    DrugClass.Z_DRUG.value: "Z-drugs (such as zopiclone)",
    DrugClass.ANTIDEPRESSANT.value: "Antidepressants (such as sertraline)",
    DrugClass.ANTIPSYCHOTIC.value: "Antipsychotics (such as olanzapine)",
    DrugClass.GABAPENTINOID.value: "Gabapentinoids (such as pregabalin)",
    DrugClass.OPIOID.value: "Opioids (such as codeine)",
    DrugClass.STIMULANT.value: "Stimulants (such as methylphenidate)",
    DrugClass.MOOD_STABILISER.value: "Mood stabilisers (such as lithium)",
}
KINDS = {
    Kind.CHARITY.value: "Charity",
    Kind.CLINIC.value: "Clinic",
    Kind.HELPLINE.value: "Helpline",
    Kind.CRISIS_LINE.value: "Crisis line",
    Kind.ONLINE_FORUM.value: "Online forum",
    Kind.FACEBOOK_GROUP.value: "Facebook group",
    Kind.SUPPORT_GROUP.value: "Support group",
    Kind.PHARMACY.value: "Pharmacy",
    Kind.INFORMATION.value: "Information",
    Kind.DIRECTORY.value: "Another directory",
}
COSTS = {Cost.FREE.value: "Free", Cost.PAID.value: "Costs money", Cost.UNKNOWN.value: "Cost not known"}
METHODS = {
    Method.PHONE_CALL.value: "by telephone",
    Method.OPERATOR_WRITTEN.value: "by the service in writing",
    Method.OPERATOR_PAGE.value: "on the service’s own page",
    Method.THIRD_PARTY_PAGE.value: "on someone else’s page",
}
RESULTS = {
    Result.CONFIRMED.value: "Confirmed",
    Result.CHANGED.value: "Corrected",
    Result.NO_ANSWER.value: "No answer",
    Result.CLOSED.value: "Found closed",
    Result.REFUSED_LISTING.value: "Asked not to be listed",
}
_SHORT_DRUGS = {
    "benzodiazepine": "benzodiazepines", "z_drug": "z-drugs", "antidepressant": "antidepressants",
    "antipsychotic": "antipsychotics", "gabapentinoid": "gabapentinoids", "opioid": "opioids",
    "stimulant": "stimulants", "mood_stabiliser": "mood stabilisers", "any": "any psychiatric drug",
}  # fmt: skip
_LANGUAGES = {
    "da": "Danish", "de": "German", "en": "English", "es": "Spanish", "fi": "Finnish", "fr": "French",
    "is": "Icelandic", "it": "Italian", "mul": "several languages", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "sv": "Swedish",
}  # fmt: skip


def language_name(code: str) -> str:
    """A language in English, or its code."""
    return _LANGUAGES.get(code, code)


def languages_words(service: Service) -> str:
    """``English and French``; empty where it is not known."""
    return joined([language_name(code) for code in service.languages])


def drugs_words(service: Service) -> str:
    """``benzodiazepines and z-drugs``; empty where it names none."""
    return joined([_SHORT_DRUGS[code] for code in service.drug_classes])


def where_words(service: Service) -> str:
    """Its area and country."""
    country = country_name(service.country) if service.country else ""
    parts = [service.area, "" if country and country.casefold() in service.area.casefold() else country]
    words = ", ".join(filter(None, parts)) or ("Online" if service.online else "Anywhere")
    return f"{words[:1].upper()}{words[1:]}"


def near_words(hit: Hit) -> str:
    """How near a service is; empty where no place was asked for."""
    if hit.distance_km is not None:
        return "Close by" if hit.distance_km < 1 else f"About {round(hit.distance_km)} km away"
    return (
        {
            Nearness.HERE: "In this place",
            Nearness.COVERS: "Open to this whole country or nation",
            Nearness.ONLINE: "Online, from anywhere",
            Nearness.FOREIGN: "Online, in another language",
            Nearness.FAR: "In the same country, further away",
        }.get(hit.nearness, "")
        if hit.nearness is not None
        else ""
    )


def joined(words: list[str]) -> str:
    """``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
