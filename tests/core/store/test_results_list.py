from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog, forget_everything
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult, pack, unpack
from genre_desktop.core.types import Analysis, Answer, GenreScore, Segment, SongTags, TagScore
from tests.core.store.samples import answer, failure

GOOD = replace(
    answer("a", path="/music/\udcff.wav"),
    top=(GenreScore("jazz", 0.8), GenreScore("blues", 0.2)),
    segments=(Segment(0.0, 30.0, "jazz", 0.8),),
    unusual=True,
    warnings=("It ends early.",),
    tags=(TagScore("soul", 0.75), TagScore("60s", 0.5)),
    style="soul",
    bpm=97.3,
    key="B♭ major",
    song=SongTags("Title", "Artist", "Album", "Jazz"),
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = Database(tmp_path / "store.db")
    yield db
    db.close()


@pytest.fixture
def listing(db: Database) -> ResultsListStore:
    return ResultsListStore(db, clock=lambda: 100.0)


def plain(number: int, path: str = "") -> StoredResult:
    return StoredResult(number, path or f"/music/{number}.wav", "waiting")


def ids(listing: ResultsListStore) -> list[int]:
    return [row.id for row in listing.page(0, 1000)]


def test_a_row_comes_back_with_what_a_list_shows_and_whole_when_unpacked(listing: ResultsListStore) -> None:
    listing.change([], [StoredResult(1, GOOD.path, "done", pack(Analysis(GOOD)), GOOD, 7)])
    (row,) = listing.page(0, 10)
    assert (row.path, row.state, row.prediction_id, row.label) == (GOOD.path, "done", 7, "")
    brief = row.brief
    assert brief is not None
    shown = (
        "path", "genre", "confidence", "unusual", "duration_s", "warnings", "clip_hash", "kind", "tags", "style", "bpm", "key", "song",
    )  # fmt: skip
    assert [getattr(brief, name) for name in shown] == [getattr(GOOD, name) for name in shown]
    assert brief.top == GOOD.top
    assert brief.model is not None
    assert (brief.model.alias, brief.model.version) == ("champion", "1")
    assert unpack(row.packed).answer == replace(GOOD, features=None)


def test_a_recording_without_a_genre_has_its_kind(listing: ResultsListStore) -> None:
    spoken = Answer("/music/talk.mp3", kind="speech", duration_s=9.0)
    listing.change([], [StoredResult(1, spoken.path, "done", pack(Analysis(spoken)), spoken)])
    (row,) = listing.page(0, 1)
    assert row.brief == spoken


def test_a_file_without_an_answer_has_nothing_to_show(listing: ResultsListStore) -> None:
    problem = pack(Analysis(failure()))
    listing.change([], [StoredResult(1, "/music/broken.wav", "failed", problem), plain(2)])
    failed, unread = listing.page(0, 10)
    assert failed.brief is None
    assert unpack(failed.packed).answer.error == failure().error
    assert (unread.brief, unread.packed) == (None, b"")


def test_a_row_has_the_correction_of_the_user(db: Database, listing: ResultsListStore) -> None:
    number = PredictionLog(db).add(answer("a"), "file")
    listing.change(
        [], [StoredResult(1, "/music/a.wav", "done", pack(Analysis(answer("a"))), answer("a"), number)]
    )
    corrections = Corrections(db)
    corrections.add(number, "blues")
    second = corrections.add(number, "rock")
    assert listing.page(0, 1)[0].label == "rock"
    corrections.undo(second)
    assert listing.page(0, 1)[0].label == "blues"


def test_the_whole_answer_is_the_rows_own_or_that_of_the_prediction(
    db: Database, listing: ResultsListStore
) -> None:
    number = PredictionLog(db).add(GOOD, "file")
    whole = replace(GOOD, features=None)
    own = StoredResult(1, GOOD.path, "done", pack(Analysis(GOOD)), GOOD)
    referring = StoredResult(2, "/music/b.wav", "done", b"", GOOD, number)
    nothing = StoredResult(3, "/music/c.wav", "done", b"", GOOD)
    assert listing.answer(own) == whole
    assert listing.answer(referring) == replace(whole, path="/music/b.wav")
    assert listing.answer(nothing) is None


def test_a_genre_that_was_written_into_the_file_is_that_of_the_whole_answer(
    db: Database, listing: ResultsListStore
) -> None:
    number = PredictionLog(db).add(GOOD, "file")
    listing.change([], [StoredResult(1, GOOD.path, "done", b"", GOOD, number)])
    (row,) = listing.page(0, 1)
    song = replace(GOOD.song, genre="Soul")
    listing.change([], [row.with_song(song)])
    (row,) = listing.page(0, 1)
    assert row.brief is not None
    assert row.brief.song == song
    assert listing.answer(row) == replace(GOOD, features=None, song=song)


@pytest.mark.parametrize(
    "damage",
    ["bpm = 'fast'", "bpm = 9e999", "title = x'ff'", "artist = x'ff'"],
)
def test_a_row_with_damaged_tags_is_left_out(db: Database, listing: ResultsListStore, damage: str) -> None:
    listing.change(
        [],
        [StoredResult(n, f"/{n}", "done", pack(Analysis(GOOD)), replace(GOOD, path=f"/{n}")) for n in (1, 2)],
    )
    db.connection.execute(f"UPDATE listing SET {damage} WHERE id = 1")
    assert ids(listing) == [2]


def test_folders_that_were_not_searched_to_their_end_are_kept_until_the_list_is_cleared(
    listing: ResultsListStore,
) -> None:
    assert listing.unsearched() == ()
    listing.save_unsearched(["/music", "/more/\udcff"])
    assert listing.unsearched() == ("/music", "/more/\udcff")
    listing.clear()
    assert listing.unsearched() == ()


def test_pages_follow_each_other_in_order(listing: ResultsListStore) -> None:
    listing.change([], [plain(number) for number in (5, 1, 9, 3)])
    assert [row.id for row in listing.page(0, 3)] == [1, 3, 5]
    assert [row.id for row in listing.page(5, 3)] == [9]
    assert listing.page(9, 3) == []
    assert listing.last_id() == 9


def test_rows_are_deleted_before_others_are_added_and_a_file_is_listed_once(
    listing: ResultsListStore,
) -> None:
    listing.change([], [plain(1, "/a"), plain(2, "/b")])
    listing.change([1], [plain(3, "/a"), plain(4, "/b")])
    assert [(row.id, row.path) for row in listing.page(0, 9)] == [(3, "/a"), (4, "/b")]


def test_a_change_is_all_or_nothing(listing: ResultsListStore) -> None:
    listing.change([], [plain(1)])
    with pytest.raises(Exception, match="NOT NULL"):
        listing.change([1], [plain(2), StoredResult(3, "/c", None)])  # type: ignore[arg-type]
    assert ids(listing) == [1]


def test_it_can_be_deleted_alone_by_age_and_with_everything(db: Database, listing: ResultsListStore) -> None:
    listing.change([], [plain(1)])
    ResultsListStore(db, clock=lambda: 200.0).change([], [plain(2)])
    assert listing.delete_before(150.0) == 1
    assert ids(listing) == [2]
    listing.clear()
    assert (ids(listing), listing.last_id()) == ([], 0)
    listing.change([], [plain(1)])
    forget_everything(db)
    assert ids(listing) == []
