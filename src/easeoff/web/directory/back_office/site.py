"""The back office as one site: sign in, work list, services, messages, queue, import and export."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls.resolvers import URLPattern, URLResolver

from easeoff.web.directory import limits, selectors
from easeoff.web.directory.models import Complaint, ProposedChange

#: How much of the work list stands on the page.
_MOST_ON_PAGE = 60


class BackOffice(AdminSite):
    """Django's admin with its own titles, a work list in front, and a limit on attempts to sign in."""

    site_title = "Easeoff back office"
    site_header = "Easeoff back office"
    index_title = "What to look at next"
    site_url = "/find-help/"
    enable_nav_sidebar = False
    login_template = "back_office/login.html"
    index_template = "back_office/work_list.html"
    empty_value_display = "–"
    #: Our own addresses, before those of the admin.
    own_urls: tuple[URLPattern, ...] = ()

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The sign-in page, with a limit on attempts."""
        if request.method == "POST" and not limits.SIGN_IN.take(request):
            return limits.too_many(request, limits.SIGN_IN)
        return super().login(request, extra_context)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The work list."""
        day = selectors.today()
        items = selectors.work_to_do(day)
        shown = items if request.GET.get("all") == "yes" else items[:_MOST_ON_PAGE]
        waiting = ProposedChange.objects.filter(state=ProposedChange.State.WAITING).count()
        context = {
            "items": shown,
            "more": len(items) - len(shown),
            "count": len(items),
            "keys": selectors.record_keys(item.service.id for item in shown),
            "messages_open": Complaint.objects.filter(state=Complaint.State.OPEN).count(),
            "changes_waiting": waiting,
            "first_run": selectors.first_run_list(day),
        }
        return super().index(request, context | (extra_context or {}))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Our own addresses before those of the admin."""
        return [*self.own_urls, *super().get_urls()]
