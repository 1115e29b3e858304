"""The operations that are interrupted: how a home is prepared, what is done, and what must be there afterwards."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult
from genre_desktop.core.store.tag_history import TagWrites
from genre_desktop.core.types import AnalyseRequest, Analysis, Answer, GenreScore, ItemResult

Report = Callable[[str, Any], None]
"""Says that something is done, as the program would to the user."""
OLD_HOME = Path(__file__).parents[2] / "tests" / "packaging" / "home-0.1.0.tar.xz"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation on ``root / "home"`` and ``root / "music"``.

    ``kept(root, reported)`` returns what is missing of what was reported as done; ``registry`` whether the
    registry takes part, so that the next start cleans it up.
    """

    prepare: Callable[[Path], None]
    act: Callable[[Path, Report], None]
    kept: Callable[[Path, list[tuple[str, Any]]], Iterable[str]]
    registry: bool = False


def home(root: Path) -> Home:
    """Return the home of a run."""
    return Home(root / "home")


def _songs(root: Path, n: int) -> list[Path]:
    import soundfile

    folder = root / "music" / "jazz"
    folder.mkdir(parents=True)
    rng = np.random.default_rng(1)
    songs = []
    for number in range(n):
        path = folder / f"{number}.flac"
        soundfile.write(path, rng.normal(0, 0.1, 22050 * 3 + number), 22050)
        songs.append(path)
    return songs


def _with_answers(root: Path) -> None:
    with closing(Database(home(root).create().store)) as db:
        for number in range(3):
            answer = Answer(
                f"/{number}.flac", "jazz", 0.9, (GenreScore("jazz", 0.9),), clip_hash=str(number),
                features=np.zeros(156), feature_version="3",
            )  # fmt: skip
            PredictionLog(db).add(answer, "file")


def _correct(root: Path, report: Report) -> None:
    with closing(Database(home(root).store)) as db:
        corrections = Corrections(db)
        for number in (1, 2, 3):
            report("corrected", corrections.add(number, "rock"))
        corrections.undo(2)
        report("undone", 2)


def _corrections_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    with closing(Database(home(root).store)) as db:
        for what, number in reported:
            found = Corrections(db).get(number)
            if found is None or (what == "undone" and found.undone is None):
                yield f"{what} {number}"


def _with_music(root: Path) -> None:
    Database(home(root).create().store).close()
    _songs(root, 3)


def _write_tags(root: Path, report: Report) -> None:
    from genre_desktop.core.tag_rules import Edit
    from genre_desktop.jobs.context import ProcessResources, TaskContext
    from genre_desktop.jobs.tasks import tags

    with closing(ProcessResources(home(root))) as parts:
        writes = TagWrites(parts.database)
        for song in sorted((root / "music").rglob("[0-9]*.flac")):
            tags.write_one(writes, 1, Edit(str(song), ("Jazz",)))
            report("written", str(song))
        result = tags.restore(TaskContext(parts), {"batch": 1})
        _fail(result["problems"])
        report("restored", "")


def _tags_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    from genre_desktop.audio.tags import read_tags

    with closing(Database(home(root).store)) as db:
        recorded = {change.path for change in TagWrites(db).standing(1)}
    for song in sorted((root / "music").rglob("[0-9]*.flac")):
        genres = read_tags(song).genres
        if genres and str(song) not in recorded:
            yield f"the previous tag of {song.name}"
        if ("written", str(song)) in reported and not genres and str(song) in recorded:
            # being restored: the file comes first, the record after it
            continue
        if ("restored", "") in reported and genres:
            yield f"{song.name} restored"


def _plain(root: Path) -> None:
    Database(home(root).create().store).close()
    Settings.load(home(root).settings)["play.volume"] = 10


def _change_settings(root: Path, report: Report) -> None:
    settings = Settings.load(home(root).settings)
    for volume in (20, 30):
        settings["play.volume"] = volume
        report("volume", volume)


def _settings_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    volume, least = Settings.load(home(root).settings)["play.volume"], max([10, *(v for _, v in reported)])
    if volume not in (10, 20, 30) or volume < least:
        yield f"volume {least}, not {volume}"


def _remember_list(root: Path, report: Report) -> None:
    with closing(Database(home(root).store)) as db:
        listing = ResultsListStore(db)
        for start in (1, 21):
            ids = range(start, start + 20)
            listing.change([start - 1], [StoredResult(n, f"/{n}.flac", "waiting") for n in ids])
            listing.save_unsearched(["/music"])
            report("listed", ids[-1])


def _list_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    with closing(Database(home(root).store)) as db:
        last = ResultsListStore(db).last_id()
        if last not in (0, 20, 40) or last < max([0, *(n for _, n in reported)]):
            yield f"list ends at {last}"


def _record_take(root: Path, report: Report) -> None:
    from genre_desktop.audio.capture.recorder import Recorder
    from genre_desktop.audio.ring_buffer import RingBuffer
    from genre_desktop.core.errors import AppError

    ring = RingBuffer(22050, 1, 5.0)
    ring.write(np.random.default_rng(0).normal(0, 0.1, (22050 * 3, 1)).astype(np.float32))
    taken = Recorder(ring, home(root).takes).stop()
    if taken.problem is not None:
        raise AppError(taken.problem)
    report("take", [str(taken.path), taken.seconds])


def _take_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    import soundfile

    for _, (path, seconds) in reported:
        if abs(soundfile.info(path).duration - seconds) > 0.01:
            yield f"take of {seconds} s"


def _change_schedule(root: Path, report: Report) -> None:
    from genre_desktop.jobs.schedule.scheduler import JobScheduler

    def start(name: str, params: dict[str, Any]) -> Any:
        raise NotImplementedError

    settings = Settings.load(home(root).settings)
    settings["train.every_days"] = 3
    schedule = JobScheduler(home(root), start)
    try:
        schedule.open()
        settings["drift.every_minutes"] = 30
        schedule.refresh()
        report("schedule", "")
    finally:
        schedule.close()


def _schedule_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    from genre_desktop.jobs.schedule.job_store import next_runs

    if reported and not {"drift", "retrain"} <= set(next_runs(home(root).schedule)):
        yield "schedule"


def _import(root: Path, report: Report) -> None:
    from genre_desktop.jobs.context import ProcessResources, TaskContext
    from genre_desktop.jobs.workers.main import find
    from genre_desktop.ml.tasks import import_library

    with closing(ProcessResources(home(root))) as parts:
        context = TaskContext(parts)

        def measure(op: str, items: Iterable[Any], workers: int) -> Generator[Any, None, None]:
            for item in items:
                yield ItemResult(item, find(op)(context, item))

        whole = TaskContext(parts, files=measure)
        import_library.has_encoder = lambda context: False
        result = import_library.run(whole, {"path": str(root / "music"), "workers": 1})
        _fail(result["skipped"])
        report("imported", result["added"])


def _import_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    with closing(Database(home(root).store)) as db:
        if Library(db).count() < sum(n for _, n in reported):
            yield "imported clips"


def _with_twenty(root: Path) -> None:
    Database(home(root).create().store).close()
    _songs(root, 20)


def _predict(root: Path, report: Report) -> None:
    """Answer the files of a batch as a worker does: the answer and its checkpoint in one transaction."""
    from genre_desktop.core.store.batch_checkpoints import BatchRequest, BatchStore, stamp
    from genre_desktop.core.types import BatchPlace
    from genre_desktop.jobs import operations
    from genre_desktop.jobs.context import ProcessResources, TaskContext

    songs = sorted((root / "music").rglob("[0-9]*.flac"))
    with closing(ProcessResources(home(root))) as parts:
        batch = BatchStore(parts.database).open(BatchRequest((str(root / "music"),)))
        for song in songs:
            place = BatchPlace(batch, str(song), stamp(song))
            answer = Answer(str(song), "jazz", 0.9, (GenreScore("jazz", 0.9),), clip_hash=song.name)
            request = AnalyseRequest(str(song), source="batch", place=place)
            operations.store(TaskContext(parts), Analysis(answer), request)
            report("answered", str(song))


def _batch_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    from genre_desktop.core.store.batch_checkpoints import BatchStore

    with closing(Database(home(root).store)) as db:
        store = BatchStore(db)
        paths = [path for _, path in reported]
        for batch in store.unfinished():
            found = [found is not None for found in store.find(batch.id, paths)]
            yield from (path for path, there in zip(paths, found, strict=True) if not there)


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


def _old_home(root: Path) -> None:
    home(root).root.mkdir(parents=True)
    with tarfile.open(OLD_HOME) as archive:
        archive.extractall(home(root).root, filter="data")


def _upgrade(root: Path, report: Report) -> None:
    from genre_desktop.ml.registry.starter_models import open_registry

    Database(home(root).store).close()
    Settings.load(home(root).settings)
    with open_registry(home(root)):
        pass
    report("upgraded", "")


def _upgrade_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    with closing(Database(home(root).store)) as db:
        if not (Corrections(db).last_id() and Library(db).count()):
            yield "rows of the old home"


def _fail(problems: list[Any]) -> None:
    """Raise the first problem that an operation lists, as the user reads it."""
    if problems:
        from genre_desktop.core.errors import AppError, Problem

        raise AppError(Problem("cannot-write", error=str(problems[0].get("reason") or problems[0])))


OPERATIONS: dict[str, Operation] = {
    "settings change": Operation(_plain, _change_settings, _settings_kept),
    "correction and undo": Operation(_with_answers, _correct, _corrections_kept),
    "tag write and undo": Operation(_with_music, _write_tags, _tags_kept),
    "list memory": Operation(_plain, _remember_list, _list_kept),
    "recording a take": Operation(_plain, _record_take, _take_kept),
    "schedule change": Operation(_plain, _change_schedule, _schedule_kept),
    "answered batch": Operation(_with_twenty, _predict, _batch_kept),
    "import of 20 files": Operation(_with_twenty, _import, _import_kept),
    "promote": Operation(_with_registry, _promote, _champion_kept, registry=True),
    "rollback": Operation(_promoted, _roll_back, _champion_kept, registry=True),
    "upgrade of an old home": Operation(_old_home, _upgrade, _upgrade_kept, registry=True),
}
