"""The Now view: what is heard, on the whole screen, readable from five metres."""

from __future__ import annotations

import time
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from genre_desktop.app.i18n.genre_names import whole_genre_name
from genre_desktop.app.i18n.time_format import time_of_day
from genre_desktop.app.i18n.translate import problem_text, tr
from genre_desktop.app.sound.live_listener import LiveListener
from genre_desktop.app.sound.live_log import LiveLog
from genre_desktop.core.errors import Problem
from genre_desktop.core.listening.section import LoggedSection
from genre_desktop.ui.actions import shortcuts
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.pages.live.fitted_label import FittedLabel
from genre_desktop.ui.pages.live.live_card import LiveCard
from genre_desktop.ui.pages.live.log_table import section_name
from genre_desktop.ui.widgets.factory import column, icon_button, row
from genre_desktop.ui.widgets.level_meter import LevelMeter

CAPITALS = 1 / 15
"""Height of the genre's capitals as a share of the screen's, at least: 2 cm on a monitor that is 30 cm high. At five
metres a normal eye reads letters of 7 mm (five minutes of arc)."""

_SHARES = {"top": 5, "genre": 56, "text": 10, "since": 7, "previous": 6}
"""Heights of the lines, per cent of the screen's; the rest is level, hint and gaps."""

_ACTIONS = ("live.now", "live.listen", "live.record")
"""Actions whose keys work here too."""


class LiveSource(Protocol):
    """What the Live page shows; see there."""

    listener: LiveListener
    log: LiveLog
    card: LiveCard

    @property
    def microphone(self) -> str: ...  # noqa: D102
    @property
    def reported(self) -> Problem | None: ...  # noqa: D102


class NowView(QWidget):
    """A window that shows what the Live page shows: genre, confidence, since when, level, and the section before."""

    def __init__(self, source: LiveSource, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(tr("Now – Genre Desktop"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._source, self._listen = source, context.actions["live.listen"]
        theme = context.theme
        self.microphone = FittedLabel(theme, "muted")
        self.genre = FittedLabel(theme, bold=True)
        self.text = FittedLabel(theme)
        self.since = FittedLabel(theme, "muted")
        self.previous = FittedLabel(theme, "muted")
        self.meter = LevelMeter(theme)
        self._leave = icon_button(theme, "close", tr("Leave the Now view"), self.hide, tr("Leave (Esc)"))
        for name in _ACTIONS:
            self.addAction(context.actions[name])
        self._build()
        source.card.changed.connect(self._refresh)
        source.listener.pulse.connect(self._refresh)
        source.listener.level.connect(self.meter.show_level)

    def open_on(self, screen: QScreen) -> None:
        """Cover a screen."""
        self._refresh()
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.raise_()
        self.activateWindow()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adapt what does not follow the layout: the size of the scale, margins, and the least size of the genre."""
        super().resizeEvent(event)
        height = self.height()
        self.genre.least_capital = height * CAPITALS
        self.meter.setStyleSheet(f"font-size: {max(8, round(height * 0.034))}px")
        margin = round(min(self.width(), height) * 0.04)
        self._lines.setContentsMargins(margin, margin // 2, margin, margin)

    def _build(self) -> None:
        self._lines: QVBoxLayout = column(self, gap=0)
        top = row()
        self.microphone.setAlignment(Qt.AlignmentFlag.AlignLeft)
        top.addWidget(self.microphone, 1)
        top.addWidget(self._leave, 0, Qt.AlignmentFlag.AlignTop)
        self._lines.addLayout(top, _SHARES["top"])
        for name in ("genre", "text", "since"):
            line: FittedLabel = getattr(self, name)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._lines.addWidget(line, _SHARES[name])
        self.previous.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._lines.addStretch(2)
        self._lines.addWidget(self.meter)
        self._lines.addWidget(self.previous, _SHARES["previous"])

    def _refresh(self, _event: object = None) -> None:
        source, card = self._source, self._source.card
        section = self._section()
        title, text = card.title, card.text
        if card.answer is not None:
            title = whole_genre_name(card.answer.top[0].genre)
        if section is not None and section.label:
            title, text = whole_genre_name(section.label), tr("Corrected") if section.corrected else text
        listening = source.listener.listening
        if not listening and (key := shortcuts.native(self._listen.shortcut())):
            text = tr("Press {key} to start listening.", key=key)
        problem = source.reported if card.problem is None else None
        self.genre.setText(title)
        self.genre.set_tone("warning" if card.problem is not None else "text" if listening else "muted")
        self.text.setText(text)
        self.since.setText(_since(section))
        self.previous.setText(_previous(source.log.previous if listening else None))
        self.microphone.setText(problem_text(problem).title if problem is not None else source.microphone)
        self.microphone.set_tone("muted" if problem is None else "warning")
        self.meter.setVisible(listening)
        self.meter.describe()
        self.setAccessibleDescription(". ".join(filter(None, (title, text, self.since.text()))))

    def _section(self) -> LoggedSection | None:
        """Return the section that goes on, if it is of the answer shown."""
        section, answer = self._source.log.current, self._source.card.answer
        alike = section is not None and answer is not None and section.model_genre == answer.top[0].genre
        return section if alike else None


def _since(section: LoggedSection | None) -> str:
    return tr("since {time}", time=_time(section)) if section is not None else ""


def _previous(section: LoggedSection | None) -> str:
    if section is None:
        return ""
    return tr("Before: {genre}, from {time}", genre=section_name(section), time=_time(section))


def _time(section: LoggedSection) -> str:
    return time_of_day(section.started, time.time())
