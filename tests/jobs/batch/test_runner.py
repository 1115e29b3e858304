from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.core.paths import Home
from genre_desktop.core.store.batch_checkpoints import BatchRequest
from genre_desktop.core.store.database import Database
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint, interrupted
from genre_desktop.jobs.batch.open_files import OpenFiles
from genre_desktop.jobs.batch.runner import Batch, BatchResult, in_order
from genre_desktop.jobs.batch.search import CHUNK, CHUNKS_AHEAD
from genre_desktop.jobs.workers.pool import WorkerPool

OPS = "tests.jobs.sample_operations"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture
def host(home: Home) -> Iterator[WorkerPool]:
    with WorkerPool(home, lambda event: None, warm=None) as running:
        yield running


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n:03}.wav").write_text(f"genre {n}")
    return folder


def make(
    host: WorkerPool,
    home: Home,
    db: Database,
    *paths: Path,
    resume: bool = False,
    recursive: bool = False,
) -> Batch:
    request = BatchRequest(tuple(map(str, paths)), recursive)
    return Batch(host, request, BatchCheckpoint(home, db, request, resume=resume), op=f"{OPS}:classify")


def calls(home: Home) -> list[str]:
    path = home.root / "calls"
    return path.read_text().split() if path.exists() else []


def test_every_file_comes_once_and_in_order(host: WorkerPool, home: Home, db: Database, music: Path) -> None:
    batch = make(host, home, db, music)
    rows = list(in_order(batch.run()))
    assert [Path(row.path).name for row in rows] == [f"{n:03}.wav" for n in range(40)]
    assert [row.analysis.answer.genre for row in rows] == [f"genre {n}" for n in range(40)]
    assert all(row.analysis.answer.path == row.path for row in rows)
    assert sorted(calls(home)) == sorted(p.name for p in music.iterdir())
    assert interrupted(home, db) == []
    progress = batch.progress()
    assert (progress.found, progress.done, progress.problems, progress.searching) == (40, 40, 0, False)
    assert progress.left_s == 0.0


def test_one_bad_file_never_stops_the_rest(host: WorkerPool, home: Home, db: Database, music: Path) -> None:
    (music / "005.wav").write_text("broken")
    (music / "006.wav").write_text("die")
    (music / "007.wav").unlink()
    (music / "007.wav").symlink_to(music / "nowhere")
    empty = music.parent / "empty"
    empty.mkdir()
    batch = make(host, home, db, music, empty, music.parent / "missing.wav")
    rows = list(in_order(batch.run()))
    codes = {Path(r.path).name: r.analysis.answer.error.code for r in rows if r.analysis.answer.error}
    assert codes == {
        "005.wav": "not-audio",
        "006.wav": "worker-died",
        "007.wav": "unexpected",
        "empty": "no-audio-found",
        "missing.wav": "unexpected",
    }
    assert len(rows) == 42
    assert batch.progress().problems == 5


def test_names_that_are_not_unicode(host: WorkerPool, home: Home, db: Database, music: Path) -> None:
    name = os.fsdecode(b"caf\xe9.wav")
    try:
        (music / name).write_text("blues")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes Unicode names only")
    rows = {Path(r.path).name: r.analysis.answer.genre for r in make(host, home, db, music).run()}
    assert rows[name] == "blues"


def test_cancel_keeps_what_is_done_and_resume_redoes_only_the_rest(
    host: WorkerPool, home: Home, db: Database, music: Path
) -> None:
    (music / "020.wav").write_text("wait")
    rows = make(host, home, db, music).run()
    first = [next(rows) for _ in range(20)]  # the next one waits until it is cancelled
    by = time.monotonic() + 60
    while "020.wav" not in calls(home):
        assert time.monotonic() < by, "the file was not begun"
        time.sleep(0.01)
    rows.close()
    assert [b.done for b in interrupted(home, db)] == [len(first)]

    (music / "020.wav").write_text("polka")
    (music / "003.wav").write_text("another song")
    (home.root / "calls").unlink()
    rows = list(in_order(make(host, home, db, music, resume=True).run()))
    assert [Path(row.path).name for row in rows] == [f"{n:03}.wav" for n in range(40)]
    restored = {row.path for row in rows if row.restored}
    assert restored == {row.path for row in first} - {str(music / "003.wav")}
    assert rows[3].analysis.answer.genre == "another song"
    assert len(calls(home)) == 40 - len(restored)
    assert interrupted(home, db) == []


def test_new_files_are_submitted_before_the_rows_of_an_earlier_run_are_read(
    host: WorkerPool, home: Home, db: Database, music: Path
) -> None:
    request = BatchRequest((str(music),))
    earlier = BatchCheckpoint(home, db, request, resume=False)
    rows = Batch(host, request, earlier, op=f"{OPS}:classify").run()
    done = [next(rows).path for _ in range(40)]
    rows.close()  # before it knows that this was all
    (music / "999.wav").write_text("wait")  # in the worker until it is cancelled
    (home.root / "calls").unlink()
    batch = make(host, home, db, music, resume=True)
    db.connection.execute("DELETE FROM batch_rows WHERE path = ?", (os.fsencode(done[7]),))
    rows = batch.run()
    restored = [next(rows) for _ in range(39)]
    assert all(row.restored for row in restored)
    assert {row.path for row in restored} == set(done) - {done[7]}
    assert batch.progress().found == 41
    by = time.monotonic() + 60
    while "999.wav" not in calls(home):
        assert time.monotonic() < by, "the file was not begun"
        time.sleep(0.01)
    rows.close()


def test_without_resume_the_same_request_starts_over(
    host: WorkerPool, home: Home, db: Database, music: Path
) -> None:
    rows = make(host, home, db, music).run()
    next(rows)
    rows.close()
    assert len(interrupted(home, db)) == 1
    assert not any(row.restored for row in make(host, home, db, music).run())
    assert interrupted(home, db) == []


def test_a_run_that_goes_on_elsewhere_is_left_alone(
    host: WorkerPool, home: Home, db: Database, music: Path
) -> None:
    request = BatchRequest((str(music),))
    elsewhere = BatchCheckpoint(home, db, request, resume=False)
    assert interrupted(home, db) == []
    assert not any(row.restored for row in make(host, home, db, music, resume=True).run())
    elsewhere.close(finished=False)
    assert len(interrupted(home, db)) == 1


def test_in_order_also_when_cut_short() -> None:
    rows = [BatchResult(n, "", None) for n in (2, 0, 1, 5, 4)]  # type: ignore[arg-type]
    assert [row.index for row in in_order(rows)] == [0, 1, 2, 4, 5]


_RUN = f"""
import sys
from pathlib import Path
from genre_desktop.core.paths import Home
from genre_desktop.core.store.batch_checkpoints import BatchRequest
from genre_desktop.core.store.database import Database
from genre_desktop.jobs.batch.runner import Batch, in_order
from genre_desktop.jobs.workers.pool import WorkerPool
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint
if __name__ == "__main__":
    home, request = Home(Path(sys.argv[1])), BatchRequest((sys.argv[2],))
    database = Database(home.store)
    with WorkerPool(home, print, workers=2, warm=None) as pool:
        checkpoint = BatchCheckpoint(home, database, request, resume=False)
        batch = Batch(pool, request, checkpoint, "{OPS}:classify")
        for row in in_order(batch.run()):
            print("row", row.path, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_after_kill_9_no_printed_row_is_lost_or_redone(
    host: WorkerPool, home: Home, db: Database, tmp_path: Path, music: Path
) -> None:
    for n in range(40, 400):
        (music / f"{n:03}.wav").write_text("x")
    script = tmp_path / "run.py"
    script.write_text(_RUN)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    command = [sys.executable, str(script), str(home.root), str(music)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = (line for line in process.stdout if line.startswith("row"))
        printed = [line.split(maxsplit=1)[1].strip() for line, _ in zip(lines, range(60), strict=False)]
        process.kill()
    assert len(printed) == 60
    rows = list(in_order(make(host, home, db, music, resume=True).run()))
    assert [Path(row.path).name for row in rows] == sorted(p.name for p in music.iterdir())
    restored = {row.path for row in rows if row.restored}
    assert restored >= set(printed)
    assert len(restored) < 400


def test_thousands_of_files_are_never_all_held_or_in_the_workers_queue(
    home: Home, db: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(4_000):
        (folder / f"{n}.wav").touch()
    request = BatchRequest((str(folder),))
    with WorkerPool(home, lambda event: None, workers=2, warm=None) as host:
        checkpoint = BatchCheckpoint(home, db, request, resume=False)
        batch = Batch(host, request, checkpoint, f"{OPS}:echo_analysis", 64, OpenFiles(window=128))
        waiting, held, names = 0, 0, []
        for row in in_order(batch.run()):
            waiting = max(waiting, host.status().waiting)
            held = max(held, batch.progress().found - batch.progress().done)
            names.append(Path(row.path).name)
    assert names == sorted(f"{n}.wav" for n in range(4_000))
    assert waiting <= 64
    assert held <= 128 + (CHUNKS_AHEAD + 1) * CHUNK
    assert batch.progress().found == 4_000


@pytest.mark.parametrize("new_first", [False, True])
def test_resuming_holds_few_rows_of_the_earlier_run(
    host: WorkerPool, home: Home, db: Database, music: Path, new_first: bool
) -> None:
    for n in range(40, 600):
        (music / f"{n:03}.wav").write_text("x")
    request = BatchRequest((str(music),))
    rows = Batch(
        host, request, BatchCheckpoint(home, db, request, resume=False), op=f"{OPS}:echo_analysis"
    ).run()
    for _ in range(600):
        next(rows)
    rows.close()  # before it knows that this was all
    (music / ("000a.wav" if new_first else "999.wav")).touch()
    checkpoint = BatchCheckpoint(home, db, request, resume=True)
    batch = Batch(host, request, checkpoint, f"{OPS}:echo_analysis", open_files=OpenFiles(window=8, known=16))
    again = list(in_order(batch.run()))
    assert [Path(row.path).name for row in again] == sorted(path.name for path in music.iterdir())
    assert sum(row.restored for row in again) == 600
    assert interrupted(home, db) == []
