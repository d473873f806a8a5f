"""The tables as the back office shows them. Nothing can be deleted: a service that has gone stays as a tombstone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin, action, display
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from easeoff.quantities import EaseoffError
from easeoff.web.directory import flows, models, queueing
from easeoff.web.directory.back_office.forms import CheckForm, ServiceForm
from easeoff.web.directory.records import service_of

#: What a check covers unless the ticks are changed. A number for texts is only checked by sending one.
_USUALLY_COVERED = ("name", "phone", "status")
_COVERABLE = ("name", "phone", "text_line", "hours", "offers", "cost", "languages", "status")


class StaffTable(ModelAdmin):
    """Open to everyone who may sign in; nothing is added, changed or deleted unless a table says so."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_staff(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_staff(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ServiceTable(StaffTable):
    """The services."""

    form = ServiceForm
    change_form_template = "back_office/service_form.html"
    list_display = ("name", "kind", "country", "status", "assured_date")
    list_filter = ("status", "kind", "country", "do_not_list")
    search_fields = ("name", "slug", "alternate_name", "phone")
    fieldsets = (
        ("What it is", {"fields": ("slug", "name", "alternate_name", "kind", "status", "successor_slug", "do_not_list")}),
        ("How to reach it", {"fields": ("phone", "text_line", "url", "email", "schedule", "old_numbers")}),
        ("Where and for whom", {"fields": ("country", "service_area", "places", "online", "languages", "drug_classes")}),
        ("What it offers", {"fields": ("description", "fees_description", "stance", "note")}),
        ("How we know", {"fields": ("evidence_url", "evidence_date", "assured_date", "on_founding_page", "version")}),
    )  # fmt: skip
    readonly_fields = ("assured_date", "on_founding_page")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _is_staff(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_staff(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Through the one function that numbers and writes down every change."""
        after = service_of(obj)
        before = form.before if change else None  # type: ignore[attr-defined]
        if before is not None:
            kept = flows.edited(before, after)
            if kept.status != after.status:
                messages.warning(
                    request, "The number has changed, so it is unconfirmed until a person has checked it."
                )
            after = kept
        version = form.cleaned_data["version"] if change else None
        saved = flows.save_service(after, flows.actor_of(request.user), read_version=version)
        obj.pk = saved.pk
        obj.refresh_from_db()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:  # fmt: skip
        """The record with the check buttons, its open messages and its history."""
        record = self.get_object(request, object_id)
        more: dict[str, Any] = {}
        if record is not None:
            more = {
                "record": record,
                "outcomes": CheckForm.OUTCOMES,
                "coverable": [(name, name.replace("_", " "), name in _USUALLY_COVERED)
                              for name in _COVERABLE if name not in ("phone", "text_line") or getattr(record, name)],
                "checks": record.verifications.select_related("checked_by")[:5],
                "links": record.link_checks.all()[:3],
                "open_messages": record.complaints.filter(state=models.Complaint.State.OPEN),
                "changes": record.history.select_related("editor")[:15],
            }  # fmt: skip
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))


class MessageTable(StaffTable):
    """What the public sent in."""

    list_display = ("service", "what", "about", "words", "made_on", "state")
    list_filter = ("state", "what")
    list_select_related = ("service",)
    change_form_template = "back_office/message_form.html"


class ChangeTable(StaffTable):
    """The review queue."""

    list_display = ("service_slug", "is_new", "in_short", "batch", "state")
    list_filter = ("state", "is_new")
    list_select_related = ("batch",)
    actions = ("take_over", "refuse")
    change_form_template = "back_office/change_form.html"

    @display(description="What would change")
    def in_short(self, change: models.ProposedChange) -> str:
        """The fields that it touches, and whether there is a warning."""
        fields = ", ".join(field.replace("_", " ") for field, _, _ in change.changes) or "nothing"
        return f"{fields} (with a warning)" if change.warnings else fields

    @action(description="Take these over")
    def take_over(self, request: HttpRequest, chosen: QuerySet[models.ProposedChange]) -> None:
        """Take over every chosen change that can be."""
        self._decide(request, chosen, take=True)

    @action(description="Refuse these")
    def refuse(self, request: HttpRequest, chosen: QuerySet[models.ProposedChange]) -> None:
        """Refuse every chosen change."""
        self._decide(request, chosen, take=False)

    def _decide(self, request: HttpRequest, chosen: QuerySet[models.ProposedChange], *, take: bool) -> None:
        actor, done = flows.actor_of(request.user), 0
        for change in chosen:
            try:
                queueing.decide(change, take, actor)
                done += 1
            except EaseoffError as problem:
                messages.error(request, f"{change}: {problem.message} {problem.hint}")
        messages.success(request, f"{done} {'taken over' if take else 'refused'}.")


class CheckTable(StaffTable):
    """Who checked what, when and how."""

    list_display = ("service", "result", "method", "checked_at", "checker_role", "checked_by", "next_due")
    list_filter = ("result", "method")
    list_select_related = ("service", "checked_by")


class LinkTable(StaffTable):
    """What the link checker found."""

    list_display = ("service", "url", "state", "detail", "checked_at")
    list_filter = ("state",)
    list_select_related = ("service",)


class HistoryTable(StaffTable):
    """Every change of every field."""

    list_display = (
        "service",
        "field_name",
        "previous_value",
        "replacement_value",
        "editor",
        "last_action_date",
    )
    list_filter = ("last_action_type", "field_name")
    list_select_related = ("service", "editor")


class ImportTable(StaffTable):
    """The files that came in."""

    list_display = ("source", "format", "made_at", "made_by")
    list_select_related = ("made_by",)


class KeeperTable(StaffTable):
    """Who may work here, and the role that the public sees. For superusers."""

    list_display = ("user", "role")
    list_select_related = ("user",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_staff(request) and request.user.is_superuser


def _is_staff(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.is_staff


TABLES: dict[type[Model], type[StaffTable]] = {
    models.ServiceRecord: ServiceTable,
    models.Complaint: MessageTable,
    models.ProposedChange: ChangeTable,
    models.ImportBatch: ImportTable,
    models.Verification: CheckTable,
    models.LinkCheck: LinkTable,
    models.Metadata: HistoryTable,
    models.Keeper: KeeperTable,
}
