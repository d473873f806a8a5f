"""The comparison in the browser: what was pasted is kept, doubts come one by one, and nothing is in the address."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from easeoff.cli import main

TEXT = "Paxil 20mg since 2009; Jan 2023 17.5mg; Feb 15 mg; then stop"


class Comparer:
    """Keeps the last page and sends its hidden fields back with the next."""

    def __init__(self, client):
        self.client = client
        self.response = client.get("/compare/")

    @property
    def text(self):
        return self.response.content.decode()

    @property
    def words(self):
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.text)).replace("\u00a0", " ").split())

    @property
    def hidden(self):
        form = self.text.split('id="compare-form"', 1)[1].split("</form>", 1)[0]
        found: dict[str, list[str]] = {}
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
            found.setdefault(name, []).append(html.unescape(value))
        return {name: values for name, values in found.items() if name != "csrfmiddlewaretoken"}

    def send(self, go="read", **typed):
        self.response = self.client.post("/compare/", {**self.hidden, "go": go, **typed})
        return self


@pytest.fixture
def comparer(client):
    return Comparer(client)


def test_a_pasted_schedule_is_asked_about_one_doubt_at_a_time_and_kept(comparer):
    comparer.send(text=TEXT)
    assert "From which day of such months" in comparer.words
    assert comparer.hidden["text"] == [TEXT]
    comparer.send(choice="1")
    assert "has no year" in comparer.words
    assert comparer.hidden["answer"] == ["day-of-month=1"]
    comparer.send(choice="follow")
    assert "How long is 15 mg kept" in comparer.words
    comparer.send(typed="28")
    assert "Which published schedules" in comparer.words
    comparer.send("show", pick=["SCOT-PAR", "AJP-CASE-PAR"])
    assert "3 schedules side by side: paroxetine" in comparer.words
    assert "This is what was written, not advice." in comparer.words
    assert "Kept to be warned of" in comparer.words
    assert comparer.text.count("<svg") == 3
    comparer.send("edit")
    assert TEXT in html.unescape(comparer.text)


def test_an_answer_that_cannot_be_read_is_asked_again_with_what_was_pasted(comparer):
    comparer.send(text="sertraline 100 mg, 50 mg, stop")
    comparer.send(typed="a while")
    assert "is not a number of days" in comparer.words
    assert comparer.hidden["text"] == ["sertraline 100 mg, 50 mg, stop"]


def test_what_was_left_out_is_named_on_the_result(comparer):
    comparer.send(text="sertraline 100 mg 1 week, felt dreadful, 50 mg 1 week, stop", medicine="sertraline")
    comparer.send(choice="skip")
    comparer.send("show")
    assert "Left out of what you pasted, as you said: “felt dreadful" in comparer.words


def test_published_ones_alone_need_a_medicine(comparer):
    comparer.send()
    assert comparer.response.status_code == 422
    assert "Which medicine is it?" in comparer.words
    comparer.send(medicine="Zoloft")
    comparer.send("show")
    assert comparer.response.status_code == 422
    comparer.send("show", pick="DTB-SER-100")
    assert "82.3 points" in comparer.words
    assert "Drug and Therapeutics Bulletin" in comparer.words


def test_a_plan_saved_here_is_laid_beside(comparer, tmp_path, capsys):
    path = tmp_path / "plan.json"
    main(["plan", "sertraline 100 mg", "--country", "GB", "--format", "json", "-o", str(path)])
    comparer.send(file=SimpleUploadedFile("plan.json", path.read_bytes()), country="GB")
    comparer.send("show", pick="DTB-SER-100")
    assert "2 schedules side by side: sertraline" in comparer.words
    assert "A plan made with Easeoff" in comparer.words
    assert "22.2 points" in comparer.words


def test_a_table_as_a_file_is_read(comparer):
    table = b"dose_mg,days\n40,0\n20,28\n0,\n"
    comparer.send(file=SimpleUploadedFile("mine.csv", table), medicine="citalopram", country="GB")
    comparer.send("show")
    assert "One schedule: citalopram" in comparer.words
    assert "United Kingdom" in comparer.words


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "That file is not text."),
        (b"{}", "not an Easeoff plan file"),
        (b" ", "That file is empty."),
    ],
)
def test_a_file_that_cannot_be_used_is_said_and_what_was_typed_stays(comparer, content, said):
    comparer.send(file=SimpleUploadedFile("x", content), medicine="sertraline")
    assert comparer.response.status_code == 422
    assert said in comparer.words
    assert 'value="sertraline"' in comparer.text


def test_an_unknown_medicine_is_asked_back_with_the_nearest(comparer):
    comparer.send(medicine="sertaline")
    assert comparer.response.status_code == 422
    assert "sertraline" in comparer.words


def test_a_text_that_is_too_long_is_refused_in_one_sentence(comparer):
    comparer.send(text="a" * 100_001, medicine="sertraline")
    assert comparer.response.status_code == 422
    assert "too long to be a schedule" in comparer.words


def test_an_unknown_published_id_is_refused(comparer):
    comparer.send(medicine="sertraline")
    comparer.send("show", pick="NOBODY-1")
    assert comparer.response.status_code == 422


def test_choosing_a_theme_stays_on_the_page(comparer):
    comparer.send(text=TEXT)
    before = comparer.hidden
    comparer.response = comparer.client.post("/compare/", {**before, "theme": "dim"})
    assert comparer.hidden == before
    assert 'data-theme="dim"' in comparer.text
    comparer.send(choice="1").send(choice="follow").send(typed="28")
    comparer.response = comparer.client.post("/compare/", {**comparer.hidden, "theme": "dark"})
    assert "Which published schedules" in comparer.words


def test_markup_that_was_pasted_stays_text(comparer):
    comparer.send(text="sertraline <script>alert(1)</script> 50 mg, stop")
    assert "<script>alert" not in comparer.text
