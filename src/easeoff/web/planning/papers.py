"""The papers to hand over, from the plan's page: made on request, by POST, sent as attachments, never kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from easeoff.documents import PAPERS, PaperKind, PrintOptions
from easeoff.documents.typesetting import paper_named
from easeoff.proposing import Proposal
from easeoff.web.directory import selectors as directory
from easeoff.web.planning.downloads import send
from easeoff.web.planning.paperview import LONGEST_NAME
from easeoff.web.planning.views import today


def _view(kind: PaperKind) -> Callable[[HttpRequest], HttpResponse]:
    @require_POST
    def view(request: HttpRequest) -> HttpResponse:
        def make(proposal: Proposal) -> bytes:
            panel = directory.panel(proposal.request.country, today())
            return kind.make(proposal, _options(request), panel)

        return send(request, kind.file_name, "application/pdf", make)

    return view


def _options(request: HttpRequest) -> PrintOptions:
    """How it shall be printed. Raises `EaseoffError` for a paper size that is not known."""
    size = request.POST.get("paper", "")
    name = " ".join(request.POST.get("person_name", "").split())[:LONGEST_NAME]
    return PrintOptions(paper_named(size) if size else None, request.POST.get("large") == "yes", name)


VIEWS = {kind.format: _view(kind) for kind in PAPERS}
