"""Starting hubs: several at once on one database, and what cannot be used is said in a sentence."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from http.client import HTTPConnection
from pathlib import Path

import pytest

from easeoff.web.serve import make_server

#: A job that was started in the background ignores Ctrl-C, and hands that on to what it starts.
SERVE = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from easeoff.cli import main; sys.exit(main(['serve', '--port', sys.argv[1]]))"
)


def _settings(data: Path, **settings: str) -> dict[str, str]:
    return {**os.environ, "EASEOFF_DATABASE_URL": "", "EASEOFF_DATA_DIR": str(data), **settings}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"EASEOFF_COUNTRIES": "Wales"}, "EASEOFF_COUNTRIES has “Wales”."),
        (
            {"EASEOFF_DATABASE_URL": "mysql://keeper:canary@host/hub"},
            "EASEOFF_DATABASE_URL is not the address",
        ),
        ({"EASEOFF_DATA_DIR": "/dev/null/data"}, "The data folder cannot be written."),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_sentence_and_no_traceback(tmp_path, settings, words) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SERVE, "8000"], env=_settings(tmp_path, **settings), capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr.startswith(words) and len(ran.stderr.splitlines()) == 2
    assert "canary" not in ran.stderr


def test_a_postgresql_that_does_not_answer_is_one_sentence(tmp_path, free_ports) -> None:
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is an extra: make test-postgres")
    url = f"postgres://keeper:canary@/hub?host={tmp_path}"
    ran = subprocess.run(
        [sys.executable, "-c", SERVE, str(free_ports[0])], env=_settings(tmp_path, EASEOFF_DATABASE_URL=url),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr.startswith("The database cannot be opened.") and "canary" not in ran.stderr


def test_two_hubs_that_start_at_once_on_a_new_database_both_come_up(tmp_path, free_ports) -> None:
    hubs = [
        subprocess.Popen([sys.executable, "-c", SERVE, str(port)], env=_settings(tmp_path),
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for port in free_ports
    ]  # fmt: skip
    try:
        for hub in hubs:
            assert hub.stdout and hub.stdout.readline().startswith(b"Easeoff is at ")
            hub.send_signal(signal.SIGINT)
        errors = [hub.communicate(timeout=60)[1] for hub in hubs]
    finally:
        for hub in hubs:
            hub.kill()
    assert [hub.returncode for hub in hubs] == [0, 0]
    assert not any(b"Traceback" in text or b"fault" in text for text in errors)


@pytest.mark.parametrize("length", [3_000_000, 10**12])
def test_a_body_that_is_too_large_is_refused_in_our_own_words_before_it_is_sent(
    length: int, free_ports
) -> None:
    server = make_server(free_ports[0])
    threading.Thread(target=server.run, daemon=True).start()
    line = HTTPConnection("127.0.0.1", free_ports[0], timeout=20)
    line.putrequest("POST", "/plan/open")
    line.putheader("Content-Length", str(length))
    line.endheaders()
    answer = line.getresponse()
    said = answer.read().decode()
    line.close()
    assert answer.status == 413 and answer.headers["Connection"] == "close"
    assert "That file is too large" in said and "Content-Security-Policy" in answer.headers


@pytest.fixture
def free_ports() -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports
