"""The preferences: topics at the left, their settings at the right, a search over all of them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.settings import BY_KEY, OPTIONS, PAGES, SettingSpec, Value
from genre_desktop.ui.actions import shortcuts
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.preferences.apply import SettingsApplier
from genre_desktop.ui.preferences.keyboard import PAGE as KEYBOARD
from genre_desktop.ui.preferences.keyboard import KeyboardSection
from genre_desktop.ui.preferences.section import Section
from genre_desktop.ui.widgets.factory import column, frame, label, row, set_accessible_name
from genre_desktop.ui.widgets.message_bar import MessageBar

ICONS = {
    "Appearance": "theme", "Keyboard": "keyboard", "Analyse": "analyse", "Files": "open-folder",
    "Spectrogram": "demo", "Live": "live", "Privacy": "guard", "Monitoring": "monitor", "Training": "retrain",
    "Schedule": "schedule", "Alerts": "bell",
}  # fmt: skip
"""The icon of each topic; one without gets that of the preferences."""

SIZE = (900, 640)


class Preferences(QDialog):
    """Changes count at once. One per window; :meth:`bring_up` opens it."""

    def __init__(self, window: QWidget, context: AppContext) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Preferences"))
        self._context, self._effects = context, SettingsApplier(context)
        self._settings, self._theme = context.settings, context.theme
        self.search, self.topics = QLineEdit(), QListWidget()
        self.notice = MessageBar(self._theme, "accent", on_close=lambda: None)
        self._sections: dict[str, Section | KeyboardSection] = {}
        self._setting = ""
        self._pages = column(gap=24)
        self._builder = QTimer(self, interval=0)
        self._builder.timeout.connect(self._build_next)
        self._nothing = label(tr("No setting is called that."), "muted")
        self._area = QScrollArea()
        self._build()
        self._connect()
        self.topics.setCurrentRow(0)
        self._builder.start()
        larger = max(1.0, self._settings["ui.text_scale"] / 100)
        wanted = QSize(round(SIZE[0] * larger), round(SIZE[1] * larger))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    @classmethod
    def bring_up(cls, window: QWidget, context: AppContext, page: str = "") -> Preferences:
        """Open the dialog, or bring the open one to the front; at ``page`` where one is named."""
        dialog = next((one for one in window.findChildren(cls) if isValid(one) and one.isVisible()), None)
        if dialog is None:
            dialog = cls(window, context)
            dialog.show()
        else:
            dialog.raise_()
            dialog.activateWindow()
        if page:
            dialog.show_page(page)
        return dialog

    @property
    def sections(self) -> dict[str, Section | KeyboardSection]:
        """The topics by name; the dialog opens with one of them and makes the others while it is idle."""
        for page in PAGES:
            self._section(page)
        return self._sections

    def show_page(self, page: str) -> None:
        """Open a topic."""
        self.topics.setCurrentRow(PAGES.index(page))

    def refresh(self) -> None:
        """Show every value as it is now."""
        for section in self._sections.values():
            section.show_values(self._settings)

    # putting it together

    def _section(self, page: str) -> Section | KeyboardSection:
        if page not in self._sections:
            made = self._make(page)
            made.hide()
            made.show_values(self._settings)
            earlier = sum(1 for each in PAGES[: PAGES.index(page)] if each in self._sections)
            self._pages.insertWidget(earlier, made, 1 if page == KEYBOARD else 0)
            self._sections[page] = made
        return self._sections[page]

    def _build_next(self) -> None:
        page = next((page for page in PAGES if page not in self._sections), None)
        if page is None:
            self._builder.stop()
        else:
            self._section(page)

    def _make(self, page: str) -> Section | KeyboardSection:
        if page == KEYBOARD:
            keyboard = KeyboardSection(self._theme, self._settings, self._context.actions)
            keyboard.chosen.connect(lambda: self._effects.follow(shortcuts.KEY))
            keyboard.reset_wanted.connect(self._reset)
            return keyboard
        section = Section(page, [option for option in OPTIONS if option.page == page])
        section.chosen.connect(self._chosen)
        section.reset_wanted.connect(self._reset)
        return section

    def _build(self) -> None:
        outer = row(self, gap=0)
        outer.addWidget(self._left())
        right = column(gap=12)
        right.setContentsMargins(20, 16, 20, 16)
        right.addWidget(self.notice)
        right.addWidget(self._right(), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        right.addWidget(buttons)
        outer.addLayout(right, 1)
        self.notice.hide()
        self._tell_of_ignored()

    def _left(self) -> QFrame:
        self._rail = frame("rail")
        layout = column(self._rail, margin=12, gap=12)
        self.search.setPlaceholderText(tr("Search settings"))
        self._clear = self.search.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setToolTip(tr("Clear the search"))
        self._clear.triggered.connect(self.search.clear)
        set_accessible_name(
            self.search, tr("Search settings"), tr("Shows settings of every topic that have these words")
        )
        set_accessible_name(self.topics, tr("Topics"))
        self.topics.setIconSize(QSize(20, 20))
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in PAGES:
            self.topics.addItem(QListWidgetItem(tr(page)))
        layout.addWidget(self.search)
        layout.addWidget(self.topics, 1)
        return self._rail

    def _right(self) -> QScrollArea:
        inner = QWidget()
        inner.setObjectName("scrolled")
        layout = column(inner, gap=0)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.addWidget(self._nothing)
        layout.addLayout(self._pages, 1)
        self._area.setWidget(inner)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(tr("Settings"))
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self._area

    def _connect(self) -> None:
        self.topics.currentRowChanged.connect(lambda _row: self._topic_chosen())
        self.search.textChanged.connect(lambda _text: self._filter())
        self._theme.changed.connect(self._dress)
        self.destroyed.connect(self._settings.watch(self._follow))
        self._dress()

    def _dress(self) -> None:
        for place, page in enumerate(PAGES):
            item = self.topics.item(place)
            item.setIcon(self._theme.icon(ICONS.get(page, "preferences"), "muted"))
        self._clear.setIcon(self._theme.icon("close", "muted"))
        widest = max(self.topics.fontMetrics().horizontalAdvance(tr(page)) for page in PAGES)
        asking = self.topics.fontMetrics().horizontalAdvance(self.search.placeholderText())
        self._rail.setFixedWidth(max(208, widest + 96, asking + 80))

    # what happens

    def _topic_chosen(self) -> None:
        if self.search.text():
            self.search.clear()  # shows the topic
        else:
            self._filter()

    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        current = PAGES[max(0, self.topics.currentRow())]
        self._section(current)
        hits = (
            {page for page, section in self.sections.items() if section.filter(words)} if words else {current}
        )
        for page, section in self._sections.items():
            if not words:
                section.filter(words)
            section.setVisible(page in hits)
            section.reset.setVisible(not words)
        for place, page in enumerate(PAGES):
            self.topics.item(place).setHidden(bool(words) and page not in hits)
        self._clear.setVisible(bool(words))
        self._nothing.setVisible(not hits)
        self._area.verticalScrollBar().setValue(0)

    def _chosen(self, option: SettingSpec, value: Value) -> None:
        if self._set(option.key, value):
            if option.restart:
                words = tr("“{title}” is used from the next start on.", title=tr(option.title))
                self.notice.show_message(words, tr("Saved"), "accent")
            self._effects.follow(option.key)

    def _set(self, key: str, value: Value) -> bool:
        self._setting = key
        try:
            self._settings[key] = value
        except (ValueError, OSError) as error:
            self.notice.show_message(str(error), tr("This could not be saved"), "danger")
            self.refresh()
            return False
        finally:
            self._setting = ""
        return True

    def _follow(self, key: str) -> None:
        """Show a value that was changed in a menu, on a page or by another process."""
        section = self._sections.get(BY_KEY[key].page)
        if section is not None and key != self._setting:  # the control that set it shows it
            section.show_value(key, self._settings)

    def _reset(self, page: str) -> None:
        keys = [option.key for option in OPTIONS if option.page == page]
        before = {key: self._settings[key] for key in keys}
        self._put({key: BY_KEY[key].default for key in keys})
        offer = (tr("Undo"), lambda: self._put_back(before))
        self.notice.show_message(
            tr("Every setting of this page has its default again."), tr("Reset"), "success", [offer]
        )

    def _put_back(self, values: dict[str, Value]) -> None:
        self._put(values)
        self.notice.hide()

    def _put(self, values: dict[str, Value]) -> None:
        changed = [key for key, value in values.items() if self._settings[key] != value]
        for key in changed:
            if self._set(key, values[key]):
                self._effects.follow(key)
        self.refresh()

    def _tell_of_ignored(self) -> None:
        if self._settings.ignored:
            words = tr(
                "The file of settings holds values that this version does not take: {names}. They have their defaults.",
                names=", ".join(self._settings.ignored),
            )
            self.notice.show_message(words, tr("Some settings were left out"), "warning")

    def done(self, result: int) -> None:
        """End what runs in the background."""
        self._builder.stop()
        for section in self._sections.values():
            section.close_down()
        super().done(result)
