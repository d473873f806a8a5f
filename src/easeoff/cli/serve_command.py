"""``easeoff serve``: the hub."""

from __future__ import annotations

from contextlib import suppress

from easeoff.cli import exits
from easeoff.cli.arguments import Values
from easeoff.cli.typed import whole_number


def serve(values: Values) -> int:
    """Serve until Ctrl-C. Raises `EaseoffError` where the port cannot be had."""
    port = whole_number(values.port, "--port", most=65535)
    from easeoff.web.serve import serve as run

    with suppress(KeyboardInterrupt):
        run(port)
    return exits.DONE
