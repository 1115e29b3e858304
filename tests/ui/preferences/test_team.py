"""Signing in from the preferences: a real job, a real server, and a password that is nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from genre_desktop.ui.preferences.dialog import Preferences
from genre_desktop.ui.preferences.team import SignIn, TeamSection
from tests.fakes import keyring_backend
from tests.fixtures.mlflow_server import Fault, FaultProxy, MlflowServer
from tests.ui.conftest import Desk

JOB_MS = 120_000
SECRET = "correct horse battery"


@pytest.fixture(autouse=True)
def keyring_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    keyring_backend.use(monkeypatch, tmp_path / "keyring.json")
    return tmp_path / "keyring.json"


def card_of(desk: Desk, address: str) -> SignIn:
    desk.window.context.settings["registry.uri"] = address
    dialog = Preferences.open_for(desk.window, desk.window.context, "Team")
    section = dialog.sections["Team"]
    assert isinstance(section, TeamSection)
    return section.access


def wait(desk: Desk, card: SignIn) -> str:
    assert card.access.busy
    assert card.bar.isVisible()
    desk.bot.waitUntil(lambda: not card.access.busy, timeout=JOB_MS)
    assert card.notice.isVisible()
    return f"{card.notice.accessibleName()} {card.notice.accessibleDescription()}"


def stored(file: Path) -> list[dict[str, str]]:
    return [json.loads(text) for text in json.loads(file.read_text()).values()] if file.exists() else []


def test_without_a_server_nobody_can_sign_in(desk: Desk) -> None:
    card = card_of(desk, "")
    assert not card.isEnabled()
    dialog = Preferences.open_for(desk.window, desk.window.context, "Team")
    editor = dialog.sections["Team"].rows["registry.uri"].control.editor  # type: ignore[union-attr]
    desk.bot.keyClicks(editor, "https://models.example")
    QApplication.sendEvent(editor, QFocusEvent(QEvent.Type.FocusOut))
    assert card.isEnabled()
    assert card.test.isEnabled()
    assert not card.sign_in.isEnabled()  # no name and no password yet


def test_a_password_goes_to_the_system_s_store_and_nowhere_else(
    desk: Desk, mlflow_server: MlflowServer, keyring_file: Path
) -> None:
    card = card_of(desk, mlflow_server.uri)
    desk.bot.keyClicks(card.username, "anna")
    desk.bot.keyClicks(card.password, SECRET)
    desk.bot.keyClick(card.password, Qt.Key.Key_Return)
    assert "Signed in" in wait(desk, card)
    assert [(one["username"], one["password"]) for one in stored(keyring_file)] == [("anna", SECRET)]
    assert card.password.text() == ""
    home = desk.window.context.home.root
    files = [path for path in home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".log" for path in files)
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []
    assert desk.window.context.jobs.jobs == []

    desk.bot.mouseClick(card.test, Qt.MouseButton.LeftButton)
    assert "accepts the credentials" in wait(desk, card)
    desk.bot.mouseClick(card.sign_out, Qt.MouseButton.LeftButton)
    assert "were deleted" in wait(desk, card)
    assert stored(keyring_file) == []


def test_refused_credentials_are_not_kept(desk: Desk, proxied: FaultProxy, keyring_file: Path) -> None:
    proxied.faults.append(Fault("registered-models", status=401, body=b"no"))
    card = card_of(desk, proxied.uri)
    desk.bot.keyClicks(card.username, "anna")
    desk.bot.keyClicks(card.password, SECRET)
    desk.bot.mouseClick(card.sign_in, Qt.MouseButton.LeftButton)
    assert "rejected the credentials" in wait(desk, card)
    assert stored(keyring_file) == []
    assert card.password.text() == SECRET  # to be corrected


def test_a_search_finds_the_card(desk: Desk) -> None:
    card = card_of(desk, "https://models.example")
    dialog = Preferences.open_for(desk.window, desk.window.context)
    desk.bot.keyClicks(dialog.search, "password")
    assert card.isVisible()
    dialog.search.clear()
    desk.bot.keyClicks(dialog.search, "volume")
    assert not card.isVisible()


def test_closing_the_dialog_ends_what_runs(desk: Desk) -> None:
    card = card_of(desk, "http://127.0.0.1:9")
    desk.bot.mouseClick(card.test, Qt.MouseButton.LeftButton)
    job = card.access._job
    assert job is not None
    Preferences.open_for(desk.window, desk.window.context).reject()
    assert not job.running
