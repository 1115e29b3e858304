"""After a folder was analysed by real workers, each answer is in one row of the store, whoever asked for it."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.batch_checkpoints import BatchRequest
from genre_desktop.core.store.database import Database
from genre_desktop.core.types import Answer
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint
from genre_desktop.jobs.batch.runner import Batch
from genre_desktop.jobs.workers.pool import WorkerPool
from tests.fixtures.qt import quiet_platform
from tools import synthetic_audio

quiet_platform()
PATIENCE_MS = 120_000


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    for seed in range(2):
        sound = synthetic_audio.music(8.0, 22_050, 1, seed=seed)
        synthetic_audio.write(folder / f"{seed}.wav", sound, 22_050)
    return folder


def rows_with(home: Home, answer: Answer) -> list[str]:
    """The table of each row that holds all probabilities or the segments of an answer."""
    marks = [repr(answer.probabilities[-1].probability), repr(answer.segments[-1].probability)]
    found = []
    with closing(sqlite3.connect(home.store)) as store:
        names = [row[0] for row in store.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for name in names:
            texts = ["\n".join(map(as_text, row)) for row in store.execute(f"SELECT * FROM {name}")]
            found += [name for text in texts if any(mark in text for mark in marks)]
    return found


def as_text(value: object) -> str:
    if not isinstance(value, bytes):
        return value if isinstance(value, str) else ""
    try:
        return zlib.decompress(value).decode()
    except zlib.error:
        return value.decode("utf-8", "replace")


def analysed(home: Home, music: Path, bot: QtBot) -> list[ResultRow]:
    """What the window's session says of a folder."""
    client = WorkerClient()
    rows: list[ResultRow] = []
    session = AnalysisSession(client, home=home, remembers=lambda: True)
    session.rows_added.connect(rows.extend)
    with WorkerPool(home, client.bridge) as host:
        client.attach(host)
        session.open_paths([music])
        bot.waitUntil(lambda: len(rows) == 2 and not session.busy, timeout=PATIENCE_MS)
    session.close()
    client.close()
    return rows


def restored(home: Home, bot: QtBot) -> list[ResultRow]:
    rows: list[ResultRow] = []
    session = AnalysisSession(WorkerClient(), home=home, remembers=lambda: True)
    session.rows_added.connect(rows.extend)
    with bot.waitSignal(session.restored):
        session.restore()
    assert [row.answer is not None for row in rows] == [True] * len(rows)  # read before the store is closed
    session.close()
    return rows


@pytest.mark.parametrize(("remember", "table"), [(True, "predictions"), (False, "listing")])
def test_the_windows_answers(tmp_path: Path, music: Path, qtbot: QtBot, remember: bool, table: str) -> None:
    home = Home(tmp_path / "home").create()
    settings = Settings.load(home.settings)
    settings["privacy.remember"] = remember
    settings.save()
    rows = analysed(home, music, qtbot)
    assert [row.state for row in rows] == [State.DONE] * 2
    for row in rows:
        assert row.answer is not None
        assert rows_with(home, row.answer) == [table]
    assert [row.answer for row in restored(home, qtbot)] == [row.answer for row in rows]


def test_the_command_lines_answers_while_it_can_still_be_resumed(tmp_path: Path, music: Path) -> None:
    home = Home(tmp_path / "home").create()
    database = Database(home.store)
    request = BatchRequest((str(music),))
    with WorkerPool(home, lambda event: None) as host:
        batch = Batch(host, request, BatchCheckpoint(home, database, request, resume=False))
        first = next(run := batch.run())
        run.close()
        assert rows_with(home, first.analysis.answer) == ["predictions"]
        again = list(Batch(host, request, BatchCheckpoint(home, database, request, resume=True)).run())
    kept = next(done for done in again if done.path == first.path)
    assert kept.restored
    assert kept.analysis.answer.to_dict() == first.analysis.answer.to_dict()
    assert kept.analysis.prediction_id == first.analysis.prediction_id
    database.close()
