"""Addresses of the directory. None holds what a visitor asked for."""

from __future__ import annotations

from django.urls import path

from easeoff.web.directory import embedding, views

urlpatterns = [
    path("", views.find_help, name="find-help"),
    path("crisis/", views.crisis, name="crisis"),
    path("about/", views.about, name="directory-about"),
    path("old-support-page/", views.old_list, name="old-list"),
    path("embed/", embedding.embedded, name="embed"),
    path("print", views.printed, name="print-list"),
    path("<slug:slug>/", views.service, name="service"),
]
