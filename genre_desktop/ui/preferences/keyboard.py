"""The Keyboard page: every action, its keys, and a field to change them."""

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
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import button, column, frame, label, row, set_accessible_name
from genre_desktop.ui.widgets.message_bar import MessageBar
from genre_desktop.ui.widgets.table_fit import set_up_table

PAGE = "Keyboard"


class KeyboardSection(QWidget):
    """Stands among the other pages of the preferences. ``chosen`` tells that shortcuts were changed."""

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
        self.back = button(tr("Back to the default"), self._back)
        self.none = button(tr("No keys"), self._none)
        self._about = label("", wrap=True)
        self._build(theme)
        self.table.currentItemChanged.connect(lambda *_: self._chose())
        self.keys.editingFinished.connect(self._typed)
        self.show_values(settings)
        self.table.setCurrentCell(0, 0)

    def _build(self, theme: Theme) -> None:
        layout = column(self, gap=8)
        head = row(gap=12)
        head.addWidget(label(tr(PAGE), "title"), 1)
        self.reset.setAccessibleName(tr("Reset this page: {page}", page=tr(PAGE)))
        head.addWidget(self.reset)
        layout.addLayout(head)
        layout.addWidget(
            label(tr("Choose an action, then press the keys it shall have."), "muted", wrap=True)
        )
        card = frame("card")
        inner = column(card, gap=0)
        self._dress_table(theme)
        inner.addWidget(self.table)
        layout.addWidget(card, 1)
        layout.addWidget(self._about)
        line = row(gap=8)
        line.addWidget(self.keys, 1)
        line.addWidget(self.none)
        line.addWidget(self.back)
        layout.addLayout(line)
        layout.addWidget(self.notice)
        self.notice.hide()

    def _dress_table(self, theme: Theme) -> None:
        table = self.table
        set_accessible_name(table, tr("Actions and their keys"))
        table.setHorizontalHeaderLabels([tr("Action"), tr("Keys")])
        set_up_table(table, single=True)
        table.setWordWrap(True)
        table.setMinimumHeight(240)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.keys.setMaximumSequenceLength(1)
        set_accessible_name(self.keys, tr("Keys"), tr("Press the keys the chosen action shall have"))
        field = self.keys.findChild(QLineEdit)
        if field is not None:
            field.setPlaceholderText(tr("Press keys"))
            field.setAccessibleName(tr("Keys"))
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        height = round(self.table.fontMetrics().height() * 2.1)
        self.table.verticalHeader().setDefaultSectionSize(height)

    @property
    def action(self) -> Action:
        """The chosen one."""
        return self._rows[max(0, self.table.currentRow())]

    def choose(self, action: str) -> None:
        """Choose an action by its id."""
        self.table.setCurrentCell(next(n for n, each in enumerate(self._rows) if each.id == action), 0)

    def show_values(self, settings: Settings) -> None:
        """Show which keys there are."""
        changed = shortcuts.changed(settings)
        for place, action in enumerate(self._rows):
            keys = shortcuts.native(changed.get(action.id, action.shortcut))
            words = tr(action.text).replace("&", "")
            own = tr("{keys} (changed)", keys=keys or tr("none")) if action.id in changed else keys
            for at, text in enumerate((words, own)):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
                self.table.setItem(place, at, item)
        self._chose()

    def show_value(self, _key: str, settings: Settings) -> None:
        """Show which keys there are; they are one value."""
        self.show_values(settings)

    def filter(self, words: Sequence[str]) -> bool:
        """Show only actions these words (lower case) are about; False when there are none."""
        title = tr(PAGE).casefold()
        found = False
        for place in range(len(self._rows)):
            cells = (self.table.item(place, at) for at in range(2))
            text = " ".join([title, *(cell.text() for cell in cells if cell is not None)]).casefold()
            hit = all(word in text for word in words)
            self.table.setRowHidden(place, not hit)
            found = found or hit
        return found

    def close_down(self) -> None:
        """Nothing runs here."""

    def change(self, keys: str) -> None:
        """Give the chosen action these keys, unless something speaks against it."""
        action = self.action
        other = shortcuts.taken_by(self._actions.values(), keys, action.id)
        refusal = shortcuts.refusal(keys, action.shortcut)
        if refusal:
            self.notice.show_message(refusal, tr("{keys} cannot be used", keys=shortcuts.native(keys)))
            self._chose()
        elif other is not None:
            title = tr("{keys} is taken", keys=shortcuts.native(keys))
            words = tr("“{action}” has it already.", action=other.text().replace("&", ""))
            move = (tr("Use it here instead"), lambda: self._move(action.id, other.objectName(), keys))
            self.notice.show_message(words, title, "warning", [move])
            self._chose()
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

    def _chose(self) -> None:
        action = self.action
        keys = shortcuts.keys_of(self._settings, action.id, action.shortcut)
        self.keys.setKeySequence(QKeySequence(keys))
        words = tr(action.text).replace("&", "")
        default = shortcuts.native(action.shortcut) or tr("none")
        self._about.setText(tr("Keys for “{action}” (default: {keys})", action=words, keys=default))
        self.back.setEnabled(action.id in shortcuts.changed(self._settings))
        self.none.setEnabled(bool(keys))

    def _typed(self) -> None:
        keys = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        action = self.action
        if keys and keys != shortcuts.portable(shortcuts.keys_of(self._settings, action.id, action.shortcut)):
            self.change(keys)

    def _back(self) -> None:
        self.change(self.action.shortcut)

    def _none(self) -> None:
        self._set(self.action.id, "")
