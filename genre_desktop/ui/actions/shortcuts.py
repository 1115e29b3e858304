"""Which keys belong to which action: those it came with, or those the person chose instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from PySide6.QtGui import QAction, QKeySequence

from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.core.settings import Settings

KEY = "keys.changed"
"""The setting that holds what was changed, each as ``action=keys``; no keys at all are possible too."""

_TYPED = re.compile(r"[A-Z0-9]")
_GENRES = mark("Single letters and digits choose genres.")


def changed(settings: Settings) -> dict[str, str]:
    """Action to keys (in Qt's portable form), as far as the person changed them."""
    pairs = (entry.partition("=") for entry in settings[KEY])
    return {action: keys for action, _, keys in pairs if action}


def keys_of(settings: Settings, action: str, default: str) -> str:
    """The keys of an action: the person's, else ``default``."""
    return changed(settings).get(action, default)


def change(settings: Settings, action: str, keys: str, default: str) -> None:
    """Remember keys for an action; its own default is not remembered. ``""`` takes them away."""
    now = changed(settings) | {action: keys}
    if portable(keys) == portable(default):
        del now[action]
    settings[KEY] = tuple(f"{name}={value}" for name, value in sorted(now.items()))


def portable(keys: str) -> str:
    """Keys in one spelling, the same on every computer."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def native(keys: str | QKeySequence) -> str:
    """Keys as people of this system and language read them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def taken_by(actions: Iterable[QAction], keys: str, but: str) -> QAction | None:
    """The other action that has these keys already."""
    wanted = QKeySequence(keys)
    if wanted.isEmpty():
        return None
    return next((one for one in actions if one.objectName() != but and one.shortcut() == wanted), None)


def refusal(keys: str, default: str) -> str:
    """Why an action cannot have these keys; empty where it can."""
    typed = _TYPED.fullmatch(portable(keys)) and portable(keys) != portable(default)
    return tr(_GENRES) if typed else ""


def set_shortcuts(action: QAction, keys: str, tip: str) -> None:
    """Give an action its keys, and say so in its tool tip."""
    action.setShortcut(QKeySequence(keys))
    shown = native(action.shortcut())
    action.setToolTip(f"{tip} ({shown})" if shown else tip)


def listed(actions: Mapping[str, QAction]) -> list[tuple[str, str]]:
    """``(keys, what they do)`` for people, of every action that has keys."""
    return [
        (native(action.shortcut()), action.text().replace("&", ""))
        for action in actions.values()
        if not action.shortcut().isEmpty()
    ]
