"""One topic of the preferences: a row for each setting, and a button that resets them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.settings import Settings, SettingSpec
from genre_desktop.ui.fitting.wrap_row import TOP, WrapRow
from genre_desktop.ui.preferences.special_controls import (
    Address,
    FilePath,
    Folders,
    InputDevice,
    TagWords,
    control_of,
)
from genre_desktop.ui.widgets.factory import button, column, fill, frame, label
from genre_desktop.ui.widgets.setting_controls import WIDTH, Check

RING = 4
"""Pixels that a check box reserves on its left for the focus ring; all other widgets are indented by them."""

_LETTERS = 24
"""Letters of a line of text beside a control; with less room the control is below the text."""

_Wide = Address | FilePath | Folders | TagWords
"""Controls below their text instead of beside it."""


class SettingRow(QWidget):
    """Title, description and control of a setting."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__()
        self.option = option
        self.control = control_of(option)
        self._search_text = f"{tr(option.title)} {tr(option.description)} {option.key}".casefold()
        texts, line = QWidget(), WrapRow(gap=24)
        fill(column(texts), self._texts())
        line.add(texts, 1, letters=_LETTERS)
        fill(column(self), line).setContentsMargins(0, 10, 0, 10)
        if not isinstance(self.control, Check | _Wide):
            self.control.setMinimumWidth(WIDTH)
            self.control.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            line.add(self.control, align=TOP)

    def _texts(self) -> QVBoxLayout:
        """Return the texts, with a check box above or a list below them."""
        is_check = isinstance(self.control, Check)
        texts = column(gap=2)
        texts.setContentsMargins(RING, 0, 0, 0)
        if not is_check:
            texts.addWidget(self._title())
        texts.addWidget(label(tr(self.option.description), "muted", wrap=True))
        if self.option.restart:
            texts.addWidget(label(tr("Takes effect after restart."), "caption"))
        if isinstance(self.control, _Wide):
            texts.addWidget(self.control)
        texts.addStretch(1)
        above = [self.control] if is_check else []
        return fill(column(gap=2), *above, (texts, 1))

    def _title(self) -> QLabel:
        title = label(tr(self.option.title), wrap=True)
        title.setBuddy(self.control.editor)
        return title

    def matches(self, words: Sequence[str]) -> bool:
        """Return whether the setting matches all of these lower-case words."""
        return all(word in self._search_text for word in words)


class Section(QWidget):
    """The settings of one topic. ``chosen`` carries a setting and its new value."""

    chosen = Signal(object, object)
    reset_wanted = Signal(str)

    def __init__(self, page: str, options: Sequence[SettingSpec]) -> None:
        super().__init__()
        self.page = page
        self.rows = {option.key: self._row(option) for option in options}
        self.reset = button(tr("Reset this page"), lambda: self.reset_wanted.emit(page), "quiet")
        self.reset.setAccessibleName(tr("Reset this page: {page}", page=tr(page)))
        head = WrapRow(gap=12)
        head.add(label(tr(page), "title"), 1)
        head.add(self.reset)
        self.body = fill(column(self), head, self._card(), 1)

    def _card(self) -> QFrame:
        card = frame("card")
        fill(column(card, gap=0), *self.rows.values()).setContentsMargins(16 - RING, 6, 16, 6)
        return card

    def _row(self, option: SettingSpec) -> SettingRow:
        line = SettingRow(option)
        line.control.chosen.connect(lambda value: self.chosen.emit(option, value))
        return line

    def show_values(self, settings: Settings) -> None:
        """Show the values of all settings."""
        for key in self.rows:
            self.show_value(key, settings)

    def show_value(self, key: str, settings: Settings) -> None:
        """Show the value of one setting."""
        self.rows[key].control.show_value(settings[key])

    def filter(self, words: Sequence[str]) -> bool:
        """Show only settings that match all of these lower-case words; return False if none does."""
        whole = all(word in tr(self.page).casefold() for word in words)
        shown = [each for each in self.rows.values() if whole or each.matches(words)]
        for each in self.rows.values():
            each.setVisible(each in shown)
        return bool(shown)

    def close_down(self) -> None:
        """Wait for background tasks."""
        for each in self.rows.values():
            if isinstance(each.control, InputDevice):
                each.control.close_down()
