"""Operations on the registry: retrain, promote, rollback, upgrade of an old home. Its starters are small here."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Answer
from tools.faults.operation import Operation, Report, home, parts, store

OLD_HOME = Path(__file__).parents[2] / "tests" / "packaging" / "home-0.1.0.tar.xz"


@cache
def import_all(folder: Path) -> None:
    """Import what these operations need, so that no run waits for it, and put small starters below ``folder``."""
    from genre_desktop.ml.data import reference_dataset
    from genre_desktop.ml.models import bundle
    from genre_desktop.ml.registry import connection, starter_models
    from genre_desktop.ml.training import trainer
    from tests.ml import tiny_models

    connection.load()
    bundle.save(tiny_models.linear(), folder / "champion")
    bundle.save(tiny_models.boosted(), folder / "fallback")
    starter_models.folder = lambda alias: folder / alias
    reference_dataset.shipped_path = lambda: folder / "none.npz"
    train = trainer.train
    trained: list[Any] = []

    def train_once(*args: Any, **named: Any) -> Any:
        """Train in the first run; it writes nothing, and the others have the same library."""
        if not trained:
            trained.append(train(*args, **named))
        return trained[0]

    trainer.train = train_once


@cache
def _rows() -> tuple[Any, Any]:
    from tests.ml import tiny_models

    return tiny_models.rows(6, seed=5)


def _with_registry(root: Path) -> None:
    from genre_desktop.ml.registry.starter_models import open_registry

    Database(home(root).create().store).close()
    with open_registry(home(root)):
        pass


def _promote(root: Path, report: Report) -> None:
    from genre_desktop.ml.registry.registry import Registry

    with Registry(home(root)) as registry:
        report("champion", registry.promote("2").champion)


def _promoted(root: Path) -> None:
    _with_registry(root)
    _promote(root, lambda what, value: None)


def _roll_back(root: Path, report: Report) -> None:
    from genre_desktop.ml.registry.registry import Registry

    with Registry(home(root)) as registry:
        report("champion", registry.rollback().champion)


def _champion_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    from genre_desktop.ml.registry import alias_snapshot

    for _, version in reported:
        if (alias_snapshot.aliases(home(root)) or {}).get("champion") != version:
            yield f"champion {version}"


def _with_library(root: Path) -> None:
    """A library whose genres the starters do not know, so that the new model is better, and a correction."""
    from genre_desktop.ml.features.schema import FEATURE_VERSION

    _with_registry(root)
    rows, labels = _rows()
    names = np.unique(labels)
    turned = dict(zip(names, np.roll(names, 1), strict=True))
    database = Database(home(root).store)
    with Library(database).together():
        for number, (row, label) in enumerate(zip(rows, labels, strict=True)):
            clip = Clip(
                f"clip {number}", f"/music/{number}.mp3", str(turned[label]), f"artist:{number}", "audio", 30.0,
                np.zeros(1), np.full(1, 30.0), row[None, :],
            )  # fmt: skip
            Library(database).put(clip, FEATURE_VERSION)
    answer = Answer(
        "/x.mp3",
        "pop",
        0.5,
        clip_hash="x",
        features=rows[0],
        feature_version=FEATURE_VERSION,
        duration_s=30.0,
    )
    Corrections(database).add(PredictionLog(database).add(answer, "file"), "jazz")
    database.close()


def _retrain(root: Path, report: Report) -> None:
    from genre_desktop.jobs.context import TaskContext
    from genre_desktop.ml.tasks import train

    result = train.run(TaskContext(parts(root)), {"families": ["lda"], "trials": 1})
    report("champion", result["version"] if result["promoted"] else result["champion_before"])


def _retrained_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    yield from _champion_kept(root, reported)
    if Library(store(root)).count() != len(_rows()[0]):
        yield "clips of the library"
    if not Corrections(store(root)).last_id() or (reported and Corrections(store(root)).waiting()):
        yield "the correction"


def _old_home(root: Path) -> None:
    home(root).root.mkdir(parents=True)
    with tarfile.open(OLD_HOME) as archive:
        archive.extractall(home(root).root, filter="data")


def _upgrade(root: Path, report: Report) -> None:
    from genre_desktop.ml.registry.starter_models import open_registry

    store(root)
    Settings.load(home(root).settings)
    with open_registry(home(root)):
        pass
    report("upgraded", "")


def _upgrade_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    if not (Corrections(store(root)).last_id() and Library(store(root)).count()):
        yield "rows of the old home"


_BOTH = (("1", "2"), ("2", "1"))
_RETRAINED = (("1", "2"), ("3", "1"), ("4", "3"), ("4", "1"))
OPERATIONS = {
    "retrain": Operation(_with_library, _retrain, _retrained_kept, True, _RETRAINED),
    "promote": Operation(_with_registry, _promote, _champion_kept, True, _BOTH),
    "rollback": Operation(_promoted, _roll_back, _champion_kept, True, _BOTH, "nothing-to-undo"),
    "upgrade of an old home": Operation(_old_home, _upgrade, _upgrade_kept, True),
}
