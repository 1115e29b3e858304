"""Controls for a spectrogram's frequency axis, colour map and lowest level."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QPushButton, QSizePolicy, QSpinBox

from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.settings import BY_KEY, Settings
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.widgets.factory import button, frame, row, set_accessible_name, spin_box
from genre_desktop.ui.widgets.setting_menus import CHOICE_TITLES

AXIS = "spectrogram.axis"
COLOURS = "spectrogram.colour_map"
LOWEST_LEVEL = "spectrogram.floor_db"


class SpectrogramControls(WrapRow):
    """Three controls in a row; ``choose(key, value)`` is called when the user changes one."""

    def __init__(self, settings: Settings, choose: Callable[[str, str | float], None]) -> None:
        super().__init__()
        self._settings, self._choose = settings, choose
        self.axes: dict[str, QPushButton] = {}
        self.axis_box, self.maps, self.lowest_level = self._axis_buttons(), self._map_box(), self._level_box()
        for control in (self.axis_box, self.maps, self.lowest_level):
            self.add(control)

    def refresh(self) -> None:
        """Show the values of the settings."""
        self.axes[str(self._settings[AXIS])].setChecked(True)
        self.maps.setCurrentIndex(self.maps.findData(self._settings[COLOURS]))
        self.lowest_level.setValue(round(self._settings[LOWEST_LEVEL]))

    def _axis_buttons(self) -> QFrame:
        box = frame("segments")
        line = row(box, margin=2, gap=2)
        group = QButtonGroup(box)
        for axis in BY_KEY[AXIS].choices:
            one = button(tr(CHOICE_TITLES[axis]), lambda axis=axis: self._choose(AXIS, axis), "segment")  # type: ignore[misc]
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
        maps = QComboBox()
        for choice in BY_KEY[COLOURS].choices:
            maps.addItem(tr(CHOICE_TITLES[choice]), choice)
        maps.setCurrentIndex(maps.findData(self._settings[COLOURS]))
        maps.activated.connect(lambda _: self._choose(COLOURS, maps.currentData()))
        set_accessible_name(maps, tr("Colour map"), tr(BY_KEY[COLOURS].description))
        return maps

    def _level_box(self) -> QSpinBox:
        option = BY_KEY[LOWEST_LEVEL]
        limits = int(option.minimum or -140), int(option.maximum or 0)
        box = spin_box(*limits, round(self._settings[LOWEST_LEVEL]), " dB")
        box.setSingleStep(5)
        box.setKeyboardTracking(False)
        box.valueChanged.connect(lambda value: self._choose(LOWEST_LEVEL, float(value)))
        set_accessible_name(box, tr("Darkest level"), tr(option.description))
        return box
