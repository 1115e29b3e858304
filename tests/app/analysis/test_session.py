from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.analysis_queue import WITH_SPECTROGRAM
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.errors import Problem
from genre_desktop.core.paths import Home
from genre_desktop.core.types import Analysis
from genre_desktop.jobs.operations import SPECTROGRAM
from tests.fixtures.qt import Workers, answer, picture


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture
def session(client: WorkerClient, workers: Workers, home: Home) -> Iterator[AnalysisSession]:
    session = AnalysisSession(client, home=home)
    yield session
    session.close()


@pytest.fixture
def rows(session: AnalysisSession) -> list[ResultRow]:
    """Every row that was added, in the order of adding."""
    seen: list[ResultRow] = []
    session.rows_added.connect(seen.extend)
    return seen


def folder(tmp_path: Path, files: int) -> Path:
    music = tmp_path / "music"
    music.mkdir(exist_ok=True)
    for number in range(files):
        (music / f"{number:05}.mp3").touch()
    return music


def states(rows: list[ResultRow]) -> set[State]:
    return {row.state for row in rows}


def test_what_is_opened_or_looked_at_goes_first(
    session: AnalysisSession, workers: Workers, rows: list[ResultRow], qtbot: QtBot, tmp_path: Path
) -> None:
    session.open_paths([folder(tmp_path, 600)])
    qtbot.waitUntil(lambda: len(rows) == 600)
    assert len(workers.asked()) == 512
    (tmp_path / "new.mp3").touch()
    session.open_paths([tmp_path / "new.mp3"])
    qtbot.waitUntil(lambda: len(rows) == 601)
    session.set_current(rows[590])
    names = [Path(request.payload.path).name for request in workers.asked()[:3]]
    assert names == ["00590.mp3", "new.mp3", "00000.mp3"]
    assert rows[590].state is State.WAITING
    workers.say(workers.asked()[0], Analysis(answer(rows[590].path)))
    qtbot.waitUntil(lambda: rows[590].state is State.DONE)
    assert rows[600].state is State.WORKING


def test_files_that_are_opened_together_keep_their_order(
    session: AnalysisSession, workers: Workers, rows: list[ResultRow], qtbot: QtBot, tmp_path: Path
) -> None:
    session.open_paths([folder(tmp_path, 3)])
    qtbot.waitUntil(lambda: len(rows) == 3)
    session.open_paths([tmp_path / f"{name}.mp3" for name in "cab"])
    qtbot.waitUntil(lambda: len(rows) == 6)
    names = [Path(request.payload.path).name for request in workers.asked()]
    assert names == ["c.mp3", "a.mp3", "b.mp3", "00000.mp3", "00001.mp3", "00002.mp3"]


def test_a_file_is_read_and_comes_with_its_picture(
    session: AnalysisSession, workers: Workers, rows: list[ResultRow], qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.opened) as opened:
        session.open_paths([tmp_path / "a.mp3"])
    assert opened.args == rows
    (request,) = workers.asked()
    assert (request.payload.path, request.payload.source, request.payload.spectrogram) == (
        str(tmp_path / "a.mp3"), "file", True,
    )  # fmt: skip
    with qtbot.waitSignal(session.pictures.came):
        workers.answer_all("jazz")
    assert (rows[0].state, rows[0].genre) == (State.DONE, "jazz")
    assert session.pictures.get(rows[0]) is not None
    qtbot.waitUntil(lambda: not session.busy)


def test_files_that_were_found_but_have_no_row_yet_are_cancelled_too(
    session: AnalysisSession, rows: list[ResultRow], qtbot: QtBot, tmp_path: Path
) -> None:
    noticed: list[Problem] = []
    session.noticed.connect(noticed.append)
    found, report = threading.Event(), session._search._on_found
    session._search._on_found = lambda chunk: (report(chunk), found.set())
    session.open_paths([tmp_path / "a.mp3"])
    assert found.wait(60)  # and no event is handled meanwhile
    session.cancel()
    qtbot.waitUntil(lambda: not session.busy)
    assert (rows, noticed) == ([], [])


def test_a_picture_that_comes_with_the_answer_is_not_requested_again(
    session: AnalysisSession, workers: Workers, rows: list[ResultRow], qtbot: QtBot, tmp_path: Path
) -> None:
    session.row_changed.connect(session.set_current)  # as the window does with the row it shows
    session.open_paths([tmp_path / "a.mp3"])
    qtbot.waitUntil(lambda: len(workers.asked()) == 1)
    workers.answer_all("jazz")
    qtbot.waitUntil(lambda: rows[0].state is State.DONE)
    assert workers.asked(SPECTROGRAM) == []


def test_a_folder_is_read_without_pictures(
    session: AnalysisSession, workers: Workers, rows: list[ResultRow], qtbot: QtBot, tmp_path: Path
) -> None:
    session.open_paths([folder(tmp_path, 300)])
    qtbot.waitUntil(lambda: len(rows) == 300)
    last = workers.asked()[-1].payload
    assert (last.source, last.spectrogram) == ("batch", False)
    assert sum(request.payload.spectrogram for request in workers.asked()) <= WITH_SPECTROGRAM
    workers.answer_all()
    qtbot.waitUntil(lambda: states(rows) == {State.DONE})


def test_twenty_thousand_files(
    session: AnalysisSession, workers: Workers, rows: list[ResultRow], qtbot: QtBot, tmp_path: Path
) -> None:
    session.open_paths([folder(tmp_path, 20_000)])
    qtbot.waitUntil(lambda: len(rows) == 20_000, timeout=60_000)
    session.cancel()
    assert states(rows) == {State.CANCELLED}
    assert not session.busy or not workers.open


def test_relative_paths_are_made_absolute(
    session: AnalysisSession,
    rows: list[ResultRow],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    session.open_paths([Path("a.mp3")])
    qtbot.waitUntil(lambda: [row.path for row in rows] == [tmp_path / "a.mp3"])


def test_progress_is_emitted_while_files_are_analysed(
    session: AnalysisSession, workers: Workers, rows: list[ResultRow], qtbot: QtBot, tmp_path: Path
) -> None:
    reported = []
    session.progressed.connect(reported.append)
    session.open_paths([folder(tmp_path, 10)])
    assert reported[0].searching  # at once: a drop must show that it was accepted
    qtbot.waitUntil(lambda: len(rows) == 10)
    workers.answer_all()
    qtbot.waitUntil(lambda: (reported[-1].found, reported[-1].done, reported[-1].busy) == (10, 10, False))


def test_an_empty_folder_is_reported(session: AnalysisSession, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "readme.txt").touch()
    with qtbot.waitSignal(session.noticed) as noticed:
        session.open_paths([tmp_path])
    problem: Problem = noticed.args[0]
    assert problem.code == "no-audio-found"


def test_pause_and_resume(
    session: AnalysisSession, workers: Workers, rows: list[ResultRow], qtbot: QtBot, tmp_path: Path
) -> None:
    session.open_paths([folder(tmp_path, 5)])
    qtbot.waitUntil(lambda: len(workers.asked()) == 5)
    session.pause()
    assert session.paused
    assert session.snapshot().paused
    assert workers.open == {}
    session.resume()
    assert len(workers.asked()) == 5
    workers.answer_all()
    qtbot.waitUntil(lambda: states(rows) == {State.DONE})


def test_cancelling_keeps_answers_and_the_folder_goes_on_when_it_is_opened_again(
    client: WorkerClient, workers: Workers, qtbot: QtBot, tmp_path: Path, home: Home
) -> None:
    music = folder(tmp_path, 3)
    session = AnalysisSession(client, home=home, remembers=lambda: True)
    rows: list[ResultRow] = []
    session.rows_added.connect(rows.extend)
    session.open_paths([music])
    qtbot.waitUntil(lambda: len(workers.asked()) == 3)
    first = workers.asked()[0]
    workers.open = {first.id: first}
    workers.answer_all("jazz")
    qtbot.waitUntil(lambda: rows[0].state is State.DONE)
    session.cancel()
    assert [row.state for row in rows[1:]] == [State.CANCELLED, State.CANCELLED]
    session.close()

    client = WorkerClient()
    later = AnalysisSession(client, home=home, remembers=lambda: True)
    again: list[ResultRow] = []
    later.rows_added.connect(again.extend)
    with qtbot.waitSignal(later.restored):
        later.restore()
    later.open_paths([music])
    workers = Workers(client)
    qtbot.waitUntil(lambda: len(workers.asked()) == 2)
    assert (again[0].state, again[0].genre, len(again)) == (State.DONE, "jazz", 3)
    later.close()


def test_reading_again(
    session: AnalysisSession, workers: Workers, rows: list[ResultRow], qtbot: QtBot, tmp_path: Path
) -> None:
    session.open_paths([tmp_path / "a.mp3"])
    qtbot.waitUntil(lambda: len(workers.asked()) == 1)
    session.reanalyse(rows)  # it is being read: nothing to do
    assert len(workers.asked()) == 1
    workers.fail(workers.asked()[0])
    qtbot.waitUntil(lambda: rows[0].state is State.FAILED)
    session.reanalyse(rows)
    workers.answer_all("pop")
    qtbot.waitUntil(lambda: rows[0].genre == "pop")


def test_taking_rows_off_the_list(
    session: AnalysisSession, workers: Workers, rows: list[ResultRow], qtbot: QtBot, tmp_path: Path
) -> None:
    session.open_paths([folder(tmp_path, 3)])
    qtbot.waitUntil(lambda: len(workers.asked()) == 3)
    with qtbot.waitSignal(session.rows_removed) as removed:
        session.remove(rows[:1])
    assert removed.args == [rows[:1]]
    assert len(workers.asked()) == 2
    session.open_paths([rows[0].path])
    qtbot.waitUntil(lambda: len(rows) == 4)


def test_the_picture_of_what_is_looked_at_is_fetched(
    session: AnalysisSession, workers: Workers, rows: list[ResultRow], qtbot: QtBot, tmp_path: Path
) -> None:
    session.open_paths([folder(tmp_path, 10)])
    qtbot.waitUntil(lambda: len(workers.asked()) == 10)
    session.set_current(rows[9])  # handed over already, without the wish for a picture
    workers.answer_all()
    qtbot.waitUntil(lambda: len(workers.asked(SPECTROGRAM)) == 1)
    (request,) = workers.asked(SPECTROGRAM)
    assert request.payload == str(rows[9].path)
    with qtbot.waitSignal(session.pictures.came):
        workers.say(request, picture())
    session.set_current(rows[9])  # cached: not requested again
    assert workers.asked(SPECTROGRAM) == []
    session.set_current(None)
