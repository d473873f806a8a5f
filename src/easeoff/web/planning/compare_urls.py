"""The address of the comparison. What was pasted is never part of it."""

from __future__ import annotations

from django.urls import path

from easeoff.web.planning import comparing

urlpatterns = [path("", comparing.compare, name="compare")]
