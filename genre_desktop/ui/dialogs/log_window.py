"""Help › Show log: the log files of the window, the workers and the jobs, updated live."""

from __future__ import annotations

import itertools
from collections import deque
from pathlib import Path

from PySide6.QtCore import QRegularExpression, QTimer
from PySide6.QtGui import (
    QColor,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from genre_desktop.app.i18n.translate import count, mark, plural, tr
from genre_desktop.core.logs.reader import FileFollower, Level, LogFile, Record, log_files, parse
from genre_desktop.core.paths import Home
from genre_desktop.core.quoting.display import shown
from genre_desktop.ui.external import open_path
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.ports import Notifier
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.dialog import Dialog
from genre_desktop.ui.widgets.factory import (
    button,
    copy_text,
    label,
    plain_text,
    set_accessible_name,
)

FOLLOW_MS = 500
MAX_RECORDS = 2000
"""Newest records held in memory and shown."""

WRITERS = {"window": mark("Window"), "workers": mark("Workers"), "command-line": mark("Command line")}
FROM_LEVEL: tuple[tuple[str, Level], ...] = (
    (mark("All entries"), "DEBUG"),
    (mark("Warnings and errors"), "WARNING"),
    (mark("Errors only"), "ERROR"),
)


class LogWindow(Dialog):
    """Shows one log file of ``home`` at a time and follows it."""

    def __init__(self, parent: QWidget, theme: Theme, home: Home, notifier: Notifier) -> None:
        super().__init__(parent, tr("Log"), (940, 620))
        self._home, self._notifier = home, notifier
        self._records: deque[Record] = deque(maxlen=MAX_RECORDS)
        self._tail: FileFollower | None = None
        self.files, self.level, self.search = QComboBox(), QComboBox(), QLineEdit()
        self.follow = QCheckBox(tr("Follow"))
        self.text = plain_text(tr("Log entries"))
        self._count = label("", "muted")
        self._highlighter = _Highlighter(self.text.document(), theme)
        self._build()
        self._connect()
        self._timer = QTimer(self, interval=FOLLOW_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.list_files()

    def list_files(self) -> None:
        """List the log files; the selection stays."""
        before = self.files.currentData()
        self.files.blockSignals(True)
        self.files.clear()
        for file in log_files(self._home):
            self.files.addItem(shown(_title(file)), file.path)
        self.files.setCurrentIndex(max(0, self.files.findData(before)))
        self.files.blockSignals(False)
        self.open_chosen()

    def open_chosen(self) -> None:
        """Show the selected file from its start."""
        path = self.files.currentData()
        self._tail = FileFollower(path) if isinstance(path, Path) else None
        self._records.clear()
        self.files.setToolTip(shown(str(path or "")))
        self.refresh(force=True)

    def refresh(self, *, force: bool = False) -> None:
        """Show records that were added to the file; with ``force``, show all again."""
        if self._tail is None:
            self._show()
            return
        try:
            new = self._tail.read()
        except OSError:
            self._count.setText(tr("This log no longer exists."))
            return
        if self._tail.renewed:
            self._records.clear()
        if new:
            self._records.extend(parse(new))
        if new or force:
            self._show()

    @property
    def shown(self) -> list[Record]:
        """The records that pass the filters."""
        level, text = self.level.currentData(), self.search.text().casefold()
        return [
            record
            for record in self._records
            if record.at_least(level) and (not text or text in str(record).casefold())
        ]

    def copy(self) -> None:
        """Copy the shown records."""
        copy_text(self.text.toPlainText())

    def _build(self) -> None:
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.arrange(self._filters(), (self.text, 1), buttons=self._buttons())
        self.set_keys(None, self.search)  # Return after a search closes nothing

    def _filters(self) -> WrapRow:
        set_accessible_name(self.files, tr("Log file"), tr("Source of the log"))
        self.files.setMinimumWidth(200)
        for title, level in FROM_LEVEL:
            self.level.addItem(tr(title), level)
        set_accessible_name(self.level, tr("Level"), tr("Show only entries of this level or higher"))
        self.search.setPlaceholderText(tr("Search the log"))
        self.search.setClearButtonEnabled(True)
        set_accessible_name(self.search, tr("Search the log"), tr("Show only entries with these words"))
        self.follow.setChecked(True)
        set_accessible_name(self.follow, tr("Follow"), tr("Scroll to new entries automatically"))
        line = WrapRow(self.files, self.level)
        line.add(self.search, 1)
        line.add(self.follow)
        return line

    def _buttons(self) -> WrapRow:
        copy = button(tr("Copy"), self.copy, "", tr("Copy the lines shown"))
        folder = button(tr("Open folder"), self._open_folder, "", tr("Show the folder with all logs"))
        line = WrapRow(copy, folder)
        line.add(self._count, 1)
        line.add(button(tr("Close"), self.close, "primary"))
        return line

    def _connect(self) -> None:
        self.files.activated.connect(lambda _index: self.open_chosen())
        self.level.currentIndexChanged.connect(lambda _index: self._show())
        self.search.textChanged.connect(lambda _text: self._show())
        self.follow.toggled.connect(lambda _on: self._scroll_to_end())

    def _show(self) -> None:
        shown = self.shown
        position = self.text.verticalScrollBar().value()
        self.text.setPlainText("\n".join(map(str, shown)))
        self.text.verticalScrollBar().setValue(position)
        self._scroll_to_end()
        entries = plural(len(shown), "1 entry", "{n} entries")
        if len(shown) != len(self._records):
            entries = tr("{shown} of {total}", shown=entries, total=count(len(self._records)))
        self._count.setText(entries if self._records else tr("This log is empty."))

    def _scroll_to_end(self) -> None:
        if self.follow.isChecked():
            bar = self.text.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _open_folder(self) -> None:
        open_path(self._home.logs, self._notifier)


class _Highlighter(QSyntaxHighlighter):
    """Colours warnings and errors; their lines name the level as well."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        head = r"^\S+ \S+ {}\b.*"
        self._patterns = [
            (QRegularExpression(head.format("WARNING")), "warning"),
            (QRegularExpression(head.format("(ERROR|CRITICAL)")), "danger"),
        ]
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        for pattern, tone in self._patterns:
            if pattern.match(text).hasMatch():
                style = QTextCharFormat()
                style.setForeground(QColor(getattr(self._theme.palette, tone)))
                self.setFormat(0, len(text), style)


def _title(file: LogFile) -> str:
    if file.writer in WRITERS:
        return tr(WRITERS[file.writer])
    digits = "".join(itertools.islice(filter(str.isdigit, file.path.stem), 14))
    when = f"{digits[4:6]}-{digits[6:8]} {digits[8:10]}:{digits[10:12]}" if len(digits) == 14 else ""
    return tr("Job {name} {when}", name=file.writer, when=when).strip()
