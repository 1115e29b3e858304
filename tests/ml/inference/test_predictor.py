"""From files to answers, with real sound, real features and small real models."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import mutagen
import numpy as np
import pytest

from genre_desktop.core.errors import Cancelled
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.types import GENRES, AnalyseRequest, Analysis, Segment, SongTags
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.windowing import Mode
from genre_desktop.ml.inference import segments
from genre_desktop.ml.inference.predictor import Predictor
from genre_desktop.ml.registry import maintenance
from tests.ml import tiny_models
from tools import synthetic_audio, synthetic_songs

MODES: tuple[Mode, Mode] = ("song", "excerpt")
DEMO = str(shipped("resources", "demo.flac"))


@pytest.fixture
def predictor(home: Home) -> Iterator[Predictor]:
    return Predictor(home)


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> str:
    """70 seconds: music, then noise."""
    rate = 22_050
    calm, wild = synthetic_audio.music(35.0, rate, 1), synthetic_audio.music(35.0, rate, 1, seed=1)
    wild += np.random.default_rng(0).normal(scale=0.2, size=wild.shape).astype(np.float32)
    path = tmp_path_factory.mktemp("songs") / "song ünïcode 🎵.flac"
    return str(synthetic_audio.write(path, np.concatenate([calm, wild]).clip(-1, 1), rate))


def test_the_demo_clip_has_an_answer(predictor: Predictor) -> None:
    predictor.warm()
    analysis = predictor.analyse(AnalyseRequest(DEMO))
    answer = analysis.answer
    assert answer.error is None
    assert answer.genre in GENRES
    assert answer.path == DEMO
    assert [score.genre for score in answer.top] == [score.genre for score in answer.probabilities[:3]]
    assert answer.top[0].probability == answer.confidence == max(s.probability for s in answer.probabilities)
    assert sum(score.probability for score in answer.probabilities) == pytest.approx(1.0)
    assert [(s.start_s, s.end_s) for s in answer.segments] == [(0.0, answer.duration_s)]
    assert answer.features.shape == (len(schema.NAMES),)
    assert (answer.feature_version, len(answer.clip_hash)) == (schema.FEATURE_VERSION, 32)
    assert (answer.model.name, answer.model.version, answer.model.alias) == ("genre", "1", "champion")
    assert answer.elapsed_ms > 0
    assert analysis.spectrogram is None
    json.dumps(answer.to_dict())


def test_the_answer_is_the_models_prediction_for_the_features(predictor: Predictor) -> None:
    answer = predictor.analyse(AnalyseRequest(DEMO)).answer
    P = tiny_models.linear().predict_proba(answer.features[None])[0]
    assert {s.genre: pytest.approx(s.probability, abs=1e-6) for s in answer.probabilities} == dict(
        zip(GENRES, P, strict=True)
    )


def test_a_song_has_its_tempo_and_key_in_both_modes(predictor: Predictor, tmp_path: Path) -> None:
    made = synthetic_songs.song(5001, 50.0)
    path = synthetic_audio.write(tmp_path / "song.flac", made.samples[:, np.newaxis], synthetic_songs.RATE)
    whole, excerpt = (predictor.analyse(AnalyseRequest(str(path), mode=mode)).answer for mode in MODES)
    for answer in (whole, excerpt):
        assert answer.error is None
        assert answer.bpm == pytest.approx(made.bpm, abs=0.2)
        assert answer.key == made.key.name
    assert whole.features.shape == (len(schema.NAMES),)  # neither is a column


def test_an_answer_has_the_tags_of_the_file(predictor: Predictor, tmp_path: Path) -> None:
    path = tmp_path / "song.flac"
    shutil.copyfile(DEMO, path)
    file: Any = mutagen.File(path)
    file["title"], file["artist"], file["album"], file["genre"] = "Demo", "Band", "Disc", ["Jazz", "Soul"]
    file.save()
    for mode in MODES:
        answer = predictor.analyse(AnalyseRequest(str(path), mode=mode)).answer
        assert answer.song == SongTags("Demo", "Band", "Disc", "Jazz, Soul")


def test_a_song_is_answered_window_by_window(predictor: Predictor, song: str) -> None:
    seen: list[float | None] = []
    analysis = predictor.analyse(
        AnalyseRequest(song, spectrogram=True), progress=lambda fraction, _message: seen.append(fraction)
    )
    answer = analysis.answer
    assert answer.error is None
    assert answer.duration_s == pytest.approx(70.0)
    assert answer.segments[0].start_s == 0.0
    assert answer.segments[-1].end_s == pytest.approx(70.0)
    assert analysis.spectrogram.duration_s == pytest.approx(70.0, abs=0.5)
    reported = [fraction for fraction in seen if fraction is not None]
    assert reported == sorted(reported)
    assert reported[-1] == pytest.approx(1.0)


def test_an_excerpt_is_the_middle_with_and_without_a_picture(predictor: Predictor, song: str) -> None:
    plain = predictor.analyse(AnalyseRequest(song, mode="excerpt")).answer
    pictured = predictor.analyse(AnalyseRequest(song, mode="excerpt", spectrogram=True))
    assert [(s.start_s, s.end_s) for s in plain.segments] == [(20.0, 50.0)]
    assert plain.segments == pictured.answer.segments
    assert (plain.clip_hash, plain.duration_s) == (pictured.answer.clip_hash, pictured.answer.duration_s)
    np.testing.assert_array_equal(plain.features, pictured.answer.features)
    assert pictured.spectrogram.duration_s == pytest.approx(70.0, abs=0.5)


def spoken(path: Path, *parts: tuple[str, float]) -> str:
    """Write sections of voice and music, in seconds."""
    make = {"voice": synthetic_audio.voice, "music": lambda s, rate: synthetic_audio.music(s, rate, 1)}
    return str(
        synthetic_audio.write(path, np.concatenate([make[kind](s, 22_050) for kind, s in parts]), 22_050)
    )


def test_speech_gets_no_genre(predictor: Predictor, tmp_path: Path) -> None:
    answer = predictor.analyse(AnalyseRequest(spoken(tmp_path / "a.wav", ("voice", 50.0)))).answer
    assert answer.error is None
    assert (answer.kind, answer.genre, answer.top, answer.model) == ("speech", "", (), None)
    assert answer.segments == (Segment(0.0, 50.0, "", 0.0, "speech"),)
    assert np.isfinite(answer.features[: len(schema.SIGNAL_NAMES)]).all()  # for the user's own genre
    assert len(answer.clip_hash) == 32
    line = answer.to_dict()
    assert (line["kind"], line["genre"], line["confidence"], line["model"]) == ("speech", None, None, None)


def test_a_spoken_introduction_does_not_vote(predictor: Predictor, tmp_path: Path) -> None:
    path = spoken(tmp_path / "a.wav", ("voice", 60.0), ("music", 120.0))
    answer = predictor.analyse(AnalyseRequest(path)).answer
    alone = predictor.analyse(AnalyseRequest(spoken(tmp_path / "b.wav", ("music", 120.0)))).answer
    assert (answer.kind, answer.genre) == ("music", alone.genre)
    first, *others = answer.segments
    assert (first.start_s, first.kind, first.genre) == (0.0, "speech", "")
    assert 30.0 <= first.end_s <= 60.0
    assert {segment.kind for segment in others} == {"music"}


def bad_files(folder: Path) -> dict[str, Path]:
    (folder / "empty.mp3").write_bytes(b"")
    (folder / "text.mp3").write_text("These are words.", "utf-8")
    short = synthetic_audio.music(0.4, 22_050, 1)
    return {
        "missing-file": folder / "nowhere.wav",
        "is-a-directory": folder,
        "empty-file": folder / "empty.mp3",
        "not-audio": folder / "text.mp3",
        "clip-too-short": synthetic_audio.write(folder / "short.wav", short, 22_050),
        "silence": synthetic_audio.write(folder / "silence.wav", np.zeros((66_150, 1), np.float32), 22_050),
    }


def test_bad_files_are_answers_too(predictor: Predictor, tmp_path: Path) -> None:
    for code, path in bad_files(tmp_path).items():
        answer = predictor.analyse(AnalyseRequest(str(path))).answer
        assert answer.error is not None
        assert answer.error.code == code
        assert answer.genre == ""
        assert answer.kind == ("silence" if code == "silence" else "music")
        assert answer.error.reason.endswith(".")


def test_an_unexpected_fault_is_an_answer_too(predictor: Predictor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(predictor.extractor, "extract", lambda *_: 1 / 0)
    answer = predictor.analyse(AnalyseRequest(DEMO)).answer
    assert answer.error.code == "unexpected"
    assert answer.duration_s > 0  # what was known stays known


def test_cancelling_stops_at_once(predictor: Predictor, song: str) -> None:
    asked = iter([False] * 3)
    with pytest.raises(Cancelled):
        predictor.analyse(AnalyseRequest(song), cancelled=lambda: next(asked, True))


@pytest.mark.parametrize("mode", ["song", "excerpt"])
def test_nothing_long_happens_without_asking_whether_to_stop(
    predictor: Predictor, song: str, monkeypatch: pytest.MonkeyPatch, mode: Mode
) -> None:
    steps: list[str] = []

    def noted(step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given: (steps.append(step), work(*given))[1]

    monkeypatch.setattr(predictor.extractor, "extract", noted("measured", predictor.extractor.extract))
    monkeypatch.setattr(predictor.router, "answer", noted("predicted", predictor.router.answer))
    monkeypatch.setattr(segments, "segments", noted("segmented", segments.segments))
    request = AnalyseRequest(song, mode=mode, spectrogram=True)
    predictor.analyse(request, cancelled=noted("asked", lambda: False))
    assert {"measured", "predicted", "segmented"} <= set(steps)
    assert all("asked" in pair for pair in pairwise(steps))

    asked = steps.count("asked")
    for moment in np.linspace(0, asked - 1, 9).astype(int):
        answers = iter([False] * moment)
        with pytest.raises(Cancelled):
            predictor.analyse(request, cancelled=lambda answers=answers: next(answers, True))


def test_a_model_by_name_and_one_that_does_not_exist(predictor: Predictor) -> None:
    fallback = predictor.analyse(AnalyseRequest(DEMO, model="fallback")).answer
    assert (fallback.model.alias, fallback.model.family, fallback.model.because) == (
        "fallback",
        "xgboost",
        "",
    )
    assert predictor.analyse(AnalyseRequest(DEMO, model="2")).answer.model == fallback.model
    assert predictor.analyse(AnalyseRequest(DEMO, model="9")).answer.error.code == "model-unknown"


def test_without_any_model_the_error_is_reported(predictor: Predictor, home: Home) -> None:
    for part in home.registry.rglob("bundle.json"):
        part.write_text("{}")
    analysis = predictor.analyse(AnalyseRequest(DEMO, spectrogram=True))
    assert analysis.answer.error.code == "no-model"
    assert analysis.spectrogram is not None  # the picture needs no model
    assert analysis.answer.clip_hash


FIRST_ANSWER = """
import sys, pathlib
from genre_desktop import environment
environment.set_up()
from genre_desktop.core.paths import Home
from genre_desktop.core.types import AnalyseRequest
from genre_desktop.ml.registry import starter_models
from genre_desktop.ml.inference.predictor import Predictor
models = pathlib.Path(sys.argv[2])
starter_models.folder = lambda alias: models / alias
predictor = Predictor(Home(pathlib.Path(sys.argv[1])))
predictor.warm()
answer = predictor.analyse(AnalyseRequest(sys.argv[3])).answer
print(answer.genre, answer.model.version, answer.model.alias, answer.confidence)
heavy = {"mlflow", "sqlalchemy", "librosa", "numba", "PySide6", "evidently", "sklearn", "skops", "xgboost", "pandas"}
print(sorted(heavy & set(sys.modules)))
"""


def test_the_first_answer_of_a_fresh_home_needs_no_mlflow_and_is_the_later_one(
    tmp_path: Path, with_starters: Path, quick_database: Path
) -> None:
    home = Home(tmp_path / "fresh")
    command = [sys.executable, "-c", FIRST_ANSWER, str(home.root), str(with_starters), DEMO]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    first, heavy = done.stdout.splitlines()
    assert heavy == "[]"
    predictor = Predictor(home)
    assert maintenance.needed(home)
    maintenance.run(home)
    assert not maintenance.needed(home)
    answer = predictor.analyse(AnalyseRequest(DEMO)).answer
    assert predictor.models.find("champion").path(home).is_relative_to(home.root)
    assert first == f"{answer.genre} 1 champion {answer.confidence}"


def test_an_analysis_crosses_processes(predictor: Predictor) -> None:
    import pickle

    analysis = predictor.analyse(AnalyseRequest(DEMO, spectrogram=True))
    copy: Analysis = pickle.loads(pickle.dumps(analysis))
    assert copy.answer == analysis.answer
    np.testing.assert_array_equal(copy.spectrogram.db, analysis.spectrogram.db)
