"""The editor's form for one service, which knows when someone else was faster."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator, URLValidator
from django.http import QueryDict
from django.utils.timezone import localtime

from easeoff.directory import CHECKABLE, Service, country_name, resolve_place
from easeoff.medicines.files import DataError
from easeoff.quantities import EaseoffError
from easeoff.web.directory import flows
from easeoff.web.directory.models import Metadata, ServiceRecord
from easeoff.web.directory.records import COLUMN_OF, service_of

_PHONE = RegexValidator(
    r"^[+(]?\d[\d ()+\-./]*( (option|then press|press|ext\.?|extension) \d+)?$",
    "This is not a number that can be rung. Write it like 01632 960001, or 111 option 2.",
)
_URL = URLValidator(schemes=["http", "https"], message="Write a web address that begins with https://.")
_MAIL = EmailValidator("Write an e-mail address like help@service.example.")
_EVIDENCE_DATE = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2])(-([0-2]\d|3[01]))?)?$", "Write a date like 2026-05-03, 2026-05 or 2026."
)
#: Addresses below /find-help/ that belong to other pages.
RESERVED = frozenset({"crisis", "about", "old-support-page", "embed", "print"})
_READ_ONLY = frozenset({"assured_date", "on_founding_page"})


class ServiceForm(forms.ModelForm):
    """One service. ``version`` is the state that the editor has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ServiceRecord
        fields = tuple(field for field in COLUMN_OF if field not in _READ_ONLY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before: Service | None = service_of(self.instance) if self.instance.pk else None
        self.fields["version"].initial = self.instance.version
        for name, validator in (("phone", _PHONE), ("text_line", _PHONE), ("url", _URL), ("email", _MAIL),
                                ("evidence_date", _EVIDENCE_DATE)):  # fmt: skip
            self.fields[name].validators.append(validator)

    def clean(self) -> dict[str, Any]:
        """Everything together has to make a service; and nobody may have changed it in between."""
        values: dict[str, Any] = super().clean() or {}
        if self.instance.pk:
            self._must_be_current(values.get("version"))
        if not self.errors:
            self._must_make_sense(values)
        return values

    def clean_slug(self) -> str:
        """An id that no other page has."""
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise ValidationError("Another page has this address. Choose another id.")
        return slug

    def clean_country(self) -> str:
        """A country that we know."""
        code: str = self.cleaned_data["country"].upper()
        if code and country_name(code) == code:
            raise ValidationError("We do not know this country. Write a code of two letters, such as GB.")
        return code

    def clean_evidence_url(self) -> str:
        """Web addresses with semicolons between."""
        found = [part.strip() for part in self.cleaned_data["evidence_url"].split(";") if part.strip()]
        for address in found:
            _URL(address)
        return ";".join(found)

    def clean_successor_slug(self) -> str:
        """A service that there is."""
        slug: str = self.cleaned_data["successor_slug"]
        if slug and (slug == self.instance.slug or not ServiceRecord.objects.filter(slug=slug).exists()):
            raise ValidationError("There is no other service with this id.")
        return slug

    def _must_be_current(self, seen: int | None) -> None:
        """Say who changed what since the form was opened. What was typed stays, and can be saved after a look."""
        current = ServiceRecord.objects.select_for_update().get(pk=self.instance.pk)
        if seen == current.version:
            return
        since = (
            Metadata.objects.filter(service=current, version__gt=seen or 0)
            .select_related("editor")
            .order_by("id")
        )
        told = [_change_words(entry) for entry in since] or ["The record is no longer as it was."]
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        sent[self.add_prefix("version")] = str(current.version)
        self.data = sent
        self.before = service_of(current)
        raise ValidationError(["Someone else changed this service while you had it open. What you typed is kept below. "
                               "Look at what changed, then save again if yours should stand.", *told])  # fmt: skip

    def _must_make_sense(self, values: dict[str, Any]) -> None:
        try:
            given = {name: values[name] for name in self.Meta.fields if name in values}
            trial = service_of(ServiceRecord(**{"slug": self.instance.slug, **given}))
            for place in trial.places:
                resolve_place(place, country=trial.country)
            if self.before is not None:
                flows.edited(self.before, trial)
            elif trial.status.value == "active":
                raise EaseoffError(
                    "Only a check makes a service active.", "Save it as unconfirmed, then use the buttons."
                )
        except DataError as problem:
            raise ValidationError(f"This cannot be a service: {problem.what}.") from None
        except EaseoffError as problem:
            raise ValidationError(f"{problem.message} {problem.hint}") from None


class CheckForm(forms.Form):
    """A check by a person, sent by one of the buttons above the record."""

    OUTCOMES = (
        ("phone_call:confirmed", "Confirmed today by telephone"),
        ("operator_page:confirmed", "Confirmed on its own page"),
        ("operator_written:confirmed", "Confirmed by it in writing"),
        ("phone_call:changed", "Answered, and I have corrected the entry"),
        ("phone_call:no_answer", "No answer"),
        ("phone_call:closed", "It has closed"),
        ("phone_call:refused_listing", "It asked not to be listed"),
        ("third_party_page:confirmed", "Seen on someone else’s page"),
    )
    outcome = forms.ChoiceField(choices=OUTCOMES)
    covered = forms.MultipleChoiceField(choices=[(name, name) for name in CHECKABLE])
    answered_by = forms.CharField(max_length=60, required=False)
    evidence_url = forms.CharField(max_length=500, required=False, validators=[_URL])
    note = forms.CharField(max_length=500, required=False)


class ImportForm(forms.Form):
    """A file for the review queue."""

    file = forms.FileField(max_length=200)


def _change_words(entry: Metadata) -> str:
    who = entry.editor.get_username() if entry.editor else entry.updated_by
    when = localtime(entry.last_action_date)
    field = entry.field_name.replace("_", " ")
    was, now = (text[:200] or "nothing" for text in (entry.previous_value, entry.replacement_value))
    return f"{who} changed the {field} from “{was}” to “{now}” at {when:%H:%M on} {when.day} {when:%B}."
