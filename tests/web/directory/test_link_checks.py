"""The link checker against a server of this computer: three states, and never a date of a check by a person."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from directory_web import TODAY, service
from django.core.management import call_command
from django.core.management.base import CommandError

from easeoff.directory import LinkState
from easeoff.web.directory.linkchecking import visit
from easeoff.web.directory.models import LinkCheck


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        code = int(self.path.strip("/").split("/")[0])
        self.send_response(code)
        if code in (301, 302):
            self.send_header("Location", "/200" if self.path.endswith("/good") else "file:///etc/passwd")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "state"),
    [("200", "reachable"), ("301/good", "reachable"), ("404", "gone"), ("410", "gone"), ("403", "refused"), ("429", "refused"),
     ("500", "refused"), ("503", "refused"), ("302/bad", "refused")],
)  # fmt: skip
def test_each_answer_has_its_state(site: str, path: str, state: str) -> None:
    assert visit(f"{site}/{path}", 5)[0] == state


def test_a_machine_that_does_not_answer_may_only_be_unwilling_today() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert visit(f"http://127.0.0.1:{silent.getsockname()[1]}/", 0.3)[0] is LinkState.REFUSED
    assert visit("http://127.0.0.1:1/", 1)[0] is LinkState.REFUSED


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)", "nonsense", ""]
)
def test_nothing_but_the_web_is_asked(url: str) -> None:
    assert visit(url, 1) == (LinkState.GONE, "not a web address")


def test_a_name_that_no_longer_exists_is_gone(monkeypatch) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert visit("http://gone.example/", 1) == (LinkState.GONE, "no such host")


def test_without_a_way_out_nothing_is_called_gone(change, keeper, site: str) -> None:
    change("no-panic", url="http://127.0.0.1:1/")
    change("samaritans", url="http://nowhere.invalid/")
    with pytest.raises(CommandError, match="no way out to the internet"):
        call_command("check_links", "no-panic", "samaritans", stdout=io.StringIO())
    assert not LinkCheck.objects.exists()

    change("papyrus-hopeline", url=f"{site}/403")
    call_command("check_links", "no-panic", "samaritans", "papyrus-hopeline", stdout=io.StringIO())
    assert LinkCheck.objects.count() == 3


def test_an_id_that_does_not_exist_is_named(change) -> None:
    with pytest.raises(CommandError, match="has the id samaritanz"):
        call_command("check_links", "samaritanz", stdout=io.StringIO())


def test_the_command_writes_down_and_never_moves_the_date_of_a_check(site: str, change, keeper) -> None:
    change("no-panic", url=f"{site}/404")
    change("samaritans", url=f"{site}/200")
    out = io.StringIO()
    call_command("check_links", "no-panic", "samaritans", stdout=out)
    assert {(one.service.slug, one.state) for one in LinkCheck.objects.all()} == {
        ("no-panic", "gone"),
        ("samaritans", "reachable"),
    }
    assert "gone: no-panic" in out.getvalue() and "1 reachable, 1 gone, 0 refused" in out.getvalue()
    assert service("samaritans").last_human_check is None
    change("no-panic", assured_date=TODAY)
    assert "Its web address is gone." in keeper.get("/back-office/?all=yes").content.decode()


def test_who_asked_not_to_be_listed_is_not_visited(site: str, change) -> None:
    change("no-panic", url=f"{site}/200", do_not_list=True)
    call_command("check_links", "no-panic", stdout=io.StringIO())
    assert not LinkCheck.objects.exists()
