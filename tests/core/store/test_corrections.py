import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.predictions import PredictionLog
from tests.core.store.samples import answer


@pytest.fixture
def log(db, clock):
    return PredictionLog(db, clock)


@pytest.fixture
def corrections(db, clock):
    return Corrections(db, clock)


def test_a_correction_records_prediction_label_and_time(log, corrections, clock):
    prediction = log.add(answer(), "file")
    one = corrections.get(corrections.add(prediction, " blues "))
    assert (one.prediction_id, one.clip_hash, one.path) == (prediction, "hash-a", "/music/a.wav")
    assert (one.predicted, one.label, one.model_version, one.time) == ("jazz", "blues", "1", clock.now)
    assert corrections.get(99) is None


def test_undo_and_redo(log, corrections):
    one = corrections.add(log.add(answer(), "file"), "blues")
    corrections.undo(one)
    assert corrections.latest() == []
    assert corrections.label_of("hash-a") is None
    assert corrections.get(one).undone is not None
    corrections.redo(one)
    assert corrections.label_of("hash-a") == "blues"


def test_the_last_correction_of_a_clip_counts(log, corrections):
    first, second = log.add(answer("a"), "file"), log.add(answer("b"), "file")
    corrections.add(first, "blues")
    corrections.add(second, "pop")
    last = corrections.add(first, "rock")
    assert [(one.path, one.label) for one in corrections.latest()] == [
        ("/music/b.wav", "pop"),
        ("/music/a.wav", "rock"),
    ]
    corrections.undo(last)
    assert corrections.label_of("hash-a") == "blues"


def test_waiting_counts_clips_that_no_training_has_used(log, corrections):
    ids = [corrections.add(log.add(answer(name), "file"), "blues") for name in "abc"]
    assert corrections.waiting() == 3
    assert corrections.waiting(after=ids[1]) == 1
    corrections.mark_trained(ids[:2], "run-1")
    corrections.mark_trained(ids[:1], "run-2")
    assert corrections.waiting() == 1
    assert corrections.get(ids[0]).trained_run == "run-1"
    corrections.add(corrections.get(ids[0]).prediction_id, "metal")  # a new word about an old clip
    assert corrections.waiting() == 2


def test_the_active_correction_of_a_clip(log, corrections):
    assert corrections.standing("hash-a") is None
    corrections.add(log.add(answer(), "file"), "blues")
    last = corrections.add(log.add(answer(), "file"), "rock")
    assert corrections.standing("hash-a") == corrections.get(last)


def test_the_newest_id(log, corrections):
    assert corrections.last_id() == 0
    one = corrections.add(log.add(answer(), "file"), "blues")
    assert corrections.last_id() == one


def test_a_deleted_prediction_cannot_be_corrected_but_its_correction_stays(db, log, corrections):
    prediction = log.add(answer(), "file")
    one = corrections.add(prediction, "blues")
    db.connection.execute("DELETE FROM predictions")
    assert corrections.get(one).prediction_id is None
    with pytest.raises(AppError) as caught:
        corrections.add(prediction, "rock")
    assert caught.value.problem.code == "prediction-gone"


def test_an_empty_label_is_refused(log, corrections):
    with pytest.raises(AppError) as caught:
        corrections.add(log.add(answer(), "file"), "  ")
    assert caught.value.problem.code == "empty-label"


def test_a_label_is_cleaned_and_one_that_is_too_long_refused(log, corrections):
    prediction = log.add(answer(), "file")
    assert corrections.get(corrections.add(prediction, "Pol\x1b[1mka\u202e")).label == "Polka"
    with pytest.raises(AppError) as caught:
        corrections.add(prediction, "x" * 201)
    assert caught.value.problem.code == "label-too-long"


def test_each_active_label_once(log, corrections):
    for name, label in (("a", "blues"), ("b", "own"), ("c", "blues"), ("a", "rock")):
        corrections.add(log.add(answer(name, clip_hash=name), "file"), label)
    assert corrections.labels() == ["own", "blues", "rock"]


def test_a_damaged_correction_is_no_correction(db, log, corrections):
    one = corrections.add(log.add(answer(), "file"), "blues")
    db.connection.execute("UPDATE corrections SET label = ?", (b"no text",))
    assert corrections.get(one) is None
    assert corrections.standing("hash-a") is None
    assert corrections.label_of("hash-a") is None
