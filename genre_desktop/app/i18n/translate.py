"""Words for people: every text of the window passes through here, so that it can be translated."""

from __future__ import annotations

from gettext import NullTranslations

from genre_desktop.app.i18n.catalogue import Catalogue
from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import Message
from genre_desktop.core.problems.text import ProblemText

_spoken = Catalogue()


def set_catalogue(catalogue: Catalogue) -> None:
    """From now on, every text comes from this catalogue; the window must be made afterwards."""
    global _spoken
    _spoken = catalogue


def tr(text: str, **values: object) -> str:
    """``text`` in the person's language, its ``{placeholders}`` filled from ``values``."""
    translated = _spoken.words.get(text, text)
    return translated.format(**values) if values else translated


def mark(text: str) -> str:
    """Mark a text in a table for translation; whoever shows it passes it through :func:`tr`."""
    return text


def told(text: str) -> str:
    """What a lower floor wrote in plain English (a problem, an alert, an outcome), in the person's language."""
    return _spoken.reword(text)


def render(message: Message) -> str:
    """Return a text of the layers below in the user's language."""
    return message.render(_Spoken(), _localize)


def problem_text(problem: Problem) -> ProblemText:
    """Return title, reason and hint of a problem in the user's language."""
    return ProblemText(*map(render, problem.texts))


def plural(number: int, one: str, many: str) -> str:
    """``one`` or ``many`` for ``number``, which both may show as ``{n}``."""
    return tr(one if number == 1 else many, n=count(number))


def count(number: int) -> str:
    """A whole number with its thousands apart, as the language writes it."""
    return _spoken.locale.toString(number)


def decimal(number: float, places: int = 1) -> str:
    """A number with so many decimal places, as the language writes it."""
    return _spoken.locale.toString(float(number), "f", places)


class _Spoken(NullTranslations):
    def gettext(self, message: str) -> str:
        return _spoken.words.get(message, message)


def _localize(number: str) -> str:
    return number.replace(".", _spoken.locale.decimalPoint())
