"""A label of the user's own after five examples: is it found again, and do the others keep theirs?

``python -m benchmarks labels``. Two measurements, on other artists than those of the five examples (other albums where
no artist is tagged):

- Pairs of GTZAN genres are renamed out of a starter, which is trained on the other eight. Train and valid
  parts only, and only tracks with an embedding; a third of the artists is held out for the eight.
- Free soundtracks in the folder that ``GENRE_DESKTOP_FREE_MUSIC`` names (Debian's ``wesnoth-1.16-music``
  and ``warzone2100-music``, unpacked), added to the shipped champion; skipped without it.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.accuracy import gtzan
from benchmarks.corrections import FAMILIES, reference_rows, retrain, share_right, subset, with_corrections
from benchmarks.report import Row
from genre_desktop.audio.decoding.decoder import probe, read
from genre_desktop.core.paths import shipped
from genre_desktop.core.types import GENRES
from genre_desktop.ml.data import gtzan_tables, reference_dataset
from genre_desktop.ml.data.dataset import REFERENCE, TrainingRows
from genre_desktop.ml.data.gtzan_tables import Table
from genre_desktop.ml.features.encoder.encoder import Encoder
from genre_desktop.ml.features.schema import SAMPLE_RATE, has_encoding
from genre_desktop.ml.features.window_extractor import WindowExtractor
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Model
from genre_desktop.ml.registry.encoder_store import shipped_file
from genre_desktop.ml.training import trainer

TITLE = "Labels of the user's own after five examples"
EXAMPLES = 5
MINIMUM_TESTED = 4
"""Tested clips of other artists that a renamed genre needs to count."""
PAIRS = int(os.environ.get("LABEL_PAIRS", "12"))
DRAWS = 5
FREE_MUSIC = "GENRE_DESKTOP_FREE_MUSIC"
CLIP_S = 30
SOUNDTRACKS = {"orchestral": "**/core/music/*.ogg", "ambient": "**/albums/[al]*_soundtrack/*.opus"}
"""Label and files of each soundtrack; the artist is the tag or, without one, the album's folder."""


def measure() -> list[Row]:
    """The table: renamed genres, then soundtracks."""
    with threadpool_limits(1):
        return [*_renamed(), *_soundtracks()]


# -- renamed genres -------------------------------------------------------------------------------


def _renamed() -> Iterator[Row]:
    rows = gtzan("train", "valid")
    pairs = list(itertools.combinations(GENRES, 2))
    chosen = np.random.default_rng(0).permutation(len(pairs))[:PAIRS]
    recalls: list[float] = []
    changes: list[float] = []
    for seed, number in enumerate(chosen.tolist()):
        found, change = _pair(rows, pairs[number], seed)
        recalls += found
        changes.append(100 * change)
    note = (
        f"median {np.median(recalls):.2f}, {np.mean(np.array(recalls) >= 0.6):.0%} of {len(recalls)} at 0.6"
    )
    yield Row(
        "renamed genres: recall of the new labels", float(np.mean(recalls)), "", target="≥ 0.6", note=note
    )
    note = f"{min(changes):+.1f} to {max(changes):+.1f} over {PAIRS} pairs"
    yield Row("renamed genres: accuracy of the other eight", float(np.mean(changes)), "points", note=note)


def _pair(rows: Table, pair: tuple[str, str], seed: int) -> tuple[list[float], float]:
    """Return the new labels' recalls, and the change of accuracy of the other genres."""
    rng = np.random.default_rng(seed)
    artists = rng.permutation(np.unique(rows.groups))
    held, encoded = np.isin(rows.groups, artists[: len(artists) // 3]), has_encoding(rows.X)
    new = np.isin(rows.y, pair)
    base = _starter(subset(rows, ~new & ~held))
    own = [_spread(rng.permutation(np.flatnonzero((rows.y == name) & encoded)), rows.groups) for name in pair]
    examples = subset(rows, np.concatenate(own))
    reference = _of_table(subset(rows, ~new & ~held & encoded))
    labels = np.char.add("my ", examples.y)
    model = retrain(base, with_corrections(reference, examples, labels), seed).model
    tested = subset(rows, new & encoded & ~np.isin(rows.groups, examples.groups))
    answers = np.asarray(model.classes)[model.predict_proba(tested.X).argmax(axis=1)]
    recalls = [
        float(np.mean(answers[tested.y == name] == f"my {name}"))
        for name in pair
        if np.sum(tested.y == name) >= MINIMUM_TESTED
    ]
    others = subset(rows, ~new & held & encoded)
    return recalls, share_right(model, others) - share_right(base, others)


def _starter(rows: Table) -> Model:
    return trainer.train(_of_table(rows), families=FAMILIES[:1], trials=1, seed=0, base=None).model


def _of_table(rows: Table) -> TrainingRows:
    sources = np.full(len(rows.y), REFERENCE)
    return TrainingRows(rows.X, rows.y, rows.groups, rows.tracks, rows.tracks, sources)


def _spread(index: Any, groups: Any) -> Any:
    """Return the first examples, each by another artist as long as there are any."""
    _, first = np.unique(groups[index], return_index=True)
    later = np.setdiff1d(np.arange(len(index)), first)
    return index[np.concatenate([np.sort(first), later])[:EXAMPLES]]


# -- soundtracks ----------------------------------------------------------------------------------


def _soundtracks() -> Iterator[Row]:
    folder = os.environ.get(FREE_MUSIC, "")
    for label, pattern in SOUNDTRACKS.items() if folder else ():
        table = _measured(label, sorted(Path(folder).glob(pattern)))
        yield from _own_label(label, table)


def _measured(label: str, paths: list[Path]) -> Table:
    """Measure 30 s from the middle of each piece that is long enough."""
    extractor = WindowExtractor(lambda: Encoder.load(shipped_file()))
    names, rows, artists = [], [], []
    for path in paths:
        samples = read(path).samples
        start = (len(samples) - CLIP_S * SAMPLE_RATE) // 2
        if start >= 0:
            rows.append(extractor.extract(samples[start : start + CLIP_S * SAMPLE_RATE]))
            names.append(path.name)
            artists.append(probe(path).artist or path.parent.name)
    return Table(np.array(names), np.array(rows), np.full(len(names), label), np.array(artists))


def _own_label(label: str, table: Table) -> Iterator[Row]:
    champion = bundle.load(shipped("models", "champion"))
    clips = reference_dataset.load()
    reference = reference_rows({gtzan_tables.track_name(Path(clip.path).name) for clip in clips})
    recalls, changes = [], []
    for seed in range(DRAWS):
        # Few artists have many pieces: half of the artists are drawn for the examples.
        rng = np.random.default_rng(seed)
        artists = rng.permutation(np.unique(table.groups))
        index = rng.permutation(np.flatnonzero(np.isin(table.groups, artists[: max(1, len(artists) // 2)])))
        examples = subset(table, _spread(index, table.groups))
        tested = subset(table, ~np.isin(table.groups, examples.groups))
        found = retrain(champion, with_corrections(reference, examples, examples.y), seed)
        recalls.append(share_right(found.model, tested))
        assert found.base_out is not None
        kept, classes = found.reference.astype(bool), np.asarray(found.model.classes)
        before, after = (
            np.mean(classes[proba[kept].argmax(axis=1)] == found.y[kept])
            for proba in (found.base_out, found.out_of_fold)
        )
        changes.append(100 * float(after - before))
    note = f"{min(recalls):.2f} to {max(recalls):.2f} over {DRAWS} draws of {EXAMPLES} from {len(table.y)} pieces"
    yield Row(f"{label}: recall on other artists", float(np.mean(recalls)), "", target="≥ 0.6", note=note)
    note = "reference clips, artist held out"
    yield Row(f"{label}: accuracy of the ten genres", float(np.mean(changes)), "points", note=note)
