"""A body that is too large is refused by the hub in its own words, where waitress would answer with a line of jargon."""

from __future__ import annotations

from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.task import ErrorTask, Task, WSGITask  # type: ignore[import-untyped]
from waitress.utilities import RequestEntityTooLarge  # type: ignore[import-untyped]


class _Unread(WSGITask):  # type: ignore[misc]
    """Asks the hub, which refuses the request by its stated length and reads none of it; then hangs up."""

    def execute(self) -> None:
        self.set_close_on_finish()
        super().execute()


def _refusal(channel: HTTPChannel, request: HTTPRequestParser) -> Task:
    """A body of no stated length is left to waitress: the hub could not tell that it is too large."""
    stated = request.content_length >= channel.adj.max_request_body_size
    return (_Unread if stated and isinstance(request.error, RequestEntityTooLarge) else ErrorTask)(
        channel, request
    )


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection to a visitor."""

    error_task_class = staticmethod(_refusal)
