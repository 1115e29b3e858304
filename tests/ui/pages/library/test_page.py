"""The Library page with a real store and real import processes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from genre_desktop.core.errors import Problem
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.ui.pages.library.page import LibraryPage
from genre_desktop.ui.window.job_strip import JobStrip
from tests.fixtures.qt import answer
from tests.ui.conftest import Desk
from tools.synthetic_audio import music, write


def add_clip(desk: Desk, name: str, label: str) -> None:
    """Add a clip to the library."""
    clip = Clip(
        f"hash {name}", f"/music/{label}/{name}.wav", label, f"artist:{name}", "audio", 30.0,
        np.array([0.0, 10.0]), np.full(2, 10.0), np.ones((2, 3)),
    )  # fmt: skip
    Library(desk.window.context.database).put(clip, "1")


@pytest.fixture
def page(desk: Desk) -> LibraryPage:
    for name, label in (("a", "rock"), ("b", "rock"), ("c", "polka")):
        add_clip(desk, name, label)
    log = PredictionLog(desk.window.context.database)
    said = log.add(answer("/music/d.mp3", "jazz", clip_hash="hash d"), "file")
    Corrections(desk.window.context.database).add(said, "blues")
    desk.window.show_page("library")
    page = desk.window.page("library")
    assert isinstance(page, LibraryPage)
    return page


def shown(page: LibraryPage) -> dict[str, str]:
    """Return the file names and genres in the table."""
    cell = page.model.index
    return {cell(i, 0).data(): cell(i, 1).data() for i in range(page.model.rowCount())}


def test_an_empty_library_has_an_introduction(desk: Desk) -> None:
    desk.window.show_page("library")
    page = desk.window.page("library")
    assert isinstance(page, LibraryPage)
    assert page._empty.isVisible()
    assert not page._contents.isVisible()


def test_it_counts_genres_sources_and_waiting_corrections(page: LibraryPage) -> None:
    assert page.bars.accessibleDescription() == "Rock 2, Blues 1, polka 1"
    assert page._sources.text() == "Your corrections: 1 · Imported audio: 3"
    assert page._waiting.text() == "1 correction has not been used in a retraining yet."
    assert shown(page) == {"d.mp3": "Blues", "c.wav": "polka", "b.wav": "Rock", "a.wav": "Rock"}


def test_relabelling_reaches_clips_and_corrections_and_is_undone(desk: Desk, page: LibraryPage) -> None:
    page.table.selectAll()
    page.relabel("Disco")
    assert set(shown(page).values()) == {"Disco"}
    assert [word.label for word in Corrections(desk.window.context.database).latest()] == ["disco"]
    undo = desk.window.context.undo
    undo.undo()
    assert shown(page) == {"d.mp3": "Blues", "c.wav": "polka", "b.wav": "Rock", "a.wav": "Rock"}
    undo.redo()
    assert set(shown(page).values()) == {"Disco"}


def test_a_new_genre_is_cleaned_and_refused_in_words(desk: Desk, page: LibraryPage) -> None:
    page.table.selectAll()
    page.relabel("Dis\x1b[31mco\u202e")
    assert set(shown(page).values()) == {"Disco"}
    noticed: list[Problem] = []
    desk.window.context.session.noticed.connect(noticed.append)
    for wrong in ("\u200b", "x" * 201):
        page.relabel(wrong)
    assert [problem.code for problem in noticed] == ["empty-label", "label-too-long"]
    assert set(shown(page).values()) == {"Disco"}


def test_delete_removes_and_undo_restores_every_window(desk: Desk, page: LibraryPage) -> None:
    page.search.setText("rock")
    page.table.setFocus()
    page.table.selectAll()
    desk.bot.keyClick(page.table, Qt.Key.Key_Delete)
    page.search.clear()
    assert shown(page) == {"d.mp3": "Blues", "c.wav": "polka"}
    desk.bot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(shown(page)) == 4
    clips = list(Library(desk.window.context.database).clips("1"))
    assert [clip.features.shape for clip in clips] == [(2, 3)] * 3


def test_a_folder_is_imported_in_a_process_and_skipped_files_are_listed(
    desk: Desk, page: LibraryPage, tmp_path: Path
) -> None:
    sound = tmp_path / "music" / "Polka" / "one.wav"
    sound.parent.mkdir(parents=True)
    write(sound, music())
    (sound.parent / "empty.mp3").touch()
    page.import_path(tmp_path / "music")
    assert page.job.card.isVisible()
    assert not page._folder_button.isEnabled()
    (strip,) = desk.window.findChildren(JobStrip)
    desk.bot.waitUntil(lambda: bool(strip.running), timeout=90_000)
    assert strip.text.text().startswith("Importing")
    desk.bot.waitUntil(lambda: not page.job.busy, timeout=90_000)
    assert page.job.notice.accessibleName() == "Import finished"
    assert shown(page)["one.wav"] == "polka"
    assert page.skipped.count() == 1
    assert "empty.mp3" in page.skipped.item(0).text()
    assert page._folder_button.isEnabled()
    assert not strip.isVisible()


def test_a_failed_import_is_reported(desk: Desk, page: LibraryPage, tmp_path: Path) -> None:
    page.import_path(tmp_path / "nowhere")
    desk.bot.waitUntil(lambda: not page.job.busy, timeout=90_000)
    assert page.job.notice.property("tone") == "danger"
    assert len(shown(page)) == 4
