"""How hard Hypothesis looks, by ``EASEOFF_HYPOTHESIS_PROFILE``.

``default`` draws the same examples each time, so that the same tree always gives the same answer; ``explore`` draws others
each time, as many; ``long`` draws others, 100,000 overall.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

# The independent rule of the reference tests is used here too.
sys.path.insert(0, str(Path(__file__).parents[1] / "reference"))

_SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
#: The long profile's 100,000 examples are shared out over this many properties.
_PROPERTIES = 10
settings.register_profile(
    "default", max_examples=40, derandomize=True, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile(
    "explore", max_examples=40, derandomize=False, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile(
    "long",
    max_examples=100_000 // _PROPERTIES,
    derandomize=False,
    deadline=None,
    suppress_health_check=_SLOW,
)
settings.load_profile(os.environ.get("EASEOFF_HYPOTHESIS_PROFILE", "default"))
