"""One key for each genre, on every page that can set one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

RESERVED = frozenset("K")
"""Letters that are shortcuts of the page already."""


class GenreKeys:
    """A shortcut per genre while ``page`` has the focus; text fields keep their keys."""

    def __init__(self, page: QWidget, choose: Callable[[str], None]) -> None:
        self._page, self._choose = page, choose
        self._shortcuts: list[QShortcut] = []

    def set_labels(self, labels: Sequence[str]) -> None:
        """Create the shortcuts that :func:`with_keys` assigns."""
        for old in self._shortcuts:
            old.setEnabled(False)
            old.deleteLater()
        self._shortcuts = [self._shortcut(name, key) for name, key in with_keys(labels) if key]

    def _shortcut(self, name: str, key: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self._page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._choose(name))
        return shortcut


def with_keys(labels: Sequence[str]) -> list[tuple[str, str]]:
    """Return each label with its key: digits for the first ten, then the first unused letter of its name."""
    used = set(RESERVED)
    pairs = []
    for place, name in enumerate(labels):
        letters = (c for c in name.upper() if "A" <= c <= "Z" and c not in used)
        key = str((place + 1) % 10) if place < 10 else next(letters, "")
        used.add(key)
        pairs.append((name, key))
    return pairs
