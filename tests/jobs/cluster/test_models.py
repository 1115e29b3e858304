from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.core.monitoring.serving_state import ModelFault
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.jobs.cluster.models import DeliveredModels, FaultCollector, Files, ModelNeeded, ModelSource


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture
def source(home: Home, db: Database) -> ModelSource:
    return ModelSource(home, db)


@pytest.fixture
def worker_home(tmp_path: Path) -> Home:
    return Home(tmp_path / "worker")


def test_a_worker_asks_for_a_model_once_and_keeps_it(source: ModelSource, worker_home: Home) -> None:
    scheduler: dict[str, Files] = {}
    asked: list[str] = []

    def fetch(digest: str) -> Files | None:
        asked.append(digest)
        return scheduler.get(digest)

    served = source.served("champion")
    models = DeliveredModels(worker_home, fetch)
    for _ in range(2):  # champion, then fallback
        with pytest.raises(ModelNeeded) as needed:
            models.use(served)
        scheduler[needed.value.digest] = source.files(needed.value.digest)
    models.use(served)
    assert models.get(models.find("champion")).classes
    assert len(asked) == 4
    models.use(served)
    again = DeliveredModels(worker_home, fetch)  # another process of this computer
    again.use(served)
    assert len(asked) == 4


def test_a_model_damaged_on_the_disk_of_a_worker_is_fetched_again(
    source: ModelSource, worker_home: Home
) -> None:
    served = source.served("champion")
    first = DeliveredModels(worker_home, source.files)
    first.use(served)
    folder = first.find("champion").path(worker_home)
    part = max(folder.iterdir(), key=lambda path: path.stat().st_size if path.is_file() else 0)
    part.write_bytes(part.read_bytes()[:100])
    again = DeliveredModels(worker_home, source.files)
    again.use(served)
    assert again.get(again.find("champion")).classes


def test_workers_that_fetch_a_model_at_once_leave_each_other_the_files(
    source: ModelSource, worker_home: Home
) -> None:
    served = source.served("champion")
    digests = {version.digest for version in served.snapshot.versions.values()}
    files = {digest: source.files(digest) for digest in digests}
    together = Barrier(6)

    def fetch(digest: str) -> Files:
        together.wait(60)
        return files[digest]

    def use(models: DeliveredModels) -> int:
        models.use(served)
        assert models.get(models.find("champion")).classes
        return models.find("champion").path(worker_home).stat().st_ino

    with ThreadPoolExecutor(together.parties) as threads:
        folders = threads.map(use, [DeliveredModels(worker_home, fetch) for _ in range(together.parties)])
        assert len(set(folders)) == 1


def test_a_tampered_model_is_refused_when_it_is_asked_to_answer(
    source: ModelSource, worker_home: Home
) -> None:
    def tampered(digest: str) -> Files:
        return {name: data.replace(b"jazz", b"jass") for name, data in source.files(digest).items()}

    models = DeliveredModels(worker_home, tampered)
    models.use(source.served("champion"))
    with pytest.raises(AppError) as caught:
        models.get(models.find("champion"))
    assert caught.value.problem.code == "model-digest"


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil", "base/../../evil"])
def test_a_name_outside_the_bundle_is_refused(source: ModelSource, worker_home: Home, name: str) -> None:
    models = DeliveredModels(worker_home, lambda digest: {name: b"evil"})
    with pytest.raises(AppError) as caught:
        models.use(source.served("champion"))
    assert caught.value.problem.code == "model-type"
    assert not list(worker_home.root.parent.rglob("evil"))


def test_faults_are_kept_for_the_desktop(source: ModelSource) -> None:
    collector = FaultCollector()
    collector.report(ModelFault("champion", "model-raised", message("It raised an error.")))
    events = collector.take()
    assert [event.alias for event in events if isinstance(event, ModelFault)] == ["champion"]
    assert collector.take() == ()
    for event in events:
        source.report(event)
    assert source.served("champion").state.active == "fallback"
