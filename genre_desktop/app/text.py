"""Words for people: every text of the window passes through here, so that it can be translated."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "GenreDesktop"
"""The one translation context; texts are sentences of their own, so they need no finer one."""


def tr(text: str, **values: object) -> str:
    """``text`` in the person's language, its ``{placeholders}`` filled from ``values``."""
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**values) if values else translated


def mark(text: str) -> str:
    """Mark a text in a table for translation; whoever shows it passes it through :func:`tr`."""
    return text


def plural(number: int, one: str, many: str) -> str:
    """``one`` or ``many`` for ``number``, which both may show as ``{n}``."""
    return tr(one if number == 1 else many, n=f"{number:,}")
