"""What follows at once when a setting was changed."""

from __future__ import annotations

from collections.abc import Callable

from genre_desktop.ui.actions import actions, shortcuts
from genre_desktop.ui.context import AppContext


class SettingsApplier:
    """Applies changed settings to what all pages share, and announces them to the pages.

    Settings that nothing follows are read when they are needed.
    """

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._by_prefix: dict[str, Callable[[], None]] = {
            "ui.theme": context.theme.apply,
            "ui.text_scale": context.theme.apply,
            "drift.": self._schedule,
            "train.": self._schedule,
            "jobs.": self._schedule,
            "metrics.": self._schedule,
            shortcuts.KEY: self._keys,
        }

    def follow(self, key: str) -> None:
        """The setting ``key`` has a new value."""
        for prefix, effect in self._by_prefix.items():
            if key.startswith(prefix):
                effect()
        self._context.changes.changed.emit(key)

    def _schedule(self) -> None:
        self._context.watch.settings_changed()

    def _keys(self) -> None:
        actions.rebind(self._context.actions, self._context.settings)
