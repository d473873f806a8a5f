"""Someone who runs a hub has its checked numbers in the terminal too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

RUN = "import sys; from easeoff.cli import main; sys.exit(main(sys.argv[1:]))"
CONFIRM = """
import django; django.setup()
from easeoff.directory import Method, Result
from easeoff.web.directory import flows, models, selectors
from easeoff.web.serve import prepare
prepare()
day = selectors.today()
flows.record_check(models.ServiceRecord.objects.get(slug="samaritans"), flows.Actor("volunteer"),
                   method=Method.PHONE_CALL, result=Result.CONFIRMED, fields_covered=("phone",), on=day, today=day)
"""


def _ran(folder: Path | None, code: str, *arguments: str, **more: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EASEOFF_")}
    environment |= {"DJANGO_SETTINGS_MODULE": "easeoff.web.project.settings", "COLUMNS": "80"} | more
    if folder is not None:
        environment["EASEOFF_DATA_DIR"] = str(folder)
    ran = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, capture_output=True, timeout=120,
                         check=True, text=True)  # fmt: skip
    return ran.stdout


@pytest.fixture(scope="module")
def hub_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a hub in which a person has rung one crisis line."""
    folder = tmp_path_factory.mktemp("hub")
    _ran(folder, CONFIRM)
    return folder


def test_what_was_checked_in_the_hub_is_checked_in_the_terminal(hub_folder: Path) -> None:
    for folder, freshness in ((hub_folder, "checked"), (None, "never")):
        told = json.loads(_ran(folder, RUN, "help-near", "London", "--most", "200", "--json"))
        line = next(one for one in told["services"] if one["id"] == "samaritans")
        assert line["freshness"] == freshness
        assert told["list"] == ("hub" if folder else "release")


def test_the_text_says_whose_list_it_is(hub_folder: Path) -> None:
    assert "From the list of your hub." in _ran(hub_folder, RUN, "help-near", "London")
    assert "From the list of this release" in _ran(None, RUN, "help-near", "London")


def test_a_stop_names_the_crisis_line_that_was_checked(hub_folder: Path) -> None:
    code = "import sys; from easeoff.cli import main; main(sys.argv[1:])"
    told = _ran(hub_folder, code, "plan", "clozapine 100 mg", "--country", "GB")
    assert "Samaritans: ring 116 123. Checked on" in told


@pytest.mark.parametrize("broken", ["empty folder", "not a database", "no PostgreSQL", "no address"])
def test_where_the_hub_cannot_be_read_the_list_of_the_release_stands_in_and_nothing_is_made(
    tmp_path: Path, broken: str
) -> None:
    url = {"no PostgreSQL": "postgres://easeoff:secret@127.0.0.1:1/easeoff", "no address": "rubbish"}.get(
        broken, ""
    )
    if broken == "not a database":
        (tmp_path / "easeoff.sqlite3").write_text("rubbish")
        (tmp_path / "secret-key").write_text("k" * 60)
    there = sorted(tmp_path.iterdir())

    told = _ran(tmp_path, RUN, "help-near", "BD1", EASEOFF_DATABASE_URL=url)

    assert "The list of your hub cannot be read." in told and "The Bridge Project" in told
    if not url:
        assert sorted(tmp_path.iterdir()) == there
