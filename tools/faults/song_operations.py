"""Operations on songs: tags, a batch, an import."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.tag_history import TagWrites
from genre_desktop.core.types import AnalyseRequest, Analysis, Answer, GenreScore, ItemResult
from tools.faults.operation import Operation, Report, home, parts, raise_first, store


def songs_of(root: Path) -> list[Path]:
    """Return the user's songs."""
    return sorted((root / "music").rglob("[0-9]*.flac"))


def _with_songs(root: Path, n: int) -> None:
    import soundfile

    Database(home(root).create().store).close()
    folder = root / "music" / "jazz"
    folder.mkdir(parents=True)
    rng = np.random.default_rng(1)
    for number in range(n):
        soundfile.write(folder / f"{number}.flac", rng.normal(0, 0.1, 22050 * 3 + number), 22050)


def _write_tags(root: Path, report: Report) -> None:
    from genre_desktop.core.tag_rules import Edit
    from genre_desktop.jobs.context import TaskContext
    from genre_desktop.jobs.tasks import tags

    writes = TagWrites(store(root))
    for song in songs_of(root):
        tags.write_one(writes, 1, Edit(str(song), ("Jazz",)))
        report("written", str(song))
    raise_first(tags.restore(TaskContext(parts(root)), {"batch": 1})["problems"])
    report("restored", "")


def _tags_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    from genre_desktop.audio.tags import read_tags

    recorded = {change.path for change in TagWrites(store(root)).standing(1)}
    for song in songs_of(root):
        genres = read_tags(song).genres
        if genres and str(song) not in recorded:
            yield f"the previous tag of {song.name}"
        if ("restored", "") in reported and genres:
            yield f"{song.name} restored"


def _answer_batch(root: Path, report: Report) -> None:
    """Answer the files of a batch as a worker does: the answer and its checkpoint in one transaction."""
    from genre_desktop.core.store.batch_checkpoints import BatchRequest, BatchStore, stamp
    from genre_desktop.core.types import BatchPlace
    from genre_desktop.jobs import operations
    from genre_desktop.jobs.context import TaskContext

    batch = BatchStore(store(root)).open(BatchRequest((str(root / "music"),)))
    for song in songs_of(root):
        place = BatchPlace(batch, str(song), stamp(song))
        answer = Answer(str(song), "jazz", 0.9, (GenreScore("jazz", 0.9),), clip_hash=song.name)
        request = AnalyseRequest(str(song), source="batch", place=place)
        operations.store(TaskContext(parts(root)), Analysis(answer), request)
        report("answered", [batch, str(song)])


def _answers_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    from genre_desktop.core.store.batch_checkpoints import BatchStore

    for _, (batch, path) in reported:
        if BatchStore(store(root)).find(batch, [path]) == [None]:
            yield path


def measure_once() -> None:
    """Measure each song in the first run only; it writes nothing, and the songs differ in length."""
    from genre_desktop.ml.features import windowing

    rows = windowing.rows
    measured: dict[float, list[Any]] = {}

    def rows_once(blocks: Any, mode: Any, extractor: Any, length: float) -> Any:
        if length not in measured:
            measured[length] = list(rows(blocks, mode, extractor, length))
        return measured[length]

    windowing.rows = rows_once  # type: ignore[assignment]


def _import(root: Path, report: Report) -> None:
    from genre_desktop.jobs.context import TaskContext
    from genre_desktop.jobs.workers.main import find
    from genre_desktop.ml.tasks import import_library

    def measure(op: str, items: Iterable[Any], workers: int) -> Generator[Any, None, None]:
        for item in items:
            try:
                yield ItemResult(item, find(op)(context, item))
            except AppError as error:
                yield ItemResult(item, problem=error.problem)

    context = TaskContext(parts(root), files=measure)
    import_library.has_encoder = lambda context: False
    result = import_library.run(context, {"path": str(root / "music"), "workers": 1})
    raise_first(result["skipped"])
    report("imported", len(songs_of(root)))


def _import_kept(root: Path, reported: list[tuple[str, Any]]) -> Iterable[str]:
    from genre_desktop.core.store.library import Library

    if Library(store(root)).count() < max([0, *(n for _, n in reported)]):
        yield "imported clips"


OPERATIONS = {
    "tag write and undo": Operation(lambda root: _with_songs(root, 3), _write_tags, _tags_kept),
    "answered batch": Operation(lambda root: _with_songs(root, 20), _answer_batch, _answers_kept),
    "import of 20 files": Operation(lambda root: _with_songs(root, 20), _import, _import_kept),
}
