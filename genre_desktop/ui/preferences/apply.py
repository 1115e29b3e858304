"""Applies changed settings immediately."""

from __future__ import annotations

from collections.abc import Callable

from genre_desktop.ui.actions import actions, shortcuts
from genre_desktop.ui.context import TAG_WORDS, AppContext


class SettingsApplier:
    """Applies changed settings to the theme, the schedule and the shortcuts, and notifies the pages.

    All other settings are read when they are used.
    """

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._by_prefix: dict[str, Callable[[], None]] = {
            "ui.theme": context.theme.apply,
            "ui.text_scale": context.theme.apply,
            TAG_WORDS: context.apply_tag_words,
            shortcuts.KEY: lambda: actions.rebind(context.actions, context.settings),
            **dict.fromkeys(
                ("drift.", "train.", "jobs.", "registry.", "metrics."),
                lambda: context.monitoring.settings_changed(),
            ),
        }

    def apply(self, key: str) -> None:
        """Apply the new value of the setting ``key``."""
        for prefix, effect in self._by_prefix.items():
            if key.startswith(prefix):
                effect()
        self._context.changes.changed.emit(key)
