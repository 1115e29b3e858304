"""The few dialogs there are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QMessageBox,
    QScrollArea,
    QWidget,
)

from genre_desktop.app.text import plural, tr
from genre_desktop.ui.widgets.basics import column, label

ASK_FROM = 4
"""Quitting asks when at least so many files would be left unread."""


class Shortcuts(QDialog):
    """What each key does."""

    def __init__(self, parent: QWidget, shortcuts: list[tuple[str, str]]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(440, 560)
        inner = QWidget()
        inner.setObjectName("scrolled")
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        for place, (keys, words) in enumerate(shortcuts):
            grid.addWidget(label(words), place, 0)
            grid.addWidget(label(keys, "chip"), place, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        area = QScrollArea(widgetResizable=True)
        area.setAccessibleName(tr("Keyboard shortcuts"))
        area.setWidget(inner)
        layout = column(self, margin=20, gap=16)
        layout.addWidget(label(tr("Keyboard shortcuts"), "title"))
        layout.addWidget(area, 1)
        layout.addWidget(_close_button(self))


def ask_to_quit(parent: QWidget, left: int) -> QMessageBox.StandardButton:
    """Ask whether to quit although ``left`` files are unread."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("Quit Genre Desktop?"))
    box.setText(plural(left, "One file has not been read yet.", "{n} files have not been read yet."))
    box.setInformativeText(tr("Quit all the same?"))
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    box.setDefaultButton(QMessageBox.StandardButton.No)
    return QMessageBox.StandardButton(box.exec())


def _close_button(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.close)
    return buttons
