from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import mutagen
import pytest

from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import AnalyseRequest, Answer, SongTags
from genre_desktop.ml.inference.predictor import Predictor
from genre_desktop.ml.inference.stored_features import answer_again
from tools import synthetic_audio

DEMO = str(shipped("resources", "demo.flac"))


@pytest.fixture
def predictor(home: Home) -> Predictor:
    return Predictor(home)


@pytest.fixture
def log(home: Home) -> Iterator[PredictionLog]:
    database = Database(home.store)
    yield PredictionLog(database)
    database.close()


def stored(predictor: Predictor, log: PredictionLog, path: str = DEMO) -> tuple[AnalyseRequest, Answer]:
    answer = predictor.analyse(AnalyseRequest(path)).answer
    assert answer.ok
    return AnalyseRequest(path, previous=log.add(answer, "file")), answer


@pytest.mark.parametrize("model", ["champion", "fallback"])
def test_it_is_the_answer_that_decoding_would_give(
    predictor: Predictor, log: PredictionLog, model: str
) -> None:
    request, _ = stored(predictor, log)
    decoded = predictor.analyse(AnalyseRequest(DEMO, model)).answer
    again = answer_again(predictor, log, replace(request, model=model))
    assert again is not None
    found = again.answer
    assert found.model == decoded.model
    assert {score.genre: pytest.approx(score.probability, abs=1e-5) for score in found.probabilities} == {
        score.genre: score.probability for score in decoded.probabilities
    }
    for name in (
        "path",
        "genre",
        "kind",
        "tags",
        "style",
        "bpm",
        "key",
        "clip_hash",
        "feature_version",
        "unusual",
    ):
        assert getattr(found, name) == getattr(decoded, name), name
    assert [(each.start_s, each.end_s) for each in found.segments] == [(0.0, decoded.duration_s)]
    assert found.features.shape == decoded.features.shape


def test_the_tags_of_the_file_are_those_that_it_has_now(
    predictor: Predictor, log: PredictionLog, tmp_path: Path
) -> None:
    path = synthetic_audio.write(tmp_path / "a.flac", synthetic_audio.music(10.0, 22_050, 1), 22_050)
    request, first = stored(predictor, log, str(path))
    assert first.song == SongTags()
    file: Any = mutagen.File(path)
    file["title"], file["genre"] = "Title", ["Jazz", "Soul"]
    file.save()
    again = answer_again(predictor, log, request)
    assert again is not None
    assert again.answer.song == SongTags("Title", genre="Jazz, Soul")


def test_it_can_be_stored_and_answered_again(predictor: Predictor, log: PredictionLog) -> None:
    request, first = stored(predictor, log)
    again = answer_again(predictor, log, request)
    assert again is not None
    third = answer_again(predictor, log, replace(request, previous=log.add(again.answer, "file")))
    assert third is not None
    assert third.answer.confidence == pytest.approx(first.confidence, abs=1e-5)


def test_a_long_song_is_read(predictor: Predictor, log: PredictionLog, tmp_path: Path) -> None:
    sound = synthetic_audio.music(40.0, 22_050, 1)
    path = synthetic_audio.write(tmp_path / "song.flac", sound, 22_050)
    request, _ = stored(predictor, log, str(path))
    assert answer_again(predictor, log, request) is None


def test_a_file_that_has_changed_is_read(predictor: Predictor, log: PredictionLog, tmp_path: Path) -> None:
    path = synthetic_audio.write(tmp_path / "a.flac", synthetic_audio.music(10.0, 22_050, 1), 22_050)
    request, _ = stored(predictor, log, str(path))
    assert answer_again(predictor, log, request) is not None
    synthetic_audio.write(path, synthetic_audio.music(10.0, 22_050, 1, seed=5), 22_050)
    assert answer_again(predictor, log, request) is None
    path.unlink()
    assert answer_again(predictor, log, request) is None


def test_what_does_not_suffice_is_read(predictor: Predictor, log: PredictionLog) -> None:
    request, answer = stored(predictor, log)
    missing = answer.features.copy()
    missing[-1] = float("nan")
    for other in (
        replace(answer, features=None),
        replace(answer, features=missing),
        replace(answer, feature_version="0"),
        replace(answer, kind="speech", genre=""),
    ):
        assert answer_again(predictor, log, replace(request, previous=log.add(other, "file"))) is None
    for unusable in (
        replace(request, previous=None),
        replace(request, previous=9_999),
        replace(request, spectrogram=True),
        replace(request, model="77"),
    ):
        assert answer_again(predictor, log, unusable) is None
