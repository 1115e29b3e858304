"""Training data of a retrain: the user's library and corrections, the shipped reference, and a team's clips.

They are combined on demand and never copied into each other: an undone correction needs no row
to be removed, and the reference table changes with the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

import numpy as np

from genre_desktop.audio.sandbox.client import probe
from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import Spellings, group_key
from genre_desktop.core.store.corrections import Correction, Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import GENRES
from genre_desktop.ml.data.dataset import CORRECTION, TrainingRows, track_of
from genre_desktop.ml.data.table_import import published_hash
from genre_desktop.ml.data.team_rows import TeamJoin, TeamTable
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


def gather(database: Database, reference: Sequence[Clip] = (), team: TeamTable | None = None) -> TrainingData:
    """Combine library, corrections, a team's clips and the reference; each recording once.

    A correction overrides an imported label, both override what the team says, and that the reference. A
    recording that is also in the reference or a published table keeps its group there, because its artist
    is known.
    """
    library = Library(database)
    corrections = Corrections(database).latest()
    by_hash = {correction.clip_hash: correction for correction in corrections if correction.clip_hash}
    groups = _published_groups(reference)
    used: list[int] = []
    lost = 0

    def own() -> Iterator[Clip]:
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

    join = None if team is None else TeamJoin(team)
    clips = _one_spelling(_every(own(), reference, join))
    rows = TrainingRows.of(clips, {clip.content_hash: track_of(clip) for clip in reference})
    if join is not None:
        rows = join.regroup(rows)
    return TrainingData(rows, corrections=tuple(sorted(used)), outdated=library.outdated(VERSIONS) + lost)


def of_team(team: TeamTable) -> TrainingRows:
    """Return the rows of a team's clips alone, each recording once."""
    join = TeamJoin(team)
    return join.regroup(TrainingRows.of(_one_spelling(join.others())))


def corrected_clips(database: Database, reference: Sequence[Clip] = ()) -> list[Clip]:
    """Return the clips that the user corrected or confirmed, the latest first; groups as in :func:`gather`."""
    library, groups = Library(database), _published_groups(reference)
    found: list[Clip] = []
    for correction in reversed(Corrections(database).latest()):
        clip = library.get(correction.clip_hash, VERSIONS) if correction.clip_hash else None
        if clip is not None:
            found.append(_corrected(clip, {correction.clip_hash: correction}, groups))
        else:
            found += _from_predictions([correction], PredictionLog(database), groups)[0].values()
    return list(_one_spelling(found))


def _every(own: Iterable[Clip], reference: Iterable[Clip], join: TeamJoin | None) -> Iterator[Clip]:
    """Yield the user's clips, then those of the reference and of the team that are not among them."""
    present = set()
    for clip in own:
        present.add(clip.content_hash)
        yield clip if join is None else join.own(clip)
    others = (clip for clip in reference if clip.content_hash not in present)
    if join is None:
        yield from others
        return
    yield from map(join.reference, others)
    yield from join.others()


def _published_groups(reference: Iterable[Clip]) -> dict[str, str]:
    groups = {clip.content_hash: clip.group for clip in reference}
    return groups | {published_hash(PurePath(clip.path).stem): clip.group for clip in reference}


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
