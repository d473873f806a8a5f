"""``easeoff medicines``, ``data check``, ``serve``, ``--help``, ``--version``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from easeoff.medicines import check_data, load_formulary, medicine_names
from easeoff.medicines.problems import DataProblem
from easeoff.quantities import EaseoffError


def test_the_list_names_every_medicine_with_class_and_policy(run):
    ran = run("medicines")

    assert ran.status == 0
    for name in medicine_names():
        assert re.search(rf"^{name} ", ran.out, re.MULTILINE)
    assert re.search(
        r"^sertraline +antidepressant, SSRI +with prescriber +GB, US, FR, CA, NL$", ran.out, re.MULTILINE
    )
    assert re.search(r"^lithium +mood stabiliser or +specialist only", ran.out, re.MULTILINE)


def test_one_medicine_shows_what_is_known_with_its_sources(run):
    ran = run("medicines", "Zoloft", "--country", "GB")
    text = " ".join(ran.out.split())

    assert ran.status == 0
    assert ran.out.startswith("Sertraline (antidepressant, SSRI)")
    assert "Used to plan doses. [sorensen_2022, secondary]" in text
    assert "26 hours" in text
    assert "A seizure (a fit)." in text
    assert "[sorensen_2022] Sorensen" in text
    assert "Products in the United States" not in text


def test_one_medicine_shows_what_a_second_source_says_with_its_address(run):
    text = " ".join(run("medicines", "trazodone", "--country", "US").out.split())

    assert "Checked against a second source" in text
    assert "differs (swallowed whole or broken in half along the score line; not chewed or crushed)" in text
    assert "https://drugs-library.com/drugs/trazodone-hydrochloride_aa3d32ae.html" in text
    assert "Checked against a second source" not in run("medicines", "phenelzine").out


@pytest.mark.parametrize("country", ["GB", "US"])
def test_every_product_stands_there_with_id_tier_and_date(run, country):
    text = run("medicines", "sertraline", "--country", country).out

    for product in load_formulary("sertraline", country).products:
        assert f"id {product.id}\n" in text
    assert " ".join(text.split()).count("listed on ") == len(load_formulary("sertraline", country).products)


@pytest.mark.parametrize("name", medicine_names())
def test_every_medicine_on_record_can_be_shown(run, name):
    ran = run("medicines", name)

    assert ran.status == 0
    assert ran.out.lower().startswith(name)


def test_sound_data_are_said_to_be_so_with_how_many_files(run):
    assert check_data() == ()
    ran = run("data", "check")

    assert ran.status == 0
    assert re.fullmatch(r"\d+ files checked, no faults\n", ran.out)
    assert int(ran.out.split()[0]) > 50


def test_faulty_data_are_listed_and_the_status_is_2(run, monkeypatch):
    fault = DataProblem("medicines/x.toml", "curve 1", "“ed50_mg” is missing")
    monkeypatch.setattr("easeoff.cli.data_command.check_data", lambda: (fault,))
    ran = run("data", "check")

    assert ran.status == 2
    assert ran.out == "medicines/x.toml, curve 1: “ed50_mg” is missing\n"
    assert "1 fault found" in ran.err


def test_serve_hands_over_the_port(run, monkeypatch):
    asked: list[int] = []
    monkeypatch.setattr("easeoff.web.serve.serve", asked.append)

    assert run("serve").status == 0
    assert run("serve", "--port", "8123").status == 0
    assert asked == [8000, 8123]


def test_a_port_that_cannot_be_had_is_said_in_a_sentence(run, monkeypatch):
    def taken(port: int) -> None:
        raise EaseoffError(f"Port {port} is already in use.", "Use another port.")

    monkeypatch.setattr("easeoff.web.serve.serve", taken)
    ran = run("serve")

    assert ran.status == 2
    assert ran.err == "Port 8000 is already in use.\nUse another port.\n"


@pytest.mark.parametrize("command", ["plan", "follow", "simulate", "medicines", "help-near", "data", "serve"])
def test_each_command_says_what_it_does_in_two_lines_with_an_example(run, command):
    ran = run(command, "--help")
    says, example = ran.out.split("\n\n")[1:3]

    assert ran.status == 0
    assert len(says.splitlines()) == 2
    assert example.startswith("Example:\n  easeoff " + command)
    assert run(command, "-h").out == ran.out


def test_the_help_names_every_command_and_no_other(run):
    ran = run("--help")

    assert ran.status == 0
    assert set(re.findall(r"^  easeoff ([a-z][a-z-]*)", ran.out, re.MULTILINE)) == {
        "plan",
        "simulate",
        "compare",
        "medicines",
        "help-near",
        "follow",
        "data",
        "serve",
    }
    assert "--to " in run("plan", "--help").out


def test_the_version_names_program_and_data(run):
    assert re.fullmatch(r"easeoff \d+\.\d+\.\d+, data 20\d\d\.\d\d(\.\d+)?\n", run("--version").out)


def test_a_fault_of_ours_is_said_to_be_one_without_a_traceback(run, monkeypatch):
    def broken(_: object) -> None:
        raise ZeroDivisionError("secret of the person")

    monkeypatch.setattr("easeoff.cli.plan_command.plan_taper", broken)
    ran = run("plan", "sertraline 100 mg", "--country", "GB")

    assert ran.status == 4
    assert ran.out == ""
    assert "our fault, not yours (ZeroDivisionError in " in ran.err
    assert "Traceback" not in ran.err
    assert "secret" not in ran.err


def test_the_reference_page_names_every_option_and_every_key(run):
    page = (Path(__file__).parents[2] / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    for command in ("plan", "medicines", "data", "serve"):
        for option in re.findall(r"--[a-z-]+", run(command, "--help").out):
            assert option in page, option
    keys = (
        run("plan", "sertraline 100 mg", "--country", "GB", "--person", "x=1")
        .err.split(": ")[1]
        .rstrip(".\n")
        .split(", ")
    )
    assert len(keys) > 15
    assert all(f"`{key}`" in page for key in keys)
