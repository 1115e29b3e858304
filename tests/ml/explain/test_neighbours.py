"""The nearest clips are found: own ones first, other artists first, never the song itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Answer
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.explain import comparison_clips, neighbours
from genre_desktop.ml.features.schema import EMBEDDING_NAMES, FEATURE_VERSION, NAMES, SIGNAL_NAMES, widen

REFERENCE = reference_dataset.load()


@pytest.fixture
def database(tmp_path: Path):
    database = Database(tmp_path / "x.db")
    yield database
    database.close()


def clip(name: str, features: np.ndarray, label: str = "rock", group: str = "artist:me") -> Clip:
    features = np.atleast_2d(features)
    n = len(features)
    return Clip(f"hash {name}", f"/music/{name}", label, group, "audio", 30.0 * n,
                30.0 * np.arange(n), np.full(n, 30.0), features)  # fmt: skip


def near(row: np.ndarray, share: float, seed: int = 0) -> np.ndarray:
    return row * (1 + share * np.random.default_rng(seed).normal(size=row.shape))


def test_without_a_library_reference_clips_are_named(database: Database) -> None:
    space = neighbours.FeatureSpace.of(comparison_clips.load_comparison_clips(database))
    assert not space.known.own.any()
    song = REFERENCE[0]
    found = neighbours.find(space, song.features[0], song.content_hash, group=song.group)
    assert len(found) == neighbours.TOP
    assert song.path not in [n.path for n in found]
    assert [n.likeness for n in found] == sorted((n.likeness for n in found), reverse=True)
    assert all(0.5 < n.likeness <= 1 for n in found)
    groups = [space.known.groups[space.known.paths.index(n.path)] for n in found]
    assert len(set(groups)) == neighbours.TOP
    assert song.group not in groups


def test_the_reference_alone(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(comparison_clips.reference().paths) == len(REFERENCE)
    assert comparison_clips.reference().X.shape == comparison_clips.load_comparison_clips(database).X.shape
    monkeypatch.setattr(reference_dataset, "shipped_path", lambda: Path("/no/such.npz"))
    assert comparison_clips.reference().paths == ()
    assert comparison_clips.load_comparison_clips(database).X.shape == (0, len(NAMES))


def test_own_clips_come_first_and_unlike_ones_do_not_crowd_out_the_reference(database: Database) -> None:
    row = REFERENCE[0].features[0]
    library = Library(database)
    library.put(clip("twin.mp3", near(row, 0.01), group="artist:a"), FEATURE_VERSION)
    library.put(clip("cousin.mp3", np.stack([near(row, 0.1, 1), near(row, 0.1, 2)]), "blues", "artist:b"), FEATURE_VERSION)  # fmt: skip
    stranger = near(row, 3.0, 3)
    stranger[-len(EMBEDDING_NAMES) :] = -row[-len(EMBEDDING_NAMES) :]
    library.put(clip("stranger.mp3", stranger, group="artist:c"), FEATURE_VERSION)
    found = neighbours.find(neighbours.FeatureSpace.of(comparison_clips.load_comparison_clips(database)), row)
    assert [n.path for n in found[:2]] == ["/music/twin.mp3", "/music/cousin.mp3"]
    assert [n.own for n in found] == [True, True, False, False, False]
    assert found[0].genre == "rock"
    assert found[0].likeness > 0.99


def test_the_same_artist_comes_last(database: Database) -> None:
    row = REFERENCE[0].features[0]
    library = Library(database)
    for number in range(3):
        library.put(clip(f"{number}.mp3", near(row, 0.02, number)), FEATURE_VERSION)
    space = neighbours.FeatureSpace.of(comparison_clips.load_comparison_clips(database))
    found = neighbours.find(space, row, group="artist:me")
    # the three clips of the song's own artist are the user's, which come before the reference
    assert [n.own for n in found] == [True] * 3 + [False] * 2
    others = neighbours.find(space, row)
    assert others[0].own


def test_corrected_predictions_are_own_clips_with_the_correction(database: Database) -> None:
    log = PredictionLog(database)
    row = REFERENCE[0].features[0]
    answer = Answer("/music/x.mp3", "pop", 0.5, duration_s=30.0, clip_hash="x",
                    feature_version=FEATURE_VERSION, features=row)  # fmt: skip
    number = log.add(answer, "file")
    before = comparison_clips.stamp(database)
    word = Corrections(database).add(number, "polka")
    assert comparison_clips.stamp(database) != before
    found = comparison_clips.load_comparison_clips(database)
    assert found.own.sum() == 1
    assert (found.labels[0], found.paths[0]) == ("polka", "/music/x.mp3")
    Corrections(database).undo(word)
    assert not comparison_clips.load_comparison_clips(database).own.any()


def test_rows_with_gaps_are_left_out(database: Database) -> None:
    row = REFERENCE[0].features[0].copy()
    row[NAMES.index("tempo")] = np.nan
    Library(database).put(clip("gap.mp3", row), FEATURE_VERSION)
    assert not comparison_clips.load_comparison_clips(database).own.any()


def test_relabelling_changes_the_stamp(database: Database) -> None:
    library = Library(database)
    library.put(clip("a.mp3", REFERENCE[0].features[0]), FEATURE_VERSION)
    before = comparison_clips.stamp(database)
    library.relabel(1, "jazz")
    assert comparison_clips.stamp(database) != before


def test_neighbours_share_the_genre_more_often_than_chance(database: Database) -> None:
    space = neighbours.FeatureSpace.of(comparison_clips.load_comparison_clips(database))
    hits = []
    for song in REFERENCE[::7]:
        found = neighbours.find(space, song.features[0], song.content_hash, group=song.group)
        hits += [n.genre == song.label for n in found]
    assert np.mean(hits) > 0.6  # reference: the ten genres are unbalanced, chance is 0.17; by forms it is 0.5


def encoded(row: np.ndarray, direction: int, length: float = 1.0) -> np.ndarray:
    """Return a row with tags and an embedding along one axis, and a little along all."""
    row = widen(row[: len(SIGNAL_NAMES)]) if len(row) != len(NAMES) else row.copy()
    row[len(SIGNAL_NAMES) :] = 0.0
    row[-len(EMBEDDING_NAMES) :] = 0.1 * length
    row[NAMES.index(f"embedding_{direction}")] = 10.0 * length
    return row


def test_the_angle_of_embeddings_decides_whatever_their_length(database: Database) -> None:
    row, other = REFERENCE[0].features[0], REFERENCE[200].features[0]
    library = Library(database)
    library.put(clip("same sound.mp3", encoded(other, 3, length=5.0), group="artist:a"), FEATURE_VERSION)
    library.put(clip("same numbers.mp3", encoded(row, 7), group="artist:b"), FEATURE_VERSION)
    library.put(clip("third.mp3", encoded(row, 11), group="artist:c"), FEATURE_VERSION)
    space = neighbours.FeatureSpace.of(comparison_clips.load_comparison_clips(database))
    found = neighbours.find(space, encoded(row, 3))
    assert found[0].path == "/music/same sound.mp3"


def test_clips_without_embedding_are_compared_by_their_features(database: Database) -> None:
    row = REFERENCE[0].features[0]
    library = Library(database)
    library.put(clip("old twin.mp3", near(row[: len(SIGNAL_NAMES)], 0.01), group="artist:a"), "1")
    for number in range(10):
        other = encoded(row, 10)
        other[-len(EMBEDDING_NAMES) :] = np.random.default_rng(number).normal(size=len(EMBEDDING_NAMES))
        library.put(clip(f"{number}.mp3", other, group=f"artist:{number}"), FEATURE_VERSION)
    library.put(clip("near.mp3", encoded(row, 3, 2.0), group="artist:n"), FEATURE_VERSION)
    space = neighbours.FeatureSpace.of(comparison_clips.load_comparison_clips(database))
    assert {n.path for n in neighbours.find(space, encoded(row, 3))[:2]} == {
        "/music/near.mp3",
        "/music/old twin.mp3",
    }
    unencoded = widen(near(row, 0.01, 1)[: len(SIGNAL_NAMES)])
    _, likeness = space.compare(unencoded)
    assert likeness[space.known.paths.index("/music/old twin.mp3")] > 0.99
