from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.ui.fitting.scroll import Contents, Scroll


def turn(field: QWidget) -> bool:
    """Turn the wheel down over a field; return whether the field took the event, so that nothing scrolls."""
    at = QPointF(field.rect().center())
    event = QWheelEvent(
        at, field.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, event)
    return event.isAccepted()


def test_the_wheel_scrolls_and_changes_only_a_field_with_focus(qtbot: QtBot) -> None:
    contents, box, spin = Contents(), QComboBox(), QSpinBox()
    box.addItems(["a", "b", "c"])
    tall = QLabel("tall")
    tall.setMinimumHeight(1000)
    layout = QVBoxLayout(contents)
    for widget in (box, spin, tall):
        layout.addWidget(widget)
    area = Scroll(contents)
    qtbot.addWidget(area)
    area.resize(300, 300)
    area.show()
    qtbot.waitExposed(area)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    spin.setValue(5)
    box.clearFocus()
    assert not turn(box)
    assert not turn(spin)
    assert (box.currentText(), spin.value()) == ("a", 5)
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    assert turn(box)
    assert box.currentText() == "b"
