from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.ui.unusable_home import UnusableHomeDialog, ask, home_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows reports a file in the way otherwise")


@pytest.fixture
def error(tmp_path: Path) -> AppError:
    (tmp_path / "file").write_text("x")
    with pytest.raises(AppError) as caught:
        Home(tmp_path / "file").create()
    return caught.value


def test_the_dialog_says_why_and_offers_another_folder(qtbot: QtBot, error: AppError) -> None:
    box = UnusableHomeDialog(error)
    qtbot.addWidget(box)
    assert str(error.problem.params["path"]) in box.informativeText()
    assert box.defaultButton() is box.choose
    assert box.escapeButton() is box.leave


def test_a_home_is_used_as_it_is_and_another_folder_gets_one(tmp_path: Path) -> None:
    made = home_in(tmp_path)
    assert made.root == tmp_path / "genre-desktop"
    made.store.write_bytes(b"")
    assert home_in(made.root) == made


def test_without_a_screen_the_reason_is_reported(qtbot: QtBot, error: AppError) -> None:
    with pytest.raises(AppError) as caught:
        ask(error)
    assert caught.value is error
