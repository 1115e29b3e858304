"""The history of alerts and the actions for the selected one."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QMenu,
    QScrollArea,
    QTableView,
    QWidget,
)

from genre_desktop.app.i18n.time_format import moment
from genre_desktop.app.i18n.translate import mark, plural, render, tr
from genre_desktop.app.jobs.model_actions import ModelActions
from genre_desktop.app.monitoring.alerts import AlertFeed
from genre_desktop.app.monitoring.alerts_model import LEVEL_ICONS, LEVEL_NAMES, AlertsModel, state_text
from genre_desktop.core.store.alerts import Alert
from genre_desktop.ui.fitting.panes import Pane, Panes
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.pages.layout import card_column, set_scroll_content
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.alert_actions import action_for
from genre_desktop.ui.widgets.factory import (
    button,
    column,
    copy_text,
    fill,
    frame,
    label,
    row,
    set_accessible_name,
)
from genre_desktop.ui.widgets.message_bar import MessageBar
from genre_desktop.ui.widgets.table_fit import TableFit, set_up_table

SNOOZES: tuple[tuple[str, float], ...] = (
    (mark("For one hour"), 3600.0),
    (mark("Until tomorrow"), 86_400.0),
    (mark("For a week"), 604_800.0),
)


class AlertList(QWidget):
    """The history beside the selected alert; ``wanted`` carries an alert action's name."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, feed: AlertFeed, actions: ModelActions) -> None:
        super().__init__()
        self._theme, self._feed = theme, feed
        self.model = AlertsModel(self._icon)
        self.table = _table(self.model)
        self.card = AlertCard(theme, actions)
        self.all_read = button(tr("Mark all as read"), feed.acknowledge_all)
        self._summary = label("", "muted")
        self._empty_card = _empty_card(theme)
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        layout = column(self, gap=12)
        layout.addWidget(self._empty_card, 1)
        self._split = Panes()
        self._split.setHandleWidth(12)
        listed = Pane()
        inner = column(listed, gap=0)
        head = WrapRow(gap=12)
        head.add(self._summary, 1)
        head.add(self.all_read)
        inner.addLayout(fill(column(margin=12), head))
        inner.addWidget(self.table, 1)
        self._split.addWidget(listed)
        self._split.addWidget(self.card)
        self._split.setSizes([640, 440])
        self._split.setStretchFactor(0, 1)
        layout.addWidget(self._split, 1)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self._feed.changed.connect(self.refresh)
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
        """The selected alert."""
        place = self.table.currentIndex().row()
        return self.model.alerts[place] if 0 <= place < len(self.model.alerts) else None

    def choose(self, alert_id: int) -> None:
        """Select an alert, or the first unread one if the id is 0."""
        unread = self._feed.unread
        place = self.model.place_of(alert_id or (unread[0].id if unread else 0))
        if place is not None:
            self.table.selectRow(place)

    def refresh(self) -> None:
        """Read the history again."""
        before = self.current
        self.model.show(self._feed.history())
        self._empty_card.setVisible(not self.model.alerts)
        self._split.setVisible(bool(self.model.alerts))
        n = len(self._feed.unread)
        self._summary.setText(plural(n, "1 unread", "{n} unread") if n else tr("No unread alerts"))
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
            self._feed.acknowledge(self.current.id)
            self.refresh()

    def _snooze(self, seconds: float) -> None:
        if self.current is not None:
            self._feed.snooze(self.current.id, seconds)
            self.refresh()

    def _icon(self, level: str) -> object:
        name, tone = LEVEL_ICONS[level]
        return self._theme.icon(name, tone)


class AlertCard(QScrollArea):
    """What happened, what the app did and what the user can do, with buttons."""

    wanted = Signal(str)
    snoozed = Signal(float)

    def __init__(self, theme: Theme, actions: ModelActions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
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
        self.snooze = button(tr("Snooze"), lambda: None, "", tr("Hide this alert for a while"))
        self.copy = button(tr("Copy details"), self._copy)
        self._build()
        actions.changed.connect(self._refresh)
        theme.changed.connect(self._draw)
        self.show_alert(None)

    def _build(self) -> None:
        card = self._shown
        layout = column(card, margin=20, gap=12)
        head = row(gap=12)
        head.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        texts = column(gap=2)
        texts.addWidget(self._title)
        texts.addWidget(self._when)
        head.addLayout(texts, 1)
        layout.addLayout(head)
        self._parts = [
            _titled_text(tr("What happened"), self._happened),
            _titled_text(tr("What the program did"), self._did),
        ]
        for part in (*self._parts, self._hint, self._details):
            layout.addWidget(part)
        layout.addWidget(self._buttons())
        layout.addStretch(1)
        set_scroll_content(self, card)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the buttons, which depends on language and text size."""
        return QSize(max(340, self._shown.minimumSizeHint().width() + 12), 200)

    def _buttons(self) -> WrapRow:
        menu = QMenu(self.snooze)
        for title, seconds in SNOOZES:
            menu.addAction(tr(title), partial(self.snoozed.emit, seconds))
        self.snooze.setMenu(menu)
        return WrapRow(self.action, self.acknowledge, self.snooze, self.copy, most=2)

    def show_alert(self, alert: Alert | None) -> None:
        """Show an alert, or nothing."""
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
        self._hint.show_message(notice.can_do, tr("What you can do") if notice.can_do else "")
        self._details.setText(render(notice.details))
        self._details.setVisible(bool(notice.details))
        self._refresh()
        self._draw()

    def _refresh(self) -> None:
        if self._alert is None:
            return
        action = action_for(self._alert.notice.action)
        self.action.setVisible(action is not None)
        if action is not None:
            self.action.setText(tr(action.text))
            set_accessible_name(self.action, tr(action.text))
            self.action.setEnabled(not (action.job and self._actions.busy(action.job)))
        now = time.time()
        self.acknowledge.setEnabled(self._alert.open and self._alert.acknowledged is None)
        self.snooze.setEnabled(self._alert.unread(now))

    def _act(self) -> None:
        if self._alert is not None:
            self.wanted.emit(self._alert.notice.action)

    def _copy(self) -> None:
        if self._alert is not None:
            copy_text(f"{self._alert.text()}\n{moment(self._alert.time)}")

    def _draw(self) -> None:
        if self._alert is not None:
            icon, tone = LEVEL_ICONS[self._alert.notice.level]
            self._theme.set_pixmap(self._picture, icon, 32, tone)


def _history(alert: Alert) -> str:
    now = time.time()
    parts = [tr(LEVEL_NAMES[alert.notice.level]), state_text(alert, now), moment(alert.time)]
    if alert.count > 1:
        parts.append(plural(alert.count, "once", "{n} times"))
    if alert.resolved is not None:
        parts.append(tr("resolved {when}", when=moment(alert.resolved)))
    elif alert.snoozed_until is not None and alert.snoozed_until > now:
        parts.append(tr("snoozed until {when}", when=moment(alert.snoozed_until)))
    return " · ".join(parts)


def _titled_text(title: str, text: QLabel) -> QWidget:
    part = QWidget()
    layout = column(part, gap=2)
    layout.addWidget(label(title, "caption"))
    layout.addWidget(text)
    return part


def _empty_card(theme: Theme) -> QWidget:
    card, layout = card_column(margin=40)
    picture, title = QLabel(), label(tr("No alerts"), "section")
    hint = label(
        tr(
            "Alerts appear here when your music differs from the training music, when a model does not work or when a job fails. Each alert explains what happened, what the program did and what you can do."
        ),
        "muted",
        wrap=True,
    )
    hint.setMaximumWidth(520)

    def draw() -> None:
        theme.set_pixmap(picture, "bell", 40)

    layout.addStretch(1)
    for widget in (picture, title, hint):
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
    table.setProperty("kind", "rows")
    set_up_table(table, single=True)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    TableFit(table, {1: 112, 2: 124, 3: 52}, 36, 150)
    return table
