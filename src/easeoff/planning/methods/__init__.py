"""Every way of tapering: from a pace and a wish to the rule or the timetable that a plan is made by.

One module a family: `by_curve` (occupancy), `by_dose` (percent, fixed, bands, half then, halving), `in_blocks` (slide, micro),
`as_published` (tables). `choosing` picks one, `registry` knows what there is to say of each.
"""

from easeoff.planning.methods.approach import Approach
from easeoff.planning.methods.choosing import choose_approach
from easeoff.planning.methods.in_blocks import with_more_days
from easeoff.planning.methods.registry import MethodRecord, method_faults, method_records

__all__ = ["Approach", "MethodRecord", "choose_approach", "method_faults", "method_records", "with_more_days"]
