"""What a dose does: effect scales from published occupancy fits, and which fit may be planned with."""

from easeoff.pharmacology.curves import planning_curve, scale_of, worst_scales
from easeoff.pharmacology.scales import FULL, PER_POINT, Occupancy, Scale, ShareOfStart

__all__ = [
    "FULL",
    "PER_POINT",
    "Occupancy",
    "Scale",
    "ShareOfStart",
    "planning_curve",
    "scale_of",
    "worst_scales",
]
