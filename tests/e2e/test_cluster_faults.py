"""A cluster whose parts go away: nothing is lost, and nothing is twice in the store."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.store.batch_checkpoints import BatchRequest
from genre_desktop.core.store.database import Database
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint
from genre_desktop.jobs.batch.runner import Batch, BatchResult
from genre_desktop.jobs.cluster.client import TRIES
from genre_desktop.jobs.cluster.executor import ClusterExecutor
from tests.fixtures import cut_network
from tests.fixtures.cut_network import Network
from tests.fixtures.dask_cluster import Scheduler, plain_worker, scheduler, until, workers
from tests.jobs.cluster import sample_operations
from tools import synthetic_audio

pytestmark = pytest.mark.skipif(bool(cut_network.reason_to_skip()), reason=cut_network.reason_to_skip())

FILES = 60


@pytest.fixture
def network() -> Iterator[Network]:
    with cut_network.network() as made:
        yield made


@pytest.fixture
def cluster(tmp_path: Path, network: Network) -> Iterator[Scheduler]:
    """A scheduler and two workers in a network of their own."""
    with scheduler(tmp_path, network=network) as running, workers(running, 2):
        running.workers(at_least=2)
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("music")
    for n in range(FILES):
        synthetic_audio.write(folder / f"{n:02}.wav", synthetic_audio.music(4.0, seed=n))
    return folder


class Run:
    """A batch in a thread of its own, on a cluster."""

    def __init__(self, home: Home, cluster: Scheduler, folder: Path, op: str = "analyse") -> None:
        self.rows: list[BatchResult] = []
        self._database = Database(home.store)
        request = BatchRequest((str(folder),))
        self.executor = ClusterExecutor(home, cluster.options)
        checkpoint = BatchCheckpoint(home, self._database, request, resume=False)
        self._batch = Batch(self.executor, request, checkpoint, op)
        self._thread = threading.Thread(target=lambda: self.rows.extend(self._batch.run()), daemon=True)
        self._thread.start()

    def after(self, rows: int) -> None:
        """Wait until so many rows are there."""
        until(lambda: len(self.rows) >= rows)

    def end(self) -> None:
        """Wait for the end; every file has one answer, and one in the store."""
        self._thread.join(300)
        assert not self._thread.is_alive()
        self.executor.stop()
        assert Counter(Path(row.path).name for row in self.rows) == Counter(
            f"{n:02}.wav" for n in range(FILES)
        )
        assert all(row.analysis.answer.ok for row in self.rows)
        assert stored(self._database) == Counter(f"{n:02}.wav" for n in range(FILES))
        self._database.close()


def stored(database: Database) -> Counter[str]:
    paths = database.connection.execute("SELECT path FROM predictions").fetchall()
    return Counter(Path(path).name for (path,) in paths)


def working(cluster: Scheduler) -> list[psutil.Process]:
    """Return the processes that run tasks."""
    found = psutil.Process(cluster.commands[0].pid).children(recursive=True)
    return [process for process in found if any("spawn_main" in part for part in process.cmdline())]


def test_a_worker_that_is_killed_costs_nothing(cluster: Scheduler, home: Home, music: Path) -> None:
    run = Run(home, cluster, music)
    run.after(5)
    working(cluster)[0].kill()
    run.end()
    assert run.executor.load().lost == 1


def test_half_of_the_workers_may_go(cluster: Scheduler, home: Home, music: Path) -> None:
    with workers(cluster, 2, Home(home.root / "other").create()) as others:
        cluster.workers(at_least=4)
        run = Run(home, cluster, music)
        run.after(5)
        for process in [*psutil.Process(others.pid).children(recursive=True), psutil.Process(others.pid)]:
            process.kill()
        run.end()
    assert run.executor.load().lost == 2


def test_the_scheduler_may_be_killed_and_come_back(cluster: Scheduler, home: Home, music: Path) -> None:
    run = Run(home, cluster, music)
    run.after(5)
    cluster.kill()
    time.sleep(2.0)
    cluster.start()
    run.end()
    assert run.executor.load().repeated > 0


def test_the_network_may_be_cut_for_twenty_seconds(
    cluster: Scheduler, network: Network, home: Home, music: Path
) -> None:
    run = Run(home, cluster, music)
    run.after(5)
    network.cut()
    time.sleep(20.0)
    before = len(run.rows)
    network.mend()
    run.end()
    assert before < FILES


def test_workers_of_another_version_get_no_work(
    tmp_path: Path, network: Network, home: Home, music: Path
) -> None:
    old = ("--resources", "genre-desktop/0.0.9/1/00000000=1")
    with scheduler(tmp_path, network=network) as cluster, plain_worker(cluster, *old):
        cluster.workers(at_least=1)
        with pytest.raises(AppError) as caught:
            ClusterExecutor(home, cluster.options)
        assert caught.value.problem.code == "cluster-other-version"
        assert "0.0.9" in caught.value.problem.reason
        with workers(cluster, 1):
            cluster.workers(at_least=2)
            run = Run(home, cluster, music)
            run.end()
            assert run.executor.load().workers == 1


def test_a_file_that_ends_its_workers_is_given_up_and_the_rest_goes_on(
    cluster: Scheduler, home: Home, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n:02}.wav").write_text("kill" if n == 7 else "fine")
    run = Run(home, cluster, folder, f"{sample_operations.MODULE}:answer_or_kill")
    run._thread.join(300)
    run.executor.stop()
    failed = {
        Path(row.path).name: row.analysis.answer.error for row in run.rows if not row.analysis.answer.ok
    }
    assert len(run.rows) == 40
    assert list(failed) == ["07.wav"]
    assert f"{TRIES} workers of the cluster ended" in str(failed["07.wav"])
    run._database.close()


def predict(home: Home, cluster: Scheduler, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "genre_desktop",
        "predict",
        str(folder),
        "--json",
        "--home",
        str(home.root),
    ]
    command += ["--cluster", cluster.address, "--insecure", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_desktop_that_is_killed_goes_on_where_it_was(cluster: Scheduler, home: Home, music: Path) -> None:
    first = predict(home, cluster, music)
    assert first.stdout is not None
    shown = [first.stdout.readline() for _ in range(8)]
    first.kill()
    first.communicate()
    assert all(json.loads(line)["error"] is None for line in shown)
    second = predict(home, cluster, music, "--resume")
    output, messages = second.communicate(timeout=300)
    rows = [json.loads(line) for line in output.splitlines()]
    assert second.returncode == 0, messages
    assert "Resuming:" in messages
    assert Counter(Path(row["path"]).name for row in rows) == Counter(f"{n:02}.wav" for n in range(FILES))
    database = Database(home.store)
    assert stored(database) == Counter(f"{n:02}.wav" for n in range(FILES))
    database.close()
