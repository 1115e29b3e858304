"""Labels, buttons and check boxes that show their text in the room they get."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.ui.fitting.check_box import WrapCheckBox
from genre_desktop.ui.fitting.elided_button import ElidedButton
from genre_desktop.ui.fitting.elided_label import ElidedLabel

TEXT = "Some words of a long text"


def shown(qtbot: QtBot, widget: QWidget, width: int) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, 100)
    widget.show()
    QApplication.processEvents()


def test_the_title_of_a_check_box_wraps_between_words_and_after_hyphens(qtbot: QtBot) -> None:
    box = WrapCheckBox("Desktop-Benachrichtigungen zeigen")
    whole = box.sizeHint()
    shown(qtbot, box, whole.width())
    assert box.text() == "Desktop-Benachrichtigungen zeigen"
    shown(qtbot, box, whole.width() - 1)
    assert box.text() == "Desktop-Benachrichtigungen\nzeigen"
    assert box.heightForWidth(box.width()) > whole.height()
    assert box.sizeHint() == whole
    shown(qtbot, box, box.minimumSizeHint().width())
    assert box.text() == "Desktop-\nBenachrichtigungen\nzeigen"


def test_a_label_and_a_button_cut_what_does_not_fit(qtbot: QtBot) -> None:
    label, button = ElidedLabel(), ElidedButton("")
    label.setText(TEXT)
    button.setText(TEXT)
    whole = button.sizeHint()
    shown(qtbot, label, 400)
    shown(qtbot, button, whole.width())
    assert not label.cut
    assert button.drawn_text() == TEXT
    shown(qtbot, label, 60)
    shown(qtbot, button, 90)
    assert label.cut
    assert label.text() == TEXT  # for the clipboard and screen readers
    assert button.drawn_text().endswith("…")
    assert button.text() == TEXT
    before = button.grab().toImage()
    shown(qtbot, button, whole.width())
    assert button.drawn_text() == TEXT
    assert button.grab().toImage() != before
