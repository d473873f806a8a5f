"""Importing the official product lists from files: read, compare, decide, accept. Never from a network.

`run_import` or `propose_import` read a release and write a proposal; `accept` takes it into the data.
"""

from easeoff.medicines.importing.accepting import Accepted, accept, recover
from easeoff.medicines.importing.difference import Change, Difference, difference
from easeoff.medicines.importing.faults import Fault, ImportRefused
from easeoff.medicines.importing.listing import ProductRow
from easeoff.medicines.importing.overlay import Decision, apply_overlay, read_overlay
from easeoff.medicines.importing.proposing import ImportProposal, overlay_path, propose_import, read_proposal
from easeoff.medicines.importing.readers import Kind
from easeoff.medicines.importing.releases import READERS, Progress, read_release
from easeoff.medicines.importing.running import ImportReport, run_import

__all__ = [
    "READERS",
    "Accepted",
    "Change",
    "Decision",
    "Difference",
    "Fault",
    "ImportProposal",
    "ImportRefused",
    "ImportReport",
    "Kind",
    "ProductRow",
    "Progress",
    "accept",
    "apply_overlay",
    "difference",
    "overlay_path",
    "propose_import",
    "read_overlay",
    "read_proposal",
    "read_release",
    "recover",
    "run_import",
]
