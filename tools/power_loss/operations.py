"""The operations whose writes are recorded: those of ``tools.faults`` that write to the home, and some of their own."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database, unpack
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult
from genre_desktop.core.types import Answer, GenreScore
from tools.faults import operations, registry_operations, song_operations
from tools.faults.operation import Operation, Report, home


def _write_tags(root: Path, report: Report) -> None:
    """As the operation of the faults, and say when the tags are about to be restored."""
    from genre_desktop.core.store.tag_history import TagWrites
    from genre_desktop.core.tag_rules import Edit
    from genre_desktop.jobs.context import ProcessResources, TaskContext
    from genre_desktop.jobs.tasks import tags

    with closing(ProcessResources(home(root))) as parts:
        for song in sorted((root / "music").rglob("[0-9]*.flac")):
            tags.write_one(TagWrites(parts.database), 1, Edit(str(song), ("Jazz",)))
            report("written", str(song))
        report("restoring", "")
        tags.restore(TaskContext(parts), {"batch": 1})
        report("restored", "")


def _tags_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    from genre_desktop.audio.tags import read_tags

    yield from OF_FAULTS["tag write and undo"].kept(root, [one for one in reported if one[0] != "restoring"])
    if ("restoring", "") not in reported:
        for what, song in reported:
            if not read_tags(Path(song)).genres:
                yield f"{what}: {Path(song).name}"


def _batch_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    from genre_desktop.core.store.batch_checkpoints import BatchStore

    with closing(Database(home(root).store)) as db:
        if reported and not BatchStore(db).unfinished():
            yield "batch"
    yield from OF_FAULTS["answered batch"].kept(root, reported)


def _work(root: Path, report: Report) -> None:
    """Answers, corrections, the list and settings in turn; SQLite writes its log back into the store meanwhile."""
    with closing(Database(home(root).store)) as db:
        predictions, corrections, listing = PredictionLog(db), Corrections(db), ResultsListStore(db)
        settings = Settings.load(home(root).settings)
        for number in range(1, 81):
            path, scores = f"/{number}.flac", (GenreScore("jazz", 0.9),)
            answer = Answer(
                path,
                "jazz",
                0.9,
                scores,
                clip_hash=str(number),
                features=np.full(156, number),
                feature_version="3",
            )
            found = predictions.add(answer, "file")
            report("answered", [found, number])
            corrected = corrections.add(found, "rock")
            report("corrected", corrected)
            if number % 3 == 0:
                corrections.undo(corrected)
                report("undone", corrected)
            listing.change([], [StoredResult(number, path, "waiting")])
            report("listed", number)
            if number % 10 == 0:
                settings["play.volume"] = number
                report("volume", number)


def _work_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    by_kind: dict[str, list[Any]] = {}
    for what, value in reported:
        by_kind.setdefault(what, []).append(value)
    with closing(Database(home(root).store)) as db:
        for row, number in by_kind.get("answered", []):
            query = "SELECT path, features FROM predictions WHERE id = ?"
            found = db.connection.execute(query, (row,)).fetchone()
            if found is None or found["path"] != f"/{number}.flac" or unpack(found["features"])[0] != number:
                yield f"answer {number}"
        if ResultsListStore(db).last_id() < max(by_kind.get("listed", [0])):
            yield "list"
    of_corrections = [one for one in reported if one[0] in ("corrected", "undone")]
    yield from OF_FAULTS["correction and undo"].kept(root, of_corrections)
    if Settings.load(home(root).settings)["play.volume"] < max(by_kind.get("volume", [0])):
        yield "settings"


def _with_store(root: Path) -> None:
    Database(home(root).create().store).close()


def _with_home(root: Path) -> None:
    home(root).create()


def _make_registry(root: Path, report: Report) -> None:
    from genre_desktop.ml.registry.starter_models import open_registry

    with open_registry(home(root)):
        report("registry", "")


def _registry_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    from genre_desktop.ml.registry import alias_snapshot

    if reported and alias_snapshot.aliases(home(root)) != {"champion": "1", "fallback": "2"}:
        yield "registry"


def _register(root: Path, report: Report) -> None:
    """Store a model as a retrain does, publish it in the registry, and have it serve."""
    from genre_desktop.core.paths import shipped
    from genre_desktop.ml.models import bundle
    from genre_desktop.ml.registry.registry import Registry

    saved = root / "home" / "model"
    digest = bundle.save(bundle.load(shipped("models", "fallback")), saved)
    report("saved", digest)
    with Registry(home(root)) as registry, registry.run("retrain", {"kind": "retrain"}) as run:
        version = registry.register(saved, run=run, metrics={"accuracy": 0.5}, tags={"kind": "retrain"})
        report("registered", version)
        report("champion", registry.promote(version).champion)


def _registered_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    from genre_desktop.core.errors import AppError
    from genre_desktop.ml.inference.model_cache import ModelCache
    from genre_desktop.ml.models import bundle

    cache = ModelCache(home(root))
    for what, value in reported:
        try:
            if what == "saved":
                bundle.verify(root / "home" / "model", value)
            else:
                found = cache.find(value)
                bundle.verify(found.path(home(root)), found.digest)
        except AppError as error:
            yield f"{what} {value}: {error}"
    champion = [value for what, value in reported if what == "champion"]
    yield from OF_FAULTS["promote"].kept(root, [("champion", version) for version in champion])


OF_FAULTS = operations.OPERATIONS | song_operations.OPERATIONS | registry_operations.OPERATIONS
STORE = ("settings change", "correction and undo", "list memory", "schedule change", "recording a take")
REGISTRY = ("retrain", "promote", "rollback", "upgrade of an old home")
LONGEST = "answers, corrections, list and settings in turn"
OPERATIONS: dict[str, Operation] = {
    **{name: OF_FAULTS[name] for name in STORE},
    LONGEST: Operation(_with_store, _work, _work_kept),
    "answered batch": replace(OF_FAULTS["answered batch"], kept=_batch_kept),
    "tag write and undo": Operation(OF_FAULTS["tag write and undo"].prepare, _write_tags, _tags_kept),
    "import of 20 files": OF_FAULTS["import of 20 files"],
    "new registry": Operation(_with_home, _make_registry, _registry_kept, registry=True),
    "model stored and published": Operation(
        OF_FAULTS["promote"].prepare, _register, _registered_kept, registry=True
    ),
    **{name: OF_FAULTS[name] for name in REGISTRY},
}
