"""The operations that are interrupted: how a home is prepared, what is done, and what must be there afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult
from genre_desktop.core.types import Answer, GenreScore
from tools.faults import registry_operations, song_operations
from tools.faults.operation import Operation, Report, home, store


def _with_answers(root: Path) -> None:
    with closing(Database(home(root).create().store)) as db:
        for number in range(3):
            answer = Answer(
                f"/{number}.flac", "jazz", 0.9, (GenreScore("jazz", 0.9),), clip_hash=str(number),
                features=np.zeros(156), feature_version="3",
            )  # fmt: skip
            PredictionLog(db).add(answer, "file")


def _correct(root: Path, report: Report) -> None:
    corrections = Corrections(store(root))
    for number in (1, 2, 3):
        report("corrected", corrections.add(number, "rock"))
    corrections.undo(2)
    report("undone", 2)


def _corrections_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    for what, number in reported:
        found = Corrections(store(root)).get(number)
        if found is None or (what == "undone" and found.undone is None):
            yield f"{what} {number}"


def _plain(root: Path) -> None:
    Database(home(root).create().store).close()
    Settings.load(home(root).settings)["play.volume"] = 10


@cache
def _settings(path: Path) -> Settings:
    """Return the settings as the window keeps them."""
    return Settings.load(path)


def _change_settings(root: Path, report: Report) -> None:
    settings = _settings(home(root).settings)
    for volume in (20, 30):
        settings["play.volume"] = volume
        report("volume", volume)


def _settings_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    volume, least = Settings.load(home(root).settings)["play.volume"], max([10, *(v for _, v in reported)])
    if volume not in (10, 20, 30) or volume < least:
        yield f"volume {least}, not {volume}"


def _remember_list(root: Path, report: Report) -> None:
    listing = ResultsListStore(store(root))
    for start in (1, 21):
        ids = range(start, start + 20)
        listing.change([start - 1], [StoredResult(n, f"/{n}.flac", "waiting") for n in ids])
        listing.save_unsearched(["/music"])
        report("listed", ids[-1])


def _list_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    last = ResultsListStore(store(root)).last_id()
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


OPERATIONS: dict[str, Operation] = {
    "settings change": Operation(_plain, _change_settings, _settings_kept),
    "correction and undo": Operation(_with_answers, _correct, _corrections_kept),
    "list memory": Operation(_plain, _remember_list, _list_kept),
    "recording a take": Operation(_plain, _record_take, _take_kept),
    "schedule change": Operation(_plain, _change_schedule, _schedule_kept),
    **song_operations.OPERATIONS,
    **registry_operations.OPERATIONS,
}
"""By name, in the order of the table; the first five take well under a second."""
