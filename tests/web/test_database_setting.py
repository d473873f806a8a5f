"""One URL chooses the database; what cannot be used is said in one sentence that holds no password."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from easeoff.web.project.database import database


def test_without_a_url_it_is_a_file_in_the_data_folder() -> None:
    found = database("", Path("/somewhere"))
    assert found["ENGINE"].endswith("sqlite3") and found["NAME"] == Path("/somewhere/easeoff.sqlite3")


@pytest.mark.parametrize(
    ("url", "host", "options"),
    [
        (
            "postgres://keeper:s%40fe@db.example:5433/hub?sslmode=require",
            "db.example",
            {"sslmode": "require"},
        ),
        ("postgresql://keeper:s%40fe@:5433/hub?host=/run/postgresql", "/run/postgresql", {}),
    ],
)
def test_a_url_of_postgresql_is_read_as_postgresql_reads_it(url: str, host: str, options: object) -> None:
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is an extra: make test-postgres")
    found = database(url, Path("/somewhere"))
    assert found["ENGINE"].endswith("postgresql")
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("keeper", "s@fe", host)
    assert (found["NAME"], found["PORT"], found["OPTIONS"]) == ("hub", "5433", options)


@pytest.mark.parametrize(
    "url",
    ["mysql://keeper:canary@host/hub", "canary", "postgres://keeper:canary@host:5432",
     "postgres://keeper:canary@host:5432/hub?nonsense=1", "postgres://keeper:can%ary@host/hub"],
)  # fmt: skip
def test_a_url_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    if url.startswith("postgres"):
        pytest.importorskip("psycopg", reason="the driver of PostgreSQL is an extra: make test-postgres")
    with pytest.raises(ImproperlyConfigured, match="Write it like postgres://") as refused:
        database(url, Path("/somewhere"))
    assert "can" not in str(refused.value).replace("cannot", "")
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_a_missing_driver_is_said_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ImproperlyConfigured, match="make server"):
        database("postgres:///easeoff", Path("/somewhere"))
