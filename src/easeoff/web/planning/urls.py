"""Addresses of the planner. What was answered is never part of one."""

from __future__ import annotations

from django.urls import path

from easeoff.web.planning import downloads, following, levels, machine_files, opening, papers, views
from easeoff.web.planning.paperview import ADDRESSES

urlpatterns = [
    path("", views.form, name="plan"),
    *(
        path(ADDRESSES[format_], view, name=f"plan-{ADDRESSES[format_]}")
        for format_, view in papers.VIEWS.items()
    ),
    path("file", downloads.plan_file, name="plan-file"),
    path("calendar", machine_files.calendar, name="plan-calendar"),
    path("fhir", machine_files.fhir, name="plan-fhir"),
    path("table", machine_files.table, name="plan-table"),
    path("levels", levels.levels, name="plan-levels"),
    path("levels/paper", levels.levels_paper, name="plan-levels-paper"),
    path("open", opening.open_plan, name="plan-open"),
    path("follow", following.followed, name="plan-follow"),
    path("follow/file", following.followed_file, name="plan-follow-file"),
]
