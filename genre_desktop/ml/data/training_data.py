"""Training data of a retrain: the user's library and corrections, and the shipped reference.

The three are combined on demand and never copied into each other: an undone correction needs no row
to be removed, and the reference table changes with the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

import numpy as np

from genre_desktop.audio.decoding.decoder import probe
from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import Spellings, group_key
from genre_desktop.core.store.corrections import Correction, Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import GENRES
from genre_desktop.ml.data.dataset import CORRECTION, TrainingRows, track_of
from genre_desktop.ml.data.table_import import published_hash
from genre_desktop.ml.features.schema import VERSIONS


@dataclass(frozen=True, eq=False)
class TrainingData:
    """Training rows, the ids of the corrections in them, and the number of clips left out.

    ``outdated`` counts clips and corrections without features of a version that is still read.
    """

    rows: TrainingRows
    corrections: tuple[int, ...]
    outdated: int

    def counts(self) -> dict[str, int]:
        """Count clips by source."""
        return dict(Counter(self.rows.sources[self.rows.first].tolist()))


def gather(database: Database, reference: Sequence[Clip] = ()) -> TrainingData:
    """Combine library, corrections and reference; each recording once.

    A correction overrides an imported label, and both override the reference. A recording that is
    also in the reference or a published table keeps its group there, because its artist is known.
    """
    library = Library(database)
    corrections = Corrections(database).latest()
    by_hash = {correction.clip_hash: correction for correction in corrections if correction.clip_hash}
    groups = {clip.content_hash: clip.group for clip in reference}
    groups |= {published_hash(PurePath(clip.path).stem): clip.group for clip in reference}
    used: list[int] = []
    lost = 0

    def every() -> Iterator[Clip]:
        nonlocal lost
        present = set()
        for clip in library.clips(VERSIONS):
            present.add(clip.content_hash)
            yield _corrected(clip, by_hash, groups)
        others = [correction for correction in corrections if correction.clip_hash not in present]
        measured, lost = _from_predictions(others, PredictionLog(database), groups)
        used.extend(correction.id for correction in corrections if correction.clip_hash in present)
        used.extend(measured)
        yield from measured.values()
        present |= {clip.content_hash for clip in measured.values()}
        yield from (clip for clip in reference if clip.content_hash not in present)

    rows = TrainingRows.of(_one_spelling(every()), {clip.content_hash: track_of(clip) for clip in reference})
    return TrainingData(rows, corrections=tuple(sorted(used)), outdated=library.outdated(VERSIONS) + lost)


def _corrected(clip: Clip, corrections: dict[str, Correction], groups: dict[str, str]) -> Clip:
    clip = replace(clip, group=groups.get(clip.content_hash, clip.group))
    correction = corrections.get(clip.content_hash)
    return clip if correction is None else replace(clip, label=correction.label, source=CORRECTION)


def _from_predictions(
    corrections: Iterable[Correction], log: PredictionLog, groups: dict[str, str]
) -> tuple[dict[int, Clip], int]:
    """Return corrected clips outside the library by id, and the number of unusable ones."""
    clips: dict[int, Clip] = {}
    lost = 0
    for correction in corrections:
        found = None if correction.prediction_id is None else log.get(correction.prediction_id)
        if found is None or found.features is None or found.feature_version not in VERSIONS:
            lost += 1
            continue
        clips[correction.id] = Clip(
            content_hash=correction.clip_hash or f"prediction:{found.id}",
            path=correction.path,
            label=correction.label,
            group=groups.get(correction.clip_hash) or _group(Path(correction.path)),
            source=CORRECTION,
            duration_s=found.duration_s,
            starts=np.zeros(1),
            lengths=np.array([found.duration_s]),
            features=found.features[None, :],
        )
    return clips, lost


def _group(path: Path) -> str:
    """Return the artist, else the album, but not the folder, which need not be either."""
    try:
        tags = probe(path)
    except AppError:  # moved or deleted since; its features are still valid
        return f"file:{path}"
    return group_key(path, path.parent, tags.artist, tags.album)


def _one_spelling(clips: Iterable[Clip]) -> Iterator[Clip]:
    spellings = Spellings(GENRES)
    for clip in clips:
        yield replace(clip, label=spellings.of(clip.label))
