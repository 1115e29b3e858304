"""The preview of a contribution: every row and nothing by accident."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from genre_desktop.ui.dialogs.contribution import COLUMNS, NEVER, ContributionDialog
from tests.ui.conftest import Desk

ROWS = [
    {"label": "jazz", "recording": "team:" + "a" * 32, "group": "team:" + "b" * 32, "windows": 3, "duration_s": 181.25},
    {"label": "Zydeco", "recording": "team:" + "c" * 32, "group": "team:" + "b" * 32, "windows": 1, "duration_s": 30.0},
]  # fmt: skip
DOCUMENT = {
    "server": "https://models.example", "contributor": "c0ffee", "feature_version": "2", "digest": "d1",
    "bytes": 1_234_567, "clips": 2, "windows": 4, "left_out": 1, "rows": ROWS,
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "preview.json"
    path.write_text(json.dumps(DOCUMENT))
    return path


@pytest.fixture
def dialog(desk: Desk, file: Path) -> ContributionDialog:
    dialog = ContributionDialog(desk.window, desk.window.context.theme, file)
    dialog.open()
    desk.bot.waitExposed(dialog)
    return dialog


@pytest.fixture
def sent(dialog: ContributionDialog) -> list[str]:
    found: list[str] = []
    dialog.chosen.connect(found.append)
    return found


def test_every_row_that_would_leave_is_shown(dialog: ContributionDialog) -> None:
    model = dialog.model
    shown = [
        [model.data(model.index(line, place)) for place in range(len(COLUMNS))]
        for line in range(model.rowCount())
    ]
    assert shown == [
        ["jazz", ROWS[0]["recording"], ROWS[0]["group"], "3", "181.3 s", "version 2"],
        ["Zydeco", ROWS[1]["recording"], ROWS[1]["group"], "1", "30.0 s", "version 2"],
    ]


def test_it_says_how_much_where_to_and_what_never_leaves(dialog: ContributionDialog) -> None:
    text = "\n".join(it.text() for it in dialog.findChildren(QLabel))
    assert "2 corrected clips with 4 rows of features (1.2 MB) will be sent to models.example" in text
    assert "1 clip cannot be sent." in text
    assert NEVER in text


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape])
def test_no_key_sends_by_accident(
    desk: Desk, dialog: ContributionDialog, sent: list[str], key: Qt.Key
) -> None:
    assert QApplication.focusWidget() is dialog.table
    assert dialog.cancel.isDefault()
    desk.bot.keyClick(dialog.table, key)
    desk.until(lambda: dialog not in desk.window.findChildren(ContributionDialog) or not dialog.isVisible())
    assert sent == []


def test_send_carries_the_digest_of_what_was_shown(
    desk: Desk, dialog: ContributionDialog, sent: list[str]
) -> None:
    desk.bot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert sent == ["d1"]


def test_the_preview_can_be_saved(
    desk: Desk, dialog: ContributionDialog, sent: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = {"path": str(tmp_path / "saved.json")}
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen["path"], ""))
    desk.bot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert json.loads((tmp_path / "saved.json").read_text()) == DOCUMENT
    assert dialog.isVisible()
    assert sent == []
    chosen["path"] = str(tmp_path / "no folder" / "saved.json")
    desk.bot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.notice.isVisible()


@pytest.mark.parametrize("content", ["", "[]", '{"digest": "d"}'])
def test_a_file_that_is_no_preview_is_refused(desk: Desk, file: Path, content: Any) -> None:
    file.write_text(content)
    with pytest.raises((ValueError, KeyError, TypeError)):
        ContributionDialog(desk.window, desk.window.context.theme, file)
