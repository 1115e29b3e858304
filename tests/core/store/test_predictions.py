import json
import sqlite3
import zlib
from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.store import Database
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.predictions import CheckedAnswers, PredictionLog, forget_everything
from genre_desktop.core.types import GenreScore, ModelRef, Segment, SongTags, TagScore
from tests.core.store.samples import answer, failure


@pytest.fixture
def log(db, clock):
    return PredictionLog(db, clock)


def test_an_answer_is_remembered_whole(log, clock):
    model = ModelRef("genre", "4", "fallback", because="the champion was slow")
    one = log.get(log.add(answer(model=model, unusual=True), "batch"))
    assert one is not None
    assert (one.time, one.source, one.path, one.clip_hash) == (clock.now, "batch", "/music/a.wav", "hash-a")
    assert (one.genre, one.confidence, one.unusual, one.latency_ms) == ("jazz", 0.8, True, 50.0)
    assert one.probabilities == {"jazz": 0.8, "blues": 0.2}
    assert one.model == model
    assert one.correction is None
    np.testing.assert_array_equal(one.features, np.arange(3.0))


def test_a_failure_is_remembered_by_its_code(log):
    one = log.get(log.add(failure(), "file"))
    assert (one.genre, one.confidence, one.error_code, one.features) == ("", 0.0, "empty-file", None)


def test_a_path_that_is_no_unicode_is_remembered_all_the_same(log):
    one = log.get(log.add(answer(path="/music/\udcff.wav"), "file"))
    assert one.path == "/music/\\udcff.wav"


def test_the_top_three_stand_in_for_missing_probabilities(log):
    one = log.get(log.add(answer(probabilities=(), top=(GenreScore("pop", 0.6),)), "file"))
    assert one.probabilities == {"pop": 0.6}


def test_the_newest_come_first(log):
    ids = [log.add(answer(name), "file") for name in "abc"]
    assert [one.id for one in log.recent(2)] == [ids[2], ids[1]]
    assert log.last_id() == ids[-1]
    assert log.get(99) is None


def test_the_newest_answer_about_a_file(log):
    log.add(answer("a"), "file")
    newest = log.add(answer("a"), "batch")
    log.add(failure("b"), "file")
    assert log.latest_id("/music/a.wav") == newest
    assert log.latest_id("/music/b.wav") is None


def test_counting_by_source(log):
    assert log.last_id() == 0
    first = log.add(answer("a"), "file")
    log.add(answer("b"), "live")
    log.add(failure(), "file")
    assert log.count() == 3
    assert log.count(since=first) == 2
    assert log.count(source="live") == 1


def test_a_drift_check_sees_each_clip_once_oldest_first(log):
    log.add(answer("a"), "file")
    second = log.add(answer("b"), "batch")
    again = log.add(answer("a"), "file")
    assert [one.id for one in log.judgeable(["1"])] == [second, again]
    assert [one.id for one in log.judgeable(["1"], newest=1)] == [again]
    assert [one.id for one in log.judgeable(["1"], tested=CheckedAnswers(0, second))] == []  # "a" is tested
    assert [one.id for one in log.judgeable(["1"], tested=CheckedAnswers(second, second))] == [again]
    assert log.count_untested(CheckedAnswers(second, second)) == 1


def test_a_drift_check_sees_neither_failures_nor_live_windows_nor_other_features(log):
    log.add(failure(), "file")
    log.add(answer("live"), "live")
    log.add(answer("old", feature_version="0"), "file")
    log.add(answer("rowless", features=None), "file")
    assert log.judgeable(["1"]) == []
    assert len(log.judgeable(["1"], sources=("live",))) == 1


def test_a_drift_check_sees_no_speech(log):
    log.add(answer("spoken", genre="", kind="speech"), "file")
    log.add(answer("sung"), "file")
    assert [one.genre for one in log.judgeable("1")] == ["jazz"]


def test_the_kind_of_each_section_is_kept(log):
    sections = (Segment(0.0, 9.0, "", 0.0, "speech"), Segment(9.0, 30.0, "jazz", 0.7))
    number = log.add(answer(segments=sections), "file")
    assert log.answer(number, "/music/a.wav").segments == sections


def test_clips_without_a_hash_are_distinguished_by_path(log):
    log.add(answer("a", clip_hash=""), "file")
    log.add(answer("b", clip_hash=""), "file")
    log.add(answer("a", clip_hash=""), "file")
    assert len(log.judgeable(["1"])) == 2


def test_a_prediction_has_its_active_correction(db, log, clock):
    one = log.add(answer(), "file")
    corrections = Corrections(db, clock)
    corrections.add(one, "blues")
    last = corrections.add(one, "rock")
    assert log.get(one).correction == "rock"
    corrections.undo(last)
    assert log.get(one).correction == "blues"


def test_retention_keeps_what_the_user_corrected(db, log, clock):
    old, corrected, undone = (log.add(answer(name), "file") for name in "abc")
    corrections = Corrections(db, clock)
    corrections.add(corrected, "blues")
    corrections.undo(corrections.add(undone, "blues"))
    clock.pass_(100)
    new = log.add(answer("d"), "file")
    assert log.delete_before(clock.now) == 2
    assert [one.id for one in log.recent()] == [new, corrected]
    assert log.get(old) is None


def test_nothing_can_be_read_from_the_file_after_forgetting(db, log, clock):
    Corrections(db, clock).add(log.add(answer("secret-song"), "file"), "blues")
    KeyValueStore(db).set("serving", {"active": "fallback"})
    db.connection.execute("INSERT INTO batches (started, request) VALUES (1, '{}')")
    db.connection.execute(
        "INSERT INTO alerts (time, level, code, title, happened, did, can_do) "
        "VALUES (1, 'info', 'x', 'x', 'secret-song', '', '')"
    )
    forget_everything(db)
    counts = [
        db.connection.execute(f"SELECT count(*) FROM {row['name']}").fetchone()[0]
        for row in db.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    ]
    assert sum(counts) == 0
    assert len(counts) >= 10
    left = [file.read_bytes() for file in db.path.parent.iterdir()]
    assert not any(b"secret-song" in content for content in left)


def test_forgetting_while_another_process_reads_says_so(db, log):
    log.add(answer(), "file")
    reader = sqlite3.connect(db.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM predictions").fetchall()
    db.connection.execute("PRAGMA busy_timeout=0")
    with pytest.raises(AppError) as caught:
        forget_everything(db)
    reader.close()
    assert caught.value.problem.code == "store-busy"
    assert log.count() == 0


def test_forgetting_cannot_be_part_of_something_larger(db):
    with db.transaction(), pytest.raises(AppError) as caught:
        forget_everything(db)
    assert caught.value.problem.code == "store-busy"


def test_what_one_connection_adds_another_sees(db, log):
    other = Database(db.path)
    one = log.add(answer(), "file")
    assert PredictionLog(other).get(one) == log.get(one)
    other.close()


WHOLE = answer(
    "whole",
    top=(GenreScore("jazz", 0.8),),
    segments=(Segment(0.0, 15.0, "jazz", 0.8), Segment(15.0, 30.0, "blues", 0.51)),
    model=ModelRef("genre", "3", "fallback", "xgboost", "The champion is broken."),
    unusual=True,
    warnings=("It ends early.",),
    tags=(TagScore("soul", 0.75), TagScore("60s", 0.5)),
    style="soul",
    bpm=97.3,
    key="B♭ major",
    song=SongTags("Title", "Artist", "Album", "Jazz"),
)


def test_an_answer_comes_back_whole_but_for_its_features(log: PredictionLog) -> None:
    number = log.add(WHOLE, "batch")
    assert log.answer(number, WHOLE.path) == replace(WHOLE, features=None)
    assert log.answer(number, "/elsewhere/\udcff.wav") == replace(WHOLE, path="/elsewhere/\udcff.wav")


def test_an_answer_from_before_there_were_tags_is_music_without_any(db: Database, log: PredictionLog) -> None:
    number = log.add(WHOLE, "file")
    (details,) = db.connection.execute("SELECT details FROM predictions").fetchone()
    document = json.loads(zlib.decompress(details))
    old = {key: document[key] for key in ("top", "segments", "warnings", "family")}
    packed = zlib.compress(json.dumps(old).encode())
    db.connection.execute("UPDATE predictions SET details = ?", (packed,))
    assert log.answer(number, WHOLE.path) == replace(
        WHOLE, features=None, kind="music", tags=(), style="", bpm=None, key="", song=SongTags()
    )


def test_of_failures_live_windows_and_what_is_gone_there_is_no_whole_answer(log: PredictionLog) -> None:
    numbers = [log.add(failure(), "file"), log.add(WHOLE, "live"), 4711]
    assert [log.answer(number, "/a") for number in numbers] == [None, None, None]


def test_answers_are_read_together_whole_or_without_their_timeline(log):
    segments = (Segment(0.0, 9.0, "jazz", 0.7),)
    ids = [log.add(answer(name, segments=segments), "file") for name in "ab"]
    live = log.add(answer("c"), "live")
    found = log.answers({ids[0]: "/x", ids[1]: "/y", live: "/z", 99: "/gone"})
    assert found == {ids[0]: log.answer(ids[0], "/x"), ids[1]: log.answer(ids[1], "/y")}
    short = log.answers({ids[1]: "/y"}, whole=False)[ids[1]]
    assert short == replace(found[ids[1]], segments=(), probabilities=())


def test_features_are_read_for_some_ids_and_versions(log: PredictionLog) -> None:
    versions = {"1": ["a", "b", "c"], "2": ["a", "b"]}
    first = log.add(answer("a"), "file")
    second = log.add(answer("b", feature_version="2", features=np.array([5.0, np.nan])), "file")
    log.add(answer("c"), "file")
    without = [log.add(answer(name, **other), "file") for name, other in (
        ("d", {"features": None}), ("e", {"feature_version": "3"}), ("f", {"feature_version": "2"}),
    )]  # fmt: skip
    found = {row.id: row for row in log.feature_rows([second, first, *without, 99], versions)}
    assert set(found) == {first, second}
    assert (found[first].clip_hash, found[first].feature_version) == ("hash-a", "1")
    np.testing.assert_array_equal(found[first].features, np.arange(3.0))
    np.testing.assert_array_equal(found[second].features, [5.0, np.nan])
