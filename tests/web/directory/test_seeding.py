"""Bringing a release into the database: once, again, and over what people did."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from directory_web import SHIPPED, TODAY, service
from django.core.management import call_command
from django.db import connection

from easeoff.directory import Kind, Method, Result, Service
from easeoff.web.directory import flows, queueing, selectors
from easeoff.web.directory.models import ImportBatch, ProposedChange, ServiceRecord
from easeoff.web.directory.seeding import Seeded, load_shipped

EDITOR = flows.Actor("volunteer")


def _release(**changes: dict[str, object]) -> tuple[Service, ...]:
    """The release with some entries changed."""
    return tuple(replace(one, **changes.get(one.id.replace("-", "_"), {})) for one in SHIPPED.values())  # type: ignore[arg-type]


def _edit(slug: str, **changes: object) -> None:
    record = ServiceRecord.objects.get(slug=slug)
    flows.save_service(replace(service(slug), **changes), EDITOR, read_version=record.version)  # type: ignore[arg-type]


def test_every_entry_of_the_release_is_there_and_loading_again_does_nothing() -> None:
    assert {record.slug for record in ServiceRecord.objects.all()} == set(SHIPPED)
    assert all(service(slug) == one for slug, one in SHIPPED.items())
    token = selectors.directory().token
    assert load_shipped() == Seeded()
    assert selectors.directory().token == token, "nothing moved, so no index is built anew"


def test_an_untouched_entry_follows_a_new_release() -> None:
    assert load_shipped(_release(no_panic={"offers": "New words"})) == Seeded(taken_over=1)
    assert service("no-panic").offers == "New words"
    hit = selectors.directory().index.hit("no-panic", today=TODAY)
    assert hit and hit.service.offers == "New words"


def test_what_a_person_changed_is_never_written_over_and_the_release_waits_in_the_queue() -> None:
    _edit("no-panic", note="Ours.")
    new = _release(no_panic={"offers": "Theirs", "note": "Theirs."})
    assert load_shipped(new) == Seeded(proposed=1)
    assert service("no-panic").note == "Ours." and service("no-panic").offers == SHIPPED["no-panic"].offers
    change = ProposedChange.objects.get()
    assert {one[0]: one[2] for one in change.changes} == {"offers": "Theirs", "note": "Theirs."}
    assert load_shipped(new) == Seeded() and ImportBatch.objects.count() == 1
    queueing.decide(change, True, EDITOR)
    assert service("no-panic").note == "Theirs."


def test_a_check_by_a_person_counts_as_their_work() -> None:
    record = ServiceRecord.objects.get(slug="ads-oldham")
    flows.record_check(
        record,
        EDITOR,
        method=Method.PHONE_CALL,
        result=Result.CONFIRMED,
        fields_covered=("phone",),
        on=TODAY,
        today=TODAY,
    )
    load_shipped(_release(ads_oldham={"phone": "01632 960555"}))
    assert (
        service("ads-oldham").phone == SHIPPED["ads-oldham"].phone
        and service("ads-oldham").last_human_check == TODAY
    )
    assert ProposedChange.objects.get().changes[0][0] == "phone"


def test_a_new_entry_is_added() -> None:
    assert load_shipped(
        (*SHIPPED.values(), Service(id="new-one", name="New One", kind=Kind.CHARITY))
    ) == Seeded(new=1)
    assert service("new-one").name == "New One"


def test_two_writers_at_once_the_second_is_refused() -> None:
    record = ServiceRecord.objects.get(slug="no-panic")
    flows.save_service(replace(service("no-panic"), note="one"), EDITOR, read_version=record.version)
    with pytest.raises(flows.OutOfDateError):
        flows.save_service(replace(service("no-panic"), note="two"), EDITOR, read_version=record.version)
    assert service("no-panic").note == "one"


def test_sqlite_lets_readers_read_while_someone_writes() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] >= 10_000


def test_the_commands_say_what_they_did() -> None:
    out = io.StringIO()
    call_command("load_directory", stdout=out)
    call_command("work_list", most=3, stdout=out)
    assert "0 new, 0 brought up to date, 0 to decide on" in out.getvalue()
    assert "! For United Kingdom:" in out.getvalue() and "services to look at." in out.getvalue()


def test_a_file_can_be_queued_by_command(tmp_path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("id,offers\nno-panic,New words\n", encoding="utf-8")
    out = io.StringIO()
    call_command("import_services", file, stdout=out)
    assert "1 change waits" in out.getvalue() and ProposedChange.objects.count() == 1


def test_the_database_s_tables_are_as_the_models_say() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_django_s_own_check_warns_of_crisis_lines_that_nobody_has_rung() -> None:
    err = io.StringIO()
    call_command("check", stderr=err)
    assert "directory.W001" in err.getvalue() and "For United Kingdom" in err.getvalue()
