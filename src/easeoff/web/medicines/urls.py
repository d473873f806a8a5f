"""Addresses of the medicine pages. What is searched for is sent by POST and kept nowhere."""

from __future__ import annotations

from django.urls import path

from easeoff.web.medicines import views

urlpatterns = [
    path("", views.index, name="medicines"),
    path("gaps/", views.gaps, name="medicine-gaps"),
    path("<slug:slug>/", views.medicine, name="medicine"),
]
