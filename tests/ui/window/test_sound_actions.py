"""More like this, and a path between two songs: the dialog, with real jobs over the real store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Answer
from genre_desktop.ml.explain import comparison_clips
from genre_desktop.ml.features.schema import has_encoding
from genre_desktop.ui.dialogs.song_list import SongListDialog
from tests.ui.conftest import Desk

JOB_MS = 60_000
CLIPS = comparison_clips.reference()
ENCODED = np.flatnonzero(has_encoding(CLIPS.X))


def open_songs(desk: Desk, n: int, folder: Path = Path("/music")) -> list[ResultRow]:
    """Open ``n`` songs whose stored answers have the features of clips of the reference."""
    rows = desk.open(*(f"{place:03d}.mp3" for place in range(n)), folder=folder)
    database = Database(desk.window.context.home.store)
    log = PredictionLog(database)
    for row, place in zip(rows, ENCODED, strict=False):
        stored = Answer(
            row.location, "rock", 0.6, clip_hash=str(place), feature_version="2", features=CLIPS.X[place]
        )
        row.prediction_id = log.add(stored, "file")
        object.__setattr__(row.answer, "clip_hash", str(place))
    database.close()
    return rows


def dialog_of(desk: Desk, action: str) -> SongListDialog:
    desk.window.context.actions[action].trigger()
    (dialog,) = desk.window.findChildren(SongListDialog)
    return dialog


def let_it_find(desk: Desk, dialog: SongListDialog) -> list[ResultRow]:
    desk.bot.waitUntil(dialog.save_button.isEnabled, timeout=JOB_MS)
    return [dialog.list.item(i).data(Qt.ItemDataRole.UserRole) for i in range(dialog.list.count())]


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    offered: list[str] = []

    def ask(_parent: Any, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        offered.append(start)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return offered


def test_similar_songs_become_a_playlist(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = open_songs(desk, 40, tmp_path)
    desk.page.table.show_row(rows[5])
    dialog = dialog_of(desk, "file.similar")
    assert dialog.windowTitle() == "More like 005.mp3"
    assert not dialog.save_button.isEnabled()
    found = let_it_find(desk, dialog)
    assert (len(set(found)), rows[5] in found) == (25, False)
    assert dialog.list.item(0).text() == f"1  {found[0].name} · Rock · 1:00"
    dialog.number.setValue(4)
    assert dialog.list.count() == 4
    offered = choose(monkeypatch, tmp_path / "lists" / "calm")
    with desk.bot.waitSignal(desk.window.file_actions.exporter.playlists_saved):
        dialog.save_button.click()
    desk.window.file_actions.exporter.close()
    assert offered == [str(tmp_path / "More like 005.mp3.m3u8")]
    lines = (tmp_path / "lists" / "calm.m3u8").read_text("utf-8").splitlines()
    assert lines[1] == "#PLAYLIST:calm"
    assert lines[3::2] == [f"../{row.name}" for row in found[:4]]
    assert desk.window.notice.accessibleName() == "1 playlist was saved"
    dialog.reject()


def test_they_come_first_in_the_list_also_those_a_filter_hides(desk: Desk) -> None:
    rows = open_songs(desk, 12)
    desk.page.filters.search.setText("003")
    desk.page.filters.changed.emit()
    assert desk.page.model.rowCount() == 1
    desk.page.table.show_row(rows[3])
    dialog = dialog_of(desk, "file.similar")
    found = let_it_find(desk, dialog)
    assert len(found) == 11
    assert "only 11 such songs" in dialog._note.text()
    dialog.number.setValue(3)
    dialog.show_button.click()
    assert desk.page.model.shown[:3] == found[:3]
    assert desk.page.table.selected == found[:3]
    dialog.list.setCurrentRow(2)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert desk.page.current is found[2]
    assert dialog.isVisible()
    dialog.reject()


def test_songs_without_a_vector_are_left_out_and_counted(desk: Desk) -> None:
    rows = open_songs(desk, 10)
    (speech,) = desk.open("talk.mp3", genre="", kind="speech", confidence=0.0)
    rows[4].prediction_id = None
    desk.page.table.show_row(rows[0])
    dialog = dialog_of(desk, "file.similar")
    found = let_it_find(desk, dialog)
    assert not {speech, rows[4]} & set(found)
    assert "2 files of the list were skipped" in dialog._note.text()
    dialog.reject()
    desk.page.table.show_row(speech)
    desk.window.context.actions["file.similar"].trigger()
    assert desk.window.notice.accessibleName() == "This song cannot be compared by its sound"
    assert not [each for each in desk.window.findChildren(SongListDialog) if each.isVisible()]


def test_a_path_goes_from_one_to_the_other(desk: Desk) -> None:
    rows = open_songs(desk, 60)
    desk.page.table.show_rows([rows[3], rows[40]])
    dialog = dialog_of(desk, "file.path")
    assert dialog.windowTitle() == "From 040.mp3 to 003.mp3"  # 003 is the current one
    found = let_it_find(desk, dialog)
    assert (found[0], found[-1], len(set(found))) == (rows[40], rows[3], 12)
    dialog.number.setValue(5)
    desk.bot.waitUntil(lambda: dialog.list.count() == 5, timeout=JOB_MS)
    found = let_it_find(desk, dialog)
    assert (found[0], found[-1], len(set(found))) == (rows[40], rows[3], 5)
    dialog.reject()


def test_a_path_needs_two_songs(desk: Desk) -> None:
    rows = open_songs(desk, 3)
    desk.page.table.show_row(rows[0])
    desk.window.context.actions["file.path"].trigger()
    assert desk.window.notice.accessibleName() == "A path needs its first and its last song"


def test_closing_the_dialog_cancels_its_job_and_the_drawer_does_too(desk: Desk) -> None:
    rows = open_songs(desk, 5)
    desk.page.table.show_row(rows[0])
    jobs = desk.window.context.jobs
    dialog = dialog_of(desk, "file.similar")
    dialog.reject()
    desk.bot.waitUntil(lambda: bool(jobs.jobs) and not jobs.running(), timeout=JOB_MS)
    assert jobs.jobs[0].ended is not None
    assert jobs.jobs[0].ended.status == "cancelled"
    dialog = dialog_of(desk, "file.similar")
    desk.bot.waitUntil(lambda: bool(jobs.running()), timeout=JOB_MS)
    (entry,) = [entry for entry in desk.window.activity_log.entries if entry.cancel is not None]
    assert entry.title == "Finding similar songs"
    with desk.bot.waitSignal(dialog.finished, timeout=JOB_MS):
        entry.cancel()


def test_a_name_that_a_playlist_cannot_contain_is_reported(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = open_songs(desk, 5, tmp_path)
    rows[3].location = str(tmp_path / "two\nlines.mp3")
    desk.page.table.show_row(rows[0])
    dialog = dialog_of(desk, "file.similar")
    let_it_find(desk, dialog)
    choose(monkeypatch, tmp_path / "all.m3u8")
    dialog.save_button.click()
    desk.window.file_actions.exporter.close()
    assert len((tmp_path / "all.m3u8").read_text("utf-8").splitlines()) == 2 + 2 * 3
    assert "1 file has a name" in desk.window.notifications.toast.message.text
    dialog.reject()
