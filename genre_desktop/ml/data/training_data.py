"""Everything a retrain learns from: the person's library, their corrections, and the shipped reference.

The three are put together when they are needed and never copied into each other: an undone
correction is gone at the next training without anybody having to remove a row, and the reference
table changes with the program and not with the library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

import numpy as np

from genre_desktop.audio.decoding.decoder import probe
from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import group_key, same_label
from genre_desktop.core.store.corrections import Correction, Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import GENRES
from genre_desktop.ml.data.dataset import CORRECTION, TrainingRows, track_of
from genre_desktop.ml.data.table_import import published_hash
from genre_desktop.ml.features.schema import FEATURE_VERSION


@dataclass(frozen=True, eq=False)
class TrainingData:
    """What was gathered.

    Attributes
    ----------
    rows:
        Windows with labels, artists and sources.
    corrections:
        Ids of the corrections among them.
    outdated:
        Clips and corrections left out because another feature version measured them.
    """

    rows: TrainingRows
    corrections: tuple[int, ...]
    outdated: int

    def counts(self) -> dict[str, int]:
        """Clips by source."""
        return dict(Counter(self.rows.sources[self.rows.first].tolist()))


def gather(database: Database, reference: Sequence[Clip] = ()) -> TrainingData:
    """Put library, corrections and reference together; each recording once.

    The person's word stands above an imported label, and both above the reference. A recording
    that stands in the reference too, measured by us or as a row of a published table, keeps the
    group it has there: its artist is known.
    """
    library = Library(database)
    words = Corrections(database).latest()
    by_hash = {word.clip_hash: word for word in words if word.clip_hash}
    groups = {clip.content_hash: clip.group for clip in reference}
    groups |= {published_hash(PurePath(clip.path).stem): clip.group for clip in reference}
    clips = [_corrected(clip, by_hash, groups) for clip in library.clips(FEATURE_VERSION)]
    present = {clip.content_hash for clip in clips}
    others = [word for word in words if word.clip_hash not in present]
    measured, lost = _from_predictions(others, PredictionLog(database), groups)
    used = [word.id for word in words if word.clip_hash in present] + list(measured)
    clips += measured.values()
    present |= {clip.content_hash for clip in measured.values()}
    clips += [clip for clip in reference if clip.content_hash not in present]
    return TrainingData(
        rows=TrainingRows.of(_one_spelling(clips), {clip.content_hash: track_of(clip) for clip in reference}),
        corrections=tuple(sorted(used)),
        outdated=library.outdated(FEATURE_VERSION) + lost,
    )


def _corrected(clip: Clip, words: dict[str, Correction], groups: dict[str, str]) -> Clip:
    clip = replace(clip, group=groups.get(clip.content_hash, clip.group))
    word = words.get(clip.content_hash)
    return clip if word is None else replace(clip, label=word.label, source=CORRECTION)


def _from_predictions(
    words: Iterable[Correction], log: PredictionLog, groups: dict[str, str]
) -> tuple[dict[int, Clip], int]:
    """Corrections of music outside the library, by id; the second value counts unusable ones."""
    clips: dict[int, Clip] = {}
    lost = 0
    for word in words:
        found = None if word.prediction_id is None else log.get(word.prediction_id)
        if found is None or found.features is None or found.feature_version != FEATURE_VERSION:
            lost += 1
            continue
        clips[word.id] = Clip(
            content_hash=word.clip_hash or f"prediction:{found.id}",
            path=word.path,
            label=word.label,
            group=groups.get(word.clip_hash) or _group(Path(word.path)),
            source=CORRECTION,
            duration_s=found.duration_s,
            starts=np.zeros(1),
            lengths=np.array([found.duration_s]),
            features=found.features[None, :],
        )
    return clips, lost


def _group(path: Path) -> str:
    """The artist, else the album; a folder somebody dropped a file from says nothing about either."""
    try:
        tags = probe(path)
    except AppError:  # moved or deleted since; what was measured is still good
        return f"file:{path}"
    return group_key(path, path.parent, tags.artist, tags.album)


def _one_spelling(clips: Iterable[Clip]) -> Iterator[Clip]:
    known = list(GENRES)
    for clip in clips:
        label = same_label(clip.label, known)
        if label not in known:
            known.append(label)
        yield replace(clip, label=label)
