"""The status bar: progress of reading, time left, and buttons to pause and cancel."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from genre_desktop.app.i18n.time_format import time_left
from genre_desktop.app.i18n.translate import decimal, plural, tr
from genre_desktop.app.jobs import activity_log
from genre_desktop.jobs.batch.queue import BatchProgress
from genre_desktop.ui.fitting.elided_label import ElidedLabel
from genre_desktop.ui.fitting.wrap_row import RIGHT, WrapRow
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import column, fill, icon_button, row, set_accessible_name


class StatusBar(QFrame):
    """Shows a :class:`BatchProgress`; the buttons emit the signals."""

    pause_wanted = Signal()
    resume_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "footer")
        self._theme, self._paused = theme, False
        self.text = ElidedLabel("muted")
        self.bar = QProgressBar(textVisible=False)
        set_accessible_name(self.bar, tr("Progress"))
        self.pause = icon_button(theme, "pause", tr("Pause"), self._pause_or_resume, tr("Pause the analysis"))
        self.cancel = icon_button(
            theme,
            "close",
            tr("Cancel"),
            self.cancel_wanted.emit,
            tr("Stop the analysis; completed answers are kept"),
        )
        self.service, self.microphone, self.serving = (ElidedLabel("muted") for _ in range(3))
        set_accessible_name(self.microphone, tr("Microphone"))
        self._build()
        self.show_snapshot(None)

    def _build(self) -> None:
        self._extras = row()
        left, right, line = QWidget(), QWidget(), WrapRow(gap=12, at=RIGHT)
        progress = row(left, gap=12)
        progress.addWidget(self.text)
        progress.addWidget(self.bar, 2, Qt.AlignmentFlag.AlignVCenter)
        fill(progress, self.pause, self.cancel, 1)
        fill(row(right, gap=12), self.microphone, self.serving, self._extras, self.service)
        line.add(left, 1)
        line.add(right)
        self.show_microphone("")
        self.show_serving("")
        fill(column(self), line).setContentsMargins(16, 2, 16, 2)
        self.bar.setMaximumWidth(360)
        self._theme.changed.connect(self._keep_height)
        self._keep_height()

    def _keep_height(self) -> None:
        """Keep the same height with and without buttons at any text size."""
        self.setMinimumHeight(self.cancel.sizeHint().height() + 6)

    def add(self, widget: QWidget) -> None:
        """Add a widget before the state of the workers."""
        self._extras.addWidget(widget)

    def show_service(self, text: str) -> None:
        """Show the state of the workers."""
        self.service.setText(text)

    def show_microphone(self, text: str) -> None:
        """Show what is listened to; nothing while listening is off."""
        self.microphone.setText(text)
        self.microphone.setVisible(bool(text))
        self.microphone.setAccessibleDescription(text)

    def show_serving(self, text: str) -> None:
        """Show which model answers if it is not the champion, else nothing."""
        self.serving.setText(text)
        self.serving.setVisible(bool(text))

    def show_snapshot(self, snapshot: BatchProgress | None) -> None:
        """Show the progress of reading, or the last result when idle."""
        busy = snapshot is not None and snapshot.busy
        for widget in (self.bar, self.pause, self.cancel):
            widget.setVisible(busy)
        if snapshot is None:
            self.text.setText(tr("Drop files anywhere to start"))
        elif busy:
            self._show_busy(snapshot)
        else:
            self.text.setText(_finished(snapshot))

    def show_list(self, n: int) -> None:
        """Show the number of restored rows, unless files are being read."""
        if n and not self.bar.isVisibleTo(self):
            self.text.setText(plural(n, "1 file from last time", "{n} files from last time"))

    def _show_busy(self, snapshot: BatchProgress) -> None:
        if snapshot.paused != self._paused:
            self._show_paused(snapshot.paused)
        share = activity_log.share_done(snapshot)
        self.bar.setRange(0, 0 if share is None else 1000)
        self.bar.setValue(round(1000 * (share or 0.0)))
        text = progress_text(snapshot)
        self.text.setText(text)
        self.bar.setAccessibleDescription(text)

    def _show_paused(self, paused: bool) -> None:
        self._paused, name = paused, tr("Resume") if paused else tr("Pause")
        self._theme.set_icon(self.pause, "resume" if paused else "pause", "muted")
        set_accessible_name(self.pause, name, name)

    def _pause_or_resume(self) -> None:
        (self.resume_wanted if self._paused else self.pause_wanted).emit()


def progress_text(snapshot: BatchProgress) -> str:
    """``Reading 12 of 3,000 · 14 files a second · about 3 minutes left``."""
    if snapshot.searching and not snapshot.found:
        return tr("Looking for files…")
    parts = [activity_log.files_done(snapshot)]
    if snapshot.paused:
        return " · ".join([tr("Paused"), *parts])
    if snapshot.rate is not None and snapshot.found > 1:
        parts.append(_rate(snapshot.rate))
    left = activity_log.seconds_left(snapshot)
    if left is not None:
        parts.append(time_left(left))
    return " · ".join(parts)


def _rate(rate: float) -> str:
    if rate >= 1:
        return tr("{rate} files per second", rate=decimal(rate, 0 if rate >= 10 else 1))
    return tr("{rate} files per minute", rate=decimal(60 * rate, 0))


def _finished(snapshot: BatchProgress) -> str:
    if snapshot.found == 0:
        return ""
    text = plural(snapshot.done, "1 file analysed", "{n} files analysed")
    if snapshot.problems:
        text += " · " + plural(snapshot.problems, "1 problem", "{n} problems")
    return text
