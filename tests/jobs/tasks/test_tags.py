"""The jobs that write genres and put the old ones back, on real files and a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.audio.decoding.content_hash import clip_hash
from genre_desktop.audio.tags import read_tags, write_tags
from genre_desktop.core.errors import Cancelled
from genre_desktop.core.paths import Home
from genre_desktop.core.store.batch_checkpoints import stamp
from genre_desktop.core.store.tag_history import TagValues, TagWrites
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.runner.process import RunningJob
from genre_desktop.jobs.tasks import tags
from tools.synthetic_audio import music, write

SOUND = music(1.5)


@pytest.fixture
def context(tmp_path: Path) -> Iterator[TaskContext]:
    parts = ProcessResources(Home(tmp_path / "home").create())
    yield TaskContext(parts)
    parts.close()


@pytest.fixture
def songs(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "music"
    folder.mkdir()
    return [write(folder / name, SOUND) for name in ("a.flac", "b.mp3", "c.ogg")]


def edits(songs: list[Path], *genres: str, moods: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"edits": [[str(path), genres or ("Rock",), moods, clip_hash(path)] for path in songs]}


def genres(songs: list[Path]) -> list[str]:
    return [str(read_tags(path)) for path in songs]


def test_reading_returns_genres_and_problems(context: TaskContext, songs: list[Path]) -> None:
    write_tags(songs[0], ["Polka"])
    found = tags.read_tags(context, [*map(str, songs[:2]), str(songs[0].parent / "gone.mp3")])
    assert [now.genre for now in found] == ["Polka", "", ""]
    assert [now.problem.code if now.problem else "" for now in found] == ["", "", "missing-file"]


def test_written_recorded_and_put_back(context: TaskContext, songs: list[Path]) -> None:
    write_tags(songs[0], ["Polka"])
    result = tags.write(context, edits(songs, "Hip-Hop"))
    assert (result["written"], result["unchanged"], result["problems"]) == (3, 0, [])
    assert genres(songs) == ["Hip-Hop"] * 3
    writes = TagWrites(context.parts.database)
    (batch,) = writes.batches()
    assert (batch.id, batch.files, batch.first) == (result["batch"], 3, str(songs[0]))
    assert writes.is_ours(str(songs[0]), stamp(songs[0]))
    assert tags.restore(context, {"batch": batch.id})["written"] == 3
    assert genres(songs) == ["Polka", "", ""]
    assert writes.batches() == []
    assert writes.is_ours(str(songs[0]), stamp(songs[0]))


def test_a_file_that_says_so_already_is_not_touched(context: TaskContext, songs: list[Path]) -> None:
    write_tags(songs[0], ["Rock"])
    before = stamp(songs[0])
    result = tags.write(context, edits(songs[:1]))
    assert (result["written"], result["unchanged"]) == (0, 1)
    assert stamp(songs[0]) == before
    assert TagWrites(context.parts.database).batches() == []


def test_bad_files_are_reported_and_the_rest_is_written(context: TaskContext, songs: list[Path]) -> None:
    songs[0].chmod(0o444)
    wanted = edits(songs)
    songs[1].unlink()
    result = tags.write(context, wanted)
    assert [problem["code"] for problem in result["problems"]] == ["file-read-only", "missing-file"]
    assert result["written"] == 1
    assert str(read_tags(songs[2])) == "Rock"
    (batch,) = TagWrites(context.parts.database).batches()
    assert batch.files == 1


def test_a_genre_that_was_changed_since_stays(context: TaskContext, songs: list[Path]) -> None:
    batch = tags.write(context, edits(songs))["batch"]
    write_tags(songs[0], ["Mine"])
    write_tags(songs[1], [])  # as it was before: nothing to do
    result = tags.restore(context, {"batch": batch})
    assert [problem["code"] for problem in result["problems"]] == ["tag-changed-since"]
    assert genres(songs) == ["Mine", "", ""]
    assert [change.path for change in TagWrites(context.parts.database).standing(batch)] == [str(songs[0])]


def test_cancelling_keeps_what_was_done_and_it_can_be_restored(
    context: TaskContext, songs: list[Path]
) -> None:
    asked: list[None] = []

    def second_time() -> bool:
        asked.append(None)
        return len(asked) > 1

    with pytest.raises(Cancelled):
        tags.write(TaskContext(context.parts, second_time), edits(songs))
    assert genres(songs) == ["Rock", "", ""]
    (batch,) = TagWrites(context.parts.database).batches()
    tags.restore(context, {"batch": batch.id})
    assert genres(songs) == ["", "", ""]


def test_as_a_job_in_a_process_of_its_own(tmp_path: Path, songs: list[Path]) -> None:
    home = Home(tmp_path / "home").create()
    outcome = RunningJob(home, "write-tags", edits(songs[:1])).wait(60)
    assert outcome is not None
    assert outcome.ended.status == "succeeded", outcome.ended
    assert genres(songs[:1]) == ["Rock"]


def test_several_genres_and_moods_are_written_and_put_back(context: TaskContext, songs: list[Path]) -> None:
    write_tags(songs[0], ["Polka"], ["Sad"])
    batch = tags.write(context, edits(songs, "Rock", "Soul", moods=("Happy", "Party")))["batch"]
    found = [read_tags(path) for path in songs]
    assert [now.genres for now in found] == [("Rock", "Soul")] * 3
    assert [now.moods for now in found] == [("Happy", "Party")] * 3
    assert tags.restore(context, {"batch": batch})["written"] == 3
    found = [read_tags(path) for path in songs]
    assert [(now.genres, now.moods) for now in found] == [(("Polka",), ("Sad",)), ((), ()), ((), ())]


def test_a_mood_alone_leaves_the_genre_and_what_happens_to_it(
    context: TaskContext, songs: list[Path]
) -> None:
    write_tags(songs[0], ["Polka"])
    wanted = {"edits": [[str(songs[0]), (), ("Happy",), clip_hash(songs[0])]]}
    batch = tags.write(context, wanted)["batch"]
    assert (read_tags(songs[0]).genres, read_tags(songs[0]).moods) == (("Polka",), ("Happy",))
    write_tags(songs[0], ["Mine"])  # by the user, since then
    assert tags.restore(context, {"batch": batch})["problems"] == []
    assert (read_tags(songs[0]).genres, read_tags(songs[0]).moods) == (("Mine",), ())


def test_a_mood_that_was_changed_since_stays(context: TaskContext, songs: list[Path]) -> None:
    batch = tags.write(context, edits(songs[:1], moods=("Happy",)))["batch"]
    write_tags(songs[0], None, ["Sad"])
    (problem,) = tags.restore(context, {"batch": batch})["problems"]
    assert problem["code"] == "tag-changed-since"
    assert read_tags(songs[0]).moods == ("Sad",)


def test_only_the_field_that_differs_is_written(context: TaskContext, songs: list[Path]) -> None:
    write_tags(songs[0], ["Rock"])
    batch = tags.write(context, edits(songs[:1], moods=("Happy",)))["batch"]
    (change,) = TagWrites(context.parts.database).standing(batch)
    assert (change.before, change.after) == (TagValues(None, ()), TagValues(None, ("Happy",)))


def test_what_version_0_1_0_wrote_is_put_back(context: TaskContext, songs: list[Path]) -> None:
    write_tags(songs[0], ["Rock"])
    writes = TagWrites(context.parts.database)
    writes.done(writes.add(7, str(songs[0]), TagValues(), TagValues(), had_tags=True), stamp(songs[0]))
    context.parts.database.connection.execute(
        "UPDATE tag_writes SET before = ?, after = ?",
        ('{"genres": ["Polka"], "had_tags": true}', '["Rock"]'),
    )
    assert tags.restore(context, {"batch": 7})["written"] == 1
    assert read_tags(songs[0]).genres == ("Polka",)


def test_tempo_and_key_are_written_and_put_back_unless_they_were_changed_since(
    context: TaskContext, songs: list[Path]
) -> None:
    write_tags(songs[0], None, bpm=["90.5"], key=["8A"])
    wanted = {"edits": [[str(path), (), (), clip_hash(path), "120", "Am"] for path in songs]}
    batch = tags.write(context, wanted)["batch"]

    def found() -> list[tuple[tuple[str, ...], ...]]:
        return [(now.genres, now.bpm, now.key) for now in map(read_tags, songs)]

    assert found() == [((), ("120",), ("Am",))] * 3
    assert [now.bpm for now in tags.read_tags(context, [str(songs[0])])] == ["120"]
    changes = {change.path: change for change in TagWrites(context.parts.database).standing(batch)}
    assert changes[str(songs[0])].before == TagValues(bpm=("90.5",), key=("8A",))
    assert TagWrites(context.parts.database).paths(batch) == [str(path) for path in songs]
    write_tags(songs[1], None, key=["C"])
    result = tags.restore(context, {"batch": batch})
    assert [problem["code"] for problem in result["problems"]] == ["tag-changed-since"]
    assert found() == [((), ("90.5",), ("8A",)), ((), ("120",), ("C",)), ((), (), ())]


def test_a_file_with_this_tempo_and_key_is_not_touched(context: TaskContext, songs: list[Path]) -> None:
    write_tags(songs[0], None, bpm=["120"], key=["Am"])
    wanted = {"edits": [[str(songs[0]), (), (), clip_hash(songs[0]), "120", "Am"]]}
    assert tags.write(context, wanted)["unchanged"] == 1
