"""Runs the hub on this computer, with everything it needs inside the package."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from waitress.server import create_server  # type: ignore[import-untyped]

from easeoff.quantities import EaseoffError
from easeoff.web.refusing import Channel

_MAX_BODY_BYTES = 2 * 1024 * 1024
_HIGHEST_PORT = 65_535
_NO_FOLDER = ("The data folder cannot be written.", "Set EASEOFF_DATA_DIR to a folder of yours.")


def serve(port: int, host: str = "127.0.0.1") -> None:
    """Serve until interrupted, after printing the address. Raises `EaseoffError` where the port cannot be had."""
    server = make_server(port, host)
    prepare()
    sys.stdout.write(f"Easeoff is at {address(host, port)} . Press Ctrl+C to stop it.\n")
    sys.stdout.flush()
    server.run()


def prepare() -> None:
    """Bring the database up to this release: its tables, and the directory's entries. Says what is left to do.

    Where several processes start at once, one does it and the others wait.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError

    from easeoff.web.directory.seeding import load_shipped
    from easeoff.web.directory.selectors import first_run_list, today

    try:
        with _one_at_a_time(settings.DATA_DIR):
            call_command("migrate", interactive=False, verbosity=0)
            waiting = load_shipped().proposed
        wanting = len(first_run_list(today()))
    except OSError as problem:
        raise EaseoffError(*_NO_FOLDER) from problem
    except OperationalError as problem:
        raise EaseoffError(
            "The database cannot be opened.",
            "Check EASEOFF_DATABASE_URL and that PostgreSQL runs; without it, that EASEOFF_DATA_DIR is a folder of yours.",
        ) from problem
    if waiting:
        sys.stderr.write(
            f"The new release would change {waiting} entries that you have worked on: see /back-office/ .\n"
        )
    if wanting:
        sys.stderr.write(
            f"Crisis lines of {wanting} countries wait for a person to ring them: see /back-office/ .\n"
        )


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "prepare.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def address(host: str, port: int) -> str:
    """The address to open in a browser on this computer."""
    shown = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}.get(host, host)
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


class Server(Protocol):
    """What we use of waitress's server."""

    effective_port: int | str
    channel_class: type

    def run(self) -> None:
        """Serve until interrupted."""

    def close(self) -> None:
        """Give the port back."""


def make_server(port: int, host: str = "127.0.0.1") -> Server:
    """A waitress server that is bound but not yet running. Raises `EaseoffError`, one sentence and a hint."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "easeoff.web.project.settings")
    application = _application()
    server: Server = create_server(
        application, sockets=[_listening(host, port)], threads=4, ident=None,
        max_request_body_size=_MAX_BODY_BYTES, clear_untrusted_proxy_headers=True, **_proxy(),
    )  # fmt: skip
    server.channel_class = Channel
    return server


def _application() -> object:
    """The hub. Raises `EaseoffError` where a setting in the environment cannot be used."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        from easeoff.web.project.wsgi import application
    except ImproperlyConfigured as problem:
        raise EaseoffError(str(problem), "Change it where you start the hub, and start it again.") from None
    except OSError as problem:
        raise EaseoffError(*_NO_FOLDER) from problem
    return application


def _proxy() -> dict[str, object]:
    """The web server before us, where ``EASEOFF_TRUSTED_PROXY`` names its address: it then says who asks, and over HTTPS or not."""
    address = os.environ.get("EASEOFF_TRUSTED_PROXY", "").strip()
    headers = {"x-forwarded-for", "x-forwarded-proto"}
    return (
        {"trusted_proxy": address, "trusted_proxy_headers": headers, "trusted_proxy_count": 1}
        if address
        else {}
    )


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
