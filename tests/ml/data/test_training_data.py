"""Training data: library, corrections and reference, each recording once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog, forget_everything
from genre_desktop.core.types import Answer, ModelRef
from genre_desktop.ml.data.training_data import gather
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES
from tools.synthetic_audio import music, write


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "store.db")
    yield database
    database.close()


def clip(content, label="rock", windows=1, source="audio", group="g"):
    return Clip(
        content_hash=content,
        path=f"/music/{content}.mp3",
        label=label,
        group=group,
        source=source,
        duration_s=30.0,
        starts=15.0 * np.arange(windows),
        lengths=np.full(windows, 30.0),
        features=np.full((windows, len(NAMES)), float(len(content))),
    )


def predicted(database, content, path=None, version=FEATURE_VERSION):
    """Log a prediction and return its id."""
    answer = Answer(
        path=str(path or f"/music/{content}.mp3"),
        genre="pop",
        confidence=0.5,
        model=ModelRef("genre", "1", "champion"),
        clip_hash=content,
        feature_version=version,
        features=np.full(len(NAMES), 7.0),
        duration_s=200.0,
    )
    return PredictionLog(database).add(answer, "file")


def labels(data):
    first = data.rows.first
    return dict(zip(data.rows.clips[first].tolist(), data.rows.y[first].tolist(), strict=True))


def sources(data):
    first = data.rows.first
    return dict(zip(data.rows.clips[first].tolist(), data.rows.sources[first].tolist(), strict=True))


def test_library_and_reference_are_combined_and_the_library_is_unchanged(database):
    library = Library(database)
    library.put(clip("mine", windows=3), FEATURE_VERSION)
    data = gather(database, [clip("theirs", "jazz", source="reference")])
    assert labels(data) == {"mine": "rock", "theirs": "jazz"}
    assert data.counts() == {"audio": 1, "reference": 1}
    assert len(data.rows) == 4
    assert library.count() == 1


def test_a_recording_in_both_comes_from_the_library_with_the_artist_of_the_reference(database):
    Library(database).put(clip("same", "metal"), FEATURE_VERSION)
    data = gather(database, [clip("same", "jazz", source="reference", group="artist:x")])
    assert labels(data) == {"same": "metal"}
    assert data.rows.groups.tolist() == ["artist:x"]
    assert data.rows.names.tolist() == ["same"]  # the track that the starter knows it as


def test_a_published_row_has_the_artist_of_its_track_in_the_reference(database):
    Library(database).put(clip("gtzan:blues.00000", source="table"), FEATURE_VERSION)
    heard = replace(clip("hash", source="reference", group="artist:x"), path="blues.00000.flac")
    assert gather(database, [heard]).rows.groups.tolist() == ["artist:x", "artist:x"]


def test_a_correction_becomes_a_training_row(database):
    number = Corrections(database).add(predicted(database, "heard"), "jazz")
    data = gather(database)
    assert labels(data) == {"heard": "jazz"}
    assert sources(data) == {"heard": "correction"}
    assert data.corrections == (number,)
    np.testing.assert_array_equal(data.rows.X, np.full((1, len(NAMES)), 7.0))


def test_the_latest_correction_counts_and_an_undone_one_is_dropped(database):
    corrections = Corrections(database)
    prediction = predicted(database, "heard")
    corrections.add(prediction, "jazz")
    second = corrections.add(prediction, "blues")
    assert labels(gather(database)) == {"heard": "blues"}
    corrections.undo(second)
    assert labels(gather(database)) == {"heard": "jazz"}
    for word in corrections.latest():
        corrections.undo(word.id)
    assert labels(gather(database)) == {}


def test_a_correction_overrides_the_imported_label(database):
    Library(database).put(clip("both", "rock", windows=2), FEATURE_VERSION)
    corrections = Corrections(database)
    number = corrections.add(predicted(database, "both"), "jazz")
    data = gather(database)
    assert labels(data) == {"both": "jazz"}
    assert sources(data) == {"both": "correction"}
    assert len(data.rows) == 2
    assert data.corrections == (number,)
    corrections.undo(number)
    assert labels(gather(database)) == {"both": "rock"}


def test_a_correction_overrides_the_reference(database):
    Corrections(database).add(predicted(database, "ref"), "metal")
    data = gather(database, [clip("ref", "jazz", source="reference", group="artist:x")])
    assert labels(data) == {"ref": "metal"}
    assert data.rows.groups.tolist() == ["artist:x"]


def test_the_group_of_a_correction_is_its_artist_else_itself(database, tmp_path):
    tagged = write(tmp_path / "a.mp3", music(1.0, 22_050), 22_050, tags={"artist": "The Band"})
    corrections = Corrections(database)
    corrections.add(predicted(database, "a", tagged), "rock")
    corrections.add(predicted(database, "b"), "rock")  # deleted since
    corrections.add(predicted(database, "c"), "rock")
    groups = gather(database).rows.groups.tolist()
    assert groups == ["artist:the band", "file:/music/b.mp3", "file:/music/c.mp3"]


def test_what_another_feature_version_measured_is_left_out_and_counted(database):
    Library(database).put(clip("old"), "0")
    Corrections(database).add(predicted(database, "heard", version="0"), "jazz")
    data = gather(database)
    assert labels(data) == {}
    assert data.outdated == 2
    assert data.corrections == ()


def test_spellings_of_one_genre_become_one(database):
    Corrections(database).add(predicted(database, "a"), "Hip-Hop")
    Corrections(database).add(predicted(database, "b"), "Zydeco")
    Corrections(database).add(predicted(database, "c"), "zydeco")
    assert labels(gather(database)) == {"a": "hiphop", "b": "Zydeco", "c": "Zydeco"}


def test_corrections_survive_retention_and_end_with_forget_everything(database):
    log = PredictionLog(database, clock=lambda: 0.0)
    assert log.count() == 0
    Corrections(database).add(predicted(database, "heard"), "jazz")
    predicted(database, "other")
    assert log.delete_before(1e12) == 1
    assert labels(gather(database)) == {"heard": "jazz"}
    forget_everything(database)
    assert labels(gather(database)) == {}
