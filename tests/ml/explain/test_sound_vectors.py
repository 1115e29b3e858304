"""Sound vectors are read from stored answers, and the most similar songs are found with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Answer
from genre_desktop.ml.explain import comparison_clips, sound_vectors
from genre_desktop.ml.features.schema import EMBEDDING_NAMES, FEATURE_VERSION, SIGNAL_NAMES, has_encoding

CLIPS = comparison_clips.reference()
ENCODED = np.flatnonzero(has_encoding(CLIPS.X))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[PredictionLog]:
    database = Database(tmp_path / "x.db")
    yield PredictionLog(database)
    database.close()


def add(log: PredictionLog, place: int, version: str = FEATURE_VERSION, **changes: object) -> int:
    """Store the answer for a clip of the reference; return its id."""
    values = {"clip_hash": f"hash {place}", "feature_version": version, "features": CLIPS.X[place]}
    return log.add(Answer(f"/music/{place}.mp3", "rock", 0.5, **values | changes), "file")  # type: ignore[arg-type]


def test_vectors_are_the_embeddings_in_the_order_that_was_asked_for(log: PredictionLog) -> None:
    first, second = add(log, ENCODED[0]), add(log, ENCODED[1])
    songs = sound_vectors.load(log, [second, first])
    embedding = CLIPS.X[ENCODED[1], -len(EMBEDDING_NAMES) :]
    assert songs.places.tolist() == [0, 1]
    np.testing.assert_allclose(songs.vectors[0], embedding / np.linalg.norm(embedding), rtol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(songs.vectors, axis=1), 1.0, rtol=1e-5)


def test_answers_without_a_vector_are_left_out(log: PredictionLog) -> None:
    row = CLIPS.X[ENCODED[0]]
    ids = [
        add(log, ENCODED[0], features=None),
        add(log, ENCODED[0], features=row[: len(SIGNAL_NAMES)], version="1"),
        add(log, ENCODED[0], features=np.where(np.arange(len(row)) < len(SIGNAL_NAMES), row, np.nan)),
        add(log, ENCODED[0], version="99"),
        12345,
        add(log, ENCODED[2]),
    ]
    assert sound_vectors.load(log, ids).places.tolist() == [5]
    assert len(sound_vectors.load(log, ids[:5])) == 0


def test_a_damaged_row_is_left_out(log: PredictionLog) -> None:
    first, second = add(log, ENCODED[0]), add(log, ENCODED[1])
    with log._db.transaction() as connection:
        connection.execute("UPDATE predictions SET features = ? WHERE id = ?", (b"12345678", first))
    assert sound_vectors.load(log, [first, second]).places.tolist() == [1]


def test_more_answers_than_are_read_at_a_time(log: PredictionLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_vectors, "AT_ONCE", 7)
    ids = [add(log, place) for place in ENCODED[:20]]
    shares: list[float] = []
    songs = sound_vectors.load(log, ids, shares.append)
    assert songs.places.tolist() == list(range(20))
    assert shares == [0.0, 0.35, 0.7]


def test_the_most_similar_songs_come_first_and_each_recording_once(log: PredictionLog) -> None:
    ids = [add(log, place) for place in ENCODED[:60]]
    ids += [add(log, place) for place in ENCODED[:3]]  # copies
    songs = sound_vectors.load(log, ids)
    nearest = [place % 60 for place in sound_vectors.nearest(songs, [0], 1000)]  # of copies any
    likeness = songs.vectors @ songs.vectors[0]
    expected = [place for place in np.argsort(-likeness, kind="stable").tolist() if place < 60 and place]
    assert nearest == expected
    assert len(sound_vectors.nearest(songs, [0], 25)) == 25
    both = sound_vectors.nearest(songs, [0, 1], 1000)
    assert len(both) == 58
    assert not {0, 1, 60, 61} & set(both)


def test_similar_songs_are_mostly_of_the_same_genre() -> None:
    """The embedding says something: with shuffled vectors a quarter would be of the same genre."""
    X = CLIPS.X[ENCODED][:, -len(EMBEDDING_NAMES) :]
    vectors = (X / np.linalg.norm(X, axis=1, keepdims=True)).astype(np.float32)
    every = np.arange(len(X))
    songs = sound_vectors.SoundVectors(every, every, vectors)
    labels = CLIPS.labels[ENCODED]
    shares = [np.mean(labels[sound_vectors.nearest(songs, [i], 5)] == labels[i]) for i in every]
    assert np.mean(shares) > 0.6
