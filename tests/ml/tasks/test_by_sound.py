"""The jobs that compare songs by their sound, over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Answer
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.ml.explain import comparison_clips
from genre_desktop.ml.features.schema import FEATURE_VERSION, has_encoding
from genre_desktop.ml.tasks import by_sound

CLIPS = comparison_clips.reference()
ENCODED = np.flatnonzero(has_encoding(CLIPS.X))[:40]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).create()


@pytest.fixture
def ids(home: Home) -> Iterator[list[int]]:
    """Forty answers with a vector, the fourth without one."""
    database = Database(home.store)
    log = PredictionLog(database)
    found = [log.add(answer(place), "file") for place in ENCODED]
    found.insert(3, log.add(Answer("/music/x.mp3", "rock", 0.5), "file"))
    yield found
    database.close()


def answer(place: int) -> Answer:
    return Answer(
        f"/music/{place}.mp3", "rock", 0.5, clip_hash=str(place), feature_version=FEATURE_VERSION,
        features=CLIPS.X[place],
    )  # fmt: skip


def test_similar_songs_and_a_path(home: Home, ids: list[int]) -> None:
    context = TaskContext(ProcessResources(home))
    found = by_sound.similar(context, {"ids": ids, "seeds": [10], "n": 5})
    assert found["left_out"] == 1
    assert len(set(found["places"])) == 5
    assert not {3, 10} & set(found["places"])
    path = by_sound.path(context, {"ids": ids, "seeds": [10, 2], "n": 7})
    assert (path["places"][0], path["places"][-1], len(set(path["places"]))) == (10, 2, 7)
    assert 3 not in path["places"]


def test_a_song_without_a_vector_is_a_problem(home: Home, ids: list[int]) -> None:
    context = TaskContext(ProcessResources(home))
    with pytest.raises(AppError) as caught:
        by_sound.similar(context, {"ids": ids, "seeds": [3], "n": 5})
    assert caught.value.problem.code == "no-sound-vector"
    for params in ({}, {"ids": [ids[3]]}):
        with pytest.raises(AppError) as caught:
            by_sound.arrange(context, params)
        assert caught.value.problem.code == "no-sound-vector"


def test_a_map_has_coordinates_for_each_song_that_has_a_vector(home: Home, ids: list[int]) -> None:
    reports: list[float | None] = []
    context = TaskContext(
        ProcessResources(home), progress=lambda share, _text="": reports.append(share)  # type: ignore[misc]
    )  # fmt: skip
    result = by_sound.arrange(context, {"ids": ids})
    assert (result["placed"], result["left_out"]) == (40, 1)
    points = np.fromfile(result["path"], "<f4").reshape(-1, 2)
    assert len(points) == 41
    assert np.flatnonzero(np.isnan(points).any(axis=1)).tolist() == [3]
    assert Path(result["path"]).is_relative_to(home.root)
    known = [share for share in reports if share is not None]
    assert known == sorted(known)


def test_it_stops_when_it_is_cancelled(home: Home, ids: list[int]) -> None:
    context = TaskContext(ProcessResources(home), cancelled=lambda: True)
    with pytest.raises(Cancelled):
        by_sound.arrange(context, {"ids": ids})
    assert not by_sound.map_path(home).exists()
