from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.analysis.spectrogram_cache import CACHED, SpectrogramCache
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.jobs.operations import SPECTROGRAM
from tests.fixtures.qt import GONE, Workers, picture


def row(key: int) -> ResultRow:
    return ResultRow(key, Path(f"/m/{key}.mp3"))


@pytest.fixture
def pictures(client: WorkerClient, workers: Workers) -> SpectrogramCache:
    return SpectrogramCache(client)


def test_a_picture_is_fetched_before_files_that_wait(
    pictures: SpectrogramCache, workers: Workers, qtbot: QtBot
) -> None:
    wanted = row(1)
    pictures.request(wanted)
    (request,) = workers.asked(SPECTROGRAM)
    assert (request.payload, workers.lanes[request.id]) == (str(wanted.path), "live")
    drawn = picture()
    with qtbot.waitSignal(pictures.came) as came:
        workers.say(request, drawn)
    assert came.args == [wanted, drawn]
    assert pictures.get(wanted) is drawn


def test_only_the_last_request_counts(pictures: SpectrogramCache, workers: Workers, qtbot: QtBot) -> None:
    pictures.request(row(1))
    first = workers.asked(SPECTROGRAM)[0]
    pictures.request(row(2))
    assert workers.cancelled == [first.id]
    pictures.request(row(2))  # requested already
    (second,) = workers.asked(SPECTROGRAM)
    with qtbot.waitSignal(pictures.came):
        workers.say(second, picture())


def test_why_there_is_no_picture(pictures: SpectrogramCache, workers: Workers, qtbot: QtBot) -> None:
    wanted = row(1)
    pictures.request(wanted)
    with qtbot.waitSignal(pictures.failed) as failed:
        workers.fail(workers.asked(SPECTROGRAM)[0])
    assert failed.args == [wanted, GONE]
    pictures.request(wanted)  # a second request is not confused with the first
    assert len(workers.asked(SPECTROGRAM)) == 1


def test_a_row_that_is_analysed_again_needs_its_picture_no_more(
    pictures: SpectrogramCache, workers: Workers, qtbot: QtBot
) -> None:
    wanted = row(1)
    pictures.request(wanted)
    (first,) = workers.asked(SPECTROGRAM)
    pictures.discard([row(2)])
    assert workers.cancelled == []
    pictures.discard([wanted])
    assert workers.cancelled == [first.id]
    pictures.request(wanted)
    (second,) = workers.asked(SPECTROGRAM)
    with qtbot.waitSignal(pictures.came):
        workers.say(second, picture())


def test_only_the_latest_are_cached(pictures: SpectrogramCache) -> None:
    rows = [row(key) for key in range(CACHED + 1)]
    for one in rows[:-1]:
        pictures.store(one, picture())
    assert pictures.get(rows[0]) is not None  # looked at: it is young again
    pictures.store(rows[-1], picture())
    assert pictures.get(rows[0]) is not None
    assert pictures.get(rows[1]) is None
    pictures.discard(rows[:1])
    assert pictures.get(rows[0]) is None
