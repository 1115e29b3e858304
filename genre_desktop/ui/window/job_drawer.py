"""The jobs drawer: running and finished long operations, at the right edge of the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QProgressBar, QScrollArea, QWidget

from genre_desktop.app.i18n.time_format import format_duration, moment, time_left
from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.app.jobs.activity_log import Activity, ActivityLog
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import (
    button,
    column,
    copy_text,
    fill,
    icon_button,
    label,
    row,
    set_accessible_name,
)
from genre_desktop.ui.widgets.log_view import read_tail
from genre_desktop.ui.widgets.overlay import Overlay

_WIDTH = 400

_LOOKS: dict[str, tuple[str, str, str]] = {
    "running": ("working", "accent", mark("Running")),
    "paused": ("pause", "muted", mark("Paused")),
    "succeeded": ("done", "success", mark("Done")),
    "warning": ("warning", "warning", mark("Done, with a warning")),
    "problems": ("warning", "warning", mark("Done, with problems")),
    "failed": ("failed", "danger", mark("Failed")),
    "cancelled": ("cancelled", "muted", mark("Cancelled")),
}
"""Icon, palette colour and title of each state."""

ShowText = Callable[[str, str], object]
"""Shows a text; takes title and text."""


class ActivityCard(QFrame):
    """One entry: title, progress, time, and buttons."""

    def __init__(self, theme: Theme, activity: Activity, show_text: ShowText) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._theme, self.activity, self._show_text = theme, activity, show_text
        self._state = ""
        self._picture = QLabel()
        self._title = label(activity.title, "section", wrap=True)
        self.text = label("", wrap=True, select=True)
        self.when = label("", "caption", wrap=True)
        self.bar = QProgressBar(textVisible=False)
        set_accessible_name(self.bar, tr("Progress: {job}", job=activity.title))
        self._buttons = WrapRow()
        self._build()
        theme.changed.connect(self._draw)
        self.refresh()

    def _build(self) -> None:
        line = row(self, margin=12, gap=12)
        line.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        line.addLayout(fill(column(gap=4), self._title, self.text, self.bar, self.when, self._buttons), 1)

    def refresh(self) -> None:
        """Show the present state of the activity."""
        activity = self.activity
        self.text.setText(activity.text)
        self.text.setVisible(bool(activity.text))
        self.bar.setVisible(activity.running)
        self.bar.setRange(0, 0 if activity.fraction is None else 1000)
        self.bar.setValue(round(1000 * (activity.fraction or 0.0)))
        self.bar.setAccessibleDescription(activity.text)
        self.when.setText(when(activity))
        if self._state != activity.state:
            self._state = activity.state
            self._draw()
            self._update_buttons()

    def _update_buttons(self) -> None:
        activity = self.activity
        self._buttons.clear()
        if activity.cancel is not None:
            self._buttons.add(button(tr("Cancel"), self._cancel))
        if activity.details:
            self._buttons.add(button(tr("Copy details"), self._copy))
        if activity.state == "problems":
            self._buttons.add(button(tr("Show problems"), self._show_problems))
        elif not activity.running and activity.log_path and Path(activity.log_path).is_file():
            self._buttons.add(button(tr("Show log"), self._show_log))

    def _cancel(self) -> None:
        if self.activity.cancel is not None:
            self.text.setText(tr("Cancelling…"))
            self.activity.cancel()

    def _copy(self) -> None:
        copy_text(self.activity.details)

    def _show_problems(self) -> None:
        self._show_text(self.activity.title, self.activity.details)

    def _show_log(self) -> None:
        self._show_text(self.activity.title, tail(Path(self.activity.log_path)))

    def _draw(self) -> None:
        icon, tone, state = _LOOKS[self.activity.state]
        self._theme.set_pixmap(self._picture, icon, 20, tone)
        self._picture.setAccessibleName(tr(state))
        self._picture.setToolTip(tr(state))
        self.setAccessibleName(f"{self.activity.title}: {tr(state)}")


class JobDrawer(Overlay):
    """Lies over the right edge of ``ground``, above ``above``; Escape closes it."""

    def __init__(
        self, theme: Theme, log: ActivityLog, ground: QWidget, above: QWidget, show_text: ShowText
    ) -> None:
        super().__init__(ground, above)
        self.setProperty("kind", "drawer")
        self.setAutoFillBackground(True)
        self._theme, self._log, self._show_text = theme, log, show_text
        self.cards: dict[Activity, ActivityCard] = {}
        self._previous_focus: QWidget | None = None
        self._empty_text = label(
            tr("No jobs yet. Running and finished jobs are listed here."), "muted", wrap=True
        )
        self._list = column(gap=8)
        self.closer = icon_button(
            theme, "close", tr("Close the list of jobs"), self.close_drawer, tr("Close (Esc)")
        )
        self._build()
        set_accessible_name(self, tr("Jobs"))
        log.changed.connect(self._changed)
        log.history_loaded.connect(self._arrange)
        self._theme_timer = QTimer(self, singleShot=True, interval=0)
        self._theme_timer.timeout.connect(self._arrange)
        theme.changed.connect(self._theme_changed)
        self.hide()

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("scrolled")
        fill(column(inner), self._empty_text, self._list, 1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Jobs, newest first"))
        area.viewport().setAutoFillBackground(False)
        area.setWidget(inner)
        head = fill(row(), (label(tr("Jobs"), "title"), 1), self.closer)
        fill(column(self, margin=16, gap=12), head, (area, 1))

    def toggle(self) -> None:
        """Open or close the drawer."""
        if self.isVisible():
            self.close_drawer()
            return
        self._previous_focus = QApplication.focusWidget()
        self._log.load_history()
        self._arrange()
        self._place()
        self.show()
        self.raise_()
        self.closer.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_drawer(self) -> None:
        """Close the drawer and restore the focus."""
        self.hide()
        if self._previous_focus is not None and self._previous_focus.isVisible():
            self._previous_focus.setFocus(Qt.FocusReason.PopupFocusReason)
        self._previous_focus = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the drawer on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_drawer()
            return
        super().keyPressEvent(event)

    def _theme_changed(self) -> None:
        """Arrange again once all widgets have their new style, which determines their heights."""
        if self.isVisible():
            self._place()
            self._theme_timer.start()

    def _place(self) -> None:
        scale = max(1.0, self.fontMetrics().height() / 16)
        width = min(round(_WIDTH * scale), self._ground.width() - 80)
        self.setGeometry(self._ground.width() - width, 0, width, self._bottom())

    def _changed(self, activity: Activity) -> None:
        if not self.isVisible():
            return
        card = self.cards.get(activity)
        if card is None or activity not in self._log.entries:
            self._arrange()
        else:
            card.refresh()

    def _arrange(self) -> None:
        """Show a card for each entry: running ones first, then the newest."""
        entries = sorted(self._log.entries, key=lambda entry: (entry.running, entry.began), reverse=True)
        for entry in [entry for entry in self.cards if entry not in entries]:
            self.cards.pop(entry).deleteLater()
        while self._list.takeAt(0) is not None:
            pass
        for entry in entries:
            if entry not in self.cards:
                self.cards[entry] = ActivityCard(self._theme, entry, self._show_text)
            self._list.addWidget(self.cards[entry])
            self.cards[entry].refresh()
        self._empty_text.setVisible(not entries)


def when(activity: Activity) -> str:
    """Return the time left of a running activity, or the start and duration of a finished one."""
    if activity.running:
        return time_left(activity.left_s) if activity.left_s is not None else ""
    if not activity.seconds or activity.seconds < 1:
        return moment(activity.began)
    return tr("{moment} · took {time}", moment=moment(activity.began), time=format_duration(activity.seconds))


def tail(path: Path) -> str:
    """Return the end of a log file, or an empty text if it is gone."""
    try:
        return read_tail(path)
    except OSError:
        return ""
