from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
import soundfile
import soxr

from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.export import COLUMNS
from genre_desktop.core.music.keys import camelot
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.tag_rules import tag_name
from genre_desktop.ml.registry import alias_snapshot
from tests.fixtures.cli import Run, finish, start
from tests.fixtures.shared_data import shared_data
from tools import synthetic_audio

DEMO = shipped("resources", "demo.flac")
ROW = {
    "path", "genre", "confidence", "top", "unusual", "segments", "model", "duration_s", "elapsed_ms", "error", "bpm", "key",
}  # fmt: skip


@pytest.fixture
def predictions(tmp_path: Path) -> Iterator[Callable[[], list[Any]]]:
    """What the store of the test's home remembers."""
    opened: list[Database] = []

    def read_() -> list[Any]:
        opened.append(Database(Home(tmp_path / "home").store))
        return PredictionLog(opened[-1]).recent()

    yield read_
    for database in opened:
        database.close()


def test_one_file(run: Run, predictions: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DEMO.parent)
    (row,) = run("predict", "--json", "--timeline", DEMO.name).rows
    assert set(row) >= ROW
    assert row["path"] == DEMO.name
    assert row["error"] is None
    assert row["genre"] == row["top"][0]["genre"]
    assert row["confidence"] == row["top"][0]["probability"]
    assert len(row["top"]) == 3
    assert row["segments"][0]["start_s"] == 0.0
    assert row["segments"][-1]["end_s"] == pytest.approx(row["duration_s"], abs=0.1)
    assert row["camelot"] == (camelot(row["key"]) if row["key"] else None)
    measured = f"{row['bpm']:.1f} BPM, {row['key']} ({row['camelot']})"
    assert set(row["model"]) == {"name", "version", "alias"}
    (remembered,) = predictions()
    assert (remembered.path, remembered.genre, remembered.source) == (str(DEMO), row["genre"], "file")
    shown = run("predict", "--timeline", DEMO.name)
    assert shown.code == 0
    lines = shown.out.splitlines()
    assert lines[0] == DEMO.name
    assert [line.split()[0] for line in lines[1:4]] == [tag_name(score["genre"]) for score in row["top"]]
    section = row["segments"][0]
    assert (
        f"0:00 – 0:12     {tag_name(row['genre'])} {section['probability']:.0%}".replace("%", " %")
        in shown.out
    )
    assert f"  {measured}" in lines


def test_speech_is_an_answer_without_a_genre(
    run: Run, predictions: Callable[[], list[Any]], tmp_path: Path
) -> None:
    path = synthetic_audio.write(tmp_path / "reading.flac", synthetic_audio.voice(12.0), 22_050)
    table = tmp_path / "out.csv"
    done = run("predict", "--json", "--timeline", "--csv", str(table), str(path))
    (row,) = done.rows
    assert done.code == 0
    assert (row["kind"], row["genre"], row["confidence"], row["top"]) == ("speech", None, None, [])
    assert [(s["genre"], s["kind"]) for s in row["segments"]] == [(None, "speech")]
    with table.open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert (line["kind"], line["genre"], line["confidence"], line["error"]) == ("speech", "", "", "")
    assert predictions()[0].genre == ""
    shown = run("predict", "--timeline", str(path))
    assert shown.code == 0
    assert "speech: no genre" in shown.out
    assert "0:00 – 0:12     speech" in shown.out


def test_the_settings_say_what_is_remembered(
    run: Run, predictions: Callable[[], list[Any]], tmp_path: Path
) -> None:
    home = Home(tmp_path / "home").create()
    home.settings.write_text(json.dumps({"format": 1, "values": {"privacy.remember": False}}))
    assert run("predict", "--json", str(DEMO)).rows[0]["error"] is None
    assert predictions() == []


def make_bad_files(folder: Path) -> dict[str, str]:
    """Everything that people drop by mistake; names with the error codes they get."""
    (folder / "empty.wav").touch()
    (folder / "text.mp3").write_text("This is not music.\n" * 100)
    synthetic_audio.write_pictures(folder / "silent film.mp4")
    (folder / "a folder").mkdir()
    synthetic_audio.write(folder / "short.wav", synthetic_audio.music(0.3))
    synthetic_audio.write(folder / "silence.wav", np.zeros((88_200, 2), np.float32))
    broken = synthetic_audio.music(3.0)
    broken[1000] = np.nan
    synthetic_audio.write(folder / "nan.wav", broken, subtype="FLOAT")
    return {
        "empty.wav": "empty-file",
        "text.mp3": "not-audio",
        "silent film.mp4": "no-audio-stream",
        "a folder": "no-audio-found",
        "missing.wav": "missing-file",
        "short.wav": "clip-too-short",
        "silence.wav": "silence",
        "nan.wav": "non-finite",
    }


ODD_NAMES = (
    "LOUD.WAV",
    "with 'single' and \"double\" quotes.flac",
    "🎸 guitar.flac",
    "שלום עולם.flac",
    "-r.flac",
)


def test_bad_input_gets_a_row_each_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "dropped"
    folder.mkdir()
    expected = make_bad_files(folder)
    shutil.copyfile(DEMO, folder / "locked.flac")
    (folder / "locked.flac").chmod(0)
    if not os.access(folder / "locked.flac", os.R_OK):
        expected["locked.flac"] = "unreadable-file"
    for name in (*ODD_NAMES, os.fsdecode(b"caf\xe9.flac") if sys.platform == "linux" else "café.flac"):
        shutil.copyfile(DEMO, folder / name)
    paths = [str(folder / name) for name in expected]
    good = sorted(str(path) for path in folder.iterdir() if path.name not in expected)
    shown = run("predict", "--json", "--", *paths, *good)
    assert shown.code == 1
    assert "could not be analysed" in shown.err
    rows = {row["path"]: row for row in shown.rows}
    assert list(rows) == [*paths, *good]
    errors = {Path(path).name: row["error"] for path, row in rows.items() if row["error"]}
    assert {name: error["code"] for name, error in errors.items()} == expected
    for error in errors.values():
        assert set(error) == {"code", "title", "reason", "hint"}
        assert all(error.values())
    assert len({(rows[p]["genre"], rows[p]["confidence"]) for p in good}) == 1

    words = run("predict", "--", *paths[:4], good[0])
    assert words.code == 1
    assert words.out.count("failed ") == 4
    assert "Traceback" not in words.out + words.err


def test_a_single_bad_file_fails_in_words(run: Run, tmp_path: Path) -> None:
    shown = run("predict", str(tmp_path / "missing.wav"))
    assert shown.code == 1
    assert shown.out.startswith("failed")
    assert "Traceback" not in shown.out + shown.err
    (row,) = run("predict", "--json", str(tmp_path / "missing.wav")).rows
    assert row["error"]["code"] == "missing-file"


def test_alone_or_in_a_batch_the_answer_is_the_same(run: Run, tmp_path: Path) -> None:
    shutil.copyfile(DEMO, tmp_path / "again.flac")
    (alone,) = run("predict", "--json", "--timeline", str(DEMO)).rows
    first, second = run("predict", "--json", "--timeline", str(DEMO), str(tmp_path / "again.flac")).rows
    for row in (alone, first, second):
        del row["elapsed_ms"]
    assert alone == first
    assert first == second | {"path": str(DEMO)}


def copies(track: Path, folder: Path) -> list[Path]:
    """One recording as people have it, 44.1 kHz stereo: lossless and lossy, sound and film."""
    mono = soxr.resample(read(track).samples, 22_050, 44_100)
    stereo = np.repeat(mono[:, None], 2, axis=1)
    folder.mkdir()
    made = [
        synthetic_audio.write(folder / f"copy{suffix}", stereo)
        for suffix in (".wav", ".flac", ".mp3", ".mp4")
    ]
    soundfile.write(folder / "copy.ogg", stereo, 44_100, compression_level=0.0)
    return [*made, folder / "copy.ogg"]


def agree(rows: list[dict[str, Any]]) -> None:
    assert [row["error"] for row in rows] == [None] * 5
    assert len({row["genre"] for row in rows}) == 1
    for row in rows:
        scores = {score["genre"]: score["probability"] for score in row["top"]}
        for score in rows[0]["top"]:
            assert scores.get(score["genre"], score["probability"]) == pytest.approx(
                score["probability"], abs=0.05
            )


def test_copies_in_five_formats_are_one_genre(run: Run, tmp_path: Path) -> None:
    made = copies(DEMO, tmp_path / "copies")
    agree(run("predict", "--json", *map(str, made)).rows)


@pytest.mark.shared_data
def test_copies_of_a_real_track_are_one_genre(run: Run, tmp_path: Path) -> None:
    track = shared_data("gtzan_mini", "classical", "classical.00002.flac")
    rows = run("predict", "--json", *map(str, copies(track, tmp_path / "copies"))).rows
    agree(rows)
    assert rows[0]["genre"] == "classical"


def test_folders_need_recursive_and_csv_has_every_row(run: Run, tmp_path: Path) -> None:
    deep = tmp_path / "music" / "deep"
    deep.mkdir(parents=True)
    shutil.copyfile(DEMO, deep / "b.flac")
    shutil.copyfile(DEMO, deep / "A.FLAC")
    (deep / "cover.jpg").touch()
    shallow = run("predict", "--json", str(tmp_path / "music"))
    assert shallow.code == 1
    assert "--recursive" in shallow.rows[0]["error"]["hint"]
    table = tmp_path / "out.csv"
    found = run("predict", "--json", "-r", "--csv", str(table), str(tmp_path / "music"))
    assert found.code == 0
    assert [Path(row["path"]).name for row in found.rows] == ["A.FLAC", "b.flac"]
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["path"] for row in rows] == [row["path"] for row in found.rows]


def test_a_version_that_is_not_there_is_reported_in_each_row(run: Run) -> None:
    (row,) = run("predict", "--json", "--model", "99", str(DEMO)).rows
    assert row["error"]["code"] == "model-unknown"
    (row,) = run("predict", "--json", "--model", "fallback", str(DEMO)).rows
    assert row["model"]["alias"] == "fallback"


def test_it_says_when_the_fallback_answered(run: Run, tmp_path: Path) -> None:
    assert run("models").code == 0
    home = Home(tmp_path / "home")
    champion = alias_snapshot.last(home).resolve("champion")
    shutil.rmtree(champion.path(home))
    shown = run("predict", str(many(tmp_path / "music", 2)))
    assert shown.code == 0
    assert "2 files not analysed by the champion: " in shown.err


def many(folder: Path, number: int) -> Path:
    folder.mkdir()
    for n in range(number):
        (folder / f"{n:03}.flac").symlink_to(DEMO)
    return folder


def lines_until(process: Any, number: int) -> list[str]:
    return [line for line, _ in zip(process.stdout, range(number), strict=False)]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_killed_run_resumes_with_every_row_once(tmp_path: Path) -> None:
    folder, home = many(tmp_path / "music", 20), tmp_path / "home"
    command = ("predict", "--json", "--workers", "1", str(folder))
    with start(*command, home=home) as first:
        printed = lines_until(first, 5)
        first.kill()
    assert len(printed) == 5
    second = finish(start(*command, "--resume", home=home))
    assert second.code == 0
    assert "Resuming: " in second.err
    assert [Path(row["path"]).name for row in second.rows] == sorted(path.name for path in folder.iterdir())
    assert second.out.splitlines()[:5] == [line.rstrip("\n") for line in printed]


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_ctrl_c_ends_with_130_and_leaves_no_process(tmp_path: Path) -> None:
    with start("predict", "--json", str(many(tmp_path / "music", 200)), home=tmp_path / "home") as process:
        lines_until(process, 1)
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == 130
    assert "Cancelled." in err
    assert "--resume" in err
    assert "Traceback" not in err
    assert len(family) >= 1
    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes differ")
def test_a_reader_that_has_seen_enough_gets_no_complaint(tmp_path: Path) -> None:
    with start("predict", "--json", str(many(tmp_path / "music", 30)), home=tmp_path / "home") as process:
        lines_until(process, 1)
        process.stdout.close()  # type: ignore[union-attr]
        err = process.stderr.read()  # type: ignore[union-attr]
    assert "Traceback" not in err
    assert "Error" not in err
