"""Keyboard shortcuts of actions: the defaults and the user's changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from PySide6.QtGui import QAction, QKeySequence

from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.core.settings import Settings

KEY = "keys.changed"
"""The setting with the changed shortcuts, each as ``action=keys``; ``keys`` may be empty."""

_TYPED = re.compile(r"[A-Z0-9]")
_GENRES = mark("Single letters and digits are reserved for choosing genres.")


def changed(settings: Settings) -> dict[str, str]:
    """Return the changed shortcuts: id of the action to keys in Qt's portable form."""
    pairs = (entry.partition("=") for entry in settings[KEY])
    return {action: keys for action, _, keys in pairs if action}


def keys_of(settings: Settings, action: str, default: str) -> str:
    """Return the keys of an action: those the user set, else ``default``."""
    return changed(settings).get(action, default)


def change(settings: Settings, action: str, keys: str, default: str) -> None:
    """Store the keys of an action unless they are its default; ``""`` removes the shortcut."""
    now = changed(settings) | {action: keys}
    if portable(keys) == portable(default):
        del now[action]
    settings[KEY] = tuple(f"{name}={value}" for name, value in sorted(now.items()))


def portable(keys: str) -> str:
    """Return keys in Qt's platform-independent format."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def native(keys: str | QKeySequence) -> str:
    """Return keys in the format of the platform and language."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def taken_by(actions: Iterable[QAction], keys: str, but: str) -> QAction | None:
    """Return the action other than ``but`` that has these keys."""
    wanted = QKeySequence(keys)
    if wanted.isEmpty():
        return None
    return next((each for each in actions if each.objectName() != but and each.shortcut() == wanted), None)


def refusal(keys: str, default: str) -> str:
    """Return why an action cannot have these keys, or an empty text."""
    typed = _TYPED.fullmatch(portable(keys)) and portable(keys) != portable(default)
    return tr(_GENRES) if typed else ""


def set_shortcuts(action: QAction, keys: str, tip: str) -> None:
    """Set the shortcut of an action and add it to the tool tip."""
    action.setShortcut(QKeySequence(keys))
    shown = native(action.shortcut())
    action.setToolTip(f"{tip} ({shown})" if shown else tip)


def listed(actions: Mapping[str, QAction]) -> list[tuple[str, str]]:
    """Return ``(keys, title)`` of every action with a shortcut, as shown to the user."""
    return [
        (native(action.shortcut()), action.text().replace("&", ""))
        for action in actions.values()
        if not action.shortcut().isEmpty()
    ]
