"""Every text of the window passes through here, so that it can be translated."""

from __future__ import annotations

from genre_desktop.app.i18n import catalogue as catalogue_module
from genre_desktop.app.i18n.catalogue import Catalogue
from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import Message
from genre_desktop.core.problems.text import ProblemText

_spoken = catalogue_module.load("en")


def set_catalogue(catalogue: Catalogue) -> None:
    """Take every text from this catalogue from now on; the window must be made afterwards."""
    global _spoken
    _spoken = catalogue


def tr(text: str, **values: object) -> str:
    """Return ``text`` in the user's language, its ``{placeholders}`` filled from ``values``."""
    translated = _spoken.translations.gettext(text) if text else text
    return translated.format(**values) if values else translated


def mark(text: str) -> str:
    """Mark a text in a table for translation; whoever shows it passes it through :func:`tr`."""
    return text


def render(text: str) -> str:
    """Return a text of the layers below in the user's language; one that is no message is looked up as it is."""
    return Message(text).render(_spoken.translations, _number)


def problem_text(problem: Problem) -> ProblemText:
    """Return title, reason and hint of a problem in the user's language."""
    return ProblemText(*map(render, problem.texts))


def plural(number: int, one: str, many: str) -> str:
    """Return ``one`` or ``many`` for ``number``, which both may show as ``{n}``."""
    return _spoken.translations.ngettext(one, many, number).format(n=count(number))


def count(number: int) -> str:
    """Return a whole number with its thousands apart, as the language writes it."""
    return _spoken.locale.toString(number)


def decimal(number: float, places: int = 1) -> str:
    """Return a number with so many decimal places, as the language writes it."""
    return _spoken.locale.toString(float(number), "f", places)


def _number(text: str) -> str:
    return text.replace(".", _spoken.locale.decimalPoint())
