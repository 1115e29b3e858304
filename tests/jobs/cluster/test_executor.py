from __future__ import annotations

import os
import queue
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.store.batch_checkpoints import BatchRequest
from genre_desktop.core.store.database import Database
from genre_desktop.core.types import AnalyseRequest, Analysis
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint
from genre_desktop.jobs.batch.runner import Batch
from genre_desktop.jobs.cluster.executor import ClusterExecutor
from genre_desktop.jobs.executor import Executor
from genre_desktop.jobs.messages import Failure, RequestCancelled, RequestEvent, Result
from genre_desktop.jobs.workers.pool import WorkerPool
from genre_desktop.ml.models import bundle
from tests.fixtures.dask_cluster import Scheduler, scheduler, workers
from tests.jobs.cluster.sample_operations import MODULE, Item
from tools import synthetic_audio

PATIENCE_S = 120.0


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scheduler]:
    """A scheduler and two workers, with a home of their own."""
    folder = tmp_path_factory.mktemp("cluster")
    with scheduler(folder) as running, workers(running, 2):
        running.workers(at_least=2)
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture
def executor(cluster: Scheduler, home: Home) -> Iterator[ClusterExecutor]:
    with ClusterExecutor(home, cluster.options) as running:
        yield running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "song.txt"
    path.write_bytes(b"la la la")
    return path


def run(executor: Executor, op: str, payload: Any) -> RequestEvent:
    """Return the event that ends a request."""
    events: queue.Queue[RequestEvent] = queue.Queue()
    executor.submit(op if ":" not in op else f"{MODULE}{op}", payload, on_event=events.put)
    return events.get(timeout=PATIENCE_S)


def test_a_file_that_the_worker_sees_is_read_where_it_is(executor: ClusterExecutor, file: Path) -> None:
    found = run(executor, ":read", Item(str(file)))
    assert isinstance(found, Result)
    assert found.value[0] != os.getpid()
    assert found.value[1] == b"la la la"
    assert executor.load().workers == 2


def test_a_file_that_the_worker_sees_differently_is_sent(
    executor: ClusterExecutor, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from genre_desktop.jobs.cluster import executor as module
    from genre_desktop.jobs.cluster.files import CHUNK, FileStamp

    data = os.urandom(2 * CHUNK + 7)
    file.write_bytes(data)
    seen_here = replace(FileStamp.of(str(file)), modified=1)  # type: ignore[type-var]
    monkeypatch.setattr(module.FileStamp, "of", lambda path: seen_here)
    found = run(executor, ":read", Item(str(file)))
    assert isinstance(found, Result)
    assert found.value[1] == data


def test_a_file_over_the_limit_has_a_clear_error(
    cluster: Scheduler, home: Home, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from genre_desktop.jobs.cluster import executor as module

    file.write_bytes(bytes(2 * 2**20))
    monkeypatch.setattr(module.FileStamp, "of", lambda path: None)
    with ClusterExecutor(home, replace(cluster.options, upload_mb=1)) as small:
        found = run(small, ":read", Item(str(file)))
    assert isinstance(found, Failure)
    assert found.problem.code == "cluster-file-too-large"
    assert "song.txt is 2 MB large" in found.problem.reason


def test_a_file_that_is_gone_has_a_clear_error(executor: ClusterExecutor, home: Home, tmp_path: Path) -> None:
    found = run(executor, "analyse", AnalyseRequest(str(tmp_path / "gone.mp3")))
    assert isinstance(found, Result)
    assert found.value.answer.error.code == "missing-file"


def test_problems_of_the_file_and_bugs_arrive_as_problems(executor: ClusterExecutor, file: Path) -> None:
    refused = run(executor, ":refuse", Item(str(file)))
    assert isinstance(refused, Failure)
    assert refused.problem.code == "refused"
    stumbled = run(executor, ":stumble", Item(str(file)))
    assert isinstance(stumbled, Failure)
    assert stumbled.problem.code == "unexpected"


def test_a_cancelled_request_ends_at_once_and_its_worker_stops(
    executor: ClusterExecutor, file: Path, tmp_path: Path
) -> None:
    events: queue.Queue[RequestEvent] = queue.Queue()
    marks = tmp_path / "marks"
    marks.mkdir()
    numbers = [
        executor.submit(f"{MODULE}:pause", Item(str(file), str(marks), 3600.0), on_event=events.put)
        for _ in range(2)
    ]
    while len(list(marks.iterdir())) < 2:
        assert events.empty()
    for number in numbers:
        executor.cancel(number)
    assert {events.get(timeout=PATIENCE_S) for _ in numbers} == {RequestCancelled(n) for n in numbers}
    found = run(executor, ":read", Item(str(file)))  # which needs a worker that is free again
    assert isinstance(found, Result)
    assert not [mark for mark in marks.iterdir() if ".ended." in mark.name]


def test_nothing_follows_after_the_stop(cluster: Scheduler, home: Home, file: Path, tmp_path: Path) -> None:
    events: queue.Queue[RequestEvent] = queue.Queue()
    with ClusterExecutor(home, cluster.options) as running:
        for _ in range(8):
            running.submit(f"{MODULE}:pause", Item(str(file), "", 0.5), on_event=events.put)
    assert events.empty()


def answers(executor: Executor, home: Home, folder: Path) -> dict[str, tuple[dict[str, Any], bytes, int]]:
    """Analyse a folder; return what is shown of each file, its features, and its number in the store."""
    request = BatchRequest((str(folder),))
    database = Database(home.store)
    before = _stored(database)
    batch = Batch(executor, request, BatchCheckpoint(home, database, request, resume=False))
    found = {}
    for row in batch.run():
        answer = row.analysis.answer
        shown = answer.to_dict() | {"elapsed_ms": 0, "probabilities": answer.probabilities}
        features = b"" if answer.features is None else answer.features.tobytes()
        found[row.path] = (shown, features, row.analysis.prediction_id or 0)
    assert _stored(database) - before == len({number for _, _, number in found.values() if number})
    database.close()
    return found


def _stored(database: Database) -> int:
    return int(database.connection.execute("SELECT count(*) FROM predictions").fetchone()[0])


def test_a_hundred_answers_are_those_of_this_computer_to_the_bit(
    executor: ClusterExecutor, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "music"
    folder.mkdir()
    suffixes = (".wav", ".flac", ".mp3", ".ogg", ".opus")
    for n in range(98):
        sound = synthetic_audio.music(3.0 + n % 3, seed=n)
        synthetic_audio.write(folder / f"{n:02}{suffixes[n % 5]}", sound)
    synthetic_audio.truncate(synthetic_audio.write(folder / "damaged.mp3", synthetic_audio.music(6.0)), 0.5)
    (folder / "junk.mp3").write_bytes(b"junk" * 1000)
    with WorkerPool(Home(tmp_path / "other").create(), lambda event: None, 2) as pool:
        here = answers(pool, Home(tmp_path / "other"), folder)
    by_path = answers(executor, home, folder)
    executor._invisible.add(str(folder))  # as on workers that do not see the folder
    by_bytes = answers(executor, home, folder)
    assert len(here) == 100
    assert {path: row[:2] for path, row in by_path.items()} == {path: row[:2] for path, row in here.items()}
    assert {path: row[:2] for path, row in by_bytes.items()} == {path: row[:2] for path, row in here.items()}


def test_the_models_travel_by_digest(executor: ClusterExecutor, cluster: Scheduler) -> None:
    demo = str(shipped("resources", "demo.flac"))
    found = run(executor, "measure", AnalyseRequest(demo, mode="excerpt"))
    assert isinstance(found, Result)
    assert isinstance(found.value, Analysis)
    assert found.value.answer.model is not None
    delivered = cluster.home.root / "cluster" / "models"
    assert {bundle.digest_of(folder) for folder in delivered.iterdir()} == {
        bundle.digest_of(shipped("models", alias)) for alias in ("champion", "fallback")
    }
