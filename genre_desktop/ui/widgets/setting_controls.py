"""One control for each kind of setting; which one follows from the table's row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSlider, QSpinBox, QWidget

from genre_desktop.app.i18n.translate import decimal, mark, tr
from genre_desktop.core.settings import SettingSpec, Value
from genre_desktop.ui.widgets.factory import label, row, set_accessible_name
from genre_desktop.ui.widgets.setting_menus import WORDS

WIDTH = 232
"""Least width of the column of controls, in pixels at 100 % text."""


ONE = {
    "days": mark("day"),
    "clips": mark("clip"),
    "predictions": mark("prediction"),
    "corrections": mark("correction"),
}
"""What units are called of which there is one."""


class Control(QWidget):
    """Shows a setting's value and tells what the person chose; ``part`` is what takes the focus."""

    chosen = Signal(object)
    part: QWidget

    def __init__(self, option: SettingSpec) -> None:
        super().__init__()
        self.option = option
        self.line = row(self, gap=8)

    def show_value(self, value: Value) -> None:
        """Show ``value`` without telling."""
        raise NotImplementedError

    def _own(self, part: QWidget) -> None:
        self.part = part
        self.setFocusProxy(part)
        set_accessible_name(part, tr(self.option.title), tr(self.option.description))
        self.line.addWidget(part, 1)


class Check(Control):
    """On or off. The box carries the title."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.box = QCheckBox(tr(option.title))
        self._own(self.box)
        self.box.clicked.connect(lambda on: self.chosen.emit(bool(on)))

    def show_value(self, value: Value) -> None:
        """Tick it or not."""
        self.box.setChecked(bool(value))


class Choice(Control):
    """One of a few, by readable names."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.box = QComboBox()
        for choice in option.choices:
            self.box.addItem(tr(WORDS.get(choice, choice)), choice)
        self._own(self.box)
        self.box.activated.connect(lambda _place: self.chosen.emit(str(self.box.currentData())))

    def show_value(self, value: Value) -> None:
        """Choose the entry."""
        self.box.setCurrentIndex(self.box.findData(value))


class IntegerControl(Control):
    """A whole number with its unit."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.box = QSpinBox()
        self.box.setRange(int(option.minimum or 0), int(option.maximum or 2**31 - 1))
        show_unit(self.box, option)
        self.box.setGroupSeparatorShown(option.key != "metrics.port")
        self.box.setKeyboardTracking(False)
        self.box.lineEdit().setTextMargins(8, 0, 0, 0)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._own(self.box)
        self.box.valueChanged.connect(lambda _number: show_unit(self.box, option))
        self.box.valueChanged.connect(lambda number: self.chosen.emit(number))

    def show_value(self, value: Value) -> None:
        """Show the number."""
        before = self.box.blockSignals(True)
        self.box.setValue(int(value))  # type: ignore[arg-type]
        self.box.blockSignals(before)
        show_unit(self.box, self.option)


class SliderControl(Control):
    """A number on a slider, and as text beside it. It counts when the slider is let go."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(self._steps(option.minimum or 0.0), self._steps(option.maximum or 1.0))
        self.slider.setPageStep(max(1, (self.slider.maximum() - self.slider.minimum()) // 10))
        self.slider.setTracking(False)
        self.slider.setMinimumWidth(130)
        self._own(self.slider)
        self._words = label()
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.addWidget(self._words)
        self.slider.sliderMoved.connect(self._say)
        self.slider.valueChanged.connect(self._let_go)

    def show_value(self, value: Value) -> None:
        """Put the slider there; a value between two steps is shown as it is."""
        before = self.slider.blockSignals(True)
        self.slider.setValue(self._steps(float(value)))  # type: ignore[arg-type]
        self.slider.blockSignals(before)
        self._words.setText(self._worded(float(value)))  # type: ignore[arg-type]
        widest = max(
            (self._worded(v) for v in (self.option.minimum, self.option.maximum) if v is not None), key=len
        )
        self._words.setMinimumWidth(self._words.fontMetrics().horizontalAdvance(widest + "0"))

    def _steps(self, value: float) -> int:
        return round(value / self.option.step)

    def _value(self, steps: int) -> float:
        return round(steps * self.option.step, 6)

    def _say(self, steps: int) -> None:
        self._words.setText(self._worded(self._value(steps)))

    def _worded(self, value: float) -> str:
        places = 0 if self.option.step >= 1 else 2
        return f"{decimal(value, places)} {tr(self.option.unit) if self.option.unit else ''}".replace(
            "-", "−"
        ).strip()

    def _let_go(self, steps: int) -> None:
        self._say(steps)
        value = self._value(steps)
        self.chosen.emit(int(value) if isinstance(self.option.default, int) else value)


class Fraction(Control):
    """A number too small for a spin box, typed."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.field = QLineEdit()
        self._check = QDoubleValidator(option.minimum or 0.0, option.maximum or 1e9, 12, self.field)
        self.field.setValidator(self._check)
        self._own(self.field)
        self._value = 0.0
        self.field.editingFinished.connect(self._typed)
        self.field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What cannot be taken does not stay there when somebody goes on."""
        if event.type() == QEvent.Type.FocusOut and not self.field.hasAcceptableInput():
            self.show_value(self._value)
        return super().eventFilter(watched, event)

    def show_value(self, value: Value) -> None:
        """Show the number as the language writes it."""
        self._value = float(value)  # type: ignore[arg-type]
        self.field.setText(self._check.locale().toString(self._value, "g", 6))

    def _typed(self) -> None:
        value, good = self._check.locale().toDouble(self.field.text())
        if good and value != self._value:
            self._value = value
            self.chosen.emit(value)


class TextControl(Control):
    """Any text."""

    def __init__(self, option: SettingSpec) -> None:
        super().__init__(option)
        self.field = QLineEdit()
        self._own(self.field)
        self.field.editingFinished.connect(lambda: self.chosen.emit(self.field.text().strip()))

    def show_value(self, value: Value) -> None:
        """Show the text."""
        self.field.setText(str(value))


def show_unit(box: QSpinBox, option: SettingSpec) -> None:
    """The option's unit after the number, as it is called for this number."""
    unit = ONE.get(option.unit, option.unit) if box.value() == 1 else option.unit
    box.setSuffix(f" {tr(unit)}" if unit else "")


def control_for(option: SettingSpec) -> Control:
    """The control that fits a row of the table."""
    kind = type(option.default)
    if kind is bool:
        return Check(option)
    if option.choices:
        return Choice(option)
    if option.step:
        return SliderControl(option)
    return {int: IntegerControl, float: Fraction}.get(kind, TextControl)(option)


FOCUS_ON_CLICK = (QComboBox, QSpinBox, QDoubleSpinBox, QSlider)
"""Controls that must not change because the wheel scrolled the page past them."""
