"""One topic of the preferences: its settings as rows, and a button that resets them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.settings import Settings, SettingSpec, Value
from genre_desktop.ui.preferences.special_controls import Folders, InputDevice, control_of
from genre_desktop.ui.widgets.factory import button, column, frame, label, row
from genre_desktop.ui.widgets.setting_controls import FOCUS_ON_CLICK, WIDTH, Check

RING = 4
"""Pixels that a check box keeps on its left for the ring of the focus; all else is moved in by as much."""


class SettingRow(QWidget):
    """Title, what it means, and its control."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__()
        self.option = option
        self.control = control_of(option)
        self.control.part.installEventFilter(self)
        self._words = f"{tr(option.title)} {tr(option.description)} {option.key}".casefold()
        line = row(self, gap=24)
        line.setContentsMargins(0, 10, 0, 10)
        line.addLayout(self._said(), 1)
        if not isinstance(self.control, Check | Folders):
            self.control.setMinimumWidth(WIDTH)
            self.control.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            line.addWidget(self.control, alignment=Qt.AlignmentFlag.AlignTop)

    def _said(self) -> QVBoxLayout:
        """The words; a check box above them, a list below."""
        option, box = self.option, isinstance(self.control, Check)
        below = column(gap=2)
        below.setContentsMargins(RING, 0, 0, 0)
        if not box:
            below.addWidget(self._title())
        below.addWidget(label(tr(option.description), "muted", wrap=True))
        if option.restart:
            below.addWidget(label(tr("Used from the next start on."), "caption"))
        if isinstance(self.control, Folders):
            below.addWidget(self.control)
        below.addStretch(1)
        words = column(gap=2)
        if box:
            words.addWidget(self.control)
        words.addLayout(below, 1)
        return words

    def _title(self) -> QLabel:
        title = label(tr(self.option.title), wrap=True)
        title.setBuddy(self.control.part)
        return title

    def matches(self, words: Sequence[str]) -> bool:
        """Whether it is about all of these words (lower case)."""
        return all(word in self._words for word in words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the page, not the control it happens to pass."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, FOCUS_ON_CLICK):
            event.ignore()
            return QApplication.focusWidget() is not watched
        return super().eventFilter(watched, event)


class Section(QWidget):
    """The settings of one page of the table. ``chosen`` carries an option and its new value."""

    chosen = Signal(object, object)
    reset_wanted = Signal(str)

    def __init__(self, page: str, options: Sequence[SettingSpec]) -> None:
        super().__init__()
        self.page = page
        self.rows = {option.key: self._row(option) for option in options}
        self.reset = button(tr("Reset this page"), lambda: self.reset_wanted.emit(page), "quiet")
        self.reset.setAccessibleName(tr("Reset this page: {page}", page=tr(page)))
        layout = column(self, gap=8)
        head = row(gap=12)
        head.addWidget(label(tr(page), "title"), 1)
        head.addWidget(self.reset)
        layout.addLayout(head)
        layout.addWidget(self._card())
        layout.addStretch(1)

    def _card(self) -> QFrame:
        card = frame("card")
        inner = column(card, gap=0)
        inner.setContentsMargins(16 - RING, 6, 16, 6)
        for each in self.rows.values():
            inner.addWidget(each)
        return card

    def _row(self, option: SettingSpec) -> SettingRow:
        made = SettingRow(option)
        made.control.chosen.connect(lambda value: self.chosen.emit(option, value))
        return made

    def show_values(self, settings: Settings) -> None:
        """Show what is set."""
        for key in self.rows:
            self.show_value(key, settings)

    def show_value(self, key: str, settings: Settings) -> None:
        """Show one value; what is being typed for others stays."""
        self.rows[key].control.show_value(settings[key])

    def values(self, settings: Settings) -> dict[str, Value]:
        """What is set on this page."""
        return {key: settings[key] for key in self.rows}

    def filter(self, words: Sequence[str]) -> bool:
        """Show only what these words (lower case) are about; False when nothing is."""
        whole = all(word in tr(self.page).casefold() for word in words)
        shown = [each for each in self.rows.values() if whole or each.matches(words)]
        for each in self.rows.values():
            each.setVisible(each in shown)
        return bool(shown)

    def close_down(self) -> None:
        """End what runs in the background."""
        for each in self.rows.values():
            if isinstance(each.control, InputDevice):
                each.control.close_down()
