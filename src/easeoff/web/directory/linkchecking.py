"""One visit to one web address: reachable, gone, or refused to robots. The only code here that goes out."""

from __future__ import annotations

import http.client
import socket
import ssl
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from easeoff.directory import LinkState

_AGENT = "EaseoffLinkCheck/1 (+checks whether listed addresses still open)"
_GONE = frozenset({404, 410})
_ANSWERED = "answered"


def visit(url: str, seconds: float, opener: OpenerDirector | None = None) -> tuple[LinkState, str]:
    """What came of asking for ``url``, and why in a few words. Reads no more than the head of the answer."""
    if urlsplit(url).scheme not in ("http", "https"):
        return LinkState.GONE, "not a web address"
    request = Request(url, headers={"User-Agent": _AGENT, "Accept": "text/html,*/*;q=0.5"})
    try:
        with (opener or build_opener(_WebOnly)).open(request, timeout=seconds) as answer:
            return LinkState.REACHABLE, f"{_ANSWERED} {answer.status}"
    except HTTPError as problem:
        problem.close()
        return (LinkState.GONE if problem.code in _GONE else LinkState.REFUSED), f"{_ANSWERED} {problem.code}"
    except (URLError, http.client.HTTPException, TimeoutError, ValueError, OSError) as problem:
        return _of_failure(getattr(problem, "reason", problem))


def has_answered(detail: str) -> bool:
    """Whether some web server gave an answer, so that this computer was connected. ``detail`` is what `visit` returned."""
    return detail.startswith(_ANSWERED)


def _of_failure(reason: object) -> tuple[LinkState, str]:
    """A name that no longer exists is gone; a slow or unwilling machine may only be unwilling today."""
    if isinstance(reason, socket.gaierror):
        return LinkState.GONE, "no such host"
    if isinstance(reason, ssl.SSLError):
        return LinkState.REFUSED, "its certificate is not right"
    if isinstance(reason, TimeoutError):
        return LinkState.REFUSED, "no answer in time"
    return LinkState.REFUSED, type(reason).__name__


class _WebOnly(HTTPRedirectHandler):
    """Follows redirects on the web, and to nothing else."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        """The next request, or none where the address leads off the web."""
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise HTTPError(newurl, code, "leads off the web", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
