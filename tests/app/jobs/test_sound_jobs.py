"""Songs of the list are compared by real jobs over a real store."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.jobs import sound_jobs
from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.app.jobs.sound_jobs import FoundSongs, SoundJob, SoundMap
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.ml.explain import comparison_clips
from genre_desktop.ml.features.schema import has_encoding
from tests.core.store.samples import answer

JOB_MS = 60_000
CLIPS = comparison_clips.reference()
ENCODED = np.flatnonzero(has_encoding(CLIPS.X))[:30]


@pytest.fixture
def jobs(qtbot: QtBot, home: Home) -> Iterator[JobManager]:
    jobs = JobManager(home)
    yield jobs
    jobs.close()


@pytest.fixture
def rows(home: Home) -> list[ResultRow]:
    """Thirty songs, one without a stored answer, one whose answer has no embedding."""
    database = Database(home.store)
    log, made = PredictionLog(database), []
    for key, place in enumerate(ENCODED):
        found = answer(str(key), features=CLIPS.X[place], feature_version="2")
        made.append(ResultRow(key, found.path, State.DONE, found, prediction_id=log.add(found, "file")))
    plain = answer("plain", features=CLIPS.X[0][:156])
    made.append(ResultRow(30, plain.path, State.DONE, plain, prediction_id=log.add(plain, "file")))
    made.append(ResultRow(31, "/music/unsaved.wav", State.DONE, answer("unsaved")))
    database.close()
    return made


def test_similar_songs_are_rows(qtbot: QtBot, jobs: JobManager, rows: list[ResultRow]) -> None:
    job = SoundJob(jobs, sound_jobs.SIMILAR)
    with qtbot.waitSignal(job.found, timeout=JOB_MS) as blocker:
        job.ask(rows, [rows[4]], 6)
        assert job.running
    found = blocker.args[0]
    assert isinstance(found, FoundSongs)
    assert (len(set(found.rows)), found.left_out) == (6, 1)
    assert not {rows[4], rows[30], rows[31]} & set(found.rows)
    assert not job.running


def test_a_song_that_cannot_be_compared_is_reported(
    qtbot: QtBot, jobs: JobManager, rows: list[ResultRow]
) -> None:
    job = SoundJob(jobs, sound_jobs.SIMILAR)
    with qtbot.waitSignal(job.failed, timeout=JOB_MS) as blocker:
        job.ask(rows, [rows[31]], 6)
    assert blocker.args[0].key == "no-sound-vector/unanswered"
    with qtbot.waitSignal(job.failed, timeout=JOB_MS) as blocker:
        job.ask(rows, [rows[30]], 6)
    assert blocker.args[0].key == "no-sound-vector"


def test_the_last_of_two_requests_is_answered(qtbot: QtBot, jobs: JobManager, rows: list[ResultRow]) -> None:
    job, found = SoundJob(jobs, sound_jobs.PATH), []
    job.found.connect(found.append)
    job.ask(rows, [rows[0], rows[9]], 5)
    job.ask(rows, [rows[9], rows[3]], 7)
    qtbot.waitUntil(lambda: not job.running, timeout=JOB_MS)
    (path,) = found
    assert (path.rows[0], path.rows[-1], len(path.rows)) == (rows[9], rows[3], 7)


def test_the_map_has_those_that_have_a_place(
    qtbot: QtBot, home: Home, jobs: JobManager, rows: list[ResultRow]
) -> None:
    job = SoundJob(jobs, sound_jobs.MAP)
    with qtbot.waitSignal(job.found, timeout=2 * JOB_MS) as blocker:
        job.ask(rows)
    found = blocker.args[0]
    assert isinstance(found, SoundMap)
    assert found.rows == tuple(rows[:30])
    assert found.points.shape == (30, 2)
    assert found.left_out == 1
    assert not (home.root / "cache" / "sound-map.bin").exists()


def test_a_cancelled_job_is_no_problem(qtbot: QtBot, jobs: JobManager, rows: list[ResultRow]) -> None:
    job = SoundJob(jobs, sound_jobs.MAP)
    with qtbot.waitSignal(job.failed, timeout=JOB_MS) as blocker:
        job.ask(rows)
        qtbot.waitUntil(lambda: bool(jobs.running(sound_jobs.MAP)), timeout=JOB_MS)
        job.cancel()
    assert blocker.args == [None]
