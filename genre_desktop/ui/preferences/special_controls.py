"""Controls of settings that are more than a value: the input device, lists of folders."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QListWidget

from genre_desktop.app.background.task import BackgroundTask
from genre_desktop.app.i18n.translate import tr
from genre_desktop.app.sound.live_listener import device_label
from genre_desktop.audio.devices import input_devices
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.core.settings import SettingSpec, Value
from genre_desktop.ui.widgets.factory import button, column
from genre_desktop.ui.widgets.setting_controls import Control, control_for


class InputDevice(Control):
    """The devices there are now; a remembered one that is not plugged in stays in the list."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._own(self.box)
        self._value = ""
        self._found: tuple[Device, ...] = ()
        self.errand = BackgroundTask(input_devices.input_devices, "preferences devices", self)
        self.errand.done.connect(self._devices_found)
        self.box.activated.connect(lambda _place: self._picked(str(self.box.currentData() or "")))
        self._fill()
        self.errand.start()

    def show_value(self, value: Value) -> None:
        """Choose the device."""
        self._value = str(value)
        self._fill()

    def close_down(self) -> None:
        """Wait for the list of devices."""
        self.errand.close()

    def _picked(self, device: str) -> None:
        self._value = device
        self.chosen.emit(device)

    def _devices_found(self, found: tuple[Device, ...]) -> None:
        self._found = found
        self._fill()

    def _fill(self) -> None:
        self.box.clear()
        self.box.addItem(tr("System default"), "")
        for device in self._found:
            self.box.addItem(device_label(device), device.id)
        known = {key: place for place, d in enumerate(self._found, 1) for key in (d.id, d.name)}
        if self._value and self._value not in known:
            name = self._value.partition("/")[2] or self._value
            self.box.addItem(tr("{name} (not there)", name=name) if self._found else name, self._value)
            known[self._value] = self.box.count() - 1
        self.box.setCurrentIndex(known.get(self._value, 0))


class Folders(Control):
    """A list of folders, to add to and take from."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.list = QListWidget()
        self.list.setMaximumHeight(96)
        self.list.setProperty("kind", "boxed")
        self.add = button(tr("Add folder…"), self._ask)
        self.remove = button(tr("Remove"), self._remove)
        self._own(self.list)
        lines = column(gap=8)
        lines.addWidget(self.add)
        lines.addWidget(self.remove)
        lines.addStretch(1)
        self.line.addLayout(lines)
        self.list.currentRowChanged.connect(lambda place: self.remove.setEnabled(place >= 0))
        self.remove.setEnabled(False)

    @property
    def folders(self) -> tuple[str, ...]:
        """What the list shows."""
        return tuple(self.list.item(place).text() for place in range(self.list.count()))

    def show_value(self, value: Value) -> None:
        """Show the folders."""
        self.list.clear()
        self.list.addItems([str(folder) for folder in value])  # type: ignore[union-attr]
        self.list.setToolTip("\n".join(self.folders))

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Add folder"), str(Path.home()))
        if chosen and chosen not in self.folders:
            self.list.addItem(chosen)
            self.chosen.emit(self.folders)

    def _remove(self) -> None:
        self.list.takeItem(self.list.currentRow())
        self.chosen.emit(self.folders)


def control_of(option: SettingSpec) -> Control:
    """The control of a setting: one of its own, else the one that fits its kind."""
    if option.key == "live.device":
        return InputDevice(option)
    if isinstance(option.default, tuple):
        return Folders(option)
    return control_for(option)
