"""Where a closed, renamed or superseded service points to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from easeoff.directory.model import Service, Status


def by_id(services: Iterable[Service]) -> dict[str, Service]:
    """The services by their ids."""
    return {service.id: service for service in services}


def successor(service: Service, services: Mapping[str, Service]) -> Service | None:
    """The service that stands at the end of the line of successors, or ``None``.

    A line that runs in a circle, ends in a gap, or ends at one that asked not to be listed leads to the last good one.
    """
    seen = {service.id}
    found = None
    following = services.get(service.successor_id)
    while following is not None and following.id not in seen and not following.do_not_list:
        found = following
        seen.add(found.id)
        following = services.get(found.successor_id)
    return found


def state_words(service: Service, services: Mapping[str, Service]) -> str:
    """One or two sentences on a service that is not simply active; empty for one that is."""
    heir = successor(service, services)
    if service.status is Status.RENAMED:
        return f"This service has a new name: {heir.name}." if heir else "This service has a new name."
    if service.status is Status.CLOSED:
        return (
            f"This service has closed. Try {heir.name}."
            if heir
            else "This service has closed. It named no successor."
        )
    if service.status is Status.READ_ONLY:
        return "You can read it, but nobody can write there now."
    if service.status is Status.UNCONFIRMED:
        words = "Nobody has checked whether this service still exists."
        return f"{words} {heir.name} may have taken its place." if heir else words
    return ""
