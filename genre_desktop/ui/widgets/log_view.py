"""A dialog that shows a job's log file and follows it while the job runs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.quoting.display import shown
from genre_desktop.ui.widgets.dialog import Dialog, dialog_buttons
from genre_desktop.ui.widgets.factory import button, copy_text, label, plain_text

SHOWN_BYTES = 200_000
FOLLOW_MS = 500


class LogView(Dialog):
    """Shows the end of a log file."""

    def __init__(self, parent: QWidget, title: str, path: Path) -> None:
        super().__init__(parent, title, (760, 520))
        self._path, self._size = path, -1
        self.text = plain_text(tr("Log"))
        name = label(path.name, "caption", wrap=True, select=True)
        name.setToolTip(shown(str(path)))
        copy = button(tr("Copy all"), lambda: copy_text(self.text.toPlainText()))
        close = button(tr("Close"), self.close, "primary")
        head = label(title, "title", wrap=True), name
        self.arrange(*head, (self.text, 1), buttons=dialog_buttons(close, left=[copy]))
        self.set_keys(close)
        self._timer = QTimer(self, interval=FOLLOW_MS)
        self._timer.timeout.connect(self.read)
        self._timer.start()
        self.read()

    def read(self) -> None:
        """Show the present contents of the file."""
        try:
            size = self._path.stat().st_size
            if size == self._size:
                return
            text = read_tail(self._path)
        except OSError:
            self._timer.stop()
            self.text.setPlainText(self.text.toPlainText() or tr("This log no longer exists."))
            return
        self._size = size
        self.text.setPlainText(text or tr("The log of this job is empty."))
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())


def read_tail(path: Path) -> str:
    """Return the last 200 kB of a log file. ``OSError`` if it cannot be read."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - SHOWN_BYTES))
        return file.read().decode("utf-8", "replace")
