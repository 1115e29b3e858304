"""Import of genre folders as labelled clips of the library; every skipped file is reported.

Files that an earlier import has read are not decoded again while their size and modification time are
unchanged, so an interrupted import resumes where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.sandbox.client import open_audio
from genre_desktop.core.errors import AppError, no_cancel
from genre_desktop.core.labels import group_key
from genre_desktop.core.messages import Message, message
from genre_desktop.core.store.library import Clip, FileStamp, Library
from genre_desktop.core.types import ItemResult, Mode
from genre_desktop.ml.data.folder_search import FolderSearch, Labels
from genre_desktop.ml.data.import_item import MEASURE, ImportItem
from genre_desktop.ml.data.import_report import ImportProgress, Report, reason_of
from genre_desktop.ml.data.table_import import is_published, merged, read_table
from genre_desktop.ml.features import windowing
from genre_desktop.ml.features.encoder.encoder import Encoder
from genre_desktop.ml.features.schema import FEATURE_VERSION, VERSIONS
from genre_desktop.ml.features.window_extractor import WindowExtractor
from genre_desktop.ml.task_context import JobContext, check_cancelled

ENCODING_S = 50.0
"""Seconds for which encoding one window is awaited: an import does not hurry, and columns that are missing stay missing in
the library; less than a worker may be silent."""

TOGETHER = 200
"""Clips of a table that are stored in one transaction, in about 0.05 s."""


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
    root: Path, library: Library, context: JobContext, *, mode: Mode, workers: int, encoded: bool = False
) -> Report:
    """Read every audio file below ``root``; the first folder level is the label.

    Files are found, measured by the workers and stored in a stream, each as soon as it is measured. Without
    ``encoded``, the encoder's columns are missing.

    Raises
    ------
    AppError
        ``missing-file``, ``not-a-folder``, ``no-genre-folders``, and as :meth:`.JobContext.map_files`.
    Cancelled
        The user stopped it; clips measured so far stay.
    """
    labels, report = Labels(root, library), Report()
    context.progress(None, message("Searching {root} for audio files", root=str(root)))
    progress = ImportProgress(context)
    with FolderSearch(root, library, labels, report, context) as search:
        items = (ImportItem(path, mode, encoded) for path in search)
        with closing(context.map_files(MEASURE, items, workers)) as results:
            for done in results:
                _store(done, root, library, labels, report)
                progress.total, progress.searching = search.expected()
                progress.advance(done.item.path)
    if not progress.total and not report.done and not report.skipped:
        raise AppError("no-genre-folders", root=str(root))
    return report


def import_table(path: Path, library: Library, context: JobContext) -> Report:
    """Store the rows of a feature table; raises as :func:`.table_import.read_table`.

    Nothing is stored unless all of the table is right; rows without a usable label are left out. Then :data:`TOGETHER` clips are one transaction:
    each commit waits for the disk, and one of all clips would keep other processes waiting.
    """
    report = Report()
    labels = Labels(path, library)
    clips = read_table(path, labels.spelling, report.skip)
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
        report.skip(clip.path, message("It has the same name and values as {path}.", path=first))
        return
    known = library.get(clip.content_hash, VERSIONS) if is_published(clip) else None
    report.add(clip.path, clip.label, library.put(merged(known, clip), FEATURE_VERSION))


def measure(
    item: ImportItem, encoder: Path | None = None, cancelled: Callable[[], bool] = no_cancel
) -> ExtractedClip:
    """Decode one file and compute its feature windows; without the ``encoder``'s file, its columns are missing.

    Raises
    ------
    AppError
        As :func:`.open_audio` and :class:`.WindowExtractor`.
    Cancelled
        ``cancelled()`` was true.
    """
    start_s, length_s, mode = windowing.part_to_decode(item.path, item.mode)
    with open_audio(item.path, start_s=start_s, length_s=length_s, cancelled=cancelled) as decoder:
        info, blocks = decoder.info, decoder.blocks()
        rows = list(windowing.rows(blocks, mode, _extractor(encoder), info.duration_s))
        for _ in blocks:  # an excerpt stops early, but the hash is that of the whole file
            pass
        warnings, problem = decoder.warnings, _extractor(encoder).encoder_problem
        if encoder is not None and problem is not None:
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

    return WindowExtractor(load, budget_s=ENCODING_S)


def _store(
    done: ItemResult[ImportItem], root: Path, library: Library, labels: Labels, report: Report
) -> None:
    path, found = Path(done.item.path), done.value
    if found is None:
        reason = reason_of(done.problem) if done.problem else message("No reason is known.")
        report.skip(str(path), reason)
        return
    label = labels.of(path)
    try:
        stamp = FileStamp.of(path)
    except OSError as error:
        report.skip(
            str(path), message("It disappeared while it was being read ({error}).", error=str(error.strerror))
        )
        return
    clip = labelled_clip(found, path, root, label)
    report.add(str(path), label, library.put(clip, FEATURE_VERSION, stamp))
    report.warnings += [{"path": str(path), "warning": warning} for warning in found.warnings]


def labelled_clip(found: ExtractedClip, path: Path, root: Path, label: str) -> Clip:
    """Return a measured file below ``root`` as a clip of the library."""
    return Clip(
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
