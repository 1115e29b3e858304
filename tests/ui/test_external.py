"""Opening places with other programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from genre_desktop.ui.external import folder_button, music_folder, open_url
from tests.ui.conftest import Desk


def test_what_no_program_opens_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    open_url(QUrl("http://127.0.0.1:5000/x"), desk.window)
    assert desk.window.notice.isVisible()
    assert "http://127.0.0.1:5000/x" in desk.window.notice.accessibleDescription()
    open_url(QUrl.fromLocalFile("/a/b.html"), desk.window)
    assert "opens /a/b.html" in desk.window.notice.accessibleDescription()


def test_the_folder_of_a_file_is_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    text, show = folder_button(tmp_path / "a.csv", desk.window)
    show()
    assert (text, opened) == ("Show in folder", [str(tmp_path)])
    assert not desk.window.notice.isVisible()


def test_dialogs_begin_in_a_folder_that_exists() -> None:
    assert Path(music_folder()).is_dir()
