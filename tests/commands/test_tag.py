"""``tag`` with real models on a copy of the demo clip."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.audio.tags import read_tags, write_tags
from genre_desktop.commands import analysis
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Analysis, TagScore
from genre_desktop.jobs.process_lock import Lock
from tests.fixtures.cli import Run
from tools import synthetic_audio


@pytest.fixture
def song(tmp_path: Path) -> Path:
    return Path(shutil.copy(shipped("resources", "demo.flac"), tmp_path / "Señor.flac"))


def test_a_file_is_written_and_put_back(run: Run, song: Path) -> None:
    dry = run("tag", "--json", "--minimum", "0", "--dry-run", str(song))
    (line,) = dry.rows
    assert dry.code == 0
    assert line["written"] is True
    assert str(read_tags(song)) == ""
    (line,) = run("tag", "--json", "--minimum", "0", str(song)).rows
    assert (line["written"], line["error"], line["before"]) == (True, None, "")
    assert str(read_tags(song)) == line["genre"]
    (again,) = run("tag", "--json", "--minimum", "0", str(song)).rows
    assert (again["written"], again["skipped"]) == (False, f"genre is already {line['genre']}")
    assert line["skipped"] is None
    back = run("tag", "--json", "--undo")
    assert back.json["written"] == 1
    assert str(read_tags(song)) == ""
    assert run("tag", "--undo").code == 0  # nothing left to put back


def test_unsure_answers_and_genres_of_others_stay_but_the_users_correction_goes_first(
    run: Run, song: Path, tmp_path: Path
) -> None:
    shown = run("tag", "--minimum", "100", str(song)).out
    assert shown.startswith("skipped")
    assert " % is below 100 %)" in shown
    write_tags(song, ["Polka"])
    (line,) = run("tag", "--json", "--minimum", "0", str(song)).rows
    assert (line["written"], line["before"]) == (False, "Polka")
    assert line["skipped"] == "already has the genre Polka; --replace overwrites it"
    database = Database(Home(tmp_path / "home").store)
    newest = PredictionLog(database).recent(1)[0]
    Corrections(database).add(newest.id, "Zydeco")
    database.close()
    (line,) = run("tag", "--json", "--minimum", "100", str(song)).rows
    assert (line["written"], line["genre"]) == (True, "Zydeco")
    assert str(read_tags(song)) == "Zydeco"


def test_styles_and_moods_are_written_where_asked_for_and_put_back(
    run: Run, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = analysis.analyses
    tags = (TagScore("soul", 0.9), TagScore("happy", 0.6), TagScore("60s", 0.5))

    def tagged(*arguments: Any, **more: Any) -> Iterator[Analysis]:
        for found in whole(*arguments, **more):
            yield replace(found, answer=replace(found.answer, tags=tags))

    monkeypatch.setattr(analysis, "analyses", tagged)
    plain = run("tag", "--json", "--minimum", "0", "--dry-run", str(song)).rows[0]
    assert (plain["genres"], plain["moods"]) == ([plain["genre"]], [])
    (line,) = run("tag", "--json", "--minimum", "0", "--styles", "--moods", str(song)).rows
    assert (line["genres"], line["moods"]) == ([line["genre"], "Soul"], ["Happy"])
    found = read_tags(song)
    assert (found.genres, found.moods) == ((line["genre"], "Soul"), ("Happy",))
    assert run("tag", "--json", "--undo").json["written"] == 1
    assert (read_tags(song).genres, read_tags(song).moods) == ((), ())
    settings = Settings.load(Home(song.parent / "home").settings)
    settings["files.moods"] = True
    settings["tags.words"] = ("happy=Cheerful",)
    (line,) = run("tag", "--json", "--minimum", "0", str(song)).rows
    assert (line["genres"], line["moods"]) == ([line["genre"]], ["Cheerful"])
    (line,) = run("tag", "--json", "--minimum", "0", "--replace", "--no-moods", str(song)).rows
    assert (line["written"], read_tags(song).moods) == (False, ("Cheerful",))


def test_tempo_and_key_are_written_where_asked_for_and_put_back(
    run: Run, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = analysis.analyses

    def measured(*arguments: Any, **more: Any) -> Iterator[Analysis]:
        for found in whole(*arguments, **more):
            yield replace(found, answer=replace(found.answer, bpm=127.6, key="F♯ minor"))

    monkeypatch.setattr(analysis, "analyses", measured)
    plain = run("tag", "--json", "--minimum", "0", "--dry-run", str(song)).rows[0]
    assert (plain["bpm"], plain["key"]) == (None, None)
    write_tags(song, ["Polka"], key=["C"])
    shown = run("tag", "--minimum", "100", "--tempo-key", "--dry-run", str(song)).out
    assert shown.startswith("128 BPM ")
    (line,) = run("tag", "--json", "--minimum", "100", "--tempo-key", "--replace", str(song)).rows
    assert (line["genres"], line["bpm"], line["key"], line["written"]) == ([], "128", "F#m", True)
    found = read_tags(song)
    assert (found.genres, found.bpm, found.key) == (("Polka",), ("128",), ("F#m",))
    assert run("tag", "--json", "--undo").json["written"] == 1
    assert (read_tags(song).bpm, read_tags(song).key) == ((), ("C",))


def test_speech_is_left_alone(run: Run, tmp_path: Path) -> None:
    path = synthetic_audio.write(tmp_path / "reading.flac", synthetic_audio.voice(12.0), 22_050)
    write_tags(path, ["Audiobook"])
    (line,) = run("tag", "--json", "--minimum", "0", "--replace", str(path)).rows
    assert (line["kind"], line["genre"], line["written"], line["error"]) == ("speech", None, False, None)
    assert str(read_tags(path)) == "Audiobook"
    assert "(speech, no genre)" in run("tag", "--minimum", "0", "--replace", str(path)).out


def test_what_cannot_be_read_or_written_is_reported(run: Run, song: Path, tmp_path: Path) -> None:
    song.chmod(0o444)
    failed = run("tag", "--json", "--minimum", "0", str(song))
    assert failed.code == 1
    assert failed.rows[0]["error"]["code"] == "file-read-only"
    gone = run("tag", str(tmp_path / "gone.mp3"))
    assert gone.code == 1
    assert "not written" in gone.out


def test_wrong_usage(run: Run, song: Path) -> None:
    assert run("tag").code == 2
    assert run("tag", "--undo", str(song)).code == 2
    assert run("tag", "--minimum", "120", str(song)).code == 2


def test_two_at_once_are_kept_apart(run: Run, song: Path, tmp_path: Path) -> None:
    lock = Lock(Home(tmp_path / "home").create(), "job-write-tags")
    assert lock.acquire()
    failed = run("tag", str(song))
    assert failed.code == 1
    assert "already being written" in failed.err
    lock.release()
