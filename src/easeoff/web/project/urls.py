"""Every address of the hub. None of them ever holds what a person told us."""

from __future__ import annotations

from django.urls import include, path

from easeoff.web.directory import views as directory
from easeoff.web.directory.back_office.office import back_office

urlpatterns = [
    path("", include("easeoff.web.ui.urls")),
    path("medicines/", include("easeoff.web.medicines.urls")),
    path("plan/", include("easeoff.web.planning.urls")),
    path("compare/", include("easeoff.web.planning.compare_urls")),
    path("understand/", include("easeoff.web.library.urls")),
    path("help-now", directory.help_now, name="help-now"),
    path("find-help/", include("easeoff.web.directory.urls")),
    path("search/", include("easeoff.web.search.urls")),
    path("api/", include("easeoff.web.directory.api_urls")),
    path("back-office/", back_office.urls),
]
handler400 = "easeoff.web.ui.errors.bad_request"
handler403 = "easeoff.web.ui.errors.forbidden"
handler404 = "easeoff.web.ui.errors.not_found"
handler500 = "easeoff.web.ui.errors.server_error"
