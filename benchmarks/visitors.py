"""Visitors of a hub: each asks for one page after the other, over a connection that stays open, as a browser's would."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from time import perf_counter
from urllib.parse import urlencode

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_COOKIE = re.compile(r"set-cookie:\s*(csrftoken=[^;]+)", re.I)
_LENGTH = re.compile(r"content-length:\s*(\d+)", re.I)
_SERVER_TIME = re.compile(r"server-timing:\s*hub;dur=([\d.]+)", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """A page to ask for. ``typed`` is what a form sends."""

    name: str
    address: str
    typed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status (0 for a broken connection), milliseconds in the hub and for the visitor, and the page."""

    page: Page
    status: int
    server_ms: float = 0.0
    visitor_ms: float = 0.0
    body: bytes = b""


class Visitor:
    """One connection to one process, and the token that its forms need."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._token = self._cookie = ""

    async def arrive(self) -> None:
        """Open the connection and fetch a form."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        head, body, _ = await self._exchange("GET", "/find-help/", b"")
        token, cookie = _TOKEN.search(body), _COOKIE.search(head)
        if not (token and cookie):
            raise SystemExit("The hub's search form bears no token: the benchmark has to be mended.")
        self._token, self._cookie = token[1].decode(), cookie[1]

    async def ask(self, page: Page) -> Answer:
        """One page. A connection that breaks counts as a failure and is opened anew."""
        fields = (
            urlencode([("csrfmiddlewaretoken", self._token), *page.typed]).encode() if page.typed else b""
        )
        try:
            head, body, taken = await self._exchange("POST" if fields else "GET", page.address, fields)
        except (OSError, EOFError):
            await self.arrive()
            return Answer(page, 0)
        spent = _SERVER_TIME.search(head)
        return Answer(page, int(head.split()[1]), float(spent[1]) if spent else 0.0, taken, body)

    async def _exchange(self, method: str, address: str, fields: bytes) -> tuple[str, bytes, float]:
        lines = [f"{method} {address} HTTP/1.1", "Host: localhost", f"Cookie: {self._cookie}"]
        if fields:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(fields)}"]
        began = perf_counter()
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + fields)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = _LENGTH.search(head)
        body = await self._reader.readexactly(int(length[1]) if length else 0)
        return head, body, 1000 * (perf_counter() - began)


async def visit(
    ports: Sequence[int], pages: Sequence[Page], visitors: int, seconds: float, pause: float
) -> list[Answer]:
    """``visitors`` at once for ``seconds``, each beginning at another page and reading it for ``pause`` seconds."""
    answers: list[Answer] = []

    async def stay(number: int) -> None:
        visitor = Visitor(ports[number % len(ports)])
        await visitor.arrive()
        end = perf_counter() + seconds
        for turn in count(number):
            if perf_counter() > end:
                return
            answer = await visitor.ask(pages[turn % len(pages)])
            answers.append(Answer(answer.page, answer.status, answer.server_ms, answer.visitor_ms))
            await asyncio.sleep(pause)

    await asyncio.gather(*(stay(number) for number in range(visitors)))
    return answers
