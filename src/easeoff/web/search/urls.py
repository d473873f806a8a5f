"""The address of the search. Its own form never puts what is looked for into it."""

from __future__ import annotations

from django.urls import path

from easeoff.web.search import views

urlpatterns = [path("", views.search, name="search")]
