"""What follows at once when a setting was changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from genre_desktop.ui import actions, shortcuts

if TYPE_CHECKING:
    from genre_desktop.ui.main_window import MainWindow


class Effects:
    """Lets the parts of a window follow the settings. Settings it does not know are read when needed."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._context = window, window.context
        self._by_prefix: dict[str, Callable[[str], None]] = {
            "ui.theme": self._looks,
            "ui.text_scale": self._looks,
            "spectrogram.": self._pictures,
            "live.device": self._device,
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
                effect(key)
        self._context.changes.changed.emit(key)

    def _looks(self, _key: str) -> None:
        self._context.theme.apply()

    def _pictures(self, key: str) -> None:
        value = self._context.settings[key]
        self._window.analyse.panel.choose(key, value)
        if "live" in self._window.pages_made:
            self._window.live.choose(key, value)

    def _device(self, key: str) -> None:
        if "live" not in self._window.pages_made:
            return
        listener = self._window.live.listener
        if listener.listening:
            listener.start(str(self._context.settings[key]))
        listener.look_for_devices()

    def _schedule(self, _key: str) -> None:
        self._context.watch.settings_changed()

    def _keys(self, _key: str) -> None:
        actions.rebind(dict(self._context.actions), self._context.settings)
