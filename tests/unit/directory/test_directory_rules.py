"""The rules of the directory that may not be broken, each as a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from directory_factory import TODAY, check, crisis_line, service

from easeoff.directory import (
    Complaint,
    DirectoryIndex,
    Freshness,
    LinkCheck,
    LinkState,
    Method,
    Reason,
    Result,
    Status,
    accept,
    after_check,
    crisis_panel,
    freshness,
    freshness_words,
    from_csv,
    last_human_check,
    load_services,
    months_after,
    note_shown,
    phone_shown,
    start_warnings,
    to_csv,
    to_hsds,
    with_checks,
    work_list,
)
from easeoff.directory.folding import digits
from easeoff.directory.proposals import looks_like_uk_mobile
from easeoff.quantities import EaseoffError

SERVICES = load_services()


class TestOnlyAPersonMovesTheDateOfTheLastCheck:
    def test_nobody_has_checked_the_shipped_entries_and_none_claims_a_date(self) -> None:
        assert len(SERVICES) == 113
        assert {one.last_human_check for one in SERVICES} == {None}

    @pytest.mark.parametrize("method", [Method.PHONE_CALL, Method.OPERATOR_WRITTEN, Method.OPERATOR_PAGE])
    @pytest.mark.parametrize("result", [Result.CONFIRMED, Result.CHANGED])
    def test_a_check_at_the_operator_that_confirms_or_changes_moves_it(
        self, method: Method, result: Result
    ) -> None:
        assert last_human_check(service(), [check(method=method, result=result)]) == TODAY

    @pytest.mark.parametrize("result", [Result.NO_ANSWER, Result.CLOSED, Result.REFUSED_LISTING])
    def test_a_check_that_confirms_nothing_does_not_move_it(self, result: Result) -> None:
        assert last_human_check(service(), [check(result=result)]) is None
        assert after_check(service(), check(result=result)).last_human_check is None

    def test_a_third_partys_page_does_not_move_it(self) -> None:
        assert last_human_check(service(), [check(method=Method.THIRD_PARTY_PAGE)]) is None

    def test_the_newest_check_counts_and_an_older_one_does_not_turn_it_back(self) -> None:
        older = check(checked_at=TODAY - timedelta(days=40))
        assert last_human_check(service(), [check(), older]) == TODAY
        assert after_check(service(last_human_check=TODAY), older).last_human_check == TODAY

    def test_a_check_of_another_service_does_not_move_it(self) -> None:
        assert with_checks(service(), [check(service="lantern")]).last_human_check is None

    def test_a_check_of_a_crisis_line_must_cover_every_number_that_it_has(self) -> None:
        line = crisis_line(text_line="85000")
        half = check(service="lantern", fields_covered=("phone", "hours"))
        assert last_human_check(line, [half]) is None
        assert (
            last_human_check(line, [check(service="lantern", fields_covered=("phone", "text_line"))]) == TODAY
        )

    def test_an_import_does_not_move_it(self) -> None:
        row = to_csv([service(last_human_check=TODAY, name="Harbour Line")])
        (change,) = from_csv(row, [service()])
        assert [one.field for one in change.changes] == ["name"]
        assert "only a check by a person" in change.warnings[0]
        assert accept(change, service()).last_human_check is None

    def test_a_check_must_say_what_it_covered(self) -> None:
        with pytest.raises(EaseoffError, match="must say what was checked"):
            check(fields_covered=())
        with pytest.raises(EaseoffError, match="does not know “colour”"):
            check(fields_covered=("colour",))


class TestAWorkingLinkIsNotAWorkingService:
    def test_a_link_has_three_states(self) -> None:
        assert [state.value for state in LinkState] == ["reachable", "gone", "refused"]

    def test_a_reachable_link_does_not_take_a_service_off_the_work_list(self) -> None:
        link = LinkCheck("harbour", "https://harbour.example", LinkState.REACHABLE, TODAY)
        (item,) = work_list([service()], [], [], TODAY, [link])
        assert item.reason is Reason.NEVER

    def test_a_dead_link_puts_a_checked_service_on_it_until_the_link_is_back(self) -> None:
        fresh = service(last_human_check=TODAY)
        gone = LinkCheck("harbour", "https://harbour.example", LinkState.GONE, TODAY - timedelta(days=3))
        back = replace(gone, state=LinkState.REACHABLE, checked_at=TODAY)
        assert [item.reason for item in work_list([fresh], [], [], TODAY, [gone])] == [Reason.LINK_GONE]
        assert work_list([fresh], [], [], TODAY, [back, gone]) == ()

    def test_a_link_closed_to_robots_is_not_a_dead_one(self) -> None:
        refused = LinkCheck("harbour", "https://harbour.example", LinkState.REFUSED, TODAY)
        assert work_list([service(last_human_check=TODAY)], [], [], TODAY, [refused]) == ()


class TestRecordsExpire:
    @pytest.mark.parametrize(
        ("months", "days", "expected", "words"),
        [
            (0, 0, Freshness.CHECKED, "Checked on 1 November 2026."),
            (6, 0, Freshness.CHECKED, "Checked on 1 May 2026."),
            (6, 1, Freshness.DUE, "Due for a check. Last checked on 30 April 2026."),
            (12, 0, Freshness.DUE, "Due for a check. Last checked on 1 November 2025."),
            (12, 1, Freshness.STALE, "Not checked since 31 October 2025, use with care."),
        ],
    )
    def test_a_check_stands_six_months_and_is_due_until_twelve(
        self, months: int, days: int, expected: Freshness, words: str
    ) -> None:
        checked = months_after(TODAY, -months) - timedelta(days=days)
        assert freshness(service().kind, checked, TODAY) is expected
        assert freshness_words(service(last_human_check=checked), TODAY) == words

    def test_a_service_that_was_never_checked_says_so(self) -> None:
        assert freshness_words(service(), TODAY) == "Not checked, use with care."

    def test_a_check_that_lies_ahead_counts_as_none(self) -> None:
        assert freshness(service().kind, TODAY + timedelta(days=1), TODAY) is Freshness.NEVER

    def test_the_check_of_a_crisis_line_stands_three_months(self) -> None:
        line = crisis_line()
        assert freshness(line.kind, months_after(TODAY, -3), TODAY) is Freshness.CHECKED
        assert freshness(line.kind, months_after(TODAY, -3) - timedelta(days=1), TODAY) is Freshness.DUE

    def test_months_end_on_the_last_day_of_a_short_month(self) -> None:
        assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
        assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)

    def test_stale_and_never_checked_services_are_sorted_last(self) -> None:
        fresh = service(id="z", name="Zebra", last_human_check=TODAY, status=Status.READ_ONLY, phone="")
        stale = service(id="a", name="Anchor", last_human_check=months_after(TODAY, -13))
        never = service(id="b", name="Beacon")
        found = DirectoryIndex([never, stale, fresh]).search("", today=TODAY)
        assert [hit.service.id for hit in found.hits] == ["z", "a", "b"]


class TestTheCrisisPanel:
    def test_a_line_checked_within_three_months_stands_in_it_with_its_number_and_date(self) -> None:
        panel = crisis_panel([crisis_line(last_human_check=TODAY)], "GB", TODAY)
        assert [(line.phone, line.checked) for line in panel.lines] == [
            ("01632 960001", "Checked on 1 November 2026.")
        ]
        assert panel.addresses == ()

    def test_after_three_months_only_the_operators_address_is_left(self) -> None:
        old = crisis_line(last_human_check=months_after(TODAY, -3) - timedelta(days=1))
        panel = crisis_panel([old], "GB", TODAY)
        assert panel.lines == ()
        assert [one.address for one in panel.addresses] == ["https://lantern.example"]

    def test_it_is_never_empty(self) -> None:
        for country in ("GB", "DE", "PL", ""):
            panel = crisis_panel([], country, TODAY)
            assert panel.emergency == "If life is in danger, ring your local emergency number now."

    def test_it_carries_the_emergency_number_that_whoever_runs_the_site_has_set(self) -> None:
        panel = crisis_panel([], "GB", TODAY, {"GB": "000"})
        assert (panel.emergency, panel.emergency_number) == ("If life is in danger, ring 000 now.", "000")

    def test_as_shipped_no_country_has_a_number_in_it_but_the_operators_are_named(self) -> None:
        panel = crisis_panel(SERVICES, "GB", TODAY)
        assert panel.lines == ()
        assert "https://www.samaritans.org" in [one.address for one in panel.addresses]

    def test_a_line_of_another_country_does_not_stand_in_it_unless_it_serves_this_one(self) -> None:
        assert {one.service.id for one in crisis_panel(SERVICES, "IE", TODAY).addresses} == {
            "ie-text-50808",
            "samaritans",
        }

    @pytest.mark.parametrize("status", [Status.UNCONFIRMED, Status.CLOSED, Status.RENAMED])
    def test_a_line_that_is_not_active_has_no_number_in_it(self, status: Status) -> None:
        assert crisis_panel([crisis_line(status=status, last_human_check=TODAY)], "GB", TODAY).lines == ()

    def test_the_start_check_warns_of_countries_without_a_fresh_line_or_an_emergency_number(self) -> None:
        lines = [crisis_line(last_human_check=TODAY)]
        assert start_warnings(lines, ["GB"], TODAY, {"GB": "000"}) == ()
        (warning,) = start_warnings(lines, ["GB"], TODAY)
        assert warning == "For United Kingdom: no emergency number is set."
        (warning,) = start_warnings(lines, ["DE"], TODAY, {"DE": "000"})
        assert warning == "For Germany: no crisis line has been checked by a person in the last three months."


class TestClosedAndRenamedServicesStayAsTombstones:
    OLD = service(id="old", name="Old Name", status=Status.RENAMED, successor_id="middle", old_names=("Older Nayme",),
                  old_numbers=("01632 960999",))  # fmt: skip
    MIDDLE = service(id="middle", name="Middle Name", status=Status.CLOSED, successor_id="new")
    NEW = service(id="new", name="New Name")

    @pytest.mark.parametrize(
        "query", ["Old Name", "older nayme", "01632 960999", "01632960999", "960001", "+44 1632 960999"]
    )
    def test_they_are_found_by_old_name_spelling_and_number(self, query: str) -> None:
        found = DirectoryIndex([self.OLD, replace(self.NEW, phone="")]).search(query, today=TODAY)
        assert found.hits[0].service.id == "old"

    def test_their_number_is_never_shown_as_live(self) -> None:
        for dead in (self.OLD, self.MIDDLE):
            view = phone_shown(replace(dead, last_human_check=TODAY), TODAY)
            assert (view.show, view.phone) == (False, "")
        assert (
            phone_shown(self.MIDDLE, TODAY).words == "This service has closed, so we do not show its number."
        )

    def test_they_lead_to_the_last_of_a_line_of_successors(self) -> None:
        hit = DirectoryIndex([self.OLD, self.MIDDLE, self.NEW]).search("Old Name", today=TODAY).hits[0]
        assert hit.successor is not None and hit.successor.id == "new"
        assert hit.state == "This service has a new name: New Name."

    def test_a_circle_of_successors_ends(self) -> None:
        round_trip = replace(self.MIDDLE, successor_id="old")
        hit = DirectoryIndex([self.OLD, round_trip]).hit("old", today=TODAY)
        assert hit is not None and hit.successor is not None and hit.successor.id == "middle"

    def test_live_services_are_listed_before_them(self) -> None:
        found = DirectoryIndex([self.OLD, self.MIDDLE, self.NEW]).search("name", today=TODAY)
        assert [hit.service.id for hit in found.hits] == ["new", "middle", "old"]


class TestNumbersOfUnconfirmedServicesAreHidden:
    def test_the_reason_and_the_operators_address_stand_in_their_place(self) -> None:
        view = phone_shown(service(status=Status.UNCONFIRMED), TODAY)
        assert view.words == "Nobody has confirmed this number, so we do not show it. Ask the service itself."
        assert (view.show, view.phone, view.text_line, view.operator) == (
            False,
            "",
            "",
            "https://harbour.example",
        )

    def test_a_fresh_date_alone_does_not_show_them(self) -> None:
        assert not phone_shown(service(status=Status.UNCONFIRMED, last_human_check=TODAY), TODAY).show

    def test_an_active_entry_that_nobody_has_checked_shows_its_number_with_a_warning(self) -> None:
        view = phone_shown(service(), TODAY)
        assert (view.show, view.phone, view.words) == (True, "01632 960001", "Not checked, use with care.")

    def test_a_check_that_confirms_makes_an_unconfirmed_service_active(self) -> None:
        checked = after_check(service(status=Status.UNCONFIRMED), check())
        assert checked.status is Status.ACTIVE
        assert phone_shown(checked, TODAY).words == "Checked on 1 November 2026."

    def test_a_number_changed_by_an_import_is_hidden_until_a_person_has_checked_it(self) -> None:
        known = service(last_human_check=TODAY)
        (change,) = from_csv("id,phone\nharbour,01632 960002\n", [known])
        taken = accept(change, known)
        assert not phone_shown(taken, TODAY).show

    def test_no_shipped_note_or_feed_lets_a_hidden_number_slip_through(self) -> None:
        feed = {record["name"]: str(record) for record in to_hsds(SERVICES, TODAY, include_unconfirmed=True)}
        for one in SERVICES:
            if phone_shown(one, TODAY).show:
                continue
            for number in filter(None, (one.phone, one.text_line, *one.old_numbers)):
                if len(digits(number)) > 6:
                    assert digits(number) not in digits(note_shown(one, TODAY)), one.id
                    assert number not in feed[one.name], one.id


class TestCrisisLinesComeFromTheirOperatorsOnly:
    def test_entries_known_from_a_compiled_list_only_have_no_number(self) -> None:
        compiled = [
            one
            for one in SERVICES
            if set(one.evidence_url) == {"https://github.com/sashabaranov/suicide-hotlines"}
        ]
        assert len(compiled) >= 15
        assert all(not one.phone and not one.text_line for one in compiled)

    def test_an_import_never_brings_in_or_changes_the_number_of_one(self) -> None:
        text = "id,name,kind,phone,text_line\nlantern,Lantern Line,crisis_line,717,116\nnew-line,New Line,crisis_line,717,\n"
        known = crisis_line()
        assert all(
            one.field not in ("phone", "text_line")
            for change in from_csv(text, [known])
            for one in change.changes
        )
        assert all("take it from the operator" in change.warnings[0] for change in from_csv(text, [known]))

    def test_nor_by_calling_it_something_else_in_the_same_file(self) -> None:
        (change,) = from_csv("id,kind,phone\nlantern,helpline,717\n", [crisis_line()])
        assert [one.field for one in change.changes] == ["kind"]


class TestPrivateNumbersAndWishes:
    def test_no_shipped_voice_number_is_a_british_mobile(self) -> None:
        assert not [one.id for one in SERVICES if one.country == "GB" and looks_like_uk_mobile(one.phone)]

    def test_an_import_asks_whether_a_mobile_number_is_a_private_persons(self) -> None:
        (change,) = from_csv("id,name,kind,phone\nlocal-group,Local Group,support_group,07700 900123\n", [])
        assert change.warnings == ("This is a mobile number: make sure that it is not a private person's.",)

    def test_a_complaint_puts_a_service_first_on_the_work_list(self) -> None:
        fresh, never = service(last_human_check=TODAY), service(id="never", name="Never")
        first, *_ = work_list([never, fresh], [], [Complaint("harbour", TODAY)], TODAY)
        assert (first.service.id, first.reason, first.words) == (
            "harbour",
            Reason.COMPLAINT,
            "Someone says this did not work: phone.",
        )

    def test_a_service_that_asked_not_to_be_listed_is_neither_found_nor_called_again(self) -> None:
        refused = after_check(service(), check(result=Result.REFUSED_LISTING))
        assert refused.do_not_list
        assert DirectoryIndex([refused]).search("harbour", today=TODAY).total == 0
        assert work_list([refused], [], [Complaint("harbour", TODAY)], TODAY) == ()
        assert to_hsds([refused], TODAY, include_unconfirmed=True) == []
        assert (
            crisis_panel([replace(crisis_line(last_human_check=TODAY), do_not_list=True)], "GB", TODAY).lines
            == ()
        )

    def test_an_import_cannot_undo_that_wish(self) -> None:
        refused = service(do_not_list=True)
        (change,) = from_csv("id,do_not_list,name\nharbour,no,Harbour Again\n", [refused])
        assert accept(change, refused).do_not_list

    def test_stance_and_cost_are_there_where_known(self) -> None:
        paid = next(one for one in SERVICES if one.id == "outro-health")
        assert "Commercial" in paid.stance
        assert paid.cost_kind == "paid"


def test_the_work_list_puts_crisis_lines_first_and_then_the_longest_overdue() -> None:
    services = [
        service(id="due", name="Due", last_human_check=months_after(TODAY, -7)),
        service(id="stale", name="Stale", last_human_check=months_after(TODAY, -20)),
        service(id="staler", name="Staler", last_human_check=months_after(TODAY, -30)),
        service(id="never", name="Never"),
        crisis_line(last_human_check=months_after(TODAY, -4)),
        service(id="closed", name="Closed", status=Status.CLOSED),
        service(id="fresh", name="Fresh", last_human_check=TODAY),
    ]
    listed = [(item.service.id, item.reason.value) for item in work_list(services, [], [], TODAY)]
    assert listed == [
        ("lantern", "overdue"), ("staler", "overdue"), ("stale", "overdue"), ("never", "never"), ("due", "due"),
    ]  # fmt: skip


def test_the_crisis_lines_of_the_hubs_own_countries_stand_before_those_of_others() -> None:
    lines = [
        crisis_line(id=f"line-{code}", name=f"A line {code}", country=code) for code in ("DE", "GB", "NL")
    ]
    ordered = work_list([*lines, service()], (), (), TODAY, countries=("GB", "NL"))
    assert [item.service.country for item in ordered[:3]] == ["GB", "NL", "DE"]


def test_a_check_takes_a_service_off_the_work_list() -> None:
    assert work_list([service()], [check()], [], TODAY) == ()
