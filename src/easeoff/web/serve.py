"""Runs the hub on this computer, with everything it needs inside the package."""

from __future__ import annotations

import errno
import os
import socket
import sys
from typing import Protocol

from waitress.server import create_server  # type: ignore[import-untyped]

from easeoff.quantities import EaseoffError

_MAX_BODY_BYTES = 2 * 1024 * 1024
_HIGHEST_PORT = 65_535


def serve(port: int, host: str = "127.0.0.1") -> None:
    """Serve until interrupted, after printing the address. Raises `EaseoffError` where the port cannot be had."""
    server = make_server(port, host)
    sys.stdout.write(f"Easeoff is at {address(host, port)} . Press Ctrl+C to stop it.\n")
    sys.stdout.flush()
    server.run()


def address(host: str, port: int) -> str:
    """The address to open in a browser on this computer."""
    shown = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}.get(host, host)
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


class Server(Protocol):
    """What we use of waitress's server."""

    effective_port: int | str

    def run(self) -> None:
        """Serve until interrupted."""

    def close(self) -> None:
        """Give the port back."""


def make_server(port: int, host: str = "127.0.0.1") -> Server:
    """A waitress server that is bound but not yet running. Raises `EaseoffError`, one sentence and a hint."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "easeoff.web.project.settings")
    from easeoff.web.project.wsgi import application

    server: Server = create_server(
        application, sockets=[_listening(host, port)], threads=4, ident=None,
        max_request_body_size=_MAX_BODY_BYTES, clear_untrusted_proxy_headers=True,
    )  # fmt: skip
    return server


def _listening(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _HIGHEST_PORT:
        raise EaseoffError(f"{port} is not a port.", f"Give a number from 1 to {_HIGHEST_PORT}.")
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as problem:
        raise _refusal(problem, host, port) from None


def _refusal(problem: OSError, host: str, port: int) -> EaseoffError:
    if problem.errno == errno.EADDRINUSE:
        return EaseoffError(
            f"Port {port} is already in use.",
            f"Stop the other program, or use another port: --port {port + 1}.",
        )
    if problem.errno == errno.EACCES:
        return EaseoffError(
            f"This computer does not allow us port {port}.", "Use a port above 1023, such as 8000."
        )
    return EaseoffError(f"Easeoff cannot listen on {host}, port {port}.", "Check the name and the port.")
