"""Names that are the same each time: of the resources, and of the plan that they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from easeoff.documents.identity import series_id
from easeoff.documents.requestfile import JsonObject
from easeoff.planning.plan import Plan

_SPACE = UUID("5f0b6d3e-6b1d-4a55-9a52-0c1f3f6f9f41")


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one version of one plan."""

    group: str

    def id(self, name: str) -> str:
        """A UUID for the resource that is called ``name`` here."""
        return str(uuid5(_SPACE, f"{self.group}/{name}"))

    def url(self, name: str) -> str:
        """The same as a URI."""
        return f"urn:uuid:{self.id(name)}"

    def reference(self, name: str) -> JsonObject:
        """A reference to it."""
        return {"reference": self.url(name)}


def names_of(plan: Plan) -> Names:
    """The names for ``plan``."""
    return Names(f"{series_id(plan)}-v{plan.version}")
