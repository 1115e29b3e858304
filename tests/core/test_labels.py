"""Labels, groups and the store of clips."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import (
    MOST_CHARACTERS,
    Spellings,
    clean_label,
    group_key,
    label_key,
    label_of,
    same_label,
    tidy_label,
)
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, FileStamp, Library

V = "7"


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "store.db")
    yield database
    database.close()


@pytest.fixture
def library(database):
    return Library(database, clock=lambda: 1000.0)


def clip(
    path: str | Path, content: str = "aa", label: str = "rock", windows: int = 2, group: str = "g"
) -> Clip:
    return Clip(
        content_hash=content,
        path=str(path),
        label=label,
        group=group,
        source="audio",
        duration_s=30.0 * windows,
        starts=30.0 * np.arange(windows),
        lengths=np.full(windows, 30.0),
        features=np.arange(windows * 3, dtype=float).reshape(windows, 3),
    )


class TestLabels:
    def test_the_first_folder_below_the_root_is_the_label(self):
        assert label_of(Path("/m/jazz/x/y.mp3"), Path("/m")) == "jazz"

    def test_a_file_beside_the_genre_folders_has_none(self):
        assert label_of(Path("/m/y.mp3"), Path("/m")) == ""

    def test_a_folder_s_name_is_cleaned_or_refused(self):
        assert label_of(Path("/m/Ro\x1b[31mck/y.mp3"), Path("/m")) == "Rock"
        with pytest.raises(AppError):
            label_of(Path(f"/m/{'x' * 201}/y.mp3"), Path("/m"))

    def test_decomposed_unicode_is_the_same_label(self):
        folder = unicodedata.normalize("NFD", "Götterdämmerung")
        assert label_of(Path("/m") / folder / "a.mp3", Path("/m")) == "Götterdämmerung"

    @pytest.mark.parametrize("spelling", ["Hip-Hop", "hip hop", "HIPHOP", "hip_hop"])
    def test_spellings_of_a_known_genre_are_that_genre(self, spelling):
        assert same_label(spelling, ["rock", "hiphop"]) == "hiphop"

    def test_a_new_label_stays_as_it_was_written(self):
        assert same_label("Şarkı  نشيد", ["rock"]) == "Şarkı نشيد"


DIRTY = {
    "Rock\x1b[31m\x1b[0m": "Rock",
    "\x1b]0;title\x07Rock": "Rock",
    "\x1b]8;;http://a.example\x1b\\Rock\x1b]8;;\x1b\\": "Rock",
    "\x9b31mRock\x9d0;t\x9c": "Rock",
    "\x1bcRock\x1b(B\x1b": "Rock",
    "Ro\x00ck\x07\x7f\x85": "Rock",
    "\u202eRock\u202c\u200e\u2066\u061c": "Rock",
    "\ufeffRo\u200bck\u00ad\u2060\ufffe\U000e0041": "Rock",
    "  Hard\t\r\n Rock\u2028": "Hard Rock",
    "Cafe\u0301": "Café",
}
PLAIN = (
    "Rock/",
    "..",
    "-",
    "=1+1",
    "@home",
    "<b>x</b>",
    "👩\u200d🎤",
    "می\u200cخواهم",
    "हिंदी",
    "R&B",
    "\U0001fae9",
)


class TestClean:
    @pytest.mark.parametrize("label", DIRTY)
    def test_what_cannot_be_seen_and_could_mislead_is_removed(self, label):
        assert clean_label(label) == tidy_label(label) == DIRTY[label]

    @pytest.mark.parametrize("label", PLAIN)
    def test_everything_else_stays(self, label):
        assert clean_label(label) == label

    @pytest.mark.parametrize(
        "label", ["", " \t", "\x00", "\x1b[31m", "\u200b\u202e", "\u200d", "\ufe0f", "\u3164"]
    )
    def test_a_label_that_shows_nothing_is_refused(self, label):
        with pytest.raises(AppError) as caught:
            clean_label(label)
        assert caught.value.problem.code == "empty-label"
        assert "visible" in caught.value.problem.reason

    def test_a_label_that_is_too_long_is_refused(self):
        assert clean_label("x" * MOST_CHARACTERS + "\u200b ") == "x" * MOST_CHARACTERS
        with pytest.raises(AppError) as caught:
            clean_label("x" * 10_000)
        assert caught.value.problem.code == "label-too-long"
        assert "10000 characters" in caught.value.problem.reason

    @given(st.text(st.characters(codec="utf-8") | st.sampled_from("\x1b[]0;m\x07\x9b\x9c \u200d\u0301")))
    def test_a_clean_label_is_clean(self, text):
        tidy = tidy_label(text)
        assert tidy_label(tidy) == tidy
        assert all(
            c.isprintable() or c in "\u200c\u200d" or unicodedata.category(c) in ("Co", "Cn") for c in tidy
        )

    def test_a_label_of_control_characters_takes_no_time(self):
        for character in "\x1b\x90\x9b":
            assert tidy_label(character * 100_000) == ""


class TestKey:
    @pytest.mark.parametrize("label", ["-", "_", "- -", "\u200d"])
    def test_only_an_empty_label_has_an_empty_key(self, label):
        assert label_key(label) == label
        assert label_key("") == label_key("\x00") == ""

    def test_hyphens_alone_are_no_known_genre(self):
        assert same_label("-", ["_", "rock"]) == "-"

    def test_what_is_removed_or_unseen_makes_no_other_genre(self):
        assert label_key("Ro\x07ck\u200d") == label_key("rock")
        spellings = Spellings(["rock"])
        assert spellings.of("R\x1b[1mock") == "rock"
        assert spellings.of("Pol\x00ka") == "Polka"


class TestGroups:
    FOLDER = Path("/m/rock")

    def test_artist_first(self):
        key = group_key(self.FOLDER / "a.mp3", self.FOLDER, " The  Band ", "An Album")
        assert key == "artist:the band"

    @pytest.mark.parametrize("no_artist", ["Various Artists", "", None, "unknown"])
    def test_names_of_no_artist_fall_back_to_the_album(self, no_artist):
        assert group_key(self.FOLDER / "a.mp3", self.FOLDER, no_artist, "Hits 1") == "album:hits 1"

    def test_then_the_folder(self):
        path = self.FOLDER / "Some Artist" / "a.mp3"
        assert group_key(path, self.FOLDER, None, None) == f"folder:{path.parent}"

    def test_a_genre_folder_is_not_one_group(self):
        keys = {group_key(self.FOLDER / name, self.FOLDER, None, None) for name in ("a.mp3", "b.mp3")}
        assert len(keys) == 2


class TestPut:
    def test_a_clip_comes_back_as_it_went_in(self, library):
        new = clip("/m/rock/a.mp3")
        assert library.put(new, V).kind == "added"
        (back,) = library.clips(V)
        assert back == new
        np.testing.assert_array_equal(back.features, new.features)
        np.testing.assert_array_equal(back.starts, new.starts)
        np.testing.assert_array_equal(back.lengths, new.lengths)

    def test_labels_are_cleaned_and_refused(self, library):
        library.put(clip("/m/a.mp3", label="Ro\x07ck"), V)
        assert library.genres() == {"Rock": 1}
        library.relabel(1, "\u202epolka")
        assert library.genres() == {"polka": 1}
        with pytest.raises(AppError):
            library.relabel(1, "\x00")
        with pytest.raises(AppError):
            library.put(clip("/m/b.mp3", "bb", "x" * 201), V)
        assert library.genres() == {"polka": 1}

    def test_nan_survives(self, library):
        new = clip("/m/a.mp3")
        new.features[0, 1] = np.nan
        library.put(new, V)
        assert np.isnan(next(library.clips(V)).features[0, 1])

    def test_the_same_again_changes_nothing(self, library):
        library.put(clip("/m/rock/a.mp3"), V)
        assert library.put(clip("/m/rock/a.mp3"), V).kind == "unchanged"
        assert library.count() == 1

    def test_a_moved_file_is_recognised(self, library):
        library.put(clip("/m/rock/a.mp3"), V)
        change = library.put(clip("/m/rock/new/a.mp3"), V)
        assert (change.kind, change.before) == ("moved", "/m/rock/a.mp3")
        assert [c.path for c in library.clips(V)] == ["/m/rock/new/a.mp3"]

    def test_moving_to_another_genre_relabels(self, library):
        library.put(clip("/m/rock/a.mp3"), V)
        change = library.put(clip("/m/metal/a.mp3", label="metal"), V)
        assert (change.kind, change.before) == ("relabelled", "rock")
        assert library.genres() == {"metal": 1}

    def test_a_second_copy_is_a_duplicate_and_the_first_stays(self, library, tmp_path):
        first = tmp_path / "a.mp3"
        first.touch()
        library.put(clip(first), V)
        change = library.put(clip(tmp_path / "b.mp3", label="pop"), V)
        assert (change.kind, change.before, change.label) == ("duplicate", str(first), "rock")
        assert library.genres() == {"rock": 1}

    def test_other_sound_at_the_same_path_replaces_the_clip(self, library):
        library.put(clip("/m/a.mp3", "aa"), V)
        assert library.put(clip("/m/a.mp3", "bb"), V).kind == "replaced"
        assert [c.content_hash for c in library.clips(V)] == ["bb"]

    def test_a_new_feature_version_replaces_the_old_rows(self, library, database):
        library.put(clip("/m/a.mp3"), "6")
        assert library.outdated(V) == 1
        assert list(library.clips(V)) == []
        assert library.put(clip("/m/a.mp3"), V).kind == "remeasured"
        assert library.outdated(V) == 0
        versions = database.connection.execute("SELECT DISTINCT feature_version FROM windows").fetchall()
        assert [tuple(row) for row in versions] == [(V,)]

    def test_half_a_clip_is_never_stored(self, library, database):
        broken = clip("/m/a.mp3")
        object.__setattr__(broken, "starts", np.zeros(1))  # fewer starts than windows
        with pytest.raises(ValueError, match=r"zip\(\)"):
            library.put(broken, V)
        assert library.count() == 0

    def test_a_name_that_is_no_unicode_is_kept_readable(self, library):
        library.put(clip("/m/rock/\udcff.mp3"), V)
        assert next(library.clips(V)).path == "/m/rock/\\udcff.mp3"


class TestUnchanged:
    def test_a_read_file_is_known_by_its_stamp(self, library, tmp_path):
        path = tmp_path / "a.mp3"
        path.write_bytes(b"abc")
        stamp = FileStamp.of(path)
        library.put(clip(path), V, stamp)
        known = library.unchanged(path, stamp, V)
        assert known is not None
        assert (known.path, known.label) == (str(path), "rock")

    def test_not_after_a_change(self, library, tmp_path):
        path = tmp_path / "a.mp3"
        path.write_bytes(b"abc")
        library.put(clip(path), V, FileStamp.of(path))
        path.write_bytes(b"abcd")
        assert library.unchanged(path, FileStamp.of(path), V) is None

    def test_not_for_another_feature_version(self, library, tmp_path):
        library.put(clip(tmp_path), V, FileStamp(1, 2))
        assert library.unchanged(tmp_path, FileStamp(1, 2), "8") is None

    def test_a_duplicate_is_remembered_too(self, library, tmp_path):
        first = tmp_path / "a.mp3"
        first.touch()
        library.put(clip(first), V, FileStamp.of(first))
        library.put(clip(tmp_path / "b.mp3"), V, FileStamp(1, 2))
        known = library.unchanged(tmp_path / "b.mp3", FileStamp(1, 2), V)
        assert known is not None
        assert known.path == str(first)


def test_relabel_and_remove(library):
    library.put(clip("/m/a.mp3"), V, FileStamp(1, 1))
    known = library.unchanged(Path("/m/a.mp3"), FileStamp(1, 1), V)
    assert known is not None
    library.relabel(known.id, "pop")
    assert library.genres() == {"pop": 1}
    assert library.remove(["aa", "zz"]) == 1
    assert library.count() == 0
    assert library.unchanged(Path("/m/a.mp3"), FileStamp(1, 1), V) is None
