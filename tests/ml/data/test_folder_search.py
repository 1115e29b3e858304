"""The search for files to import: what has to be read, what not, and how many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.core.errors import Cancelled
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.ml.data.folder_search import FolderSearch, Labels
from genre_desktop.ml.data.import_report import ImportProgress, Report
from tests.ml.data.test_folder_import import Context


@pytest.fixture
def context(home: Home) -> Context:
    return Context(home.root)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in range(30):
        path = tmp_path / "Music" / f"genre {number % 3}" / f"{number}.mp3"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "Music" / "nowhere.mp3").touch()
    return tmp_path / "Music"


def search(root: Path, db: Database, context: Context, report: Report) -> FolderSearch:
    library = Library(db)
    return FolderSearch(root, library, Labels(root, library), report, context)


def counted(found: FolderSearch) -> None:
    found._count._thread.join()


def test_the_number_is_known_before_the_files_are_found(root: Path, db: Database, context: Context) -> None:
    report = Report()
    with search(root, db, context, report) as found:
        assert found.expected()[0] in range(32)
        counted(found)
        assert found.expected() == (31, False)  # whether one has no genre is not known yet
        paths = iter(found)
        next(paths)
        assert found.expected() == (30, False)
        assert len(list(paths)) == 29
        assert found.expected() == (30, False)
    assert [skipped["path"] for skipped in report.skipped] == [str(root / "nowhere.mp3")]


def test_until_everything_is_counted_there_may_be_more(
    root: Path, db: Database, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = search(root, db, context, Report())
    paths = iter(found)  # the count was not started
    next(paths), next(paths)
    assert found.expected() == (2, True)
    list(paths)
    assert found.expected() == (30, False)


def test_a_cancelled_search_ends_and_so_does_the_count(root: Path, db: Database, context: Context) -> None:
    context.cancelled = lambda: True
    with pytest.raises(Cancelled), search(root, db, context, Report()) as found:
        list(found)
    counted(found)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def test_progress_says_that_there_may_be_more(context: Context) -> None:
    progress = ImportProgress(context, clock=Clock())
    progress.total, progress.searching = 512, True
    progress.advance("/m/a.mp3")
    assert context.reports[-1] == (None, "1 of 512 or more · 1.0 per second · a.mp3")
    progress.total, progress.searching = 4, False
    progress.advance("/m/b.mp3")
    assert context.reports[-1] == (0.5, "2 of 4 · 1.0 per second · b.mp3")
