"""Every address of the hub. None of them ever holds what a person told us."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("easeoff.web.ui.urls")),
    path("medicines/", include("easeoff.web.medicines.urls")),
    path("plan/", include("easeoff.web.planning.urls")),
    path("understand/", include("easeoff.web.library.urls")),
]
handler400 = "easeoff.web.ui.errors.bad_request"
handler403 = "easeoff.web.ui.errors.forbidden"
handler404 = "easeoff.web.ui.errors.not_found"
handler500 = "easeoff.web.ui.errors.server_error"
