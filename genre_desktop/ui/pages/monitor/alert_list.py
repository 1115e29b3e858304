"""The alert centre: every alert there was, and what can be done about the one in front."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QSplitter,
    QTableView,
    QWidget,
)

from genre_desktop.app.i18n.time_format import moment
from genre_desktop.app.i18n.translate import mark, plural, render, tr
from genre_desktop.app.jobs.model_actions import ModelActions
from genre_desktop.app.monitoring.alerts import AlertFeed
from genre_desktop.app.monitoring.alerts_model import LEVEL_ICONS, LEVEL_NAMES, AlertsModel, state_text
from genre_desktop.core.store.alerts import Alert
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.alert_actions import remedy_for
from genre_desktop.ui.widgets.factory import button, column, frame, label, row, set_accessible_name
from genre_desktop.ui.widgets.message_bar import MessageBar
from genre_desktop.ui.widgets.table_fit import TableFit, set_up_table

SNOOZES: tuple[tuple[str, float], ...] = (
    (mark("For one hour"), 3600.0),
    (mark("Until tomorrow"), 86_400.0),
    (mark("For a week"), 604_800.0),
)


class AlertList(QWidget):
    """History on the left, the chosen alert on the right. ``wanted`` carries an alert action's name."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, desk: AlertFeed, care: ModelActions) -> None:
        super().__init__()
        self._theme, self._desk = theme, desk
        self.model = AlertsModel(self._icon)
        self.table = _table(self.model)
        self.card = AlertCard(theme, care)
        self.all_read = button(tr("Mark all as read"), desk.acknowledge_all)
        self._summary = label("", "muted")
        self._empty = _empty(theme)
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        layout = column(self, gap=12)
        layout.addWidget(self._empty, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(12)
        listed = frame("card")
        inner = column(listed, gap=0)
        head = row(margin=12, gap=12)
        head.addWidget(self._summary, 1)
        head.addWidget(self.all_read)
        inner.addLayout(head)
        inner.addWidget(self.table, 1)
        self._split.addWidget(listed)
        self._split.addWidget(self.card)
        self._split.setSizes([640, 440])
        self._split.setStretchFactor(0, 1)
        layout.addWidget(self._split, 1)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self._desk.changed.connect(self.refresh)
        self._theme.changed.connect(self.refresh)
        self.card.wanted.connect(self.wanted)
        self.card.acknowledge.clicked.connect(self._acknowledge)
        self.card.snoozed.connect(self._snooze)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(
                QKeySequence(key), self.table, self._acknowledge, context=Qt.ShortcutContext.WidgetShortcut
            )

    @property
    def current(self) -> Alert | None:
        """The alert in front."""
        place = self.table.currentIndex().row()
        return self.model.alerts[place] if 0 <= place < len(self.model.alerts) else None

    def choose(self, alert_id: int) -> None:
        """Bring an alert to the front; without one, the first unread."""
        unread = self._desk.unread
        place = self.model.place_of(alert_id or (unread[0].id if unread else 0))
        if place is not None:
            self.table.selectRow(place)

    def refresh(self) -> None:
        """Show the history as it is now."""
        before = self.current
        self.model.show(self._desk.history())
        self._empty.setVisible(not self.model.alerts)
        self._split.setVisible(bool(self.model.alerts))
        n = len(self._desk.unread)
        self._summary.setText(plural(n, "One unread", "{n} unread") if n else tr("Nothing unread"))
        self.all_read.setEnabled(n > 0)
        place = self.model.place_of(before.id) if before is not None else None
        self._select(place or 0)

    def _select(self, place: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(place, 0)
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._show_current()

    def _show_current(self) -> None:
        self.card.show_alert(self.current)

    def _acknowledge(self) -> None:
        if self.current is not None:
            self._desk.acknowledge(self.current.id)
            self.refresh()

    def _snooze(self, seconds: float) -> None:
        if self.current is not None:
            self._desk.snooze(self.current.id, seconds)
            self.refresh()

    def _icon(self, level: str) -> object:
        name, tone = LEVEL_ICONS[level]
        return self._theme.icon(name, tone)


class AlertCard(QScrollArea):
    """What happened, what the app did, what the person can do, and the buttons for it."""

    wanted = Signal(str)
    snoozed = Signal(float)

    def __init__(self, theme: Theme, care: ModelActions) -> None:
        super().__init__()
        self._theme, self._care = theme, care
        self._alert: Alert | None = None
        self._shown = frame("card")
        self._picture = QLabel()
        self._title = label("", "title", wrap=True, select=True)
        self._when = label("", "caption", wrap=True)
        self._happened, self._did = label("", wrap=True, select=True), label("", wrap=True, select=True)
        self._details = label("", "caption", wrap=True, select=True)
        self._hint = MessageBar(theme, "accent")
        self.action = button("", self._act, "primary")
        self.acknowledge = button(tr("Mark as read"), lambda: None)
        self.snooze = button(tr("Snooze"), lambda: None, "", tr("Be quiet about it for a while"))
        self.copy = button(tr("Copy details"), self._copy)
        self._build()
        care.changed.connect(self._refresh)
        theme.changed.connect(self._draw)
        self.show_alert(None)

    def _build(self) -> None:
        card = self._shown
        layout = column(card, margin=20, gap=12)
        head = row(gap=12)
        head.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(self._title)
        words.addWidget(self._when)
        head.addLayout(words, 1)
        layout.addLayout(head)
        self._parts = [
            _part(tr("What happened"), self._happened),
            _part(tr("What the app did"), self._did),
        ]
        for part in (*self._parts, self._hint, self._details):
            layout.addWidget(part)
        layout.addLayout(self._buttons())
        layout.addStretch(1)
        self.setWidget(card)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        """As wide as the buttons need, in any language and text size."""
        return QSize(max(340, self._shown.minimumSizeHint().width() + 12), 200)

    def _buttons(self) -> QHBoxLayout:
        menu = QMenu(self.snooze)
        for words, seconds in SNOOZES:
            menu.addAction(tr(words), partial(self.snoozed.emit, seconds))
        self.snooze.setMenu(menu)
        lines = column(gap=8)
        first = row(gap=8)
        first.addWidget(self.action)
        first.addWidget(self.acknowledge)
        first.addStretch(1)
        second = row(gap=8)
        second.addWidget(self.snooze)
        second.addWidget(self.copy)
        second.addStretch(1)
        lines.addLayout(first)
        lines.addLayout(second)
        whole = row()
        whole.addLayout(lines)
        return whole

    def show_alert(self, alert: Alert | None) -> None:
        """Show an alert."""
        self._alert = alert
        self._shown.setVisible(alert is not None)
        if alert is None:
            return
        notice = alert.notice
        self._title.setText(render(notice.title))
        self._when.setText(_history(alert))
        self._happened.setText(render(notice.happened))
        self._did.setText(render(notice.did))
        self._parts[1].setVisible(bool(notice.did))
        self._hint.say(notice.can_do, tr("What you can do") if notice.can_do else "")
        self._details.setText(render(notice.details))
        self._details.setVisible(bool(notice.details))
        self._refresh()
        self._draw()

    def _refresh(self) -> None:
        if self._alert is None:
            return
        remedy = remedy_for(self._alert.notice.action)
        self.action.setVisible(remedy is not None)
        if remedy is not None:
            self.action.setText(tr(remedy.words))
            set_accessible_name(self.action, tr(remedy.words))
            self.action.setEnabled(not (remedy.job and self._care.busy(remedy.job)))
        now = time.time()
        self.acknowledge.setEnabled(self._alert.open and self._alert.acknowledged is None)
        self.snooze.setEnabled(self._alert.unread(now))

    def _act(self) -> None:
        if self._alert is not None:
            self.wanted.emit(self._alert.notice.action)

    def _copy(self) -> None:
        if self._alert is not None:
            QGuiApplication.clipboard().setText(f"{self._alert.text()}\n{moment(self._alert.time)}")

    def _draw(self) -> None:
        if self._alert is not None:
            icon, tone = LEVEL_ICONS[self._alert.notice.level]
            colour = getattr(self._theme.palette, tone)
            self._picture.setPixmap(icons.pixmap(icon, 32, colour, self.devicePixelRatioF()))


def _history(alert: Alert) -> str:
    now = time.time()
    parts = [tr(LEVEL_NAMES[alert.notice.level]), state_text(alert, now), moment(alert.time)]
    if alert.count > 1:
        parts.append(plural(alert.count, "once", "{n} times"))
    if alert.resolved is not None:
        parts.append(tr("over since {when}", when=moment(alert.resolved)))
    elif alert.snoozed_until is not None and alert.snoozed_until > now:
        parts.append(tr("quiet until {when}", when=moment(alert.snoozed_until)))
    return " · ".join(parts)


def _part(title: str, text: QLabel) -> QWidget:
    part = QWidget()
    layout = column(part, gap=2)
    layout.addWidget(label(title, "caption"))
    layout.addWidget(text)
    return part


def _empty(theme: Theme) -> QWidget:
    card = frame("card")
    layout = column(card, margin=40, gap=8)
    picture, title = QLabel(), label(tr("No alerts"), "section")
    words = label(
        tr(
            "When your music drifts away from what the model learned, a model breaks or a job fails, it is said here: what happened, what the program did, and what you can do."
        ),
        "muted",
        wrap=True,
    )
    words.setMaximumWidth(520)

    def draw() -> None:
        picture.setPixmap(icons.pixmap("bell", 40, theme.palette.muted, card.devicePixelRatioF()))

    layout.addStretch(1)
    for widget in (picture, title, words):
        widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(1)
    theme.changed.connect(draw)
    draw()
    return card


def _table(model: AlertsModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    set_accessible_name(table, tr("Alerts"), tr("Return marks the alert as read"))
    set_up_table(table, single=True)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    TableFit(table, {1: 72, 2: 124, 3: 52}, 36, 150)
    return table


def _follow(theme: Theme, fit: Callable[[], None]) -> None:
    theme.changed.connect(fit)
    fit()
