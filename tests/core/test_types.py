import json
import pickle

import numpy as np

from genre_desktop.core.errors import Problem
from genre_desktop.core.types import (
    GENRES,
    Answer,
    GenreScore,
    ModelRef,
    Segment,
    SongTags,
    Spectrogram,
    TagScore,
)

MODEL = ModelRef("genre", "3", "fallback", "lda", "the champion is being careful")


def answer(**changes):
    fields = {
        "path": "a.wav",
        "genre": "jazz",
        "confidence": 0.8,
        "top": (GenreScore("jazz", 0.8), GenreScore("blues", 0.2)),
        "segments": (Segment(0.0, 10.0, "jazz", 0.8),),
        "model": MODEL,
        "duration_s": 30.00049,
        "elapsed_ms": 12.345,
        "features": np.arange(3.0),
        "tags": (TagScore("soul", 0.9),),
        "key": "F♯ minor",
        "song": SongTags(album="Blue", genre="Jazz, Soul"),
    }
    return Answer(**(fields | changes))


def test_the_json_line_of_an_answer():
    line = json.loads(json.dumps(answer().to_dict()))
    assert line == {
        "path": "a.wav",
        "genre": "jazz",
        "confidence": 0.8,
        "top": [{"genre": "jazz", "probability": 0.8}, {"genre": "blues", "probability": 0.2}],
        "kind": "music",
        "tags": [{"tag": "soul", "score": 0.9}],
        "style": None,
        "bpm": None,
        "key": "F♯ minor",
        "camelot": "11A",
        "title": None,
        "artist": None,
        "album": "Blue",
        "file_genre": "Jazz, Soul",
        "unusual": False,
        "segments": [{"start_s": 0.0, "end_s": 10.0, "genre": "jazz", "probability": 0.8, "kind": "music"}],
        "model": {"name": "genre", "version": "3", "alias": "fallback"},
        "duration_s": 30.0,
        "elapsed_ms": 12.3,
        "warnings": [],
        "error": None,
    }


def test_the_timeline_can_be_left_out():
    assert answer().to_dict(timeline=False)["segments"] == []


def test_a_failure_has_no_genre_and_no_confidence():
    problem = Problem("empty-file/made-up", title="Nothing to hear", reason="The file has no content.")
    failed = Answer("b.wav", error=problem, confidence=0.5)
    assert not failed.ok
    line = failed.to_dict()
    assert line["genre"] is None
    assert line["confidence"] is None
    assert line["model"] is None
    assert line["error"] == problem.to_dict()


def test_speech_is_an_answer_without_genre_and_confidence():
    spoken = Answer("c.wav", kind="speech", segments=(Segment(0.0, 9.0, "", 0.0, "speech"),))
    assert spoken.ok
    assert not spoken.has_genre
    assert answer().has_genre
    line = spoken.to_dict()
    assert (line["kind"], line["genre"], line["confidence"], line["top"]) == ("speech", None, None, [])
    assert line["error"] is None
    assert line["segments"] == [
        {"start_s": 0.0, "end_s": 9.0, "genre": None, "probability": 0.0, "kind": "speech"}
    ]


def test_answers_compare_without_their_feature_rows_and_pickle():
    first, second = answer(), answer(features=np.zeros(3))
    assert first == second
    copy = pickle.loads(pickle.dumps(first))
    assert copy == first
    np.testing.assert_array_equal(copy.features, first.features)


def test_a_spectrogram_knows_how_long_it_is():
    picture = Spectrogram(np.zeros((5, 40), np.float16), 22050, 0.25)
    assert picture.duration_s == 10.0


def test_there_are_ten_genres_in_alphabetical_order():
    assert len(set(GENRES)) == 10
    assert list(GENRES) == sorted(GENRES)
