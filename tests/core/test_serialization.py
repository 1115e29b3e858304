from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core import serialization
from genre_desktop.core.errors import Problem
from genre_desktop.core.serialization import write_arrays
from genre_desktop.core.types import Analysis, Answer, GenreScore, ModelRef, Segment, SongTags, TagScore

FULL = Answer(
    path="/music/\udcff and 🎸.wav",
    genre="rock",
    confidence=0.612345678901,
    top=(GenreScore("rock", 0.612345678901), GenreScore("metal", 0.2)),
    unusual=True,
    segments=(Segment(0.0, 10.0, "rock", 0.7), Segment(10.0, 20.0, "metal", 0.6)),
    model=ModelRef("genre", "7", "fallback", "lda", "the champion was too slow"),
    duration_s=30.013333,
    elapsed_ms=123.456,
    warnings=("Only 12 s could be read.",),
    probabilities=(GenreScore("rock", 0.612345678901), GenreScore("metal", 0.2), GenreScore("pop", 0.19)),
    clip_hash="ab12",
    feature_version="1",
    tags=(TagScore("electronic", 0.9), TagScore("80s", 0.25)),
    style="electronic",
    bpm=128.0,
    key="A minor",
    song=SongTags("Título", "=Artist", "Album", "Rock, Soul"),
)
SPOKEN = Answer(
    path="c.mp3", duration_s=12.0, kind="speech", segments=(Segment(0.0, 12.0, "", 0.0, "speech"),)
)
FAILED = Answer(path="b.mp3", error=Problem("unreadable-file", name="b.mp3", error="Input/output error"))


@pytest.mark.parametrize("answer", [FULL, SPOKEN, FAILED], ids=["answered", "spoken", "failed"])
def test_an_answer_survives_the_store(answer: Answer) -> None:
    text = serialization.dump(Analysis(answer, prediction_id=3))
    assert text.isascii()
    assert serialization.restore(text) == Analysis(answer, prediction_id=3)


def test_an_answer_stored_before_there_were_tags_is_music_without_any() -> None:
    row = json.loads(serialization.dump(Analysis(FULL)))
    for key in ("kind", "tags", "style", "bpm", "key", "camelot", "title", "artist", "album", "file_genre"):
        del row[key]
    restored = serialization.restore(json.dumps(row)).answer
    assert restored == replace(FULL, kind="music", tags=(), style="", bpm=None, key="", song=SongTags())


def test_a_tempo_that_is_no_number_is_damage() -> None:
    row = json.loads(serialization.dump(Analysis(FULL)))
    with pytest.raises(ValueError, match="fast"):
        serialization.restore(json.dumps(row | {"bpm": "fast"}))
    assert serialization.restore(json.dumps(row | {"key": ["A"]})).answer.to_dict()["camelot"] is None


def test_the_feature_row_stays_out() -> None:
    text = serialization.dump(Analysis(Answer(path="a", features=np.ones(3))))
    assert "features" not in json.loads(text)


def test_names_that_are_not_unicode_become_storable() -> None:
    assert serialization.surrogate_safe("plain ü 🎸") == "plain ü 🎸"
    assert serialization.surrogate_safe("bad\udcff") == "bad\\udcff"


def test_what_is_written_is_read_and_equal_data_give_equal_bytes(tmp_path: Path) -> None:
    arrays = {"rows": np.arange(6.0).reshape(2, 3), "names": np.array(["a", "ü"])}
    for name in ("one.npz", "two.npz"):
        write_arrays(tmp_path / name, arrays)
    with np.load(tmp_path / "one.npz", allow_pickle=False) as read:
        assert {key: read[key].tolist() for key in read} == {k: v.tolist() for k, v in arrays.items()}
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_objects_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="allow_pickle"):
        write_arrays(tmp_path / "bad.npz", {"objects": np.array([{}], dtype=object)})
    assert list(tmp_path.iterdir()) == []


def test_a_problem_stored_by_version_0_1_0_is_read_as_it_was_written() -> None:
    row = json.loads(serialization.dump(Analysis(FAILED)))
    row["error"] = {"code": "empty-file", "title": "It is empty", "reason": "0 bytes.", "hint": "Copy it."}
    restored = serialization.restore(json.dumps(row)).answer.error
    assert restored is not None
    assert restored.to_dict() == row["error"]
