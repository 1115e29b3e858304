"""The jobs drawer: everything that takes long, running and over, at the right edge of the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QProgressBar, QScrollArea, QWidget

from genre_desktop.app.i18n.time_format import format_duration, moment
from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.app.jobs.activity_log import Activity, ActivityLog
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import (
    button,
    clear,
    column,
    icon_button,
    label,
    row,
    set_accessible_name,
)
from genre_desktop.ui.window.status_bar import time_left

_WIDTH = 400
_LOG_BYTES = 200_000

_LOOKS: dict[str, tuple[str, str, str]] = {
    "running": ("working", "accent", mark("Running")),
    "paused": ("pause", "muted", mark("Paused")),
    "succeeded": ("done", "success", mark("Done")),
    "problems": ("warning", "warning", mark("Done, with problems")),
    "failed": ("failed", "danger", mark("Failed")),
    "cancelled": ("cancelled", "muted", mark("Cancelled")),
}
"""Icon, colour and words of each state."""

ShowText = Callable[[str, str], object]
"""Shows a text under a title."""


class WorkCard(QFrame):
    """One entry: what, how far, how long, and what can be done about it."""

    def __init__(self, theme: Theme, work: Activity, show_text: ShowText) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._theme, self.work, self._show_text = theme, work, show_text
        self._state = ""
        self._picture = QLabel()
        self._title = label(work.title, "section", wrap=True)
        self.words = label("", wrap=True, select=True)
        self.when = label("", "caption", wrap=True)
        self.bar = QProgressBar(textVisible=False)
        set_accessible_name(self.bar, tr("Progress: {job}", job=work.title))
        self._offers = row(gap=8)
        self._build()
        theme.changed.connect(self._draw)
        self.follow()

    def _build(self) -> None:
        line = row(self, margin=12, gap=12)
        line.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        words = column(gap=4)
        for widget in (self._title, self.words, self.bar, self.when):
            words.addWidget(widget)
        words.addLayout(self._offers)
        line.addLayout(words, 1)

    def follow(self) -> None:
        """Show how the work stands now."""
        work = self.work
        self.words.setText(work.text)
        self.words.setVisible(bool(work.text))
        self.bar.setVisible(work.running)
        self.bar.setRange(0, 0 if work.fraction is None else 1000)
        self.bar.setValue(round(1000 * (work.fraction or 0.0)))
        self.bar.setAccessibleDescription(work.text)
        self.when.setText(when(work))
        if self._state != work.state:
            self._state = work.state
            self._draw()
            self._offer()

    def _offer(self) -> None:
        work = self.work
        clear(self._offers)
        if work.cancel is not None:
            self._offers.addWidget(button(tr("Cancel"), self._cancel))
        if work.details:
            self._offers.addWidget(button(tr("Copy details"), self._copy))
        if work.state == "problems":
            self._offers.addWidget(button(tr("Show problems"), self._show_problems))
        elif not work.running and work.log_path and Path(work.log_path).is_file():
            self._offers.addWidget(button(tr("Show log"), self._show_log))
        self._offers.addStretch(1)

    def _cancel(self) -> None:
        if self.work.cancel is not None:
            self.words.setText(tr("Stopping…"))
            self.work.cancel()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.work.details)

    def _show_problems(self) -> None:
        self._show_text(self.work.title, self.work.details)

    def _show_log(self) -> None:
        self._show_text(self.work.title, tail(Path(self.work.log_path)))

    def _draw(self) -> None:
        icon, tone, words = _LOOKS[self.work.state]
        colour = getattr(self._theme.palette, tone)
        self._picture.setPixmap(icons.pixmap(icon, 20, colour, self.devicePixelRatioF()))
        self._picture.setAccessibleName(tr(words))
        self._picture.setToolTip(tr(words))
        self.setAccessibleName(f"{self.work.title}: {tr(words)}")


class JobDrawer(QFrame):
    """Lies over the right edge of ``ground``, above ``above``; Escape closes it."""

    def __init__(
        self, theme: Theme, desk: ActivityLog, ground: QWidget, above: QWidget, show_text: ShowText
    ) -> None:
        super().__init__(ground)
        self.setProperty("kind", "drawer")
        self.setAutoFillBackground(True)
        self._theme, self._desk, self._ground, self._above = theme, desk, ground, above
        self._show_text = show_text
        self.cards: dict[Activity, WorkCard] = {}
        self._before: QWidget | None = None
        self._nothing = label(tr("Nothing has run yet. What takes long is listed here."), "muted", wrap=True)
        self._list = column(gap=8)
        self.closer = icon_button(
            theme, "close", tr("Close the list of jobs"), self.close_it, tr("Close (Esc)")
        )
        self._build()
        set_accessible_name(self, tr("Jobs"))
        desk.changed.connect(self._changed)
        desk.history_loaded.connect(self._arrange)
        self._restyled = QTimer(self, singleShot=True, interval=0)
        self._restyled.timeout.connect(self._arrange)
        theme.changed.connect(self._follow_theme)
        self.hide()

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("scrolled")
        inside = column(inner, gap=8)
        inside.addWidget(self._nothing)
        inside.addLayout(self._list)
        inside.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Jobs, the newest first"))
        area.viewport().setAutoFillBackground(False)
        area.setWidget(inner)
        head = row(gap=8)
        head.addWidget(label(tr("Jobs"), "title"), 1)
        head.addWidget(self.closer)
        layout = column(self, margin=16, gap=12)
        layout.addLayout(head)
        layout.addWidget(area, 1)

    def toggle(self) -> None:
        """Open with the newest first, or close."""
        if self.isVisible():
            self.close_it()
            return
        self._before = QApplication.focusWidget()
        self._desk.load_history()
        self._arrange()
        self._place()
        self.show()
        self.raise_()
        self.closer.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_it(self) -> None:
        """Close; the focus goes back to where it was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
            return
        super().keyPressEvent(event)

    def setVisible(self, visible: bool) -> None:
        """Watch the window's size only while visible: a filter is called for each of its events."""
        super().setVisible(visible)
        change = self._ground.installEventFilter if visible else self._ground.removeEventFilter
        change(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the edge when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _follow_theme(self) -> None:
        """Other text sizes need other heights, which are known once every part has its new look."""
        if self.isVisible():
            self._place()
            self._restyled.start()

    def _place(self) -> None:
        ground = self._ground
        scale = max(1.0, self.fontMetrics().height() / 16)
        width = min(round(_WIDTH * scale), ground.width() - 80)
        bottom = self._above.mapTo(ground, QPoint(0, 0)).y()
        self.setGeometry(ground.width() - width, 0, width, bottom)

    def _changed(self, work: Activity) -> None:
        if not self.isVisible():
            return
        card = self.cards.get(work)
        if card is None or work not in self._desk.entries:
            self._arrange()
        else:
            card.follow()

    def _arrange(self) -> None:
        """A card for each entry: what runs first, then the newest."""
        entries = sorted(self._desk.entries, key=lambda work: (work.running, work.began), reverse=True)
        for work in [work for work in self.cards if work not in entries]:
            self.cards.pop(work).deleteLater()
        while self._list.takeAt(0) is not None:
            pass
        for work in entries:
            if work not in self.cards:
                self.cards[work] = WorkCard(self._theme, work, self._show_text)
            self._list.addWidget(self.cards[work])
            self.cards[work].follow()
        self._nothing.setVisible(not entries)


def when(work: Activity) -> str:
    """Time left while it runs; afterwards when it ran and how long it took."""
    if work.running:
        return time_left(work.left_s) if work.left_s is not None else ""
    if not work.seconds or work.seconds < 1:
        return moment(work.began)
    return tr("{moment} · took {time}", moment=moment(work.began), time=format_duration(work.seconds))


def tail(path: Path) -> str:
    """The end of a log file; an empty text where it is gone."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _LOG_BYTES))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""
