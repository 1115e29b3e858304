"""What a job said, from its log file; while it runs, more comes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.widgets.factory import button, column, label, row, set_accessible_name

SHOWN_BYTES = 200_000
FOLLOW_MS = 500


class LogView(QDialog):
    """Shows the end of a log file."""

    def __init__(self, parent: QWidget, title: str, path: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(760, 520)
        self._path, self._seen = path, -1
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setTabChangesFocus(True)
        set_accessible_name(self.text, tr("Log"))
        layout = column(self, margin=20, gap=12)
        layout.addWidget(label(title, "title"))
        where = label(path.name, "caption", wrap=True, select=True)
        where.setToolTip(str(path))
        layout.addWidget(where)
        layout.addWidget(self.text, 1)
        line = row(gap=8)
        line.addWidget(
            button(tr("Copy all"), lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        )
        line.addStretch(1)
        line.addWidget(button(tr("Close"), self.close, "primary"))
        layout.addLayout(line)
        self._timer = QTimer(self, interval=FOLLOW_MS)
        self._timer.timeout.connect(self.read)
        self._timer.start()
        self.read()

    def read(self) -> None:
        """Show what the file holds now."""
        try:
            size = self._path.stat().st_size
            if size == self._seen:
                return
            with self._path.open("rb") as file:
                file.seek(max(0, size - SHOWN_BYTES))
                words = file.read().decode("utf-8", "replace")
        except OSError:
            self._timer.stop()
            self.text.setPlainText(self.text.toPlainText() or tr("This log is no longer kept."))
            return
        self._seen = size
        self.text.setPlainText(words or tr("The job said nothing."))
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())
