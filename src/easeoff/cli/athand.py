"""Which list of help the terminal reads: the hub's own where the environment names one, else that of the release."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, cached_property

from easeoff.directory import DirectoryIndex, Service, load_services, shipped_index

#: The settings of a hub that say where its list is.
_NAMED_BY = ("EASEOFF_DATA_DIR", "EASEOFF_DATABASE_URL")


@dataclass(frozen=True)
class AtHand:
    """The list. ``origin`` is ``hub`` or ``release``; ``words`` says so in a sentence."""

    origin: str
    words: str
    _hub: DirectoryIndex | None = None

    @cached_property
    def index(self) -> DirectoryIndex:
        """The list, ready to be searched."""
        return self._hub or shipped_index()

    @property
    def services(self) -> tuple[Service, ...]:
        """Every entry."""
        return self._hub.services if self._hub else load_services()


@cache
def directory_at_hand() -> AtHand:
    """The list that is read. Where the hub's own cannot be read that of the release stands in, so that help is always found."""
    if not any(os.environ.get(name) for name in _NAMED_BY):
        return AtHand("release", "From the list of this release of Easeoff.")
    from easeoff.web.outside import hub_index

    found = hub_index()
    if found is None:
        return AtHand(
            "release", "The list of your hub cannot be read. This is the list of this release of Easeoff."
        )
    return AtHand("hub", "From the list of your hub.", found)
