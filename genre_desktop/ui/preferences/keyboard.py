"""The Keyboard page of the preferences: the shortcuts of all actions, and a field to change them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.settings import Settings
from genre_desktop.ui.actions import shortcuts
from genre_desktop.ui.actions.actions import Action, all_actions
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import button, column, fill, frame, label, set_accessible_name
from genre_desktop.ui.widgets.message_bar import MessageBar
from genre_desktop.ui.widgets.table_fit import set_up_table

PAGE = "Keyboard"


class KeyboardSection(QWidget):
    """Has the interface of a :class:`Section`. ``chosen`` is emitted when a shortcut was changed."""

    chosen = Signal()
    reset_wanted = Signal(str)
    page = PAGE

    def __init__(self, theme: Theme, settings: Settings, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._settings, self._actions = settings, actions
        self._rows: list[Action] = list(all_actions())
        self.table = QTableWidget(len(self._rows), 2)
        self.keys = QKeySequenceEdit()
        self.notice = MessageBar(theme, "warning")
        self.reset = button(tr("Reset this page"), lambda: self.reset_wanted.emit(PAGE), "quiet")
        self.back = button(tr("Reset to default"), lambda: self.change(self.action.shortcut))
        self.none = button(tr("No shortcut"), lambda: self._set(self.action.id, ""))
        self._about = label("", wrap=True)
        self._build(theme)
        self.table.currentItemChanged.connect(lambda *_: self._show_action())
        self.keys.editingFinished.connect(self._typed)
        self.show_values(settings)
        self.table.setCurrentCell(0, 0)

    def _build(self, theme: Theme) -> None:
        self.reset.setAccessibleName(tr("Reset this page: {page}", page=tr(PAGE)))
        self._set_up_table(theme)
        head, tools, card = WrapRow(gap=12), WrapRow(), frame("card")
        head.add(label(tr(PAGE), "title"), 1)
        tools.add(self.keys, 1)
        for line, each in ((head, self.reset), (tools, self.none), (tools, self.back)):
            line.add(each)
        fill(column(card, gap=0), self.table)
        fill(
            column(self),
            head,
            label(tr("Select an action, then press its new shortcut."), "muted", wrap=True),
            (card, 1),
            self._about,
            tools,
            self.notice,
        )
        self.notice.hide()

    def _set_up_table(self, theme: Theme) -> None:
        table = self.table
        set_accessible_name(table, tr("Actions and their shortcuts"))
        table.setHorizontalHeaderLabels([tr("Action"), tr("Shortcut")])
        set_up_table(table, single=True)
        table.setWordWrap(True)
        table.setMinimumHeight(240)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.keys.setMaximumSequenceLength(1)
        set_accessible_name(self.keys, tr("Shortcut"), tr("Press the new shortcut of the selected action"))
        field = self.keys.findChild(QLineEdit)
        if field is not None:
            field.setPlaceholderText(tr("Press keys"))
            field.setAccessibleName(tr("Shortcut"))
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        height = round(self.table.fontMetrics().height() * 2.1)
        self.table.verticalHeader().setDefaultSectionSize(height)

    @property
    def action(self) -> Action:
        """The selected action."""
        return self._rows[max(0, self.table.currentRow())]

    def choose(self, action: str) -> None:
        """Select an action by its id."""
        self.table.setCurrentCell(next(n for n, each in enumerate(self._rows) if each.id == action), 0)

    def show_values(self, settings: Settings) -> None:
        """Show the shortcuts of all actions."""
        changed = shortcuts.changed(settings)
        for line, action in enumerate(self._rows):
            keys = shortcuts.native(changed.get(action.id, action.shortcut))
            if action.id in changed:
                keys = tr("{keys} (changed)", keys=keys or tr("none"))
            for cell, text in enumerate((tr(action.text).replace("&", ""), keys)):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
                self.table.setItem(line, cell, item)
        self._show_action()

    def show_value(self, _key: str, settings: Settings) -> None:
        """Show the shortcuts of all actions, which are one setting."""
        self.show_values(settings)

    def filter(self, words: Sequence[str]) -> bool:
        """Show only actions that match all of these lower-case words; return False if none does."""
        title = tr(PAGE).casefold()
        found = False
        for line in range(len(self._rows)):
            cells = (self.table.item(line, cell) for cell in range(2))
            text = " ".join([title, *(cell.text() for cell in cells if cell is not None)]).casefold()
            hit = all(word in text for word in words)
            self.table.setRowHidden(line, not hit)
            found = found or hit
        return found

    def close_down(self) -> None:
        """Do nothing: no background task runs here."""

    def change(self, keys: str) -> None:
        """Set the shortcut of the selected action, unless the keys are refused or in use."""
        action = self.action
        other = shortcuts.taken_by(self._actions.values(), keys, action.id)
        refusal = shortcuts.refusal(keys, action.shortcut)
        if refusal:
            self.notice.show_message(refusal, tr("{keys} cannot be used", keys=shortcuts.native(keys)))
            self._show_action()
        elif other is not None:
            title = tr("{keys} is already used", keys=shortcuts.native(keys))
            text = tr("It is the shortcut of “{action}”.", action=other.text().replace("&", ""))
            move = (tr("Use it here instead"), lambda: self._move(action.id, other.objectName(), keys))
            self.notice.show_message(text, title, "warning", [move])
            self._show_action()
        else:
            self._set(action.id, keys)

    def _move(self, action: str, other: str, keys: str) -> None:
        shortcuts.change(self._settings, other, "", self._default(other))
        self._set(action, keys)

    def _set(self, action: str, keys: str) -> None:
        self.notice.hide()
        shortcuts.change(self._settings, action, shortcuts.portable(keys), self._default(action))
        self.show_values(self._settings)
        self.chosen.emit()

    def _default(self, action: str) -> str:
        return next(each.shortcut for each in self._rows if each.id == action)

    def _show_action(self) -> None:
        action = self.action
        keys = shortcuts.keys_of(self._settings, action.id, action.shortcut)
        self.keys.setKeySequence(QKeySequence(keys))
        title = tr(action.text).replace("&", "")
        default = shortcuts.native(action.shortcut) or tr("none")
        self._about.setText(tr("Shortcut for “{action}” (default: {keys})", action=title, keys=default))
        self.back.setEnabled(action.id in shortcuts.changed(self._settings))
        self.none.setEnabled(bool(keys))

    def _typed(self) -> None:
        keys = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        action = self.action
        if keys and keys != shortcuts.portable(shortcuts.keys_of(self._settings, action.id, action.shortcut)):
            self.change(keys)
