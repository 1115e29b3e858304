"""The dialog that lists the keyboard shortcuts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QGridLayout, QScrollArea, QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.widgets.dialog import Dialog
from genre_desktop.ui.widgets.factory import column, fill, label


class Shortcuts(Dialog):
    """Lists ``shortcuts``: pairs of keys and the title of their action."""

    def __init__(self, parent: QWidget, shortcuts: list[tuple[str, str]]) -> None:
        title = tr("Keyboard shortcuts")
        super().__init__(parent, title, (440, 560))
        inner = QWidget()
        inner.setObjectName("scrolled")
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        for line, (keys, action) in enumerate(shortcuts):
            grid.addWidget(label(action, wrap=True), line, 0)
            grid.addWidget(label(keys, "chip"), line, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        area = QScrollArea(widgetResizable=True)
        area.setAccessibleName(title)
        area.setWidget(inner)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        fill(column(self, margin=20, gap=16), label(title, "title"), (area, 1), buttons)
        self.set_keys(buttons.button(QDialogButtonBox.StandardButton.Close))
