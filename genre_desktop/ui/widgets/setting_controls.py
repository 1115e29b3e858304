"""One control for each kind of setting, chosen by the setting's specification."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QComboBox, QLineEdit, QSlider, QSpinBox, QWidget

from genre_desktop.app.i18n.translate import decimal, mark, tr
from genre_desktop.core.settings import SettingSpec, Value
from genre_desktop.ui.fitting.check_box import WrapCheckBox
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.widgets.factory import fill, label, row, set_accessible_name
from genre_desktop.ui.widgets.setting_menus import CHOICE_TITLES

WIDTH = 232
"""Least width of the column of controls, in pixels at 100 % text."""

SINGULAR = {
    "days": mark("day"),
    "clips": mark("clip"),
    "predictions": mark("prediction"),
    "corrections": mark("correction"),
}
"""Singular forms of units."""


class Control(QWidget):
    """Shows a setting's value; ``chosen`` carries the user's choice, ``editor`` has the focus."""

    chosen = Signal(object)
    editor: QWidget

    def __init__(self, option: SettingSpec) -> None:
        super().__init__()
        self.option = option
        self.line = WrapRow()
        fill(row(self), self.line)

    def show_value(self, value: Value) -> None:
        """Show ``value`` without emitting ``chosen``."""
        raise NotImplementedError

    def _set_editor(self, editor: QWidget) -> None:
        self.editor = editor
        self.setFocusProxy(editor)
        set_accessible_name(editor, tr(self.option.title), tr(self.option.description))
        self.line.add(editor, 1)


class Check(Control):
    """A check box with the setting's title."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.box = WrapCheckBox(tr(option.title))
        self._set_editor(self.box)
        self.box.clicked.connect(lambda on: self.chosen.emit(bool(on)))

    def show_value(self, value: Value) -> None:
        """Set the check box."""
        self.box.setChecked(bool(value))


class Choice(Control):
    """A combo box with the titles of the choices."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.box = QComboBox()
        for choice in option.choices:
            self.box.addItem(tr(CHOICE_TITLES.get(choice, choice)), choice)
        self._set_editor(self.box)
        self.box.activated.connect(lambda _index: self.chosen.emit(str(self.box.currentData())))

    def show_value(self, value: Value) -> None:
        """Select the entry."""
        self.box.setCurrentIndex(self.box.findData(value))


class IntegerControl(Control):
    """A spin box with the unit."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.box = QSpinBox()
        self.box.setRange(int(option.minimum or 0), int(option.maximum or 2**31 - 1))
        show_unit(self.box, option)
        self.box.setGroupSeparatorShown(option.key != "metrics.port")
        self.box.setKeyboardTracking(False)
        self.box.lineEdit().setTextMargins(8, 0, 0, 0)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._set_editor(self.box)
        self.box.valueChanged.connect(lambda _number: show_unit(self.box, option))
        self.box.valueChanged.connect(self.chosen.emit)

    def show_value(self, value: Value) -> None:
        """Show the number."""
        with QSignalBlocker(self.box):
            self.box.setValue(int(value))  # type: ignore[arg-type]
        show_unit(self.box, self.option)


class SliderControl(Control):
    """A slider with the number beside it; the value is emitted when the slider is released."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(self._steps(option.minimum or 0.0), self._steps(option.maximum or 1.0))
        self.slider.setPageStep(max(1, (self.slider.maximum() - self.slider.minimum()) // 10))
        self.slider.setTracking(False)
        self.slider.setMinimumWidth(130)
        self._set_editor(self.slider)
        self._number = label()
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.add(self._number)
        self.slider.sliderMoved.connect(self._show_number)
        self.slider.valueChanged.connect(self._released)

    def show_value(self, value: Value) -> None:
        """Move the slider to the nearest step and show the exact value."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._steps(float(value)))  # type: ignore[arg-type]
        self._number.setText(self._format(float(value)))  # type: ignore[arg-type]
        widest = max(
            (self._format(v) for v in (self.option.minimum, self.option.maximum) if v is not None), key=len
        )
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance(widest + "0"))

    def _steps(self, value: float) -> int:
        return round(value / self.option.step)

    def _value(self, steps: int) -> float:
        return round(steps * self.option.step, 6)

    def _show_number(self, steps: int) -> None:
        self._number.setText(self._format(self._value(steps)))

    def _format(self, value: float) -> str:
        number = decimal(value, 0 if self.option.step >= 1 else 2)
        unit = tr(self.option.unit) if self.option.unit else ""
        return f"{number} {unit}".replace("-", "−").strip()

    def _released(self, steps: int) -> None:
        self._show_number(steps)
        value = self._value(steps)
        self.chosen.emit(int(value) if isinstance(self.option.default, int) else value)


class Fraction(Control):
    """A text field for a number too small for a spin box."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.field = QLineEdit()
        self._validator = QDoubleValidator(option.minimum or 0.0, option.maximum or 1e9, 12, self.field)
        self.field.setValidator(self._validator)
        self._set_editor(self.field)
        self._value = 0.0
        self.field.editingFinished.connect(self._typed)
        self.field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Restore the value when the focus leaves the field with invalid text."""
        if event.type() == QEvent.Type.FocusOut and not self.field.hasAcceptableInput():
            self.show_value(self._value)
        return super().eventFilter(watched, event)

    def show_value(self, value: Value) -> None:
        """Show the number in the format of the locale."""
        self._value = float(value)  # type: ignore[arg-type]
        self.field.setText(self._validator.locale().toString(self._value, "g", 6))

    def _typed(self) -> None:
        value, valid = self._validator.locale().toDouble(self.field.text())
        if valid and value != self._value:
            self._value = value
            self.chosen.emit(value)


class TextControl(Control):
    """A text field."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.field = QLineEdit()
        self._set_editor(self.field)
        self.field.editingFinished.connect(lambda: self.chosen.emit(self.field.text().strip()))

    def show_value(self, value: Value) -> None:
        """Show the text."""
        self.field.setText(str(value))


def show_unit(box: QSpinBox, option: SettingSpec) -> None:
    """Show the setting's unit after the number, in singular or plural."""
    unit = SINGULAR.get(option.unit, option.unit) if box.value() == 1 else option.unit
    box.setSuffix(f" {tr(unit)}" if unit else "")


def control_for(option: SettingSpec) -> Control:
    """Return the control for a setting's type."""
    kind = type(option.default)
    if kind is bool:
        return Check(option)
    if option.choices:
        return Choice(option)
    if option.step:
        return SliderControl(option)
    return {int: IntegerControl, float: Fraction}.get(kind, TextControl)(option)
