"""The person's language: what every English text of the program is called in it.

A language is one file of Qt Linguist, ``resources/translations/CODE.ts``, read as it is. It has two
contexts: :data:`WINDOW` for what the window says itself, :data:`BELOW` for what the floors under it
write (problems, alerts, outcomes of jobs). Those floors write plain English, which is also what logs,
the store and the command line keep; the window rewords it when it shows it. Their texts are known as
templates (``{name} is a folder, not a file.``), and what a placeholder holds is reworded too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, partial
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from genre_desktop.core.paths import shipped

WINDOW = "Window"
BELOW = "Below"

PLACEHOLDER = re.compile(r"\{(\w+)(?::[^}]*)?\}")

_SENTENCE_END = re.compile(r"(?<=[.!?;]) (?=[A-Z„“(\d])")
_FRACTION = re.compile(r"-?\d+\.\d+")
_LETTERS_AT_LEAST = 4
"""A template with fewer letters of its own would fit anything."""

_SEEN = 2000
"""So many texts are remembered with their translations: a table asks for the same ones at every stroke."""


class Catalogue:
    """Translations of one language.

    Parameters
    ----------
    code:
        ``en``, ``de``.
    window, below:
        English text to translation, by context.
    """

    def __init__(
        self, code: str = "en", window: dict[str, str] | None = None, below: dict[str, str] | None = None
    ) -> None:
        self.code, self._below = code, below or {}
        self.words = self._below | (window or {})
        self.locale = _locale(code)
        self._seen: dict[str, str] = {}

    def reword(self, text: str) -> str:
        """``text`` in this language, sentence by sentence; what is not known stays as it is."""
        if not self.words:
            return text
        return "\n".join(self._line(line) for line in text.split("\n"))

    def _line(self, text: str) -> str:
        if text not in self._seen:
            if len(self._seen) >= _SEEN:
                self._seen.clear()
            self._seen[text] = self._find(text)
        return self._seen[text]

    def _find(self, text: str) -> str:
        # A title goes first: what follows it may be known as several sentences only.
        return self._whole(text) or self._after_colon(text) or self._sentences(text) or text

    def _whole(self, text: str) -> str | None:
        exact = self.words.get(text)
        return exact if exact is not None else self._from_template(text)

    def _from_template(self, text: str) -> str | None:
        for pattern, translation in self._templates:
            found = pattern.fullmatch(text)
            if found:
                values = {name: self._value(value) for name, value in found.groupdict().items()}
                return PLACEHOLDER.sub(partial(_value_at, values), translation)
        return None

    def _sentences(self, text: str) -> str | None:
        """The longest runs of sentences that are known, and the others as they are."""
        parts = _SENTENCE_END.split(text)
        if len(parts) == 1:
            return None
        out, place = [], 0
        while place < len(parts):
            end, words = self._longest(parts, place)
            out.append(words)
            place = end
        return " ".join(out)

    def _longest(self, parts: list[str], start: int) -> tuple[int, str]:
        for end in range(len(parts), start, -1):
            words = self._whole(" ".join(parts[start:end]))
            if words is not None:
                return end, words
        return start + 1, self._after_colon(parts[start]) or parts[start]

    def _after_colon(self, text: str) -> str | None:
        head, colon, rest = text.partition(": ")
        known = self.words.get(head) if colon else None
        return f"{known}: {self._line(rest)}" if known else None

    def _value(self, value: str) -> str:
        if _FRACTION.fullmatch(value):
            return value.replace(".", self.locale.decimalPoint())
        return self._line(value)

    @cached_property
    def _templates(self) -> list[tuple[re.Pattern[str], str]]:
        found = ((source, words) for source, words in self._below.items() if _own_letters(source))
        ordered = sorted(found, key=lambda pair: -_own_letters(pair[0]))
        return [(_pattern(source), words) for source, words in ordered if PLACEHOLDER.search(source)]


def load(code: str) -> Catalogue:
    """The catalogue of a language; English needs none."""
    path = catalogue_path(code)
    if code == "en" or not path.is_file():
        return Catalogue()
    contexts = read(path)
    return Catalogue(code, contexts.get(WINDOW), contexts.get(BELOW))


def catalogue_path(code: str) -> Path:
    """The file of a language."""
    return shipped("resources", "translations", f"{code}.ts")


def read(path: Path) -> dict[str, dict[str, str]]:
    """What is translated in a Linguist file: English to translation, by context."""
    root = ElementTree.parse(path).getroot()  # noqa: S314  # our own file
    return {
        context.findtext("name", ""): dict(_finished(context.iter("message")))
        for context in root.iter("context")
    }


def choose(setting: str) -> str:
    """The language for the value of the setting ``ui.language``; ``system`` asks the system."""
    if setting != "system":
        return setting
    for name in QLocale.system().uiLanguages():
        code = name.partition("-")[0].partition("_")[0]
        if code == "en" or catalogue_path(code).is_file():
            return code
    return "en"


def translate_qt(app: QCoreApplication, catalogue: Catalogue) -> None:
    """Let Qt's own texts (file dialogs, buttons) and numbers follow the language."""
    QLocale.setDefault(catalogue.locale)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if catalogue.code != "en" and translator.load(f"qtbase_{catalogue.code}", folder):
        app.installTranslator(translator)


def _finished(messages: Iterable[ElementTree.Element]) -> Iterable[tuple[str, str]]:
    for message in messages:
        words = message.find("translation")
        if words is not None and words.text and words.get("type") is None:
            yield message.findtext("source", ""), words.text


def _locale(code: str) -> QLocale:
    system = QLocale.system()
    return system if system.name().partition("_")[0] == code else QLocale(code)


def _value_at(values: dict[str, str], place: re.Match[str]) -> str:
    return values[place[1]]


def _own_letters(template: str) -> int:
    letters = sum(map(str.isalpha, PLACEHOLDER.sub("", template)))
    return letters if letters >= _LETTERS_AT_LEAST else 0


def _pattern(template: str) -> re.Pattern[str]:
    pieces = PLACEHOLDER.split(template)  # text, name, text, name, …
    seen: set[str] = set()
    out = []
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            out.append(re.escape(piece))
        else:
            out.append(f"(?P={piece})" if piece in seen else f"(?P<{piece}>.*?)")
            seen.add(piece)
    return re.compile("".join(out), re.DOTALL)
