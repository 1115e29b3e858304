"""The preferences dialog: topics on the left, their settings on the right, and a search field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
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
from genre_desktop.core.errors import AppError
from genre_desktop.core.settings import BY_KEY, OPTIONS, PAGES, SettingSpec, Value
from genre_desktop.ui.actions import shortcuts
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.fitting.wheel import WheelFilter
from genre_desktop.ui.preferences.apply import SettingsApplier
from genre_desktop.ui.preferences.cluster import PAGE as CLUSTER
from genre_desktop.ui.preferences.cluster import ClusterSection
from genre_desktop.ui.preferences.keyboard import PAGE as KEYBOARD
from genre_desktop.ui.preferences.keyboard import KeyboardSection
from genre_desktop.ui.preferences.section import Section
from genre_desktop.ui.preferences.team import PAGE as TEAM
from genre_desktop.ui.preferences.team import TeamSection
from genre_desktop.ui.widgets.dialog import Dialog
from genre_desktop.ui.widgets.factory import column, fill, frame, label, row, set_accessible_name
from genre_desktop.ui.widgets.message_bar import MessageBar

ICONS = {
    "Appearance": "theme", "Keyboard": "keyboard", "Analyse": "analyse", "Files": "open-folder",
    "Spectrogram": "demo", "Live": "live", "Privacy": "guard", "Monitoring": "monitor", "Training": "retrain",
    "Schedule": "schedule", "Cluster": "jobs", "Team": "promote", "Alerts": "bell",
}  # fmt: skip
"""The icon of each topic; the default is the icon of the preferences."""

SIZE = (900, 640)


class Preferences(Dialog):
    """Applies changes immediately. There is one per window; :meth:`open_for` opens it."""

    def __init__(self, window: QWidget, context: AppContext) -> None:
        super().__init__(window, tr("Preferences"))
        self._context, self._applier = context, SettingsApplier(context)
        self._settings, self._theme = context.settings, context.theme
        self.search, self.topics = QLineEdit(), QListWidget()
        self.notice = MessageBar(self._theme, "accent", on_close=lambda: None)
        self._sections: dict[str, Section | KeyboardSection] = {}
        self._setting = ""
        self._pages = column(gap=24)
        self._builder = QTimer(self, interval=0)
        self._builder.timeout.connect(self._build_next)
        self._nothing = label(tr("No setting matches the search."), "muted")
        self._area, self._wheel = QScrollArea(), WheelFilter(self)
        self._build()
        self._connect()
        self.topics.setCurrentRow(0)
        self._builder.start()
        larger = max(1.0, self._settings["ui.text_scale"] / 100)
        wanted = QSize(round(SIZE[0] * larger), round(SIZE[1] * larger))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    @classmethod
    def open_for(cls, window: QWidget, context: AppContext, page: str = "") -> Preferences:
        """Open the dialog, or raise the open one; show ``page`` unless it is empty."""
        dialog = next((each for each in window.findChildren(cls) if isValid(each) and each.isVisible()), None)
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
        """The sections by topic. The dialog opens with one of them and builds the others while idle."""
        for page in PAGES:
            self._section(page)
        return self._sections

    def show_page(self, page: str) -> None:
        """Show a topic."""
        self.topics.setCurrentRow(PAGES.index(page))

    def refresh(self) -> None:
        """Show the present value of every setting."""
        for section in self._sections.values():
            section.show_values(self._settings)

    def _section(self, page: str) -> Section | KeyboardSection:
        if page not in self._sections:
            section = self._make(page)
            section.hide()
            section.show_values(self._settings)
            self._wheel.watch(section)
            index = sum(1 for each in PAGES[: PAGES.index(page)] if each in self._sections)
            self._pages.insertWidget(index, section, 1 if page == KEYBOARD else 0)
            self._sections[page] = section
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
            keyboard.chosen.connect(lambda: self._applier.apply(shortcuts.KEY))
            keyboard.reset_wanted.connect(self._reset)
            return keyboard
        options = [option for option in OPTIONS if option.page == page]
        section = self._of_topic(page, options)
        section.chosen.connect(self._chosen)
        section.reset_wanted.connect(self._reset)
        return section

    def _of_topic(self, page: str, options: Sequence[SettingSpec]) -> Section:
        if page == CLUSTER:
            return ClusterSection(options, self._context)
        if page == TEAM:
            return TeamSection(options, self._theme, self._context.home)
        return Section(page, options)

    def _build(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        right = fill(column(gap=12), self.notice, (self._scroll_area(), 1), buttons)
        right.setContentsMargins(20, 16, 20, 16)
        fill(row(self, gap=0), self._topic_list(), (right, 1))
        self.notice.hide()
        self.set_keys(None, self.search)  # Return in a field applies it and closes nothing
        self._show_ignored()

    def _topic_list(self) -> QFrame:
        self._rail = frame("rail")
        self.search.setPlaceholderText(tr("Search settings"))
        self._clear = self.search.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setToolTip(tr("Clear the search"))
        self._clear.triggered.connect(self.search.clear)
        set_accessible_name(
            self.search, tr("Search settings"), tr("Shows settings of all topics that contain these words")
        )
        set_accessible_name(self.topics, tr("Topics"))
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in PAGES:
            self.topics.addItem(QListWidgetItem(tr(page)))
        fill(column(self._rail, margin=12, gap=12), self.search, (self.topics, 1))
        return self._rail

    def _scroll_area(self) -> QScrollArea:
        inner = QWidget()
        inner.setObjectName("scrolled")
        fill(column(inner, gap=0), self._nothing, (self._pages, 1)).setContentsMargins(0, 0, 12, 0)
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
        self._theme.changed.connect(self._update_icons)
        self.destroyed.connect(self._settings.watch(self._setting_changed))
        self._update_icons()

    def _update_icons(self) -> None:
        for index, page in enumerate(PAGES):
            self.topics.item(index).setIcon(self._theme.icon(ICONS.get(page, "preferences"), "muted"))
        self._clear.setIcon(self._theme.icon("close", "muted"))
        widest = max(self.topics.fontMetrics().horizontalAdvance(tr(page)) for page in PAGES)
        placeholder = self.topics.fontMetrics().horizontalAdvance(self.search.placeholderText())
        self._rail.setFixedWidth(max(208, widest + 96, placeholder + 80))

    def _topic_chosen(self) -> None:
        if self.search.text():
            self.search.clear()  # shows the topic
        else:
            self._filter()

    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        current = PAGES[max(0, self.topics.currentRow())]
        self._section(current)
        hits = {current}
        if words:
            hits = {page for page, section in self.sections.items() if section.filter(words)}
        for page, section in self._sections.items():
            if not words:
                section.filter(words)
            section.setVisible(page in hits)
            section.reset.setVisible(not words)
        for index, page in enumerate(PAGES):
            self.topics.item(index).setHidden(bool(words) and page not in hits)
        self._clear.setVisible(bool(words))
        self._nothing.setVisible(not hits)
        self._area.verticalScrollBar().setValue(0)

    def _chosen(self, option: SettingSpec, value: Value) -> None:
        if self._set(option.key, value):
            if option.restart and self._settings.problem is None:
                text = tr("“{title}” takes effect after restart.", title=tr(option.title))
                self.notice.show_message(text, tr("Saved"), "accent")
            self._applier.apply(option.key)

    def _set(self, key: str, value: Value) -> bool:
        self._setting = key
        try:
            self._settings[key] = value
        except (ValueError, AppError) as error:
            self.notice.show_message(str(error), tr("The file could not be saved"), "danger")
            self.refresh()
            return False
        finally:
            self._setting = ""
        if self._settings.problem is not None:  # it applies until the program ends
            self.notice.show_problem(self._settings.problem, "danger")
        return True

    def _setting_changed(self, key: str) -> None:
        """Show a value that was changed outside of this dialog."""
        section = self._sections.get(BY_KEY[key].page)
        if section is not None and key != self._setting:  # its own control shows it already
            section.show_value(key, self._settings)

    def _reset(self, page: str) -> None:
        keys = [option.key for option in OPTIONS if option.page == page]
        before = {key: self._settings[key] for key in keys}
        self._set_all({key: BY_KEY[key].default for key in keys})
        undo = (tr("Undo"), lambda: self._undo_reset(before))
        self.notice.show_message(
            tr("All settings of this page were reset to their defaults."), tr("Reset"), "success", [undo]
        )

    def _undo_reset(self, values: dict[str, Value]) -> None:
        self._set_all(values)
        self.notice.hide()

    def _set_all(self, values: dict[str, Value]) -> None:
        changed = [key for key, value in values.items() if self._settings[key] != value]
        for key in changed:
            if self._set(key, values[key]):
                self._applier.apply(key)
        self.refresh()

    def _show_ignored(self) -> None:
        if self._settings.ignored:
            text = tr(
                "The settings file contains values that this version does not accept: {names}. Their defaults are used.",
                names=", ".join(self._settings.ignored),
            )
            self.notice.show_message(text, tr("Some settings were ignored"), "warning")

    def done(self, result: int) -> None:
        """Stop building and close the sections."""
        self._builder.stop()
        for section in self._sections.values():
            section.close_down()
        super().done(result)
