"""The menu of files and folders that were opened last."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMenu

from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.quoting.display import shown, shown_name

MOST = 10
_KEY = "files/recent"


class RecentMenu(QMenu):
    """Lists the files and folders in ``chosen``, newest first, and calls ``opened`` with the one to open again.

    Whoever opens something only appends it to ``chosen``; it is recorded when the list is needed, if ``remembers``.
    """

    def __init__(
        self, memory: QSettings, opened: Callable[[Path], object], remembers: Callable[[], bool]
    ) -> None:
        super().__init__(tr("Open &recent"))
        self._memory, self._opened, self._remembers = memory, opened, remembers
        self.chosen: list[Sequence[Path]] = []
        self.setToolTipsVisible(True)
        self.refresh()

    @property
    def places(self) -> list[Path]:
        """The remembered files and folders, newest first."""
        self.record()
        return self._stored

    def record(self) -> None:
        """Save what was chosen since the last time; of several files, the folders that they are in."""
        waiting, self.chosen[:] = list(self.chosen), []
        for paths in waiting if self._remembers() else ():
            found = paths if len(paths) == 1 else [path if path.is_dir() else path.parent for path in paths]
            self._save(list(dict.fromkeys([*(path.absolute() for path in found), *self._stored]))[:MOST])

    def clear_places(self) -> None:
        """Forget all."""
        self.chosen.clear()
        self._save([])
        self.refresh()

    def refresh(self) -> None:
        """Show the present list."""
        self.clear()
        places = self.places
        for place in places:
            text = shown_name(place.name or str(place)).replace("&", "&&")
            self.addAction(text, partial(self._opened, place)).setToolTip(shown(str(place)))
        self.addSeparator()
        self.addAction(tr("Clear list"), self.clear_places)
        self.setEnabled(bool(places))

    @property
    def _stored(self) -> list[Path]:
        stored = self._memory.value(_KEY)
        names = bytes(stored.data()).split(b"\0") if isinstance(stored, QByteArray) else []
        return [Path(os.fsdecode(name)) for name in names if name]

    def _save(self, places: Sequence[Path]) -> None:
        self._memory.setValue(_KEY, QByteArray(b"\0".join(map(os.fsencode, places))))
