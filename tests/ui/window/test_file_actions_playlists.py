"""Playlists from the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from genre_desktop.ui.dialogs.playlists import PlaylistDialog
from tests.ui.conftest import Desk


def dialog_of(desk: Desk) -> PlaylistDialog:
    desk.window.context.actions["file.playlists"].trigger()
    (dialog,) = desk.window.findChildren(PlaylistDialog)
    return dialog


def songs(desk: Desk, folder: Path) -> None:
    """Open two rock songs, one of them corrected to jazz, and a disco song with low confidence."""
    first, second = desk.open("a.mp3", "b.mp3", folder=folder)
    (third,) = desk.open("c.mp3", genre="disco", folder=folder)
    assert third.answer is not None
    object.__setattr__(third.answer, "confidence", 0.3)
    second.label = "jazz"
    assert first.genre == "rock"


def test_one_playlist_per_genre_of_confident_or_corrected_songs(desk: Desk, tmp_path: Path) -> None:
    songs(desk, tmp_path)
    dialog = dialog_of(desk)
    assert dialog.folder.text() == str(tmp_path)
    assert [dialog.list.item(i).text() for i in range(dialog.list.count())] == [
        "Jazz.m3u8 · 1 song", "Rock.m3u8 · 1 song",
    ]  # fmt: skip
    assert "below this confidence" in dialog._left_out.text()
    dialog.minimum.setValue(20)
    assert dialog.list.count() == 3
    dialog.minimum.setValue(60)
    with desk.bot.waitSignal(desk.window.file_actions.exporter.playlists_saved):
        desk.bot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    desk.window.file_actions.exporter.close()
    assert (tmp_path / "Jazz.m3u8").read_text("utf-8").splitlines()[2:] == ["#EXTINF:60,b", "b.mp3"]
    assert (tmp_path / "Rock.m3u8").is_file()
    assert not (tmp_path / "Disco.m3u8").exists()
    assert desk.window.notice.accessibleName() == "2 playlists were saved"


def test_replaced_playlists_are_named_and_a_missing_folder_is_reported(desk: Desk, tmp_path: Path) -> None:
    songs(desk, tmp_path)
    (tmp_path / "Jazz.m3u8").touch()
    dialog = dialog_of(desk)
    assert "replaces the existing playlist" in dialog.list.item(0).text()
    (tmp_path / "file").touch()
    for name in ("", "relative", str(tmp_path / "file" / "below"), f"/{'x' * 300}"):
        dialog.folder.setText(name)
        assert not dialog.go.isEnabled()
        assert "This is no folder." in dialog._left_out.text()
    dialog.reject()


def test_a_folder_is_created_for_them(desk: Desk, tmp_path: Path) -> None:
    songs(desk, tmp_path)
    dialog = dialog_of(desk)
    dialog.folder.setText(str(tmp_path / "new" / "lists"))
    assert "This folder will be created." in dialog._left_out.text()
    with desk.bot.waitSignal(desk.window.file_actions.exporter.playlists_saved):
        desk.bot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    desk.window.file_actions.exporter.close()
    assert (tmp_path / "new" / "lists" / "Jazz.m3u8").read_text("utf-8").splitlines()[3] == "../../b.mp3"


def test_the_folder_above_all_songs_is_offered(desk: Desk, tmp_path: Path) -> None:
    desk.open("a.mp3", folder=tmp_path / "one")
    desk.open("b.mp3", folder=tmp_path / "two" / "deep")
    dialog = dialog_of(desk)
    assert dialog.folder.text() == str(tmp_path)
    dialog.reject()


def test_no_answers_no_playlists(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.mp3").touch()
    desk.window.open_paths([tmp_path])
    desk.until(lambda: len(desk.rows) == 1)
    desk.window.file_actions.save_playlists()
    assert desk.window.notice.accessibleName() == "There is no genre to write"
