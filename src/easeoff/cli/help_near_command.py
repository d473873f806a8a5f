"""``easeoff help-near``: services near a place, nearest first, each with how old what we know of it is."""

from __future__ import annotations

import json
import sys

from easeoff.cli import exits, reading
from easeoff.cli.arguments import Values
from easeoff.cli.athand import directory_at_hand
from easeoff.cli.crisis import panel_for
from easeoff.cli.layout import Sheet, Style
from easeoff.cli.terminal import say, say_bytes, wants_colour, width
from easeoff.cli.typed import tidy, whole_number
from easeoff.directory import (
    DrugClass,
    Found,
    Hit,
    Nearness,
    Place,
    country_name,
    find_drug_class,
    resolve_place,
)
from easeoff.quantities import EaseoffError

_MOST = 200
_NEAR = {
    Nearness.HERE: "in this place", Nearness.COVERS: "open to the whole country or nation",
    Nearness.ONLINE: "online, from anywhere", Nearness.FOREIGN: "online, in another language",
    Nearness.FAR: "in the same country, further away", Nearness.ELSEWHERE: "elsewhere",
}  # fmt: skip


def help_near(values: Values) -> int:
    """Print what serves a place. Raises `EaseoffError` for an unknown place, drug or number."""
    text = tidy(" ".join(values.place))
    if not text:
        raise EaseoffError(
            "No place was given.", 'Write one after the command, such as: easeoff help-near "BD1"'
        )
    place, drug = resolve_place(text), find_drug_class(tidy(values.drug)) if values.drug is not None else None
    most = whole_number(values.most, "--most", most=_MOST)
    found = directory_at_hand().index.near(place, drug, today=reading.today(), limit=most)
    if values.json:
        say_bytes((json.dumps(_record(place, drug, found), ensure_ascii=False, indent=2) + "\n").encode())
    else:
        say(_text(place, drug, found))
    return exits.DONE


def _text(place: Place, drug: DrugClass | None, found: Found) -> str:
    sheet = Sheet(width(), wants_colour(sys.stdout))
    drugs = f" for help with {drug.replace('_', '-')}s" if drug and drug is not DrugClass.ANY else ""
    sheet.heading(f"{place.label}{drugs}: {found.total} {'entry' if found.total == 1 else 'entries'}")
    sheet.say(directory_at_hand().words)
    if place.also:
        sheet.say(
            f"There are other places of this name: {', '.join(place.also)}. For one of them, give its postcode."
        )
    for hit in found.hits:
        _entry(sheet, hit)
    if found.total > len(found.hits):
        sheet.heading(
            f"{found.total - len(found.hits)} more: use --most {min(found.total, _MOST)}", Style.WARN
        )
    sheet.heading(panel_for(place.country, reading.today()).emergency, Style.STOP)
    sheet.say("Keep taking your medicine as prescribed while you look for help.")
    return sheet.text()


def _entry(sheet: Sheet, hit: Hit) -> None:
    service, phone = hit.service, hit.phone
    sheet.heading(service.name)
    sheet.say(" ".join(filter(None, (hit.freshness_words, hit.state))), indent=1, style=Style.WARN)
    where = ", ".join(filter(None, (service.area, country_name(service.country) if service.country else "")))
    sheet.say("; ".join(filter(None, (where, _near_words(hit)))), indent=1)
    for label, number in (("Ring", phone.phone), ("Text", phone.text_line)):
        if number:
            sheet.say(f"{label} {number}", indent=1)
    if not (phone.phone or phone.text_line):
        sheet.say(phone.words, indent=1)
    if phone.operator:
        sheet.say(phone.operator, indent=1)


def _near_words(hit: Hit) -> str:
    if hit.distance_km is not None:
        return f"about {round(hit.distance_km)} km away"
    return _NEAR[hit.nearness] if hit.nearness is not None else ""


def _record(place: Place, drug: DrugClass | None, found: Found) -> dict[str, object]:
    return {
        "format": "easeoff-help-near/1",
        "list": directory_at_hand().origin,
        "place": place.label,
        "country": place.country,
        "for": drug,
        "total": found.total,
        "services": [_one(hit) for hit in found.hits],
    }


def _one(hit: Hit) -> dict[str, object]:
    service = hit.service
    return {
        "id": service.id,
        "name": service.name,
        "kind": service.kind,
        "status": service.status,
        "state": hit.state,
        "freshness": hit.freshness,
        "freshness_words": hit.freshness_words,
        "last_human_check": service.last_human_check.isoformat() if service.last_human_check else None,
        "phone": hit.phone.phone or None,
        "text_line": hit.phone.text_line or None,
        "number_words": hit.phone.words,
        "address": hit.phone.operator or None,
        "area": service.area,
        "country": service.country,
        "distance_km": None if hit.distance_km is None else round(hit.distance_km),
        "nearness": None if hit.nearness is None else hit.nearness.name.lower(),
        "drug_classes": list(service.drug_classes),
        "successor": hit.successor.id if hit.successor else None,
    }
