"""Addresses of the open feed: read only."""

from __future__ import annotations

from django.urls import path

from easeoff.web.directory import api, api_locations

urlpatterns = [
    path("", api.root, name="api"),
    path("openapi.json", api.description, name="api-openapi"),
    path("services", api.services, name="api-services"),
    path("services/<uuid:service_id>", api.service, name="api-service"),
    path("taxonomies", api.taxonomies, name="api-taxonomies"),
    path("taxonomies/<uuid:taxonomy_id>", api.taxonomy_by_id, name="api-taxonomy"),
    path("taxonomy_terms", api.terms, name="api-terms"),
    path("taxonomy_terms/<uuid:term_id>", api.term, name="api-term"),
    path("organizations", api.organizations, name="api-organizations"),
    path("organizations/<uuid:organization_id>", api.organization, name="api-organization"),
    path("service_at_locations", api_locations.service_at_locations, name="api-service-at-locations"),
    path(
        "service_at_locations/<uuid:at_id>", api_locations.service_at_location, name="api-service-at-location"
    ),
]
