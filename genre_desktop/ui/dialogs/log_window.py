"""Help › Show log: what the program, its workers and its jobs write down, while they write it."""

from __future__ import annotations

import itertools
from collections import deque
from pathlib import Path

from PySide6.QtCore import QRegularExpression, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QFontDatabase,
    QGuiApplication,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from genre_desktop.app.i18n.translate import count, mark, plural, tr
from genre_desktop.core.logs.reader import FileFollower, Level, LogFile, Record, log_files, parse
from genre_desktop.core.paths import Home
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import button, column, label, row, set_accessible_name

FOLLOW_MS = 500
KEPT = 2000
"""Newest records kept in memory and shown; the file has them all."""

WRITERS = {"window": mark("Window"), "workers": mark("Workers"), "command-line": mark("Command line")}
FROM_LEVEL: tuple[tuple[str, Level], ...] = (
    (mark("Everything"), "DEBUG"),
    (mark("Warnings and errors"), "WARNING"),
    (mark("Errors only"), "ERROR"),
)


class LogWindow(QDialog):
    """Shows one log file at a time and follows it.

    Parameters
    ----------
    home:
        Whose logs.
    """

    def __init__(self, parent: QWidget, theme: Theme, home: Home) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Log"))
        self.resize(940, 620)
        self._home = home
        self._records: deque[Record] = deque(maxlen=KEPT)
        self._tail: FileFollower | None = None
        self.files, self.level, self.search = QComboBox(), QComboBox(), QLineEdit()
        self.follow = QCheckBox(tr("Follow"))
        self.text = QPlainTextEdit(readOnly=True)
        self._count = label("", "muted")
        self._tint = _Tint(self.text.document(), theme)
        self._build()
        self._connect()
        self._timer = QTimer(self, interval=FOLLOW_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.list_files()

    def list_files(self) -> None:
        """Offer the logs there are now; the one in front stays."""
        before = self.files.currentData()
        self.files.blockSignals(True)
        self.files.clear()
        for file in log_files(self._home):
            self.files.addItem(_title(file), file.path)
        self.files.setCurrentIndex(max(0, self.files.findData(before)))
        self.files.blockSignals(False)
        self.open_chosen()

    def open_chosen(self) -> None:
        """Begin with the chosen file."""
        path = self.files.currentData()
        self._tail = FileFollower(path) if isinstance(path, Path) else None
        self._records.clear()
        self.files.setToolTip(str(path or ""))
        self.look(anew=True)

    def look(self, *, anew: bool = False) -> None:
        """Show what has been written since."""
        if self._tail is None:
            self._show()
            return
        try:
            fresh = self._tail.read()
        except OSError:
            self._count.setText(tr("This log is no longer kept."))
            return
        if self._tail.renewed:
            self._records.clear()
        if fresh:
            self._records.extend(parse(fresh))
        if fresh or anew:
            self._show()

    @property
    def shown(self) -> list[Record]:
        """The records that the filters let through."""
        level, words = self.level.currentData(), self.search.text().casefold()
        return [
            record
            for record in self._records
            if record.at_least(level) and (not words or words in str(record).casefold())
        ]

    def copy(self) -> None:
        """Copy what is shown."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    # putting it together

    def _build(self) -> None:
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        set_accessible_name(self.text, tr("What was logged"))
        layout = column(self, margin=20, gap=12)
        layout.addLayout(self._filters())
        layout.addWidget(self.text, 1)
        layout.addLayout(self._buttons())

    def _filters(self) -> QHBoxLayout:
        set_accessible_name(self.files, tr("Log file"), tr("Who wrote it"))
        self.files.setMinimumWidth(200)
        for words, level in FROM_LEVEL:
            self.level.addItem(tr(words), level)
        set_accessible_name(self.level, tr("How serious"), tr("Show only what is so serious or more"))
        self.search.setPlaceholderText(tr("Search the log"))
        self.search.setClearButtonEnabled(True)
        set_accessible_name(self.search, tr("Search the log"), tr("Only records with these words stay"))
        self.follow.setChecked(True)
        set_accessible_name(self.follow, tr("Follow"), tr("Keep the newest lines in sight"))
        line = row(gap=8)
        for widget in (self.files, self.level):
            line.addWidget(widget)
        line.addWidget(self.search, 1)
        line.addWidget(self.follow)
        return line

    def _buttons(self) -> QHBoxLayout:
        line = row(gap=8)
        line.addWidget(button(tr("Copy"), self.copy, "", tr("Copy the lines that are shown")))
        tip = tr("Show the folder with all logs")
        line.addWidget(button(tr("Open folder"), self._open_folder, "", tip))
        line.addWidget(self._count, 1)
        line.addWidget(button(tr("Close"), self.close, "primary"))
        return line

    def _connect(self) -> None:
        self.files.activated.connect(lambda _place: self.open_chosen())
        self.level.currentIndexChanged.connect(lambda _place: self._show())
        self.search.textChanged.connect(lambda _words: self._show())
        self.follow.toggled.connect(lambda _on: self._to_the_end())

    # showing

    def _show(self) -> None:
        shown = self.shown
        place = self.text.verticalScrollBar().value()
        self.text.setPlainText("\n".join(map(str, shown)))
        self.text.verticalScrollBar().setValue(place)
        self._to_the_end()
        words = plural(len(shown), "One entry", "{n} entries")
        if len(shown) != len(self._records):
            words = tr("{shown} of {total}", shown=words, total=count(len(self._records)))
        self._count.setText(words if self._records else tr("Nothing has been logged here."))

    def _to_the_end(self) -> None:
        if self.follow.isChecked():
            bar = self.text.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._home.logs)))


class _Tint(QSyntaxHighlighter):
    """Warnings and errors in their colours; the level stands there in words too."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        head = r"^\S+ \S+ {}\b.*"
        self._looks = [
            (QRegularExpression(head.format("WARNING")), "warning"),
            (QRegularExpression(head.format("(ERROR|CRITICAL)")), "danger"),
        ]
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        """Tint one line."""
        for pattern, tone in self._looks:
            if pattern.match(text).hasMatch():
                look = QTextCharFormat()
                look.setForeground(QColor(getattr(self._theme.palette, tone)))
                self.setFormat(0, len(text), look)


def _title(file: LogFile) -> str:
    if file.writer in WRITERS:
        return tr(WRITERS[file.writer])
    digits = "".join(itertools.islice(filter(str.isdigit, file.path.stem), 14))
    when = f"{digits[4:6]}-{digits[6:8]} {digits[8:10]}:{digits[10:12]}" if len(digits) == 14 else ""
    return tr("Job {name} {when}", name=file.writer, when=when).strip()
