"""A path of songs is even, follows what lies between both ends, and has no song twice."""

from __future__ import annotations

import numpy as np

from genre_desktop.ml.explain import sound_path
from genre_desktop.ml.explain.sound_vectors import SoundVectors


def songs(vectors: np.ndarray, recordings: np.ndarray | None = None) -> SoundVectors:
    unit = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    every = np.arange(len(unit))
    return SoundVectors(every * 2, every if recordings is None else recordings, unit)


def arc(n: int) -> np.ndarray:
    angles = np.linspace(0.0, np.pi / 2, n)
    return np.stack([np.cos(angles), np.sin(angles), np.zeros(n)], axis=1)


def test_songs_on_a_line_are_taken_in_even_steps() -> None:
    shuffled = np.random.default_rng(0).permutation(101)
    found = sound_path.find(
        songs(arc(101)[shuffled]), *(int(np.flatnonzero(shuffled == end)[0]) for end in (0, 100)), 11
    )
    assert [int(shuffled[place // 2]) for place in found] == list(range(0, 101, 10))


def test_the_path_avoids_songs_beside_it() -> None:
    rng = np.random.default_rng(1)
    aside = rng.normal(size=(300, 3)) * [0.3, 0.3, 1.0] + [0.0, 0.0, 3.0]
    found = sound_path.find(songs(np.vstack([arc(21), aside])), 0, 20, 9)
    assert max(found) < 2 * 21
    assert found == sorted(found)


def test_no_song_and_no_recording_comes_twice() -> None:
    rng = np.random.default_rng(2)
    vectors = rng.normal(size=(400, 8))
    recordings = np.r_[np.arange(200), np.arange(200)]
    vectors[200:] = vectors[:200]
    made = songs(vectors, recordings)
    for n in (2, 3, 25, 100):
        found = sound_path.find(made, 3, 7, n)
        assert (found[0], found[-1], len(found)) == (6, 14, n)
        assert len({recordings[place // 2] for place in found}) == n


def test_steps_are_smaller_than_those_of_the_nearest_songs_to_the_line() -> None:
    rng = np.random.default_rng(3)
    made = songs(rng.normal(size=(2000, 10)) + 0.5)
    ours, greedy = [], []
    for first, last in rng.integers(0, 2000, (10, 2)).tolist():
        ours.append(largest(made, [place // 2 for place in sound_path.find(made, first, last, 12)]))
        greedy.append(largest(made, nearest_to_the_line(made, first, last, 12)))
    assert np.mean(ours) < 0.9 * np.mean(greedy)


def largest(made: SoundVectors, path: list[int]) -> float:
    vectors = made.vectors[path]
    return float(np.linalg.norm(np.diff(vectors, axis=0), axis=1).max())


def nearest_to_the_line(made: SoundVectors, first: int, last: int, n: int) -> list[int]:
    found = [first]
    for share in np.linspace(0, 1, n)[1:-1]:
        point = (1 - share) * made.vectors[first] + share * made.vectors[last]
        order = np.argsort(-(made.vectors @ point)).tolist()
        found.append(next(place for place in order if place not in (*found, last)))
    return [*found, last]


def test_it_is_shorter_where_there_are_fewer_songs() -> None:
    assert sound_path.find(songs(arc(4)), 0, 3, 25) == [0, 2, 4, 6]
    assert sound_path.find(songs(arc(2)), 1, 0, 25) == [2, 0]


def test_ends_that_sound_the_same() -> None:
    vectors = np.vstack([arc(1), arc(1), arc(30)[1:]])
    found = sound_path.find(songs(vectors), 0, 1, 5)
    assert (found[0], found[-1], len(set(found))) == (0, 2, 5)
