"""Addresses of the pages that every hub has."""

from __future__ import annotations

from django.urls import path

from easeoff.web.ui import views

urlpatterns = [
    path("", views.home, name="home"),
    path("leave", views.leave, name="leave"),
    path("theme", views.theme, name="theme"),
]
