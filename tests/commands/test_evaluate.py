from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from tests.fixtures.cli import Run
from tools import synthetic_audio

DEMO = shipped("resources", "demo.flac")


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """Two clips in the folder of what they are taken for, one in a wrong one, one in none."""
    genre = run("predict", "--json", str(DEMO)).rows[0]["genre"]
    top = tmp_path / "labelled"
    for name in (f"{genre}/a.flac", f"{genre.title()}/b.flac", "polka/c.flac", "d.flac"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(DEMO, top / name)
    (top / "polka" / "broken.mp3").write_text("no music")
    return top


def test_a_labelled_folder_is_measured(run: Run, folder: Path, tmp_path: Path) -> None:
    shown = run("evaluate", "--json", str(folder))
    assert shown.code == 1  # two files could not be used
    found = shown.json
    genre = run("predict", "--json", str(DEMO)).rows[0]["genre"]
    assert found["n"] == 3
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert {"n", "accuracy", "gmean", "top3", "per_genre", "confusion"} <= set(found)
    assert found["per_genre"][genre] == {"recall": 1.0, "precision": pytest.approx(2 / 3), "n": 2}
    assert found["confusion"] == {genre: {genre: 2}, "polka": {genre: 1}}
    assert [Path(row["path"]).name for row in found["skipped"]] == ["d.flac", "broken.mp3"]
    words = run("evaluate", str(folder))
    assert "3 clips with genre version" in words.out
    assert f"{genre.title()} (1)" in words.out
    assert "broken.mp3" in words.err
    database = Database(Home(tmp_path / "home").store)
    assert PredictionLog(database).count() == 2  # those of predict: measuring leaves no trace
    database.close()


def test_a_folder_whose_name_is_no_genre_is_left_out(run: Run, tmp_path: Path) -> None:
    for name in ("x" * 201, "Pol\x1b[1mka"):
        (tmp_path / "top" / name).mkdir(parents=True)
        shutil.copyfile(DEMO, tmp_path / "top" / name / "a.flac")
    found = run("evaluate", "--json", str(tmp_path / "top")).json
    assert (found["n"], list(found["confusion"])) == (1, ["Polka"])
    assert "201 characters" in found["skipped"][0]["reason"]


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_nothing_to_measure_is_reported(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    shown = run("evaluate", "--json", str(tmp_path / name))
    assert shown.code == 1
    assert shown.json["error"]["code"] == "nothing-to-evaluate"


def test_import_puts_labelled_music_into_the_library(run: Run, tmp_path: Path) -> None:
    for genre, seed in (("polka", 1), ("waltz", 2)):
        (tmp_path / "music" / genre).mkdir(parents=True)
        synthetic_audio.write(tmp_path / "music" / genre / "a.wav", synthetic_audio.music(seed=seed))
    (tmp_path / "music" / "polka" / "bad.mp3").write_text("no music")
    shown = run("import", "--json", "--workers", "1", str(tmp_path / "music"))
    assert shown.code == 1
    assert (shown.json["added"], shown.json["genres"]) == (2, {"polka": 1, "waltz": 1})
    assert [Path(row["path"]).name for row in shown.json["skipped"]] == ["bad.mp3"]
    again = run("import", "--workers", "1", str(tmp_path / "music"))
    assert "2 unchanged" in again.out
    assert "bad.mp3" in again.err
    nowhere = run("import", "--json", str(tmp_path / "missing"))
    assert nowhere.code == 1
    assert nowhere.json["error"]["title"]
