"""Addresses of the planner. What was answered is never part of one."""

from __future__ import annotations

from django.urls import path

from easeoff.web.planning import downloads, machine_files, opening, views

urlpatterns = [
    path("", views.form, name="plan"),
    path("schedule", downloads.schedule, name="plan-schedule"),
    path("file", downloads.plan_file, name="plan-file"),
    path("calendar", machine_files.calendar, name="plan-calendar"),
    path("fhir", machine_files.fhir, name="plan-fhir"),
    path("table", machine_files.table, name="plan-table"),
    path("open", opening.open_plan, name="plan-open"),
]
