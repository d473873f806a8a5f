"""The back office: who gets in, three clicks to confirm, two editors, the queue, files."""

from __future__ import annotations

import io
import json
import re

import pytest
from directory_web import HOSTILE, PASSWORD, SHIPPED, TODAY, service, words_of
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver

from easeoff.directory import Status, from_csv, load_services, to_csv
from easeoff.web.directory.back_office.guarding import LONGEST_SECONDS
from easeoff.web.directory.models import (
    Complaint,
    ImportBatch,
    Keeper,
    Metadata,
    ProposedChange,
    ServiceRecord,
    Verification,
)

ROOT = "/back-office/"


def _addresses() -> list[str]:
    """Every address of the back office, with 1 for each changing part."""
    found = []
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) != "back-office/":
            continue
        stack = [(ROOT, pattern.url_patterns)]
        while stack:
            before, patterns = stack.pop()
            for one in patterns:
                text = re.sub(r"<[^>]+>", "1", str(one.pattern).replace("^", "").replace("$", ""))
                if hasattr(one, "url_patterns"):
                    stack.append((before + text, one.url_patterns))
                elif "(" not in text:
                    found.append(before + text)
    return sorted(set(found))


def _page(keeper: Client, slug: str) -> str:
    return f"{ROOT}directory/servicerecord/{ServiceRecord.objects.get(slug=slug).pk}/change/"


def _form(keeper: Client, slug: str) -> dict[str, str]:
    """The editor's form as it stands in the browser."""
    form = keeper.get(_page(keeper, slug)).context["adminform"].form
    filled = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in filled.items() if value not in (None, False)}


def _press(
    keeper: Client,
    slug: str,
    outcome: str,
    covered: tuple[str, ...] = ("name", "phone", "status"),
    **more: str,
):
    record = ServiceRecord.objects.get(slug=slug)
    return keeper.post(
        f"{ROOT}check/{record.pk}/", {"outcome": outcome, "covered": covered, **more}, follow=True
    )


# Who gets in


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", _addresses())
def test_a_stranger_gets_nothing_but_the_sign_in_page(client: Client, address: str, method: str) -> None:
    response = getattr(client, method)(address)
    if address.endswith(("login/", "logout/")):
        assert response.status_code in (200, 302, 405)
        return
    assert response.status_code == 302 and "/back-office/login/" in response["Location"], address
    assert ServiceRecord.objects.count() == len(SHIPPED) and not Verification.objects.exists()


def test_the_addresses_that_a_stranger_tried_are_all_of_them() -> None:
    held = _addresses()
    assert {f"{ROOT}check/1/", f"{ROOT}decide/1/", f"{ROOT}message/1/", f"{ROOT}import/", f"{ROOT}export/csv",
            f"{ROOT}directory/servicerecord/", f"{ROOT}directory/servicerecord/1/change/"} <= set(held)  # fmt: skip


def test_someone_with_an_account_but_without_the_right_stays_out() -> None:
    client = Client()
    client.force_login(User.objects.create_user("visitor", password=PASSWORD))
    assert client.get(ROOT).status_code == 302
    assert client.get(f"{ROOT}export/csv").status_code == 302


@pytest.mark.parametrize("name", ["check", "message", "decide"])
def test_what_changes_something_is_never_done_by_get(keeper: Client, name: str) -> None:
    assert keeper.get(f"{ROOT}{name}/1/").status_code == 405


def test_guessing_passwords_is_slowed_down(client: Client) -> None:
    User.objects.create_user("keeper-one", password=PASSWORD, is_staff=True)
    tries = [
        client.post(f"{ROOT}login/", {"username": "keeper-one", "password": f"guess {n}"}).status_code
        for n in range(10)
    ]
    assert tries == [200] * 8 + [429] * 2
    assert client.post(f"{ROOT}login/", {"username": "keeper-one", "password": PASSWORD}).status_code == 429


def test_a_session_lasts_twenty_idle_minutes_and_twelve_hours_at_most(keeper: Client) -> None:
    assert keeper.get(ROOT).status_code == 200
    cookie = keeper.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Strict"
    session = keeper.session
    assert session.get_expiry_age() <= 20 * 60 or session.get_expire_at_browser_close()
    session["began"] = session["began"] - LONGEST_SECONDS - 1
    session.save()
    assert keeper.get(ROOT).status_code == 302


def test_an_account_is_made_by_command_and_its_password_is_not_a_common_one(
    monkeypatch, client: Client
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("password1234\n"))
    with pytest.raises(CommandError, match="too common"):
        call_command("make_staff", "new-keeper", password_stdin=True)
    assert not User.objects.exists()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    call_command("make_staff", "new-keeper", role="charity worker", password_stdin=True, stdout=io.StringIO())
    assert Keeper.objects.get().role == "charity worker"
    assert (
        client.post(f"{ROOT}login/", {"username": "new-keeper", "password": PASSWORD, "next": ROOT})[
            "Location"
        ]
        == ROOT
    )
    call_command("make_staff", "new-keeper", remove=True, stdout=io.StringIO())
    assert client.get(ROOT).status_code == 302


# Three clicks


def test_a_service_is_confirmed_in_three_clicks_from_the_work_list(keeper: Client, client: Client) -> None:
    work_list = keeper.get(ROOT).content.decode()
    assert "What to look at next" in work_list
    link = re.search(r'<a href="([^"]+)">Samaritans</a>', work_list)
    assert link
    record = keeper.get(link[1])  # the first click
    action = re.search(r'<form method="post" action="(/back-office/check/\d+/)"', record.content.decode())
    assert action and "Confirmed today by telephone" in record.content.decode()
    ticked = re.findall(r'name="covered" value="(\w+)" checked', record.content.decode())
    done = keeper.post(
        action[1], {"outcome": "phone_call:confirmed", "covered": ticked}, follow=True
    )  # the second
    assert "counts as checked today" in words_of(done)
    row = Verification.objects.get()
    assert (row.method, row.result, row.checked_at, row.checker_role) == (
        "phone_call",
        "confirmed",
        TODAY,
        "volunteer",
    )
    page = words_of(client.get(f"/find-help/{row.service.slug}/"))
    assert "Checked on 20 November 2026." in page and "by a volunteer" in page
    assert "keeper-one" not in page, "the public sees roles, never names"


def test_the_work_list_asks_the_deployer_to_ring_the_crisis_lines_first(keeper: Client, settings) -> None:
    text = words_of(keeper.get(ROOT))
    assert (
        "Someone has to ring the crisis lines" in text
        and "For United Kingdom: no emergency number is set" in text
    )
    settings.EMERGENCY_NUMBERS = dict.fromkeys(settings.CRISIS_COUNTRIES, "112")
    settings.CRISIS_COUNTRIES = ("GB",)
    _press(keeper, "samaritans", "phone_call:confirmed")
    assert "Someone has to ring" not in words_of(keeper.get(ROOT))


def test_a_check_of_a_crisis_line_counts_only_if_it_covered_every_number(keeper: Client) -> None:
    assert "does not count" in words_of(_press(keeper, "papyrus-hopeline", "phone_call:confirmed"))
    assert service("papyrus-hopeline").last_human_check is None
    _press(keeper, "papyrus-hopeline", "phone_call:confirmed", ("phone", "text_line"))
    assert service("papyrus-hopeline").last_human_check == TODAY


def test_a_check_makes_an_unconfirmed_service_active_and_its_number_seen(
    keeper: Client, client: Client
) -> None:
    before = service("ads-oldham")
    assert (
        before.status is Status.UNCONFIRMED
        and before.phone not in client.get("/find-help/ads-oldham/").content.decode()
    )
    _press(keeper, "ads-oldham", "phone_call:confirmed")
    assert service("ads-oldham").status is Status.ACTIVE
    assert before.phone in client.get("/find-help/ads-oldham/").content.decode()


@pytest.mark.parametrize(
    ("outcome", "status", "fresh"),
    [
        ("phone_call:no_answer", "active", False),
        ("third_party_page:confirmed", "active", False),
        ("phone_call:closed", "closed", False),
        ("operator_page:confirmed", "active", True),
    ],
)
def test_each_outcome_does_what_it_says(keeper: Client, outcome: str, status: str, fresh: bool) -> None:
    _press(keeper, "bridge-project-bradford", outcome)
    after = service("bridge-project-bradford")
    assert after.status == status and (after.last_human_check is not None) == fresh


def test_who_asked_not_to_be_listed_goes_from_the_pages_and_is_not_rung_again(
    keeper: Client, client: Client
) -> None:
    _press(keeper, "bridge-project-bradford", "phone_call:refused_listing")
    assert client.get("/find-help/bridge-project-bradford/").status_code == 404
    assert "Do not ring it" in words_of(keeper.get(_page(keeper, "bridge-project-bradford")))
    assert "asked not to be listed" in words_of(
        _press(keeper, "bridge-project-bradford", "phone_call:confirmed")
    )
    assert Verification.objects.count() == 1
    assert "The Bridge Project" not in keeper.get(ROOT).content.decode()


def test_a_button_with_nonsense_records_nothing(keeper: Client) -> None:
    for outcome, covered in (
        (HOSTILE, ("phone",)),
        ("phone_call:confirmed", ()),
        ("phone_call:confirmed", (HOSTILE,)),
    ):
        assert "was not recorded" in words_of(_press(keeper, "samaritans", outcome, covered))
    assert not Verification.objects.exists()


# Messages


def test_a_message_leads_the_work_list_and_its_words_go_when_it_is_dealt_with(
    keeper: Client, client: Client
) -> None:
    client.post("/find-help/samaritans/", {"what": "correction", "about": "hours", "words": HOSTILE})
    page = keeper.get(ROOT)
    assert page.content.decode().index("Samaritans") < page.content.decode().index("1737 Need to talk?")
    record = keeper.get(_page(keeper, "samaritans")).content.decode()
    assert "&lt;script&gt;alert(1)" in record and "<script>alert(1)" not in record
    keeper.post(f"{ROOT}message/{Complaint.objects.get().pk}/", {"state": "upheld"})
    held = Complaint.objects.get()
    assert (held.state, held.words, held.handled_on) == ("upheld", "", TODAY)


def test_a_fresh_check_of_the_number_answers_the_complaint_about_it(keeper: Client, client: Client) -> None:
    client.post("/find-help/bridge-project-bradford/", {"what": "did_not_work", "about": "phone"})
    _press(keeper, "bridge-project-bradford", "phone_call:confirmed")
    assert Complaint.objects.get().state == "dismissed"


# Editing


def test_an_edit_never_moves_the_date_of_the_last_check(keeper: Client) -> None:
    form = _form(keeper, "bridge-project-bradford")
    done = keeper.post(_page(keeper, "bridge-project-bradford"),
                       {**form, "note": "A new note.", "assured_date": "2026-11-20", "on_founding_page": ""})  # fmt: skip
    assert done.status_code == 302
    after = service("bridge-project-bradford")
    assert after.note == "A new note." and after.last_human_check is None and after.on_founding_page
    entry = Metadata.objects.get()
    assert (entry.field_name, entry.replacement_value, entry.updated_by) == (
        "note",
        "A new note.",
        "volunteer",
    )


def test_a_changed_number_is_unconfirmed_until_someone_rings_it(keeper: Client, client: Client) -> None:
    form = _form(keeper, "bridge-project-bradford")
    keeper.post(_page(keeper, "bridge-project-bradford"), {**form, "phone": "01632 960001"})
    after = service("bridge-project-bradford")
    assert after.phone == "01632 960001" and after.status is Status.UNCONFIRMED
    assert "960001" not in client.get("/find-help/bridge-project-bradford/").content.decode()


@pytest.mark.parametrize("slug", SHIPPED)
def test_every_record_can_be_saved_as_it_stands(keeper: Client, slug: str) -> None:
    response = keeper.post(_page(keeper, slug), _form(keeper, slug))
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert service(slug) == SHIPPED[slug]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("phone", "call me", "not a number that can be rung"),
        ("url", "javascript:alert(1)", "begins with https://"),
        ("evidence_url", "https://a.example;javascript:x", "begins with https://"),
        ("email", HOSTILE, "e-mail address"),
        ("country", "ZZ", "do not know this country"),
        ("places", "Atlantis", "do not know the place"),
        ("drug_classes", "kittens", "cannot be a service"),
        ("successor_slug", "nowhere", "no other service"),
        ("evidence_date", "yesterday", "Write a date like"),
        ("name", "", "required"),
        ("name", "x" * 301, "at most 300"),
    ],
)
def test_what_makes_no_service_is_refused_with_a_reason_and_kept(keeper: Client, field, value, words) -> None:
    response = keeper.post(_page(keeper, "no-panic"), {**_form(keeper, "no-panic"), field: value})
    assert response.status_code == 200 and words in words_of(response)
    assert service("no-panic") == SHIPPED["no-panic"]


def test_only_a_check_makes_a_service_active(keeper: Client) -> None:
    form = {**_form(keeper, "ads-oldham"), "status": "active"}
    assert "Only a check makes a service active" in words_of(keeper.post(_page(keeper, "ads-oldham"), form))
    new = {"slug": "new-one", "name": "New One", "kind": "charity", "status": "active"}
    add = f"{ROOT}directory/servicerecord/add/"
    assert "Only a check makes a service active" in words_of(keeper.post(add, new))
    assert "Another page has this address" in words_of(
        keeper.post(add, {**new, "slug": "crisis", "status": "unconfirmed"})
    )
    assert keeper.post(add, {**new, "status": "unconfirmed"}).status_code == 302
    assert service("new-one").status is Status.UNCONFIRMED


def test_hostile_words_in_a_record_stay_words(keeper: Client, client: Client) -> None:
    form = _form(keeper, "no-panic")
    typed = dict.fromkeys(
        ("name", "note", "description", "service_area", "schedule", "fees_description", "stance"), HOSTILE
    )
    assert keeper.post(_page(keeper, "no-panic"), {**form, **typed}).status_code == 302
    for address in (
        "/find-help/no-panic/",
        "/find-help/",
        "/find-help/embed/?country=GB",
        _page(keeper, "no-panic"),
    ):
        page = keeper.get(address).content.decode()
        assert (
            "<script>alert" not in page
            and "49" not in re.findall(r"alert\(1\).{0,60}", page + " alert(1) ")[0]
        )


def test_two_editors_the_second_is_told_who_changed_what_and_loses_nothing(
    keeper: Client, other_keeper: Client
) -> None:
    first, second = _form(keeper, "no-panic"), _form(other_keeper, "no-panic")
    keeper.post(_page(keeper, "no-panic"), {**first, "schedule": "daily 10:00-22:00"})
    response = other_keeper.post(_page(keeper, "no-panic"), {**second, "note": "What the second typed."})
    text = words_of(response)
    assert response.status_code == 200
    assert "Someone else changed this service while you had it open." in text
    assert "keeper-one changed the schedule from “" in text and "to “daily 10:00-22:00”" in text
    assert "What the second typed." in response.content.decode()
    assert (
        service("no-panic").hours == "daily 10:00-22:00"
        and service("no-panic").note == SHIPPED["no-panic"].note
    )
    version = re.search(r'name="version" value="(\d+)"', response.content.decode())
    assert version
    again = {
        **second,
        "schedule": "daily 10:00-22:00",
        "note": "What the second typed.",
        "version": version[1],
    }
    assert other_keeper.post(_page(keeper, "no-panic"), again).status_code == 302
    after = service("no-panic")
    assert (after.hours, after.note) == ("daily 10:00-22:00", "What the second typed.")


def test_a_form_without_a_version_is_not_trusted(keeper: Client) -> None:
    form = _form(keeper, "no-panic")
    del form["version"]
    assert "Someone else changed" in words_of(keeper.post(_page(keeper, "no-panic"), {**form, "note": "x"}))


def test_nothing_can_be_deleted(keeper: Client) -> None:
    record = ServiceRecord.objects.first()
    assert record is not None
    assert (
        keeper.post(f"{ROOT}directory/servicerecord/{record.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    keeper.post(
        f"{ROOT}directory/servicerecord/",
        {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"},
    )
    assert ServiceRecord.objects.count() == len(SHIPPED)


# Files


def _upload(keeper: Client, content: bytes, name: str = "list.csv"):
    return keeper.post(f"{ROOT}import/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_an_import_waits_until_a_person_decides(keeper: Client) -> None:
    text = "id,offers,last_human_check\r\nno-panic,New words,2026-11-01\r\n"
    response = _upload(keeper, text.encode())
    assert "1 change waits for you" in words_of(response)
    assert service("no-panic") == SHIPPED["no-panic"]
    change = ProposedChange.objects.get()
    shown = words_of(keeper.get(f"{ROOT}directory/proposedchange/{change.pk}/change/"))
    assert "New words" in shown and "only a check by a person sets it" in shown
    keeper.post(f"{ROOT}decide/{change.pk}/", {"take": "yes"})
    after = service("no-panic")
    assert after.offers == "New words" and after.last_human_check is None
    again = keeper.post(f"{ROOT}decide/{change.pk}/", {"take": "no"}, follow=True)
    assert "decided on this change already" in words_of(again)


def test_an_import_cannot_bring_a_crisis_number_or_overwrite_what_changed_since(keeper: Client) -> None:
    _upload(keeper, b"id,phone,note\r\nsamaritans,01632 960999,New note\r\n")
    change = ProposedChange.objects.get()
    assert [one[0] for one in change.changes] == ["note"]
    form = _form(keeper, "samaritans")
    keeper.post(_page(keeper, "samaritans"), {**form, "note": "Written by hand."})
    response = keeper.post(f"{ROOT}decide/{change.pk}/", {"take": "yes"}, follow=True)
    assert "Someone else has changed the note" in words_of(response)
    assert service("samaritans").note == "Written by hand."


def test_many_changes_are_decided_at_once(keeper: Client) -> None:
    _upload(keeper, b"id,offers\r\nno-panic,One\r\nbenzobuddies,Two\r\n")
    chosen = list(ProposedChange.objects.values_list("pk", flat=True))
    page = f"{ROOT}directory/proposedchange/"
    response = keeper.post(page, {"action": "take_over", "_selected_action": chosen}, follow=True)
    assert "2 taken over." in words_of(response)
    assert (service("no-panic").offers, service("benzobuddies").offers) == ("One", "Two")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "No file was chosen"),
        (b"\x00\x01\x02", "not a text file"),
        (b"\xff\xfe\x41", "not written in UTF-8"),
        (b"name\r\nx\r\n", "no column “id”"),
        (b"id,kittens\r\nx,y\r\n", "do not know the column “kittens”"),
        (b"id,name\r\nno-panic\r\n", "Row 2 does not have as many cells"),
        (b"id,url\r\nno-panic,javascript:alert(1)\r\n", "not a web address"),
        (b"{", "This is not JSON"),
        (b"[" * 50_000, "nested too deeply"),
        (b'{"services": 3}', "no list of services"),
        (b'[{"id": "x", "name": "y", "status": "active"}]', "is not a UUID"),
        (b'[{"id": "c5b9f0a0-0000-4000-8000-000000000000", "name": "y", "status": NaN}]', "NaN"),
        (
            b'[{"id": "c5b9f0a0-0000-4000-8000-000000000000", "name": ["y"], "status": "active"}]',
            "is not text",
        ),
    ],
)
def test_a_broken_file_gets_one_clear_sentence_and_nothing_of_it_is_kept(
    keeper: Client, content, words
) -> None:
    response = _upload(keeper, content)
    assert response.status_code == 422 and words in words_of(response)
    assert not ImportBatch.objects.exists()


def test_a_huge_file_is_refused_before_it_is_read(keeper: Client) -> None:
    response = _upload(keeper, b"id,note\r\n" + b"no-panic,x\r\n" * 240_000)
    assert response.status_code == 413 and "too large" in words_of(response)
    assert not ImportBatch.objects.exists()


def test_exports_can_be_read_again_and_change_nothing(keeper: Client) -> None:
    text = keeper.get(f"{ROOT}export/csv").content.decode()
    assert text == to_csv(sorted(load_services(), key=lambda one: one.id))
    assert from_csv(text, load_services()) == ()
    assert "Nothing in this file differs" in words_of(_upload(keeper, text.encode()))
    hsds = keeper.get(f"{ROOT}export/hsds")
    assert hsds["Content-Disposition"].startswith("attachment") and len(json.loads(hsds.content)) == len(
        SHIPPED
    )
    assert "08457 90 90 90" not in hsds.content.decode()


def test_the_lists_of_the_back_office_ask_the_database_a_fixed_number_of_times(
    keeper: Client, django_assert_max_num_queries
) -> None:
    keeper.get(ROOT)
    with django_assert_max_num_queries(16):
        keeper.get(ROOT)
    with django_assert_max_num_queries(12):
        keeper.get(f"{ROOT}directory/servicerecord/")
