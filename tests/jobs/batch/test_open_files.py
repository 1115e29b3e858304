from __future__ import annotations

from genre_desktop.jobs.batch.open_files import NumberedFile, OpenFiles


def test_files_are_numbered_in_the_order_found_and_held_until_they_are_done() -> None:
    files = OpenFiles()
    assert files.add("a") == 0
    files.add_known("b")
    assert files.skip() == 2
    assert files.add("d") == 3
    assert files.path(3) == "d"
    assert files.done(0) == "a"
    assert files.known == 1
    assert files.take_known(10) == [NumberedFile(1, "b")]
    assert files.known == 0


def test_there_is_room_until_the_first_open_file_is_far_behind() -> None:
    files = OpenFiles(window=4, known=100)
    for path in "abc":
        files.add(path)
    assert files.has_room
    files.skip()
    assert not files.has_room
    files.done(1)
    files.done(2)
    assert not files.has_room
    files.done(0)
    assert files.has_room


def test_files_of_an_earlier_run_are_no_load_until_there_are_very_many() -> None:
    files = OpenFiles(window=2, known=3)
    files.add_known("a")
    files.add_known("b")
    assert files.has_room
    files.add_known("c")
    assert files.known_is_full
    assert not files.has_room
    files.take_known(1)
    assert files.has_room


def test_rows_of_an_earlier_run_wait_for_a_file_long_before_them() -> None:
    files = OpenFiles(window=2, known=3)
    assert not files.known_is_due
    files.add("a")
    files.skip()
    files.add_known("b")
    assert not files.known_is_due
    files.done(0)
    assert files.known_is_due


def test_a_file_whose_row_is_gone_is_open_again() -> None:
    files = OpenFiles(window=2)
    files.add_known("a")
    (file,) = files.take_known(1)
    files.reopen(file)
    assert files.path(0) == "a"
    files.add("b")
    assert not files.has_room
    assert files.done(0) == "a"
    assert files.has_room
