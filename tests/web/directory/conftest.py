"""A keeper of the directory, signed in, and records to work on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from directory_web import TODAY, staff_client
from django.test import Client

from easeoff.directory import Service
from easeoff.web.directory import flows
from easeoff.web.directory.models import ServiceRecord
from easeoff.web.directory.records import fields_of

Change = Callable[..., ServiceRecord]


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("easeoff.web.directory.selectors.today", lambda: TODAY)


@pytest.fixture
def keeper() -> Client:
    return staff_client("keeper-one")


@pytest.fixture
def other_keeper() -> Client:
    return staff_client("keeper-two", "charity worker")


@pytest.fixture
def change() -> Change:
    """Write over a record, as the release's own loader would, without its being a person's edit."""

    def write(slug: str, **fields: object) -> ServiceRecord:
        record = ServiceRecord.objects.get(slug=slug)
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()
        flows.moved_on()
        return record

    return write


@pytest.fixture
def add() -> Callable[[Service], ServiceRecord]:
    """Put one more service into the table."""

    def write(service: Service) -> ServiceRecord:
        record = ServiceRecord.objects.create(**fields_of(service))
        flows.moved_on()
        return record

    return write
