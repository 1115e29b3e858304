from __future__ import annotations

from genre_desktop.core.own_files.set_aside import found, original, set_aside


def test_a_file_is_renamed_with_the_date_and_those_that_belong_to_it_too(tmp_path):
    path = tmp_path / "a.db"
    for name in ("a.db", "a.db-wal"):
        (tmp_path / name).write_text(name)
    aside = set_aside(path, ("-wal", "-shm"))
    assert aside is not None
    assert aside.read_text() == "a.db"
    assert aside.with_name(f"{aside.name}-wal").read_text() == "a.db-wal"
    assert original(aside) == "a.db"
    assert sorted(tmp_path.iterdir()) == [aside, aside.with_name(f"{aside.name}-wal")]


def test_nothing_that_was_set_aside_is_overwritten(tmp_path):
    path = tmp_path / "a.json"
    for text in ("1", "2", "3"):
        path.write_text(text)
        set_aside(path)
    assert {each.read_text() for each in found(tmp_path)} == {"1", "2", "3"}


def test_a_link_is_renamed_and_not_what_it_points_to(tmp_path):
    target = tmp_path / "target"
    target.write_text("x")
    (tmp_path / "link").symlink_to(target)
    assert set_aside(tmp_path / "link").is_symlink()
    assert target.read_text() == "x"


def test_what_another_process_has_set_aside_is_no_error(tmp_path):
    assert set_aside(tmp_path / "gone") is None
    assert found(tmp_path / "no folder") == []
