"""Translate the texts of the window."""

from __future__ import annotations

from genre_desktop.app.i18n import catalogue as catalogue_module
from genre_desktop.app.i18n.catalogue import Catalogue
from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import MALFORMED, Message
from genre_desktop.core.problems.text import ProblemText
from genre_desktop.core.quoting.display import shown

_catalogue = catalogue_module.load("en")


def set_catalogue(catalogue: Catalogue) -> None:
    """Set the catalogue of every later text; call it before the window is made."""
    global _catalogue
    _catalogue = catalogue


def tr(text: str, **values: object) -> str:
    """Return ``text`` in the user's language, its ``{placeholders}`` filled from ``values``.

    Texts among the values are :func:`.display.shown`.
    """
    values = {name: shown(value) if isinstance(value, str) else value for name, value in values.items()}
    translated = _catalogue.translations.gettext(text) if text else text
    if not values:
        return translated
    try:
        return translated.format(**values)
    except MALFORMED:  # a translation with other placeholders
        return text.format(**values)


def mark(text: str) -> str:
    """Mark a text in a table for translation by :func:`tr` where it is shown."""
    return text


def render(text: str) -> str:
    """Return a text of a lower layer in the user's language, as it is :func:`.display.shown`.

    One that is no message is looked up as it is.
    """
    return shown(Message(text).render(_catalogue.translations, _number))


def problem_text(problem: Problem) -> ProblemText:
    """Return title, reason and hint of a problem in the user's language."""
    return ProblemText(*map(render, problem.texts))


def plural(number: int, one: str, many: str) -> str:
    """Return ``one`` or ``many`` for ``number``, which both may show as ``{n}``."""
    return _catalogue.translations.ngettext(one, many, number).format(n=count(number))


def count(number: int) -> str:
    """Return an integer with the thousands separators of the language."""
    return _catalogue.locale.toString(number)


def decimal(number: float, places: int = 1) -> str:
    """Return a number with so many decimal places and the decimal point of the language."""
    return _catalogue.locale.toString(float(number), "f", places)


def _number(text: str) -> str:
    return text.replace(".", _catalogue.locale.decimalPoint())
