from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import GENRES, GenreScore, ModelRef
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.features.schema import FEATURE_VERSION
from tests.core.store.samples import answer
from tests.fixtures.cli import Run


@pytest.fixture
def database(run: Run) -> Iterator[Database]:
    opened = Database(Home.locate().create().store)
    yield opened
    opened.close()


def play(database: Database, n: int, scale: float = 1.0) -> None:
    """Answers about tracks of the table that the app comes with, right in seven of ten cases."""
    log = PredictionLog(database)
    rng = np.random.default_rng(0)
    clips = [clip for clip in reference_dataset.load() if clip.label in GENRES]
    for number in rng.choice(len(clips), n, replace=False):
        clip = clips[number]
        said = clip.label if rng.random() < 0.7 else str(rng.choice(GENRES))
        scores = tuple(GenreScore(genre, 0.7 if genre == said else 0.3 / 9) for genre in GENRES)
        log.add(
            answer(
                clip.content_hash,
                genre=said,
                probabilities=scores,
                model=ModelRef("genre", "1", "champion"),
                features=clip.features.mean(axis=0) * scale,
                feature_version=FEATURE_VERSION,
            ),
            "batch",
        )


def test_with_too_little_music_it_says_how_much_is_missing(run: Run, database: Database) -> None:
    play(database, 12)
    shown = run("drift")
    assert shown.code == 0
    assert "12 clips have been analysed so far; a check needs 30." in shown.out
    assert run("drift", "--json").json["action"] == "waiting"


def test_usual_music_is_no_drift(run: Run, database: Database) -> None:
    play(database, 40)
    shown = run("drift", "--json")
    assert shown.code == 0
    found = shown.json
    assert {"n_reference", "n_current", "drifted_share", "threshold", "drift", "features", "action"} <= set(
        found
    )
    assert (found["n_current"], found["drift"]) == (40, False)
    assert (found["level"], found["action"]) == ("mild", "noticed")  # two thirds of the table were Ogg Vorbis
    assert {"name", "score", "drifted"} <= set(found["features"][0])


def test_a_drift_is_reported_and_is_no_failure(run: Run, database: Database) -> None:
    play(database, 40, scale=3.0)
    shown = run("drift")
    assert shown.code == 0
    assert "differs from the champion's training music" in shown.out
    assert "Model in use: champion." in shown.out
    assert "p = " in shown.out
    assert "more" in shown.out


def test_a_report_without_music_is_refused(run: Run, database: Database, tmp_path: Path) -> None:
    shown = run("drift", "--html", str(tmp_path / "report.html"), "--json")
    assert shown.code == 1
    assert shown.json["error"]["code"] == "too-few-clips"
    assert not (tmp_path / "report.html").exists()
