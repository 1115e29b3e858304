import numpy as np
import pytest

from genre_desktop.core.store import Database
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.library import Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.ml.drift import own_clips
from genre_desktop.ml.features import schema
from tests.core.store.samples import answer
from tests.ml.drift.test_champion_reference import N, clip


@pytest.fixture
def db(tmp_path):
    database = Database(tmp_path / "store.db")
    yield database
    database.close()


def put(db, labels):
    library = Library(db)
    for name, label in labels.items():
        library.put(clip(name, label), schema.FEATURE_VERSION)


def test_few_clips_are_all_in_the_sample_with_the_users_labels_in_one_spelling(db):
    put(db, {"a": "metal", "b": "Hip-Hop", "c": "metal", "other": "pop"})
    log, corrections = PredictionLog(db), Corrections(db)
    corrections.add(log.add(answer("c", clip_hash="c"), "file"), "polka")
    corrections.add(log.add(answer("d", clip_hash="d", features=np.full(N, 7.0)), "file"), "polka")
    nameless = log.add(answer("e", clip_hash="", features=np.full(N, 8.0)), "file")
    corrections.add(nameless, "polka")
    corrections.add(log.add(answer("f", clip_hash="f", features=None), "file"), "polka")
    names = ["a", "b", "c", "d", f"prediction:{nameless}", "f", "gone"]
    own = own_clips.find(db, {name: number / 10 for number, name in enumerate(names)})
    found = sorted(zip(own.labels.tolist(), own.confidence.tolist(), own.X[:, 0].tolist(), strict=True))
    assert found == [
        ("hiphop", 0.1, 0.5), ("metal", 0.0, 0.5), ("polka", 0.2, 0.5), ("polka", 0.3, 7.0), ("polka", 0.4, 8.0),
    ]  # fmt: skip
    assert own.clips.tolist() == pytest.approx([1, 1, 1, 1, 1])


def test_of_many_clips_each_genre_has_a_share_that_stands_for_all(db, monkeypatch):
    monkeypatch.setattr(own_clips, "MOST", 6)
    monkeypatch.setattr(own_clips, "OF_GENRE", 2)
    labels = {f"{genre} {n}": genre for genre, many in (("metal", 9), ("pop", 2)) for n in range(many)}
    put(db, labels)
    own = own_clips.find(db, dict.fromkeys(labels, 0.5))
    assert own.labels.tolist() == ["metal"] * 3 + ["pop"] * 2
    assert own.clips.tolist() == [3, 3, 3, 1, 1]
    again = own_clips.find(db, dict.fromkeys(reversed(labels), 0.5))
    np.testing.assert_array_equal(own.X, again.X)


def test_without_clips_there_is_an_empty_sample(db):
    own = own_clips.find(db, {"learned": 0.5})
    assert own.X.shape == (0, N)
