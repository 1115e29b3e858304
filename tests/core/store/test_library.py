"""The library of clips: writes together, and reads in the order of import."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest

from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, Library


@pytest.fixture
def database(tmp_path):
    found = Database(tmp_path / "store.db")
    yield found
    found.close()


def clip(number, windows=1):
    return Clip(
        content_hash=f"hash {number}",
        path=f"/music/{number}.mp3",
        label="rock",
        group=f"artist:{number}",
        source="audio",
        duration_s=30.0,
        starts=np.arange(windows, dtype=float)[::-1],
        lengths=np.ones(windows),
        features=np.full((windows, 3), float(number)) + np.arange(windows)[::-1, None] / 10,
    )


def test_clips_come_in_the_order_of_import_and_their_windows_by_start(database):
    library = Library(database)
    for number in (3, 1, 2):
        library.put(clip(number, windows=number), "2")
    library.put(clip(4), "0")
    found = list(library.clips(["2", "1"]))
    assert [one.content_hash for one in found] == ["hash 3", "hash 1", "hash 2"]
    assert found[0].starts.tolist() == [0.0, 1.0, 2.0]
    assert found[0].features[:, 0].tolist() == [3.0, 3.1, 3.2]
    assert library.get("hash 2", ["2"]).features.shape == (2, 3)
    assert library.get("hash 4", ["2"]) is None
    assert library.outdated(["2", "1"]) == 1


def test_writes_together_are_all_there_or_none(database):
    library = Library(database)
    with library.together():
        library.put(clip(1), "2")
        library.put(clip(2), "2")
    with suppress(KeyboardInterrupt), library.together():
        library.put(clip(3), "2")
        raise KeyboardInterrupt
    assert library.count() == 2


def test_paths_are_found_without_reading_all_clips(database):
    plan = database.connection.execute("EXPLAIN QUERY PLAN SELECT id FROM clips WHERE path = ?", ("",))
    assert "clips_path" in plan.fetchone()["detail"]
