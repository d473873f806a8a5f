"""Who can help: services, how fresh what we know of them is, search, crisis lines, exchange with others."""

from easeoff.directory.checks import after_check, counts, last_human_check, with_checks
from easeoff.directory.crisis import (
    EMERGENCY_WORDS,
    CrisisAddress,
    CrisisLine,
    CrisisPanel,
    crisis_panel,
    read_emergency_numbers,
    start_warnings,
)
from easeoff.directory.csvfiles import escape_cell, from_csv, to_csv, unescape_cell
from easeoff.directory.dates import in_words, months_after, partial_in_words
from easeoff.directory.dialling import dialled
from easeoff.directory.freshness import (
    Freshness,
    PhoneView,
    freshness,
    freshness_words,
    next_due,
    note_shown,
    phone_shown,
    service_freshness,
)
from easeoff.directory.hsds import to_hsds
from easeoff.directory.hsdsimport import from_hsds
from easeoff.directory.hsdsparts import taxonomy, taxonomy_terms, uuid_of
from easeoff.directory.lexicon import directory_class, find_drug_class, named_kinds
from easeoff.directory.loading import COLUMNS, load_services
from easeoff.directory.model import (
    CHECKABLE,
    Complaint,
    Cost,
    DrugClass,
    Kind,
    LinkCheck,
    LinkState,
    Method,
    Result,
    Service,
    Status,
    Verification,
)
from easeoff.directory.nearness import WITHIN_REACH_KM, Nearness
from easeoff.directory.places import Place, PlaceKind, choices, country_name, distance_km, resolve_place
from easeoff.directory.placing import Placed, place_in
from easeoff.directory.proposals import FieldChange, ProposedChange, accept
from easeoff.directory.rows import to_row
from easeoff.directory.searching import LONGEST_QUERY, DirectoryIndex, Found, Hit, near, shipped_index
from easeoff.directory.tombstones import by_id, state_words, successor
from easeoff.directory.worklist import Reason, WorkItem, work_list

__all__ = [
    "CHECKABLE",
    "COLUMNS",
    "EMERGENCY_WORDS",
    "LONGEST_QUERY",
    "WITHIN_REACH_KM",
    "Complaint",
    "Cost",
    "CrisisAddress",
    "CrisisLine",
    "CrisisPanel",
    "DirectoryIndex",
    "DrugClass",
    "FieldChange",
    "Found",
    "Freshness",
    "Hit",
    "Kind",
    "LinkCheck",
    "LinkState",
    "Method",
    "Nearness",
    "PhoneView",
    "Place",
    "PlaceKind",
    "Placed",
    "ProposedChange",
    "Reason",
    "Result",
    "Service",
    "Status",
    "Verification",
    "WorkItem",
    "accept",
    "after_check",
    "by_id",
    "choices",
    "country_name",
    "counts",
    "crisis_panel",
    "dialled",
    "directory_class",
    "distance_km",
    "escape_cell",
    "find_drug_class",
    "freshness",
    "freshness_words",
    "from_csv",
    "from_hsds",
    "in_words",
    "last_human_check",
    "load_services",
    "months_after",
    "named_kinds",
    "near",
    "next_due",
    "note_shown",
    "partial_in_words",
    "phone_shown",
    "place_in",
    "read_emergency_numbers",
    "resolve_place",
    "service_freshness",
    "shipped_index",
    "start_warnings",
    "state_words",
    "successor",
    "taxonomy",
    "taxonomy_terms",
    "to_csv",
    "to_hsds",
    "to_row",
    "unescape_cell",
    "uuid_of",
    "with_checks",
    "work_list",
]
