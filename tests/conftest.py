"""What every test shares: how hard Hypothesis looks. A slow machine is no failure, so no example is timed."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
