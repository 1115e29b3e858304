"""Writing genre tags from the window: preview, a real job, undo, and restoring after a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.audio.decoding.content_hash import clip_hash
from genre_desktop.audio.tags import read_tags, write_tags
from genre_desktop.core.types import Analysis, SongTags, TagScore
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.tasks import tags
from genre_desktop.ui.dialogs.tags import RestoreDialog, TagDialog
from genre_desktop.ui.dialogs.text import TextDialog
from tests.fixtures.qt import answer
from tests.ui.conftest import Desk
from tools.synthetic_audio import music, write

SOUND = music(1.5)
W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 90_000


@pytest.fixture
def songs(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "music"
    folder.mkdir()
    return [write(folder / name, SOUND) for name in ("a.flac", "b.mp3", "c.ogg")]


def opened(desk: Desk, songs: list[Path], confidence: float = 0.8, **changes: Any) -> list[ResultRow]:
    """Open the songs and answer them as rock; ``changes`` are fields of their answers."""
    desk.window.open_paths(songs)
    desk.until(lambda: len(desk.workers.asked()) == len(songs))
    for request in desk.workers.asked():
        path = request.payload.path
        found = answer(path, "rock", confidence, clip_hash=clip_hash(path), **changes)
        desk.workers.say(request, Analysis(found, None))
    desk.until(lambda: all(row.answer is not None for row in desk.rows))
    desk.page.table.selectAll()
    return desk.rows


def child(window: QWidget, kind: type[W]) -> W:
    (found,) = window.findChildren(kind)
    return found


def press(desk: Desk, parent: QWidget, text: str) -> None:
    (found,) = [b for b in parent.findChildren(QAbstractButton) if b.text() == text and b.isVisible()]
    desk.bot.mouseClick(found, Qt.MouseButton.LeftButton)


def preview(desk: Desk) -> TagDialog:
    """Open the dialog and read the tags with the real operation."""
    desk.window.context.actions["file.tags"].trigger()
    dialog = child(desk.window, TagDialog)
    assert "Reading the tags" in dialog._count.text()  # before any file was read
    assert not dialog.go.isEnabled()
    context = TaskContext(ProcessResources(desk.window.context.home))
    while requests := desk.workers.asked(tags.READ_TAGS):
        desk.workers.say(requests[0], tags.read_tags(context, requests[0].payload))
        desk.until(lambda: not desk.workers.open or desk.workers.asked(tags.READ_TAGS) != requests)
    desk.until(lambda: "are selected" in dialog._count.text())
    desk.until(dialog.isActiveWindow)  # otherwise the window receives the keys
    return dialog


def done(desk: Desk, begin: Callable[[], object]) -> None:
    """Run a tag job until it has ended."""
    with desk.bot.waitSignal(desk.window.file_actions.tags.ended, timeout=PATIENCE_MS):
        begin()


def ticks(dialog: TagDialog) -> list[bool]:
    return [dialog.model.ticked(row) for row in dialog.model.rows]


def notes(dialog: TagDialog) -> list[str]:
    return [dialog.model.index(place, 8).data() for place in range(dialog.model.rowCount())]


def test_return_writes_as_the_highlighted_button_says(desk: Desk, songs: list[Path]) -> None:
    opened(desk, songs)
    dialog = preview(desk)
    assert dialog.focusWidget() is dialog.table
    done(desk, lambda: desk.bot.keyClick(dialog.table, Qt.Key.Key_Return))
    assert [read_tags(song).genres for song in songs] == [("Rock",)] * 3


def test_the_preview_ticks_confident_files_without_a_genre_and_the_user_can_change_it(
    desk: Desk, songs: list[Path]
) -> None:
    write_tags(songs[0], ["Polka"])
    write_tags(songs[1], ["rock"])
    opened(desk, songs)
    desk.page.table.selectAll()
    dialog = preview(desk)
    assert notes(dialog) == ["Already has a genre", "Unchanged", ""]
    assert ticks(dialog) == [False, False, True]
    assert dialog.go.text() == "Write 1 file"
    dialog.replace.click()
    assert ticks(dialog) == [True, False, True]
    dialog.minimum.setValue(90)  # all answers are 80 % sure
    assert ticks(dialog) == [False, False, False]
    assert notes(dialog)[2] == "Below minimum confidence"
    dialog.table.setFocus()
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    dialog.table.selectionModel().setCurrentIndex(dialog.model.index(2, 0), flags)
    desk.bot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert ticks(dialog)[2]
    index = dialog.model.index(2, 0)
    assert dialog.model.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert not dialog.go.isEnabled()
    assert not dialog.model.setData(
        dialog.model.index(1, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole
    )
    assert desk.window.context.settings["files.minimum"] == 90
    dialog.reject()


def test_a_correction_precedes_the_prediction(desk: Desk, songs: list[Path]) -> None:
    rows = opened(desk, songs[:1], confidence=0.2)
    rows[0].label = "Zydeco"
    dialog = preview(desk)
    assert dialog.model.index(0, 2).data() == "Zydeco"
    assert notes(dialog) == ["Your correction"]
    assert ticks(dialog) == [True]
    dialog.reject()


def test_tags_are_written_undone_redone_and_restored_later(desk: Desk, songs: list[Path]) -> None:
    write_tags(songs[2], ["Polka"])
    opened(desk, songs)
    dialog = preview(desk)
    dialog.replace.click()

    def genres() -> list[str]:
        return [str(read_tags(path)) for path in songs]

    def write_them() -> None:
        press(desk, dialog, "Write 3 files")
        assert not dialog.isVisible()

    done(desk, write_them)
    assert genres() == ["Rock"] * 3
    assert desk.window.notice.accessibleName() == "Tags written to 3 files"
    undo = desk.window.context.undo
    assert undo.undoText() == "tags of 3 files"
    done(desk, desk.window.context.actions["edit.undo"].trigger)
    assert genres() == ["", "", "Polka"]
    done(desk, desk.window.context.actions["edit.redo"].trigger)
    assert genres() == ["Rock"] * 3
    undo.clear()  # as after a restart
    desk.window.context.actions["file.restore_tags"].trigger()
    earlier = child(desk.window, RestoreDialog)
    assert earlier.list.count() == 1
    assert "and 2 more files" in earlier.list.item(0).text()
    done(desk, lambda: press(desk, earlier, "Restore"))
    assert genres() == ["", "", "Polka"]
    assert desk.window.notice.accessibleName() == "Tags of 3 files restored"


def test_the_list_shows_the_genre_that_is_in_the_file_by_now(desk: Desk, songs: list[Path]) -> None:
    rows = opened(desk, songs[:2], song=SongTags("Title", genre="Polka"))
    dialog = preview(desk)
    context = TaskContext(ProcessResources(desk.window.context.home))

    def becomes(genres: list[str], begin: Callable[[], object]) -> None:
        done(desk, begin)
        (request,) = desk.workers.asked(tags.READ_TAGS)
        desk.workers.say(request, tags.read_tags(context, request.payload))
        desk.until(lambda: [row.song.genre for row in rows] == genres)

    becomes(["Rock", "Rock"], lambda: press(desk, dialog, "Write 2 files"))
    assert [row.song.title for row in rows] == ["Title", "Title"]
    becomes(["", ""], desk.window.context.actions["edit.undo"].trigger)


def test_tempo_and_key_are_written_only_when_switched_on_and_undone(desk: Desk, songs: list[Path]) -> None:
    write_tags(songs[0], ["Polka"], bpm=["90"])
    opened(desk, songs, bpm=127.6, key="F♯ minor")
    dialog = preview(desk)
    assert not dialog.tempo_key.isChecked()
    assert dialog.table.isColumnHidden(5)
    assert dialog.table.isColumnHidden(6)
    dialog.tempo_key.click()
    assert not dialog.table.isColumnHidden(5)
    shown = [[dialog.model.index(row, place).data() for place in (5, 6)] for row in range(3)]
    assert shown == [["90", "90 · F#m"], ["", "128 · F#m"], ["", "128 · F#m"]]
    assert notes(dialog) == ["Genre stays", "", ""]
    done(desk, lambda: press(desk, dialog, "Write 3 files"))
    found = [(now.genres, now.bpm, now.key) for now in map(read_tags, songs)]
    assert found == [(("Polka",), ("90",), ("F#m",)), *[(("Rock",), ("128",), ("F#m",))] * 2]
    assert desk.window.context.settings["files.tempo_key"]
    done(desk, desk.window.context.actions["edit.undo"].trigger)
    found = [(now.genres, now.bpm, now.key) for now in map(read_tags, songs)]
    assert found == [(("Polka",), ("90",), ()), ((), (), ()), ((), (), ())]


def test_without_tempo_and_key_there_is_nothing_to_switch_on(desk: Desk, songs: list[Path]) -> None:
    opened(desk, songs[:1])
    dialog = preview(desk)
    assert not dialog.tempo_key.isEnabled()
    dialog.reject()


TAGS = tuple(TagScore(tag, 0.5) for tag in ("soul", "happy", "60s", "indie rock"))


def cells(dialog: TagDialog, row: int) -> list[str]:
    """Return genre and mood of a file, now and to be."""
    return [dialog.model.index(row, place).data() for place in range(1, 5)]


def test_styles_and_moods_are_written_only_when_switched_on_and_undone(desk: Desk, songs: list[Path]) -> None:
    write_tags(songs[0], ["Polka"])
    opened(desk, songs, tags=TAGS)
    dialog = preview(desk)
    assert dialog.table.isColumnHidden(3)
    assert [edit.genres for edit in dialog.model.edits] == [("Rock",), ("Rock",)]
    assert [edit.moods for edit in dialog.model.edits] == [(), ()]
    dialog.styles.click()
    assert cells(dialog, 1) == ["", "Rock, Soul, Indie Rock", "", ""]
    dialog.moods.click()
    assert not dialog.table.isColumnHidden(3)
    assert cells(dialog, 0) == ["Polka", "Polka", "", "Happy"]  # its genre stays
    assert notes(dialog) == ["Only mood changes", "", ""]
    done(desk, lambda: press(desk, dialog, "Write 3 files"))
    found = [read_tags(path) for path in songs]
    assert [now.genres for now in found] == [("Polka",), *[("Rock", "Soul", "Indie Rock")] * 2]
    assert [now.moods for now in found] == [("Happy",)] * 3
    done(desk, desk.window.context.actions["edit.undo"].trigger)
    found = [read_tags(path) for path in songs]
    assert [(now.genres, now.moods) for now in found] == [(("Polka",), ()), ((), ()), ((), ())]
    settings = desk.window.context.settings
    assert (settings["files.styles"], settings["files.moods"]) == (True, True)


def test_without_tags_there_are_no_styles_and_moods_to_write(desk: Desk, songs: list[Path]) -> None:
    opened(desk, songs[:1])
    dialog = preview(desk)
    assert not dialog.styles.isEnabled()
    assert not dialog.moods.isEnabled()
    dialog.reject()


def test_the_nearest_genre_is_not_written_but_the_style_can_be(desk: Desk, songs: list[Path]) -> None:
    opened(desk, songs[:1], tags=TAGS, style="soul")
    dialog = preview(desk)
    assert (ticks(dialog), notes(dialog)) == ([False], ["Nearest genre only"])
    dialog.styles.click()
    assert (ticks(dialog), cells(dialog, 0)[1], notes(dialog)) == ([True], "Soul, Indie Rock", [""])
    dialog.reject()


def test_the_words_of_the_user_are_written(desk: Desk, songs: list[Path]) -> None:
    context = desk.window.context
    context.settings["tags.words"] = ("soul=Black music", "indie rock=")
    context.apply_tag_words()
    opened(desk, songs[:1], tags=TAGS)
    dialog = preview(desk)
    dialog.styles.click()
    assert dialog.model.edits[0].genres == ("Rock", "Black music")
    dialog.reject()


def test_unwritable_files_are_shown_with_a_reason(desk: Desk, songs: list[Path]) -> None:
    opened(desk, songs)
    songs[1].unlink()
    dialog = preview(desk)
    assert notes(dialog)[1] == "File not found"
    songs[0].chmod(0o444)
    done(desk, lambda: press(desk, dialog, "Write 2 files"))
    assert str(read_tags(songs[2])) == "Rock"
    assert desk.window.notice.property("tone") == "warning"
    press(desk, desk.window.notice, "Show details")
    assert "write-protected" in child(desk.window, TextDialog).text.toPlainText()
    (entry,) = [entry for entry in desk.window.activity_log.entries if entry.title == "Writing genre tags"]
    assert entry.state == "problems"
    assert "a.flac" in entry.details
    press(desk, desk.window.notice, "Undo")
    desk.bot.waitUntil(lambda: not desk.window.file_actions.tags.busy, timeout=PATIENCE_MS)
    assert str(read_tags(songs[2])) == ""


def test_closing_the_preview_stops_reading(desk: Desk, songs: list[Path]) -> None:
    opened(desk, songs)
    desk.window.context.actions["file.tags"].trigger()
    child(desk.window, TagDialog).reject()
    assert desk.workers.asked(tags.READ_TAGS) == []
    assert desk.workers.cancelled


def test_nothing_to_write_is_reported(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.mp3").touch()
    desk.window.open_paths([tmp_path / "a.mp3"])
    desk.until(lambda: len(desk.rows) == 1)
    desk.page.table.selectAll()
    desk.window.context.actions["file.tags"].trigger()
    assert desk.window.notice.accessibleName() == "There is no genre to write"


def test_without_earlier_writes_nothing_can_be_restored(desk: Desk) -> None:
    desk.window.file_actions.restore_tags()
    dialog = child(desk.window, RestoreDialog)
    assert not dialog.go.isEnabled()
    dialog.reject()
