"""Addresses of the reading pages. None holds what a person told us: the try-out sends its dose by POST."""

from __future__ import annotations

from django.urls import path

from easeoff.web.library import views

urlpatterns = [
    path("", views.index, name="understand"),
    path("shelf/", views.shelf, name="shelf"),
    path("try/", views.try_curve, name="try-curve"),
    path("<slug:slug>/", views.article, name="article"),
]
