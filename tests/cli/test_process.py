"""The command as its own process: start-up, pipes, Ctrl-C, encodings, terminals."""

from __future__ import annotations

import os
import pty
import select
import signal
import socket
import subprocess
import sys

import pytest

PLAN = ("plan", "sertraline 100 mg", "--country", "GB")
#: A job that was started in the background ignores Ctrl-C, and hands that on to what it starts.
LISTENS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
RUN = "import sys; from easeoff.cli import main; sys.exit(main(sys.argv[1:]))"
HEAVY = ("django", "typst", "rich", "numpy", "typer", "waitress")


def _ran(*arguments: str, code: str = RUN, **more) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, timeout=60, check=False, **more
    )


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), PLAN, (*PLAN, "--json"), ("medicines",)], ids=" ".join
)
def test_nothing_heavy_is_imported_where_it_is_not_used(arguments):
    code = f"import sys; from easeoff.cli import main; main(sys.argv[1:]); sys.exit(' '.join(m for m in {HEAVY} if m in sys.modules))"

    assert _ran(*arguments, code=code).stderr.strip() == b""


def test_help_does_not_even_load_the_medicines():
    code = "import sys; from easeoff.cli import main; main(['plan', '--help']); sys.exit(' '.join(m for m in sys.modules if m.startswith('easeoff.medicines')))"

    assert _ran(code=code).stderr.strip() == b""


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_reader_that_goes_away_is_no_fault(more):
    with subprocess.Popen(
        [sys.executable, "-c", RUN, *PLAN, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout and child.stderr
        child.stdout.close()
        errors = child.stderr.read()

    assert errors == b""
    assert child.returncode == 1


def test_a_full_disk_is_said_in_a_sentence():
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        ran = subprocess.run(
            [sys.executable, "-c", RUN, *PLAN], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )

    assert ran.returncode == 2
    assert len(ran.stderr.splitlines()) == 2
    assert b"could not be written" in ran.stderr


def test_ctrl_c_ends_it_without_a_traceback():
    code = (
        LISTENS
        + "import os; import easeoff.cli.running as r; r.read_arguments = lambda a: os.kill(os.getpid(), signal.SIGINT); "
        + RUN
    )
    ran = _ran(*PLAN, code=code)

    assert ran.returncode == 130
    assert ran.stdout == b""
    assert ran.stderr == b"Stopped, as you asked. No file was changed.\n"


def test_serve_ends_on_ctrl_c():
    with subprocess.Popen(
        [sys.executable, "-c", RUN, "serve", "--port", "0"], stderr=subprocess.PIPE
    ) as refused:
        assert refused.stderr
        assert b"--port" in refused.stderr.read()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    child = subprocess.Popen(
        [sys.executable, "-c", LISTENS + RUN, "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert child.stdout
        assert f"http://localhost:{port}/".encode() in child.stdout.readline()
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=60)
    finally:
        child.kill()

    assert child.returncode == 0
    assert b"Traceback" not in errors


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_that_knows_few_letters_still_gets_every_word(encoding):
    ran = _ran(*PLAN, env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "80"})

    assert ran.returncode == 1
    assert ran.stderr == b""
    assert "never taken as" in ran.stdout.decode(encoding)


def test_the_json_is_utf_8_whatever_the_terminal(tmp_path):
    ran = _ran(*PLAN, "--json", env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})

    assert ran.stdout == _ran(*PLAN, "--json").stdout
    assert ran.stdout.decode("utf-8")


def _on_a_terminal(*arguments: str, **variables: str) -> str:
    """What a person at a terminal of 80 columns sees."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(variables)
        os.execv(sys.executable, [sys.executable, "-c", RUN, *arguments])
    seen = b""
    while select.select([terminal], [], [], 60)[0]:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    os.waitpid(child, 0)
    os.close(terminal)
    return seen.decode("utf-8")


def test_a_terminal_gets_colour_unless_it_asks_for_none():
    stop = ("plan", "lithium 400 mg", "--country", "GB")

    assert "\x1b[1;31mStop. No doses are shown." in _on_a_terminal(
        *stop, COLUMNS="80", TERM="xterm", NO_COLOR=""
    )
    assert "\x1b" not in _on_a_terminal(*stop, COLUMNS="80", TERM="xterm", NO_COLOR="1")
    assert "\x1b" not in _on_a_terminal(*stop, COLUMNS="80", TERM="dumb", NO_COLOR="")


def test_a_pipe_gets_no_colour():
    assert b"\x1b" not in _ran(*PLAN).stdout


def test_a_pdf_is_not_poured_into_a_terminal():
    seen = _on_a_terminal(*PLAN, "--format", "pdf", COLUMNS="80", TERM="xterm")

    assert seen.startswith("A PDF cannot be shown in a terminal.")
