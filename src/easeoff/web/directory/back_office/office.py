"""The back office, put together: the site, its tables and its buttons."""

from __future__ import annotations

from django.urls import path

from easeoff.web.directory.back_office import views
from easeoff.web.directory.back_office.site import BackOffice
from easeoff.web.directory.back_office.tables import TABLES

back_office = BackOffice(name="admin")
for model, table in TABLES.items():
    back_office.register(model, table)
back_office.own_urls = (
    path("check/<int:pk>/", back_office.admin_view(views.check), name="check"),
    path("message/<int:pk>/", back_office.admin_view(views.message), name="message"),
    path("decide/<int:pk>/", back_office.admin_view(views.decide), name="decide"),
    path("import/", back_office.admin_view(views.import_file), {"site": back_office}, name="import"),
    path("export/csv", back_office.admin_view(views.export_csv), name="export-csv"),
    path("export/hsds", back_office.admin_view(views.export_hsds), name="export-hsds"),
)
