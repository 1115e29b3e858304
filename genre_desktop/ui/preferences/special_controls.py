"""Controls for the input device, for lists of folders, and for the user's words for tags."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from genre_desktop.app.background.task import BackgroundTask
from genre_desktop.app.i18n.tag_names import standard_name
from genre_desktop.app.i18n.translate import tr
from genre_desktop.app.sound.live_listener import device_label
from genre_desktop.audio.devices import input_devices
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.core.music_tags import GROUPS, TAGS, TagVocabulary, group_of
from genre_desktop.core.quoting.display import shown
from genre_desktop.core.settings import SettingSpec, Value
from genre_desktop.ui.widgets.factory import button, column, fill, set_accessible_name
from genre_desktop.ui.widgets.setting_controls import Control, TextControl, control_for
from genre_desktop.ui.widgets.table_fit import TableFit, set_up_table

ADDRESSES = frozenset({"cluster.address", "registry.uri"})
FILES = frozenset({"cluster.ca_file", "cluster.certificate", "cluster.key"})
"""Settings that name a server, and a file."""

_FOLDER = int(Qt.ItemDataRole.UserRole)
"""The folder of an entry, which may have another text than its path."""


class InputDevice(Control):
    """A combo box with the connected devices and, if it is not connected, the chosen one."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(18)
        self._set_editor(self.box)
        self._value = ""
        self._found: tuple[Device, ...] = ()
        self.task = BackgroundTask(input_devices.input_devices, "preferences devices", self)
        self.task.done.connect(self._devices_found)
        self.box.activated.connect(lambda _index: self._choose(str(self.box.currentData() or "")))
        self._fill()
        self.task.start()

    def show_value(self, value: Value) -> None:
        """Select the device."""
        self._value = str(value)
        self._fill()

    def close_down(self) -> None:
        """Wait for the list of devices."""
        self.task.close()

    def _choose(self, device: str) -> None:
        self._value = device
        self.chosen.emit(device)

    def _devices_found(self, found: tuple[Device, ...]) -> None:
        self._found = found
        self._fill()

    def _fill(self) -> None:
        self.box.clear()
        self.box.addItem(tr("System default"), "")
        for device in self._found:
            self.box.addItem(shown(device_label(device)), device.id)
        known = {key: index for index, d in enumerate(self._found, 1) for key in (d.id, d.name)}
        if self._value and self._value not in known:
            name = self._value.partition("/")[2] or self._value
            self.box.addItem(
                tr("{name} (not connected)", name=name) if self._found else shown(name), self._value
            )
            known[self._value] = self.box.count() - 1
        self.box.setCurrentIndex(known.get(self._value, 0))


class Folders(Control):
    """A list of folders with buttons to add and remove one."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.list = QListWidget()
        self.list.setMaximumHeight(96)
        self.list.setProperty("kind", "boxed")
        self.add = button(tr("Add folder…"), self._add)
        self.remove = button(tr("Remove"), self._remove)
        self._set_editor(self.list)
        buttons = QWidget()
        fill(column(buttons), self.add, self.remove, 1)
        self.line.add(buttons)
        self.list.currentRowChanged.connect(lambda index: self.remove.setEnabled(index >= 0))
        self.remove.setEnabled(False)

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders in the list."""
        return tuple(self.list.item(index).data(_FOLDER) for index in range(self.list.count()))

    def show_value(self, value: Value) -> None:
        """Show the folders."""
        self.list.clear()
        for folder in value:  # type: ignore[union-attr]
            self._append(str(folder))
        self.list.setToolTip(shown("\n".join(self.folders)))

    def _append(self, folder: str) -> None:
        item = QListWidgetItem(shown(folder))
        item.setData(_FOLDER, folder)
        self.list.addItem(item)

    def _add(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Add folder"), str(Path.home()))
        if chosen and chosen not in self.folders:
            self._append(chosen)
            self.chosen.emit(self.folders)

    def _remove(self) -> None:
        self.list.takeItem(self.list.currentRow())
        self.chosen.emit(self.folders)


class Address(TextControl):
    """A text field for the address of a server, which needs the width of the page."""


class FilePath(Control):
    """A field for the path of a file, and a button to choose one."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.field = QLineEdit()
        self._set_editor(self.field)
        self.choose = button(tr("Choose…"), self._choose)
        set_accessible_name(self.choose, tr("Choose a file: {title}", title=tr(option.title)))
        self.line.add(self.choose)
        self.field.editingFinished.connect(lambda: self.chosen.emit(self.field.text().strip()))

    def show_value(self, value: Value) -> None:
        """Show the path."""
        self.field.setText(str(value))
        self.field.setCursorPosition(0)

    def _choose(self) -> None:
        certificates, everything = tr("Certificates and keys"), tr("All files")
        kinds = f"{certificates} (*.pem *.crt *.cer *.key);;{everything} (*)"
        start = self.field.text() or str(Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self, tr(self.option.title), start, kinds)
        if chosen:
            self.show_value(chosen)
            self.chosen.emit(chosen)


class TagWords(Control):
    """A table of all tags with an editable word for each."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.table = _WordTable(len(TAGS), 2)
        self.table.setHorizontalHeaderLabels([tr("Tag"), tr("Name")])
        set_up_table(self.table, single=True)
        triggers = QTableWidget.EditTrigger
        self.table.setEditTriggers(
            triggers.DoubleClicked
            | triggers.SelectedClicked
            | triggers.EditKeyPressed
            | triggers.AnyKeyPressed
        )
        self.table.setTabKeyNavigation(False)
        self._set_editor(self.table)
        TableFit(self.table, {0: 200}, row_height=30)
        self._words: dict[str, QTableWidgetItem] = {}
        for line, tag in enumerate(sorted(TAGS, key=lambda tag: GROUPS.index(group_of(tag)))):
            title, word = QTableWidgetItem(standard_name(tag)), QTableWidgetItem(standard_name(tag))
            title.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
            self.table.setItem(line, 0, title)
            self.table.setItem(line, 1, word)
            self._words[tag] = word
        self.table.itemChanged.connect(self._edited)

    @property
    def vocabulary(self) -> TagVocabulary:
        """The words in the table that differ from the names of the tags."""
        words = {tag: word.text().strip() for tag, word in self._words.items()}
        return TagVocabulary({tag: word for tag, word in words.items() if word != standard_name(tag)})

    def show_value(self, value: Value) -> None:
        """Show the words."""
        own = TagVocabulary.parse(value).own  # type: ignore[arg-type]
        with QSignalBlocker(self.table):
            for tag, word in self._words.items():
                word.setText(own.get(tag, standard_name(tag)))

    def _edited(self, _item: QTableWidgetItem) -> None:
        self.chosen.emit(self.vocabulary.entries)


class _WordTable(QTableWidget):
    """A table of which at least some seven rows are visible at every text size."""

    def minimumSizeHint(self) -> QSize:
        """Return a height that follows the font."""
        return QSize(super().minimumSizeHint().width(), 16 * self.fontMetrics().height())


def control_of(option: SettingSpec) -> Control:
    """Return the control of a setting: a special one, else the one for its type."""
    if option.key == "live.device":
        return InputDevice(option)
    if option.key == "tags.words":
        return TagWords(option)
    if option.key in ADDRESSES:
        return Address(option)
    if option.key in FILES:
        return FilePath(option)
    if isinstance(option.default, tuple):
        return Folders(option)
    return control_for(option)
