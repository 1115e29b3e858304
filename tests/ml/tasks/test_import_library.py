"""The import job: folder or table, its JSON, and what remains when it is killed."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import psutil
import pytest

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.ml.tasks import import_library
from tests.ml.data.test_folder_import import Context, song
from tests.ml.data.test_table_import import published_57


@pytest.fixture
def context(tmp_path):
    return Context(tmp_path / "home")


@pytest.fixture
def folder(tmp_path):
    for i, genre in enumerate(("polka", "waltz", "tango")):
        song(tmp_path / "Music" / genre / f"{i}.wav", i)
    return tmp_path / "Music"


def count(context):
    database = Database(context.home.store)
    try:
        return Library(database).count()
    finally:
        database.close()


def test_a_folder(context, folder):
    (folder / "polka" / "bad.wav").write_text("no music")
    result = import_library.run(context, {"path": str(folder), "workers": 1})
    assert json.loads(json.dumps(result)) == result
    assert (result["added"], result["genres"]) == (3, {"polka": 1, "tango": 1, "waltz": 1})
    assert [set(entry) for entry in result["skipped"]] == [{"path", "reason"}]
    assert count(context) == 3
    assert "3 added, 1 skipped" in context.lines[-1]


def test_a_table(context, tmp_path):
    result = import_library.run(context, {"path": str(published_57(tmp_path / "Table.CSV"))})
    assert (result["added"], result["genres"]) == (1, {"blues": 1})


def test_a_missing_table_is_refused(context, tmp_path):
    with pytest.raises(AppError) as caught:
        import_library.run(context, {"path": str(tmp_path / "none.csv")})
    assert caught.value.problem.code == "missing-file"


def test_cancelling_says_how_to_go_on(context, folder):
    context.cancelled = lambda: bool(context.reports)
    with pytest.raises(Cancelled):
        import_library.run(context, {"path": str(folder), "workers": 1})
    assert "import again to resume" in context.lines[-1]


def import_forever(root: str, folder: str, connection) -> None:
    """In a process of its own: an import that waits after the first clip, until it is killed."""
    context = Context(Path(root))

    def progress(fraction, message):
        if fraction:
            connection.send([child.pid for child in psutil.Process().children()])
            connection.recv()

    context.progress = progress
    import_library.run(context, {"path": folder, "workers": 1})


def test_killed_it_leaves_whole_clips_and_no_processes_and_goes_on(context, folder):
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=import_forever, args=(str(context.home.root), str(folder), theirs))
    process.start()
    helpers = [psutil.Process(pid) for pid in ours.recv()]
    process.kill()
    process.join()
    gone, alive = psutil.wait_procs(helpers, timeout=60)
    assert not alive
    assert gone
    assert 1 <= count(context) < 3
    done = count(context)
    result = import_library.run(context, {"path": str(folder), "workers": 1})
    assert (result["unchanged"], result["added"]) == (done, 3 - done)
