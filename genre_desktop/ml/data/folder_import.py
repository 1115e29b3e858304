"""Import of genre folders as labelled clips of the library; every skipped file is reported.

Files that an earlier import has read are not decoded again while their size and modification time are
unchanged, so an interrupted import resumes where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decoding.decoder import Decoder
from genre_desktop.audio.file_discovery import Unreadable, find_audio
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.labels import Spellings, group_key, label_of
from genre_desktop.core.messages import Message, joined, message
from genre_desktop.core.serialization import surrogate_safe
from genre_desktop.core.store.library import Change, Clip, FileStamp, Library
from genre_desktop.core.types import GENRES, Mode
from genre_desktop.ml.data.import_report import ImportProgress, Report
from genre_desktop.ml.data.process_pool import ItemResult, parallel_map
from genre_desktop.ml.data.table_import import is_published, merged, read_table
from genre_desktop.ml.features import windowing
from genre_desktop.ml.features.encoder.encoder import Encoder
from genre_desktop.ml.features.schema import FEATURE_VERSION, VERSIONS
from genre_desktop.ml.features.window_extractor import WindowExtractor
from genre_desktop.ml.task_context import JobContext, check_cancelled

TOGETHER = 200
"""Clips of a table that are stored in one transaction, in about 0.05 s."""


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One file to measure, as sent to a process."""

    path: str
    mode: Mode
    encoder: Path | None = None


@dataclass(frozen=True, slots=True)
class ExtractedClip:
    """A measured file: its windows, and the tags that define its group."""

    clip_hash: str
    duration_s: float
    artist: str | None
    album: str | None
    warnings: tuple[Message, ...]
    starts: NDArray[np.float64]
    lengths: NDArray[np.float64]
    features: NDArray[np.float64]


def import_folder(
    root: Path,
    library: Library,
    context: JobContext,
    *,
    mode: Mode,
    workers: int,
    encoder: Path | None = None,
    measure_with: Callable[[ImportItem], ExtractedClip] | None = None,
) -> Report:
    """Read every audio file below ``root``; the first folder level is the label.

    Each clip is stored as soon as it is measured, by ``measure_with`` or else :func:`measure`; without the
    file of the ``encoder``, its columns are missing.

    Raises
    ------
    AppError
        ``missing-file``, ``not-a-folder``, ``no-genre-folders``.
    Cancelled
        The user stopped it; clips measured so far stay.
    """
    labels = _Labels(root, library)
    report = Report()
    todo = _unread(root, library, labels, report, context)
    if not todo and not report.done and not report.skipped:
        raise AppError("no-genre-folders", root=str(root))
    progress = ImportProgress(context, len(todo))
    for done in parallel_map(
        measure_with or measure,
        (ImportItem(path, mode, encoder) for path in todo),
        workers=workers,
        cancelled=context.cancelled,
        numba_cache=context.home.numba_cache,
    ):
        _store(done, root, library, labels, report)
        progress.advance(done.item.path)
    return report


def import_table(path: Path, library: Library, context: JobContext) -> Report:
    """Store the rows of a feature table; raises as :func:`.table_import.read_table`.

    Nothing is stored unless all of the table is right. Then :data:`TOGETHER` clips are one transaction:
    each commit waits for the disk, and one of all clips would keep other processes waiting.
    """
    report = Report()
    labels = _Labels(path, library)
    clips = read_table(path, labels.spelling)
    seen: dict[str, str] = {}
    progress = ImportProgress(context, len(clips))
    for start in range(0, len(clips), TOGETHER):
        check_cancelled(context)
        with library.together():
            for clip in clips[start : start + TOGETHER]:
                _store_row(clip, library, report, seen)
                progress.advance(clip.path)
    return report


def _store_row(clip: Clip, library: Library, report: Report, seen: dict[str, str]) -> None:
    """Store a clip of a table, unless the table had it before; ``seen`` are paths by content hash."""
    first = seen.setdefault(clip.content_hash, clip.path)
    if first != clip.path:
        report.skip(clip.path, message("It has the same name and numbers as {path}.", path=first))
        return
    known = library.get(clip.content_hash, VERSIONS) if is_published(clip) else None
    report.add(clip.path, clip.label, library.put(merged(known, clip), FEATURE_VERSION))


def measure(task: ImportItem) -> ExtractedClip:
    """Decode one file and compute its feature windows; runs in a separate process.

    Raises
    ------
    AppError
        As :class:`.Decoder` and :class:`.WindowExtractor`.
    """
    start_s, length_s, mode = windowing.part_to_decode(task.path, task.mode)
    with Decoder(task.path, start_s=start_s, length_s=length_s) as decoder:
        info, blocks = decoder.info, decoder.blocks()
        rows = list(windowing.rows(blocks, mode, _extractor(task.encoder), info.duration_s))
        for _ in blocks:  # an excerpt stops early, but the hash is that of the whole file
            pass
        warnings, problem = decoder.warnings, _extractor(task.encoder).encoder_problem
        if task.encoder is not None and problem is not None:
            warnings = (*warnings, problem.reason)
        return ExtractedClip(
            clip_hash=decoder.clip_hash,
            duration_s=decoder.duration_s,
            artist=info.artist,
            album=info.album,
            warnings=warnings,
            starts=np.array([start_s + row.start_s for row in rows]),
            lengths=np.array([row.length_s for row in rows]),
            features=np.stack([row.features for row in rows]),
        )


@cache
def _extractor(encoder: Path | None) -> WindowExtractor:
    def load() -> Encoder:
        if encoder is None:
            raise AppError("encoder-missing/columns")
        return Encoder.load(encoder)

    return WindowExtractor(load)


class _Labels:
    """Labels in their established spelling: that of the starter models first, then the library's."""

    def __init__(self, root: Path, library: Library) -> None:
        self._root = root
        self.spelling = Spellings([*GENRES, *library.genres()]).of

    def of(self, path: Path) -> str:
        """Return the label of a file; empty outside a genre folder."""
        return self.spelling(label_of(path, self._root))


def _unread(root: Path, library: Library, labels: _Labels, report: Report, context: JobContext) -> list[str]:
    """Return the files to decode; the others are added to the report."""
    context.progress(None, message("Looking for audio files in {root}", root=str(root)))
    todo: list[str] = []
    for path in _audio_files(root, report, context):
        check_cancelled(context)
        label = labels.of(path)
        if not label:
            reason = message(
                "It lies in {name} itself and not in a folder named after a genre.", name=root.name
            )
            report.skip(str(path), reason)
        elif not _already_imported(path, label, library, report):
            todo.append(str(path))
    return todo


def _audio_files(root: Path, report: Report, context: JobContext) -> Iterator[Path]:
    if not root.exists():
        raise AppError("missing-file/import", path=str(root))
    if not root.is_dir():
        raise AppError("not-a-folder", root=str(root))
    for found in find_audio([root], recursive=True, report_hidden=True, cancelled=context.cancelled):
        if isinstance(found, Unreadable):
            report.skip(str(found.path), _reason(found.problem))
        else:
            yield found


def _already_imported(path: Path, label: str, library: Library, report: Report) -> bool:
    try:
        known = library.unchanged(path, FileStamp.of(path), FEATURE_VERSION)
    except OSError:  # the decoder reports it
        return False
    if known is None:
        return False
    if known.path != surrogate_safe(str(path)):
        if not Path(known.path).exists():
            return False  # the first copy is gone: this one replaces it
        report.add(str(path), label, Change("duplicate", known.path, known.label))
    elif known.label == label:
        report.add(str(path), label, Change("unchanged"))
    else:
        library.relabel(known.id, label)
        report.add(str(path), label, Change("relabelled", known.label))
    return True


def _store(
    done: ItemResult[ImportItem, ExtractedClip], root: Path, library: Library, labels: _Labels, report: Report
) -> None:
    path, found = Path(done.item.path), done.value
    if found is None:
        reason = _reason(done.problem) if done.problem else message("Nothing is known about it.")
        report.skip(str(path), reason)
        return
    label = labels.of(path)
    try:
        stamp = FileStamp.of(path)
    except OSError as error:
        report.skip(
            str(path), message("It disappeared while it was read ({error}).", error=str(error.strerror))
        )
        return
    clip = Clip(
        content_hash=found.clip_hash,
        path=str(path),
        label=label,
        group=group_key(path, root / path.relative_to(root).parts[0], found.artist, found.album),
        source="audio",
        duration_s=found.duration_s,
        starts=found.starts,
        lengths=found.lengths,
        features=found.features,
    )
    report.add(str(path), label, library.put(clip, FEATURE_VERSION, stamp))
    report.warnings += [{"path": str(path), "warning": warning} for warning in found.warnings]


def _reason(problem: Problem) -> Message:
    return joined((problem.title, problem.reason), ": ")
