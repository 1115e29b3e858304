"""A dialog that shows a text to read and copy."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.widgets.dialog import Dialog, dialog_buttons
from genre_desktop.ui.widgets.factory import button, copy_text, label, plain_text


class TextDialog(Dialog):
    """Shows ``title``, the line ``about`` and ``text``."""

    def __init__(self, parent: QWidget, title: str, about: str, text: str) -> None:
        super().__init__(parent, title, (680, 560))
        self.text = plain_text(title)
        self.text.setPlainText(text)
        copy = button(tr("Copy"), lambda: copy_text(text))
        close = button(tr("Close"), self.close, "primary")
        head = label(title, "title"), label(about, "muted", wrap=True)
        self.arrange(*head, (self.text, 1), buttons=dialog_buttons(close, left=[copy]))
        self.set_keys(close)
