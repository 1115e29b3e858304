"""A dialog that shows a text, to be read and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.widgets.factory import button, column, label, row, set_accessible_name


class TextDialog(QDialog):
    """``text`` under a ``title``, with a line about it."""

    def __init__(self, parent: QWidget, title: str, about: str, text: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(680, 560)
        self.text = plain_text(title)
        self.text.setPlainText(text)
        layout = column(self, margin=20, gap=12)
        layout.addWidget(label(title, "title"))
        layout.addWidget(label(about, "muted", wrap=True))
        layout.addWidget(self.text, 1)
        line = row(gap=8)
        line.addWidget(button(tr("Copy"), lambda: QGuiApplication.clipboard().setText(text)))
        line.addStretch(1)
        line.addWidget(button(tr("Close"), self.close, "primary"))
        layout.addLayout(line)


def plain_text(name: str) -> QPlainTextEdit:
    """A read-only text in the fixed-width font, through which Tab walks on."""
    made = QPlainTextEdit(readOnly=True)
    made.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    made.setTabChangesFocus(True)
    set_accessible_name(made, name)
    return made
