"""What is kept of the directory. Fields bear the names of HSDS 3.0 where HSDS has one.

Only the functions of `easeoff.web.directory.flows` and `seeding` write these tables, so that every change is
numbered and written down.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from easeoff.directory import Kind, LinkState, Method, Result, Status

_LONG = 4000


def _choices(values: object) -> list[tuple[str, str]]:
    return [(str(value), str(value).replace("_", " ").capitalize()) for value in values]  # type: ignore[attr-defined]


class ServiceRecord(models.Model):
    """One service as it stands now. Lists are kept as the CSV file writes them, with semicolons between.

    ``version`` counts its changes, so that two editors cannot overwrite each other unseen. ``shipped`` is the
    row of the release that it was last compared with; ``touched`` says that a person has changed or checked it here.
    """

    slug = models.SlugField("id", max_length=80, unique=True)
    name = models.CharField(max_length=300)
    alternate_name = models.TextField("other and earlier names", blank=True, max_length=_LONG)
    kind = models.CharField(max_length=20, choices=_choices(Kind), default=Kind.INFORMATION)
    status = models.CharField(max_length=20, choices=_choices(Status), default=Status.UNCONFIRMED)
    country = models.CharField("country code", max_length=2, blank=True)
    service_area = models.CharField("area in words", max_length=400, blank=True)
    places = models.TextField("places it serves", blank=True, max_length=_LONG)
    online = models.BooleanField("can be used from anywhere", default=False)
    phone = models.CharField(max_length=80, blank=True)
    text_line = models.CharField("number for text messages", max_length=80, blank=True)
    old_numbers = models.TextField("earlier numbers, only searched", blank=True, max_length=_LONG)
    url = models.CharField("web address", max_length=500, blank=True)
    email = models.CharField("e-mail", max_length=200, blank=True)
    schedule = models.CharField("opening times", max_length=400, blank=True)
    drug_classes = models.CharField(max_length=300, blank=True)
    description = models.TextField("what it offers", blank=True, max_length=_LONG)
    languages = models.CharField("language codes", max_length=100, blank=True)
    fees_description = models.CharField("cost in words", max_length=400, blank=True)
    stance = models.CharField("how it stands to the drugs or to money", max_length=400, blank=True)
    successor_slug = models.CharField("id of its successor", max_length=80, blank=True)
    on_founding_page = models.BooleanField("on the founding page", default=False)
    evidence_url = models.TextField("addresses of the evidence", blank=True, max_length=_LONG)
    evidence_date = models.CharField("date of the evidence", max_length=10, blank=True)
    note = models.TextField("note for the public", blank=True, max_length=_LONG)
    do_not_list = models.BooleanField("asked not to be listed", default=False)
    assured_date = models.DateField("last check by a person", null=True, blank=True)
    last_modified = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    touched = models.BooleanField(default=False)
    shipped = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "service"
        ordering: ClassVar = ["name", "slug"]

    def __str__(self) -> str:
        return self.name


class Revision(models.Model):
    """One row whose token changes with every change of any record. The index in memory is built anew then."""

    token = models.CharField(max_length=32)


class Verification(models.Model):
    """One check by a person. ``checked_by`` stays inside; the public sees ``checker_role``."""

    service = models.ForeignKey(ServiceRecord, on_delete=models.PROTECT, related_name="verifications")
    fields_covered = models.CharField(max_length=300)
    method = models.CharField(max_length=20, choices=_choices(Method))
    result = models.CharField(max_length=20, choices=_choices(Result))
    checked_at = models.DateField()
    checker_role = models.CharField(max_length=60)
    answered_by = models.CharField("role of who answered", max_length=60, blank=True)
    evidence_url = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    next_due = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "check by a person"
        verbose_name_plural = "checks by a person"
        ordering: ClassVar = ["-checked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.service}: {self.result}"


class LinkCheck(models.Model):
    """One visit of a machine to one address. It never says that a service works."""

    service = models.ForeignKey(ServiceRecord, on_delete=models.CASCADE, related_name="link_checks")
    url = models.CharField(max_length=500)
    state = models.CharField(max_length=12, choices=_choices(LinkState))
    detail = models.CharField(max_length=120, blank=True)
    checked_at = models.DateField()

    class Meta:
        verbose_name = "link check"
        ordering: ClassVar = ["-checked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.url}: {self.state}"


class Complaint(models.Model):
    """What the public sent in: that something did not work, or a correction. The words go when it is dealt with."""

    class What(models.TextChoices):
        DID_NOT_WORK = "did_not_work", "Did not work"
        CORRECTION = "correction", "Correction"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        UPHELD = "upheld", "It was right"
        DISMISSED = "dismissed", "It was not right"

    service = models.ForeignKey(ServiceRecord, on_delete=models.CASCADE, related_name="complaints")
    what = models.CharField(max_length=20, choices=What.choices)
    about = models.CharField(max_length=20, default="phone")
    words = models.CharField(max_length=600, blank=True)
    made_on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    handled_on = models.DateField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "message from the public"
        verbose_name_plural = "messages from the public"
        ordering: ClassVar = ["-made_on", "-id"]

    def __str__(self) -> str:
        return f"{self.service}: {self.get_what_display().lower()}"


class ImportBatch(models.Model):
    """One file, or one release, whose changes wait for a person."""

    source = models.CharField("from", max_length=200)
    format = models.CharField(max_length=10)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "import"
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.source

    @property
    def waiting_words(self) -> str:
        """How many changes it proposed, in words."""
        count = self.proposed.count()
        return "1 change waits" if count == 1 else f"{count} changes wait"


class ProposedChange(models.Model):
    """What an import would change in one service. ``changes`` is a list of field, before, after."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ACCEPTED = "accepted", "Taken over"
        REFUSED = "refused", "Refused"

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="proposed")
    service_slug = models.CharField("service", max_length=80)
    is_new = models.BooleanField("new service")
    changes = models.JSONField()
    origin = models.CharField("where in the file", max_length=80)
    warnings = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "proposed change"
        ordering: ClassVar = ["state", "id"]

    def __str__(self) -> str:
        return f"{self.service_slug} ({self.origin})"


class Metadata(models.Model):
    """One change of one field, as HSDS's ``metadata`` object has it. ``updated_by`` is a role, never a name."""

    service = models.ForeignKey(ServiceRecord, on_delete=models.CASCADE, related_name="history")
    last_action_date = models.DateTimeField(auto_now_add=True)
    last_action_type = models.CharField(max_length=20)
    field_name = models.CharField(max_length=40)
    previous_value = models.TextField(blank=True)
    replacement_value = models.TextField(blank=True)
    updated_by = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "entry of the history"
        verbose_name_plural = "history"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.service}: {self.field_name}"


class Keeper(models.Model):
    """Someone who may work in the back office, and the role that the public sees in place of a name."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="keeper")
    role = models.CharField(max_length=60, default="volunteer")

    def __str__(self) -> str:
        return self.role
