"""Addresses of the planner. What was answered is never part of one."""

from __future__ import annotations

from django.urls import path

from easeoff.web.planning import downloads, levels, opening, views

urlpatterns = [
    path("", views.form, name="plan"),
    path("schedule", downloads.schedule, name="plan-schedule"),
    path("file", downloads.plan_file, name="plan-file"),
    path("levels", levels.levels, name="plan-levels"),
    path("levels/paper", levels.levels_paper, name="plan-levels-paper"),
    path("open", opening.open_plan, name="plan-open"),
]
