"""One request in, one proposal out."""

from easeoff.proposing.proposal import Addition, AdditionKind, Outcome, Proposal, Remedy
from easeoff.proposing.propose import plan_taper

__all__ = ["Addition", "AdditionKind", "Outcome", "Proposal", "Remedy", "plan_taper"]
