from __future__ import annotations

from pytestqt.qtbot import QtBot

from genre_desktop.ui.fitting.elided_button import ElidedButton
from genre_desktop.ui.fitting.elided_label import ElidedLabel
from tests.ui.fitting.conftest import TEXT, shown


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
