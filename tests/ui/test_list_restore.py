"""The restored list in a new window: shown, selected, corrected, exported, resumed, cleared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis import list_persistence
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.files.song_collector import songs_of
from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Analysis
from genre_desktop.jobs.operations import SPECTROGRAM
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.dialogs import quit as quit_dialog
from genre_desktop.ui.pages.analyse.page import AnalysePage
from genre_desktop.ui.plotting.loader import PlotLoader
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.window.file_actions import REMEMBERED
from genre_desktop.ui.window.main_window import MainWindow
from tests.fixtures.qt import GONE, PATIENCE_MS, Workers, answer, picture
from tests.ui.conftest import Desk

Start = Callable[[], Desk]


@pytest.fixture
def start(
    home: Home, theme: Theme, plots: PlotLoader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    """Close the open window and open another one on the same home."""
    monkeypatch.setattr(quit_dialog, "ask_to_quit", lambda *_: QMessageBox.StandardButton.Yes)
    current: list[Desk] = []

    def close() -> None:
        while current:
            desk = current.pop()
            context = desk.window.context
            desk.window.close()
            desk.window.close_pages()
            desk.window.notifications.close()
            for part in (context.session, context.jobs, context.client):
                part.close()
            context.close()
            desk.page.model.settle()  # otherwise its timer updates a deleted page
            shiboken6.delete(desk.window)

    def open_window() -> Desk:
        close()
        settings, client = Settings.load(home.settings), WorkerClient()
        workers = Workers(client)
        session = AnalysisSession(
            client, home=home, remembers=lambda: all(settings[key] for key in REMEMBERED)
        )
        memory = QSettings(str(home.root / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(
            AppContext(home, settings, theme, client, JobManager(home), session, plots, memory)
        )
        with qtbot.waitSignal(window.painted, timeout=PATIENCE_MS):
            window.show()
        with qtbot.waitSignal(session.restored, timeout=PATIENCE_MS):
            session.restore()
        current.append(Desk(window, workers, qtbot))
        return current[0]

    yield open_window
    close()


def shown(desk: Desk) -> list[list[str]]:
    """Return file, genre and status of each row of the table."""
    model = desk.page.model
    places = [
        i for i in range(model.columnCount()) if model.headerData(i, Qt.Orientation.Horizontal) in COLUMNS
    ]
    return [[str(model.index(row, place).data()) for place in places] for row in range(model.rowCount())]


COLUMNS = ("File", "Genre", "Status")


def button(desk: Desk, text: str) -> QAbstractButton:
    found = [b for b in desk.window.notice.findChildren(QAbstractButton) if b.text() == text]
    return found[-1]


def open_stored(desk: Desk, name: str, genre: str) -> None:
    """Open a file and store its answer."""
    desk.window.open_paths([Path("/music") / name])
    desk.until(lambda: len(desk.workers.asked()) == 1)
    (request,) = desk.workers.asked()
    found = answer(request.payload.path, genre, clip_hash=f"hash of {name}")
    number = PredictionLog(desk.window.context.database).add(found, "file")
    desk.workers.say(request, Analysis(found, picture(), number))
    desk.until(lambda: not desk.window.context.session.busy)


def test_order_and_current_row_are_restored(start: Start) -> None:
    desk = start()
    desk.open("b.mp3", "a.mp3", genre="jazz")
    desk.page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    desk.page.table.show_row(desk.rows[1])
    again = start()
    assert shown(again) == [["a.mp3", "Jazz", "Done"], ["b.mp3", "Jazz", "Done"]]
    assert [row.name for row in again.rows] == ["b.mp3", "a.mp3"]
    assert again.window.status_bar.text.text() == "2 files from last time"
    current = again.page.current
    assert current is not None
    assert current.name == "a.mp3"
    assert again.page.card.answer.isVisible()
    (request,) = again.workers.asked(SPECTROGRAM)
    again.load_plots()
    again.workers.say(request, picture())
    again.until(lambda: again.page.panel.has_picture)


def test_corrections_are_restored_and_can_be_withdrawn(start: Start) -> None:
    desk = start()
    open_stored(desk, "a.mp3", "rock")
    open_stored(desk, "b.mp3", "pop")
    desk.page.table.show_row(desk.rows[0])
    desk.page.correct("jazz")
    again = start()
    assert shown(again) == [["a.mp3", "Jazz", "Corrected"], ["b.mp3", "Pop", "Done"]]
    again.page.table.show_row(again.rows[0])
    again.page.remove_labels()
    again.page.table.show_row(again.rows[1])
    again.page.confirm()
    assert shown(start()) == [["a.mp3", "Rock", "Done"], ["b.mp3", "Pop", "Confirmed"]]


def test_a_missing_file_is_reported_when_it_is_selected(start: Start) -> None:
    start().open("a.mp3")
    again = start()
    again.load_plots()
    again.page.table.show_row(again.rows[0])
    (request,) = again.workers.asked(SPECTROGRAM)
    with again.bot.waitSignal(again.window.context.session.pictures.failed) as failed:
        again.workers.fail(request)
    assert failed.args[1] == GONE
    assert again.page.card.answer.isVisible()
    again.page.again()
    again.workers.fail(again.workers.asked()[0])
    again.until(lambda: again.rows[0].state is State.FAILED)
    assert shown(start()) == [["a.mp3", "", GONE.title]]


def test_songs_and_exports_contain_restored_rows(start: Start, tmp_path: Path) -> None:
    start().open("a.mp3", "b.mp3", genre="jazz")
    again = start()
    songs = songs_of(again.page.model.shown)
    assert [(Path(song.path).name, song.genre, song.duration_s) for song in songs] == [
        ("a.mp3", "jazz", 60.0),
        ("b.mp3", "jazz", 60.0),
    ]
    out = tmp_path / "genres.json"
    with again.bot.waitSignal(again.window.file_actions.exporter.saved, timeout=PATIENCE_MS):
        again.window.file_actions.exporter.save(out, again.page.model.shown)
    assert '"end_s": 30.0' in out.read_text("utf-8")  # segments and all


def test_a_removal_and_its_undo_are_stored(start: Start) -> None:
    start().open("a.mp3", "b.mp3", "c.mp3")
    again = start()
    again.page.table.show_row(again.rows[0])
    again.page.remove()
    again = start()
    assert [row.name for row in again.rows] == ["b.mp3", "c.mp3"]
    again.page.clear()
    again.window.context.undo.undo()
    again = start()
    assert [row.name for row in again.rows] == ["b.mp3", "c.mp3"]
    again.page.clear()
    assert start().rows == []


def test_clearing_includes_rows_still_being_restored(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_persistence, "PAGE", 2)
    start().open(*(f"{number}.mp3" for number in range(6)))
    came = AnalysePage._on_rows_added
    pages = []

    def rows_came(page: AnalysePage, rows: list[ResultRow]) -> None:
        came(page, rows)
        if page._context.session.restoring:
            pages.append(len(rows))
            page.clear()

    with monkeypatch.context() as patch:
        patch.setattr(AnalysePage, "_on_rows_added", rows_came)
        again = start()
    assert pages == [2, 2, 2]
    assert again.rows == []
    again.window.context.undo.undo()
    assert len(again.rows) == 6
    again.window.context.undo.redo()
    assert start().rows == []


def test_files_opened_during_restoring_are_appended_and_visible(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_persistence, "PAGE", 30)
    start().open(*(f"{number}.mp3" for number in range(70)))  # the last ten come with the end
    monkeypatch.setattr(list_persistence, "PAUSE_MS", 1000)
    came, opened = AnalysePage._on_rows_added, []

    def rows_came(page: AnalysePage, rows: list[ResultRow]) -> None:
        came(page, rows)
        if not opened:
            opened.append("opening")
            session = page._context.session
            session.opened.connect(lambda row: opened.append((row.name, session.restoring)))
            session.open_paths([Path("/music/new.mp3")])

    monkeypatch.setattr(AnalysePage, "_on_rows_added", rows_came)
    desk = start()
    assert opened == ["opening", ("new.mp3", True)]
    table = desk.page.table
    assert desk.page.model.shown[-1].name == "new.mp3"
    assert table.currentIndex().row() == 70
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


def test_unread_files_can_be_resumed(start: Start) -> None:
    desk = start()
    desk.window.open_paths([Path("/music") / name for name in ("a.mp3", "b.mp3")])
    desk.until(lambda: len(desk.workers.asked()) == 2)
    again = start()
    again.until(again.window.notice.isVisible)
    assert shown(again) == [["a.mp3", "", "Pending"], ["b.mp3", "", "Pending"]]
    button(again, "Resume").click()
    again.until(lambda: len(again.workers.asked()) == 2)
    assert not again.window.notice.isVisible()
    again.workers.answer_all("pop")
    again.until(lambda: [row.genre for row in again.rows] == ["pop", "pop"])


def test_a_folder_is_resumed_with_its_rows(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "music"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.mp3").touch()
    desk = start()
    desk.window.open_paths([folder])
    desk.window.open_paths([Path("/elsewhere/x.mp3")])
    desk.until(lambda: len(desk.workers.asked()) == 4)
    request = next(asked for asked in desk.workers.asked() if asked.payload.path.endswith("1.mp3"))
    desk.workers.say(request, Analysis(answer(request.payload.path, "jazz")))
    desk.until(lambda: any(row.genre == "jazz" for row in desk.rows))
    before = [row.path for row in desk.rows]

    again = start()
    again.until(again.window.notice.isVisible)
    button(again, "Resume").click()
    again.until(lambda: len(again.workers.asked()) == 3)
    again.workers.answer_all("pop")
    again.until(lambda: not again.window.context.session.busy)
    assert [row.path for row in again.rows] == before
    assert sorted(row.genre for row in again.rows) == ["jazz", "pop", "pop", "pop"]

    last = start()
    assert sorted(row.genre for row in last.rows) == ["jazz", "pop", "pop", "pop"]
    assert not last.window.context.session.unread
    assert not last.window.notice.isVisible()


@pytest.mark.parametrize("key", REMEMBERED)
def test_with_a_setting_off_nothing_is_stored(start: Start, key: str) -> None:
    desk = start()
    desk.open("a.mp3")
    desk.window.context.settings[key] = False
    desk.window.context.changes.changed.emit(key)
    desk.open("b.mp3")
    assert start().rows == []
    desk = start()
    assert desk.window.context.memory.value("analyse/current").isEmpty()
    desk.window.context.settings[key] = True
    desk.window.context.changes.changed.emit(key)
    desk.open("c.mp3")
    assert [row.name for row in start().rows] == ["c.mp3"]
