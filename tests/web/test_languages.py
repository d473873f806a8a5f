"""Ready for other languages: a translation reaches the frame and the directory, and what is not translated says so."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

WEB = Path(settings.WEB_DIR)
TEMPLATES = [
    *sorted((WEB / "ui/templates").rglob("*.html")),
    *sorted((WEB / "directory/templates/directory").glob("*.html")),
]
#: Names, which stay as they are in every language.
NAMES = {"Easeoff", "– Easeoff"}
#: Made up for the test: Esperanto's words are short.
WORDS = {
    "Need help now": "Mi bezonas helpon nun",
    "Leave this page quickly": "Foriri rapide",
    "Skip to the main part": "Al la ĉefa parto",
    "What do you need today?": "Kion vi bezonas hodiaŭ?",
    "Find help": "Trovi helpon",
    "Light or dark": "Hela aŭ malhela",
    "Dim, low glare": "Malbrila",
    "There is no such page": "Ne estas tia paĝo",
    "Charity": "Bonfara asocio",
    "Crisis lines by country": "Krizaj linioj laŭ lando",
}
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
Speak = Callable[[str], None]


def compiled(words: dict[str, str]) -> bytes:
    """A catalogue as gettext's own compiler writes it."""
    entries = sorted({"": HEADER, **words}.items())
    ids, texts = b"", b""
    table: list[tuple[int, int, int, int]] = []
    for source, target in entries:
        one, other = source.encode(), target.encode()
        table.append((len(one), len(ids), len(other), len(texts)))
        ids, texts = ids + one + b"\0", texts + other + b"\0"
    start = 28 + 16 * len(entries)
    keys = b"".join(struct.pack("<II", length, start + at) for length, at, _, _ in table)
    values = b"".join(struct.pack("<II", length, start + len(ids) + at) for _, _, length, at in table)
    head = struct.pack("<7I", 0x950412DE, 0, len(entries), 28, 28 + 8 * len(entries), 0, 0)
    return head + keys + values + ids + texts


@pytest.fixture
def speak(settings, tmp_path: Path) -> Iterator[Speak]:
    """A hub that has one more language."""

    def learn(code: str) -> None:
        folder = tmp_path / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.mo").write_bytes(compiled(WORDS))
        settings.LANGUAGES = [("en-gb", "English"), (code, "Made up")]
        settings.LOCALE_PATHS = [tmp_path]

    yield learn
    translation.activate("en-gb")


def opened(client: Client, address: str, language: str) -> str:
    return client.get(address, headers={"accept-language": language}).content.decode()


def test_a_reader_whose_browser_asks_for_it_gets_the_frame_in_their_language(
    client: Client, speak: Speak
) -> None:
    speak("eo")
    home = opened(client, "/", "eo")
    assert '<html lang="eo"' in home
    for word in ("Need help now", "Leave this page quickly", "What do you need today?", "Find help", "Light or dark",
                 "Dim, low glare", "Skip to the main part"):  # fmt: skip
        assert WORDS[word] in home and f">{word}<" not in home, word
    assert WORDS["There is no such page"] in opened(client, "/nowhere", "eo")
    found = opened(client, "/find-help/", "eo")
    assert WORDS["Charity"] in found and WORDS["Find help"] in found
    assert f"<h1>{WORDS['Crisis lines by country']}</h1>" in opened(client, "/find-help/crisis/", "eo")


def test_what_is_not_translated_says_that_it_is_english(client: Client, speak: Speak) -> None:
    speak("eo")
    for address in ("/understand/what-withdrawal-is/", "/medicines/sertraline/", "/plan/"):
        page = opened(client, address, "eo")
        assert re.search(r'<main[^>]* lang="en-GB"', page), address
        assert WORDS["Need help now"] in page
    home = opened(client, "/", "eo")
    assert not re.search(r"<main[^>]* lang=", home), "home is translated"
    assert re.search(r'<p lang="en-GB" dir="ltr">This is not medical advice', home)


def test_a_language_written_from_the_right_turns_the_page_and_not_the_english_in_it(
    client: Client, speak: Speak
) -> None:
    speak("ar")
    page = opened(client, "/understand/what-withdrawal-is/", "ar")
    assert '<html lang="ar" dir="rtl"' in page
    assert re.search(r'<main[^>]* lang="en-GB" dir="ltr"', page)
    assert '<html lang="ar" dir="rtl">' in opened(client, "/find-help/embed/?country=GB", "ar")


def test_doses_keep_their_point_in_every_language(client: Client, speak: Speak) -> None:
    """A comma for a point would be another dose to whoever reads it."""
    speak("de")
    english, german = (opened(client, "/medicines/sertraline/", code) for code in ("en-GB", "de"))
    amounts = r"\d+[.,]?\d*\s?(?:&nbsp;| )?(?:mg|mL)"
    assert re.findall(amounts, english) == re.findall(amounts, german) != []


def test_a_language_that_the_hub_does_not_have_gets_english(client: Client) -> None:
    for asked in ("eo", "xx-YY, *;q=0.1", "'; DROP TABLE x", "a" * 5000):
        page = opened(client, "/", asked)
        assert '<html lang="en-GB"' in page and "What do you need today?" in page


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_text_of_the_frame_and_of_the_directory_is_marked_for_translation(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    bare = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", "", source, flags=re.S)
    bare = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", bare, flags=re.S)
    said = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*[A-Za-z]{2}[^"]*)"', bare)
    said += [text.strip() for text in re.split(r"<[^>]*>", bare) if re.search(r"[A-Za-z]{2}", text)]
    assert not set(said) - NAMES


@pytest.mark.parametrize(
    "address", ["/", "/nowhere", "/help-now", "/find-help/", "/find-help/crisis/", "/find-help/about/"]
)
def test_what_python_says_on_the_frame_is_marked_too(client: Client, monkeypatch, address: str) -> None:
    """In a language where every text stands in brackets, the buttons, links and labels of the frame all do."""
    monkeypatch.setattr(translation._trans, "gettext", lambda message: f"[{message}]")
    page = client.get(address).content.decode()
    for tag in ("button", "label", "h1", "legend"):
        for text in re.findall(rf"<{tag}[^>]*>([^<]+)</{tag}>", page):
            assert text.strip().startswith("["), (tag, text)
    header = page[page.index("<header") : page.index("</header>")]
    assert all(
        text.startswith("[") for text in re.findall(r"<a [^>]*>([^<]+)</a>", header) if text not in NAMES
    )
