from __future__ import annotations

from pytestqt.qtbot import QtBot

from genre_desktop.ui.fitting.check_box import WrapCheckBox
from tests.ui.fitting.conftest import shown


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
