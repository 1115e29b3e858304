import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.core import serialization
from genre_desktop.core.errors import AppError
from genre_desktop.core.own_files import damage
from genre_desktop.core.own_files.set_aside import found
from genre_desktop.core.store import Database, database
from genre_desktop.core.store.batch_checkpoints import BatchRequest, BatchStore
from genre_desktop.core.store.database import pack, unpack
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.live.sections import LiveSections
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult
from genre_desktop.core.store.schema import MIGRATIONS
from genre_desktop.core.types import Analysis, SongTags
from tests.core.listening.samples import line
from tests.core.store.samples import answer, failure


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "store.db"


def names(db):
    rows = db.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {row["name"] for row in rows}


def test_a_new_store_has_the_schema_and_opens_again(path):
    db = Database(path)
    assert {"predictions", "corrections", "alerts", "state"} <= names(db)
    db.close()
    again = Database(path)
    assert again.connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    assert again.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    again.close()


def test_every_thread_has_its_transactions_on_the_disk_when_they_end(path):
    with closing(Database(path)) as db:
        found = []
        thread = threading.Thread(
            target=lambda: found.append(db.connection.execute("PRAGMA synchronous").fetchone()[0])
        )
        thread.start()
        thread.join()
        assert found == [2]  # FULL: NORMAL would lose the last ones with the power


def test_a_new_store_waits_for_the_process_that_is_creating_it(path):
    path.parent.mkdir()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    hasty = sqlite3.connect(path, timeout=60)
    with pytest.raises(sqlite3.OperationalError, match="locked"):  # at once, whatever the timeout
        hasty.execute("PRAGMA journal_mode=WAL")
    hasty.close()
    ending = threading.Timer(0.3, other.execute, ["COMMIT"])
    ending.start()
    db = Database(path)
    assert "predictions" in names(db)
    db.close()
    ending.join()
    other.close()


def test_a_store_that_stays_locked_is_reported(path, monkeypatch):
    monkeypatch.setattr(database, "WAIT_S", 0.1)
    path.parent.mkdir()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(AppError, match="locked"):
        Database(path)
    other.close()


def test_a_transaction_is_all_or_nothing(path):
    db = Database(path)

    def fail_halfway():
        with db.transaction() as connection:
            connection.execute("INSERT INTO state VALUES ('a', '1')")
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        fail_halfway()
    assert db.connection.execute("SELECT count(*) FROM state").fetchone()[0] == 0
    db.close()


def test_a_transaction_inside_another_joins_it(path):
    db = Database(path)

    def fail_outside():
        with db.transaction():
            with db.transaction() as connection:
                connection.execute("INSERT INTO state VALUES ('a', '1')")
            raise RuntimeError("outer")

    with pytest.raises(RuntimeError, match="outer"):
        fail_outside()
    assert db.connection.execute("SELECT count(*) FROM state").fetchone()[0] == 0
    db.close()


def test_each_thread_has_its_own_connection_and_writers_take_turns(path):
    db = Database(path)
    seen = set()

    def count_up():
        seen.add(id(db.connection))
        for _ in range(25):
            with db.transaction() as connection:
                row = connection.execute("SELECT value FROM state WHERE key = 'n'").fetchone()
                connection.execute(
                    "INSERT OR REPLACE INTO state VALUES ('n', ?)", (str(int(row[0]) + 1 if row else 1),)
                )

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 4
    assert db.connection.execute("SELECT value FROM state WHERE key = 'n'").fetchone()[0] == "100"
    db.close()


def test_close_closes_every_connection_and_the_store_can_be_used_again(path):
    db = Database(path)
    held = db.connection
    db.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        held.execute("SELECT 1")
    assert db.connection.execute("SELECT 1").fetchone()[0] == 1
    db.close()


def test_a_store_of_a_newer_version_is_refused(path):
    db = Database(path)
    db.connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    db.close()
    with pytest.raises(AppError) as caught:
        Database(path)
    assert caught.value.problem.code == "store-newer"


def _sound(path):
    Database(path).close()


def _without_a_table(path):
    _sound(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE state")


def _of_another_version(path, version=0):
    _sound(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={version}")


def _overwritten(path):
    _sound(path)
    contents = path.read_bytes()
    path.write_bytes(contents[:4096] + os.urandom(len(contents) - 4096))


def _of_another_format(path):
    _sound(path)
    contents = bytearray(path.read_bytes())
    contents[44:48] = b"\0\0\0\t"
    path.write_bytes(contents)


def _with_a_table_whose_name_is_no_text(path):
    _sound(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE odd_name (a)")
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_master SET sql = 'CREATE nothing' WHERE name = 'odd_name'")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    contents = path.read_bytes()
    assert b"odd_name" in contents
    path.write_bytes(contents.replace(b"odd_name", b"odd_\xd5ame"))


def _truncated(path):
    _sound(path)
    os.truncate(path, 5000)


def _sparse(path):
    path.touch()
    os.truncate(path, 2**30)


DAMAGE = {
    "text": lambda path: path.write_bytes(b"no database at all" * 100),
    "zeros": _sparse,
    "folder": lambda path: path.mkdir(),
    "pipe": lambda path: os.mkfifo(path),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "overwritten": _overwritten,
    "of another format": _of_another_format,
    "table whose name is no text": _with_a_table_whose_name_is_no_text,
    "truncated": _truncated,
    "without a table": _without_a_table,
    "version below zero": lambda path: _of_another_version(path, -1),
    "of another version": _of_another_version,
}


@pytest.mark.parametrize("damaged", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_store_is_set_aside_and_an_empty_one_begun(path, damaged):
    path.parent.mkdir()
    damaged(path)
    before = path.lstat()
    with closing(Database(path)) as db:
        assert KeyValueStore(db).add("works") == 1
    (aside,) = found(path.parent)
    assert aside.name.startswith(f"{path.name}.damaged-")
    assert aside.lstat().st_ino == before.st_ino
    with closing(Database(path)) as db:
        assert KeyValueStore(db).add("works") == 2
    assert found(path.parent) == [aside]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be renamed there")
def test_a_store_that_is_open_is_not_set_aside(path, monkeypatch):
    monkeypatch.setattr(database, "WAIT_S", 0.2)
    first = Database(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE state")
    with pytest.raises(AppError) as caught:
        Database(path)
    assert caught.value.problem.key == "store-damaged/in-use"
    assert found(path.parent) == []
    first.close()
    Database(path).close()
    assert len(found(path.parent)) == 1


def test_a_locked_store_is_not_set_aside(path, monkeypatch):
    with closing(Database(path)) as db:
        db.connection.execute("PRAGMA journal_mode=DELETE")  # in WAL mode, readers do not wait
    monkeypatch.setattr(database, "WAIT_S", 0.2)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(AppError):
            Database(path)
    assert found(path.parent) == []


def test_several_processes_set_a_damaged_store_aside_once(path):
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 100)
    program = "import sys, time; from pathlib import Path; from genre_desktop.core.store import Database\n"
    program += "db = Database(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    arguments = [sys.executable, "-c", program, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    started = [subprocess.Popen(arguments, **pipes) for _ in range(4)]
    assert [process.stdout.readline() for process in started] == ["open\n"] * 4
    for process in started:
        process.communicate()
    assert len(found(path.parent)) == 1


def test_damage_that_a_query_meets_is_a_sentence_and_the_next_start_sets_the_store_aside(path):
    db = Database(path)
    for n in range(200):
        KeyValueStore(db).set(f"key {n}", "x" * 500)
    db.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root = db.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'state'").fetchone()[0]
    db.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    with closing(Database(path)) as db:
        with pytest.raises(AppError) as caught:
            KeyValueStore(db).get("key 1")
        assert caught.value.problem.code == "store-damaged"
        assert found(path.parent) == []
    with closing(Database(path)) as db:
        assert KeyValueStore(db).get("key 1") is None
    assert len(found(path.parent)) == 1


def test_a_store_that_proves_sound_stays(path):
    with closing(Database(path)) as db:
        KeyValueStore(db).set("a", 1)
    damage.mark(path)
    with closing(Database(path)) as db:
        assert KeyValueStore(db).get("a") == 1
    assert found(path.parent) == []
    assert not damage.suspect(path).exists()


def test_upgrades_run_in_order_and_a_failed_one_changes_nothing(path, monkeypatch):
    Database(path).close()
    later = (*MIGRATIONS, "CREATE TABLE extra (a TEXT);\nINSERT INTO extra VALUES ('x');\n")
    monkeypatch.setattr(database, "MIGRATIONS", (*later, "CREATE TABLE more (b TEXT);\nBROKEN;\n"))
    with pytest.raises(AppError):
        Database(path)
    monkeypatch.setattr(database, "MIGRATIONS", later)
    db = Database(path)
    assert "extra" in names(db)
    assert "more" not in names(db)
    db.close()


def test_a_store_of_the_previous_version_gets_a_list_and_keeps_its_rows(path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", MIGRATIONS[:2])
        old = Database(path)
        assert "listing" not in names(old)
        row = (
            1.0,
            "file",
            "/a.wav",
            "h",
            30.0,
            "1",
            None,
            "jazz",
            0.8,
            "{}",
            0,
            "genre",
            "1",
            "champion",
            "",
            5.0,
            "",
        )
        marks = ", ".join("?" * len(row))
        old.connection.execute(f"INSERT INTO predictions VALUES (3, {marks})", row)
        old.close()
    db = Database(path)
    assert db.connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    assert PredictionLog(db).get(3).genre == "jazz"
    assert PredictionLog(db).answer(3, "/a.wav") is None  # only its genre was kept
    ResultsListStore(db).change([], [StoredResult(1, "/music/a.wav", "waiting")])
    assert ResultsListStore(db).last_id() == 1
    db.close()


def add_listed(old, number, name, state, genre=""):
    """Add a row to the list as version 0.1.0 did."""
    values = (
        number,
        os.fsencode(name),
        state,
        1.0,
        None,
        "h",
        genre,
        "",
        0.5,
        30.0,
        0,
        "",
        "champion",
        "1",
        b"",
    )
    old.connection.execute(f"INSERT INTO listing VALUES ({', '.join('?' * len(values))})", values)


def test_a_list_from_before_there_were_tags_is_music_without_any(path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", MIGRATIONS[:4])
        old = Database(path)
        add_listed(old, 1, "/music/a.wav", "done", "jazz")
        add_listed(old, 2, "/music/b.wav", "waiting")
        old.close()
    db = Database(path)
    answered, unread = ResultsListStore(db).page(0, 9)
    assert (answered.brief.genre, answered.brief.kind) == ("jazz", "music")
    assert (answered.brief.tags, answered.brief.style, unread.brief) == ((), "", None)
    db.close()


def test_a_list_from_before_there_were_titles_comes_back_without_them(path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", MIGRATIONS[:4])
        old = Database(path)
        add_listed(old, 1, "/music/a.wav", "done", "jazz")
        old.close()
        patch.setattr(database, "MIGRATIONS", MIGRATIONS[:8])
        Database(path).close()
    db = Database(path)
    (row,) = ResultsListStore(db).page(0, 9)
    assert (row.brief.genre, row.brief.bpm, row.brief.key, row.brief.song) == ("jazz", None, "", SongTags())
    db.close()


def test_a_store_from_before_there_was_a_live_log_gets_one_and_keeps_its_rows(path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", MIGRATIONS[:8])
        old = Database(path)
        assert "live_sections" not in names(old)
        KeyValueStore(old).set("a", 1)
        number = PredictionLog(old).add(answer("a"), "live")
        old.close()
    db = Database(path)
    assert KeyValueStore(db).get("a") == 1
    assert PredictionLog(db).get(number).source == "live"
    assert LiveSections(db).newest() == []
    LiveSections(db).change([], [line(0.0)])
    assert LiveSections(db).newest() == [line(0.0)]
    db.close()


def test_unfinished_folders_of_the_window_become_part_of_its_list(path, monkeypatch):
    """Tables of version 0.1.0: some answers are stored with the folder, and one row of the list has none."""
    good, bad = Analysis(answer("a"), prediction_id=7), Analysis(failure("b"))
    folders = ("/music", "/more/\udcff")
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", MIGRATIONS[:3])
        old = Database(path)
        for number, name in ((4, "/music/a.wav"), (5, "/music/c.wav")):
            add_listed(old, number, name, "waiting")
        batches = BatchStore(old)
        window = batches.open(BatchRequest(folders, recursive=True, mode="excerpt"))
        terminal = [
            batches.open(BatchRequest(("/music",), folder="/home")),
            batches.open(BatchRequest(("/music",), recursive=True, model="fallback")),
        ]
        for number in (window, *terminal):
            for analysis in (good, bad):
                row = (number, os.fsencode(analysis.answer.path), "1:2", serialization.dump(analysis))
                old.connection.execute("INSERT INTO batch_rows VALUES (?, ?, ?, ?)", row)
        old.close()
    db = Database(path)
    listing = ResultsListStore(db)
    unread, first, second = listing.page(0, 9)
    assert (unread.path, unread.state) == ("/music/c.wav", "waiting")
    assert (first.path, first.state, first.prediction_id) == ("/music/a.wav", "done", 7)
    assert first.brief.genre == "jazz"
    assert first.brief.model.alias == "champion"
    assert listing.answer(first) == replace(good.answer, features=None)
    assert (second.path, second.state, second.brief) == ("/music/b.wav", "failed", None)
    assert listing.answer(second) == bad.answer
    assert listing.unsearched() == folders
    assert sorted(batch.id for batch in BatchStore(db).unfinished()) == terminal
    (found,) = BatchStore(db).find(terminal[0], ["/music/a.wav"])
    assert found == replace(good, answer=replace(good.answer, features=None))
    db.close()


def test_a_store_without_unfinished_folders_has_none_to_go_on_with(path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", MIGRATIONS[:3])
        Database(path).close()
    db = Database(path)
    assert ResultsListStore(db).unsearched() == ()
    assert KeyValueStore(db).get("list:unsearched") is None
    db.close()


def test_an_upgrade_that_another_process_did_first_is_not_repeated(path):
    db = Database(path)
    db._migrate(0)  # would fail with "table already exists"
    assert db.connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    db.close()


def test_feature_rows_come_back_as_they_went():
    row = np.array([1.5, -0.0, np.nan, 1e300])
    assert pack(None) is None
    np.testing.assert_array_equal(unpack(pack(row)), row)
    np.testing.assert_array_equal(unpack(pack(row[::2])), row[::2])
    np.testing.assert_array_equal(unpack(pack(row[:1].astype(">f4"))), row[:1])


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
def test_nothing_is_written_to_a_store_that_was_deleted(path):
    path.parent.mkdir()
    with closing(Database(path)) as db:
        state = KeyValueStore(db)
        state.set("before", 1)
        aside = path.parent.rename(path.parent.with_name("aside"))
        with pytest.raises(AppError) as caught:
            state.set("lost", 1)
        assert caught.value.problem.key == "home-gone/removed"
        with pytest.raises(AppError):
            state.get("before", 0)
        aside.rename(path.parent)  # put back
        state.set("kept", 1)
        assert state.get("before", 0) == 1
