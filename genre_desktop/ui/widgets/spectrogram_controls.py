"""Frequency axis, colour map and darkest level of a spectrogram, as controls over the settings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QPushButton, QSizePolicy, QSpinBox, QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.settings import BY_KEY, Settings
from genre_desktop.ui.widgets.factory import button, frame, row, set_accessible_name
from genre_desktop.ui.widgets.setting_menus import WORDS

AXIS = "spectrogram.axis"
COLOURS = "spectrogram.colour_map"
FLOOR = "spectrogram.floor_db"


class SpectrogramControls(QWidget):
    """Three controls in a row; ``choose(key, value)`` is called when one is used."""

    def __init__(self, settings: Settings, choose: Callable[[str, str | float], None]) -> None:
        super().__init__()
        self._settings, self._choose = settings, choose
        self.axes: dict[str, QPushButton] = {}
        self.maps = QComboBox()
        self.floor = QSpinBox()
        line = row(self, gap=8)
        self.axis_box = self._axis_buttons()
        for part in (self.axis_box, self._map_box(), self._floor_box()):
            line.addWidget(part)

    def refresh(self) -> None:
        """Show what the settings say."""
        self.axes[str(self._settings[AXIS])].setChecked(True)
        self.maps.setCurrentIndex(self.maps.findData(self._settings[COLOURS]))
        self.floor.setValue(round(self._settings[FLOOR]))

    def _axis_buttons(self) -> QFrame:
        box = frame("segments")
        line = row(box, margin=2, gap=2)
        group = QButtonGroup(box)
        for axis in BY_KEY[AXIS].choices:
            one = button(tr(WORDS[axis]), lambda axis=axis: self._choose(AXIS, axis), "segment")  # type: ignore[misc]
            one.setCheckable(True)
            one.setChecked(axis == self._settings[AXIS])
            set_accessible_name(
                one, tr("{axis} frequency axis", axis=one.text()), tr(BY_KEY[AXIS].description)
            )
            one.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            group.addButton(one)
            line.addWidget(one)
            self.axes[axis] = one
        return box

    def _map_box(self) -> QComboBox:
        for choice in BY_KEY[COLOURS].choices:
            self.maps.addItem(tr(WORDS[choice]), choice)
        self.maps.setCurrentIndex(self.maps.findData(self._settings[COLOURS]))
        self.maps.activated.connect(lambda _: self._choose(COLOURS, self.maps.currentData()))
        set_accessible_name(self.maps, tr("Colour map"), tr(BY_KEY[COLOURS].description))
        return self.maps

    def _floor_box(self) -> QSpinBox:
        option = BY_KEY[FLOOR]
        self.floor.setRange(int(option.minimum or -140), int(option.maximum or 0))
        self.floor.setSingleStep(5)
        self.floor.setSuffix(" dB")
        self.floor.setKeyboardTracking(False)
        self.floor.setAcceptDrops(False)
        self.floor.lineEdit().setTextMargins(8, 0, 0, 0)
        self.floor.setValue(round(self._settings[FLOOR]))
        self.floor.valueChanged.connect(lambda value: self._choose(FLOOR, float(value)))
        set_accessible_name(self.floor, tr("Darkest level"), tr(option.description))
        return self.floor
