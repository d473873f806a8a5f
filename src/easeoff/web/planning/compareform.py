"""What was sent to the comparison: everything as typed, carried along in the form and kept nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from easeoff.documents.schedulefile import looks_like_plan, refuse_our_table
from easeoff.planning.schedules.reading import LONGEST_TEXT
from easeoff.quantities import EaseoffError

#: Answers and ticks that one comparison may hold; the form has room for 200 fields.
_MOST_ANSWERS = 120
MOST_PICKED = 8
_LONGEST_ANSWER = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """One comparison in the making. ``plan`` is the text of a plan file, ``picks`` ids of published schedules.

    ``answers`` are those to the doubts, by key; they belong to this ``text`` alone.
    """

    page: str
    medicine: str = ""
    country: str = ""
    text: str = ""
    plan: str = ""
    picks: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()

    @property
    def answer_lines(self) -> tuple[str, ...]:
        """The answers as the form carries them."""
        return tuple(f"{key}={value}" for key, value in self.answers)


def sent_by(request: HttpRequest) -> Sent:
    """What this request sent. Raises `EaseoffError` for a file that cannot be used."""
    post = request.POST
    lines = [line.partition("=") for line in post.getlist("answer")[:_MOST_ANSWERS]]
    answers = {key: value[:_LONGEST_ANSWER] for key, equals, value in lines if equals}
    asked = post.get("doubt", "")
    said = post.get("typed", "").strip() or post.get("choice", "")
    if asked and said:
        answers[asked] = said[:_LONGEST_ANSWER]
    found = Sent(
        page=post.get("page", ""),
        medicine=_line(post.get("medicine", ""))[:80],
        country=post.get("country", "")[:2],
        text=_lines(post.get("text", ""))[: LONGEST_TEXT + 1],
        plan=_lines(post.get("plan", "")),
        picks=tuple(dict.fromkeys(post.getlist("pick")))[: MOST_PICKED + 1],
        answers=tuple(answers.items()),
    )
    return _with_file(found, request.FILES.get("file"))


def _with_file(found: Sent, upload: object) -> Sent:
    """A plan file stands by itself; a table or text goes where it could have been pasted."""
    if not isinstance(upload, UploadedFile):
        return found
    if (upload.size or 0) > settings.MAX_UPLOAD_BYTES:
        raise EaseoffError("That file is larger than 2 MB.", "Check that you chose the right file.")
    try:
        text = _lines(bytes(upload.read()).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise EaseoffError(
            "That file is not text.", "Choose a saved plan, a CSV file or a text file."
        ) from None
    if looks_like_plan(text):
        return replace(found, plan=text)
    refuse_our_table(text)
    if not text.strip():
        raise EaseoffError("That file is empty.", "Choose a saved plan, a CSV file or a text file.")
    if found.text and found.text != text.strip():
        raise EaseoffError("A schedule was pasted and another one chosen as a file.", "Give one of them.")
    return replace(found, text=text.strip()[: LONGEST_TEXT + 1])


def _line(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
