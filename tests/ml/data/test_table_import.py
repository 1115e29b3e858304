"""Feature tables: the published layouts, own tables, and every way a table can be wrong."""

from __future__ import annotations

import csv
from pathlib import PurePath

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.quoting.cells import cell
from genre_desktop.ml.data.table_columns import _names_57, _names_167
from genre_desktop.ml.data.table_import import is_published, merged, read_table
from genre_desktop.ml.features import schema
from tests.fixtures.shared_data import shared_data

OWN = ("rms_mean", "mfcc1_mean")


def write(path, header, *rows, delimiter=","):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def column(clip, name):
    return clip.features[:, schema.NAMES.index(name)]


@pytest.fixture
def table(tmp_path):
    return tmp_path / "own table.csv"


def published_57(path, names=("blues.00000.wav",), samples=661794):
    features = list(_names_57())
    return write(
        path,
        ["filename", "length", *features, "label"],
        *([name, samples, *range(len(features)), name.split(".")[0]] for name in names),
    )


def published_167(path):
    features = list(_names_167())
    row = ["blues.00000.wav", "blues", *(1000 + i for i in range(len(features)))]
    return write(path, ["filename", "filedir", *features], row)


class TestPublished:
    def test_30_seconds(self, table):
        (clip,) = read_table(published_57(table))
        assert (clip.label, clip.source, clip.group) == ("blues", "table", "file:gtzan:blues.00000")
        assert clip.starts.tolist() == [0.0]
        assert clip.lengths[0] == pytest.approx(661794 / 22050)
        assert PurePath(clip.path).stem == "blues.00000"
        names = list(_names_57())
        expected = [names.index(n) if n in names else np.nan for n in schema.NAMES]
        np.testing.assert_array_equal(clip.features[0], expected)

    def test_the_10_second_parts_of_a_track_are_one_clip(self, table):
        names = [f"jazz.00054.{part}.wav" for part in (2, 0, 1)]
        (clip,) = read_table(published_57(table, names, 220500))
        assert clip.starts.tolist() == [0.0, 10.0, 20.0]

    def test_the_167_columns_go_to_the_contract_columns_that_mean_the_same(self, table):
        (clip,) = read_table(published_167(table))
        names = list(_names_167())
        for name, source in schema.table_columns().items():
            if source.table == schema.TABLE_167:
                assert column(clip, name)[0] == 1000 + names.index(source.column)
            else:
                assert np.isnan(column(clip, name)[0])

    def test_both_tables_of_one_track_complete_each_other(self, table):
        (old,) = read_table(published_57(table))
        (new,) = read_table(published_167(table))
        both = merged(old, new)
        assert both.features.shape == (1, len(schema.NAMES))
        assert np.isfinite(both.features[:, : len(schema.SIGNAL_NAMES)]).all()
        assert not schema.has_encoding(both.features).any()
        assert both.features[0, 0] == old.features[0, 0]

    def test_parts_and_whole_are_separate_windows(self, table):
        (whole,) = read_table(published_57(table))
        (parts,) = read_table(published_57(table, [f"blues.00000.{i}.wav" for i in range(3)], 220500))
        assert merged(whole, parts).starts.tolist() == [0.0, 0.0, 10.0, 20.0]

    @pytest.mark.shared_data
    @pytest.mark.parametrize(
        ("name", "clips", "windows", "columns"),
        [
            ("gtzan_features_30s.csv", 1000, 1000, schema.TABLE_57),
            ("gtzan_features_10s.csv", 1000, 2991, schema.TABLE_57),
            ("gtzan_features_167.csv", 999, 999, schema.TABLE_167),
        ],
    )
    def test_the_published_files(self, name, clips, windows, columns):
        found = read_table(shared_data("tables", name))
        assert len(found) == clips
        assert sum(len(clip.starts) for clip in found) == windows
        assert all(is_published(clip) for clip in found)
        wanted = [c.table == columns for c in schema.table_columns().values()]
        for clip in found:
            signal = np.isfinite(clip.features[:, : len(schema.SIGNAL_NAMES)])
            np.testing.assert_array_equal(signal, [wanted] * len(clip.starts))
            assert not schema.has_encoding(clip.features).any()


class TestOwn:
    def test_a_few_columns_and_a_label_are_enough(self, table):
        first, second = read_table(write(table, ["label", *OWN], ["rock", 0.5, -7], ["Türkü", 1, 2]))
        assert (first.label, second.label) == ("rock", "Türkü")
        assert column(first, "mfcc1_mean")[0] == -7
        assert np.isnan(column(first, "tempo")[0])
        assert first.path == f"{table}#/row 2"
        assert first.lengths.tolist() == [30.0]
        assert not is_published(first)

    def test_name_artist_and_place(self, table):
        header = ["File", "artist", "start_s", "length_s", "Genre", *OWN]
        rows = [["x", "The Band", 15, 15, "pop", 1, 2], ["x", "The Band", 0, 15, "pop", 3, 4]]
        (clip,) = read_table(write(table, header, *rows))
        assert clip.group == "artist:the band"
        assert clip.starts.tolist() == [0, 15]
        assert clip.duration_s == 30
        assert column(clip, "rms_mean").tolist() == [3, 1]

    @pytest.mark.parametrize("delimiter", [";", "\t"])
    def test_other_separators(self, table, delimiter):
        (clip,) = read_table(write(table, ["label", *OWN], ["rock", 1, 2], delimiter=delimiter))
        assert column(clip, "mfcc1_mean")[0] == 2

    def test_a_label_that_was_marked_as_text_for_spreadsheets_is_read_as_it_was(self, table):
        rows = [[cell(label), 1, n] for n, label in enumerate(["=rock", "'=rock", "'80s"])]
        clips = read_table(write(table, ["label", *OWN], *rows), canonical=str)
        assert [clip.label for clip in clips] == ["=rock", "'=rock", "'80s"]

    def test_labels_pass_through_the_spelling_in_use(self, table):
        (clip,) = read_table(write(table, ["label", *OWN], ["ROCK", 1, 2]), canonical=str.lower)
        assert clip.label == "rock"

    def test_the_same_table_has_the_same_hashes_and_other_values_others(self, table):
        def hashes(value):
            return [c.content_hash for c in read_table(write(table, ["label", *OWN], ["rock", 1, value]))]

        assert hashes(2) == hashes(2)
        assert hashes(2) != hashes(3)


HEADER = ["filename", "label", *OWN]
GOOD = ["a", "rock", 1, 2]


@pytest.mark.parametrize(
    ("header", "rows", "code", "expected"),
    [
        (["filename", *OWN], [["a", 1, 2]], "table-no-label", "genre"),
        ([*HEADER, "loudness", "mood"], [[*GOOD, 1, 1]], "table-columns", "loudness, mood"),
        ([*HEADER, "rms_mean"], [[*GOOD, 1]], "table-columns", "rms_mean"),
        (["filename", "label"], [["a", "rock"]], "table-columns", "feature"),
        (HEADER, [], "table-empty", "no rows"),
        (HEADER, [GOOD, ["b", "rock", "nan", 2]], "table-values", "The value nan of rms_mean in line 3"),
        (HEADER, [["a", "rock", 1, "-inf"]], "table-values", "-inf of mfcc1_mean"),
        (HEADER, [["a", "rock", 1, "-1e39"]], "table-values", "-1e39 of mfcc1_mean in line 2 is too large"),
        (HEADER, [["a", "rock", "", 1]], "table-values", "no value for rms_mean"),
        (HEADER, [["a", "rock", 1]], "table-values", "3 cells"),
        (HEADER, [GOOD, GOOD], "table-rows", "a has two rows"),
        ([*HEADER, "start_s"], [[*GOOD, 0], ["a", "pop", 1, 2, 5]], "table-rows", "pop, rock"),
        ([*HEADER, "length"], [[*GOOD, 0]], "table-values", "length of 0"),
    ],
)
def test_a_wrong_table_is_refused(table, header, rows, code, expected):
    with pytest.raises(AppError) as caught:
        read_table(write(table, header, *rows))
    assert caught.value.problem.code == code
    assert expected in caught.value.problem.reason
    assert caught.value.problem.hint


def test_a_row_without_a_usable_label_is_left_out_alone(table):
    rows = [
        GOOD,
        ["b", " ", 1, 1],
        ["", "\x1b[31m", 1, 1],
        ["d", "x" * 10_000, 1, 1],
        ["e", "Ro\x00ck/", 1, 1],
    ]
    refused = []
    found = read_table(write(table, HEADER, *rows), refused=lambda *row: refused.append(row))
    assert [clip.label for clip in found] == ["rock", "Rock/"]
    assert [row for row, _ in refused] == [f"{table}#/{name}" for name in ("b", "row 4", "d")]
    reasons = [str(reason) for _, reason in refused]
    assert reasons[0].startswith("Line 3: No genre entered")
    assert "10000 characters" in reasons[2]


def test_nothing_is_left_of_a_table_without_labels(table):
    assert list(read_table(write(table, HEADER, ["a", "", 1, 1]))) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table-empty"),
        (b"\n\n", "table-empty"),
        (b"\xff\xfe\x00label", "table-unreadable"),
        (b'label,"rms_mean\nrock,1', "table-unreadable"),
    ],
)
def test_what_is_no_table_is_refused(table, data, code):
    table.write_bytes(data)
    with pytest.raises(AppError) as caught:
        read_table(table)
    assert caught.value.problem.code == code


def test_missing_files_and_folders_are_refused(tmp_path):
    for path, code in ((tmp_path / "none.csv", "missing-file"), (tmp_path, "table-unreadable")):
        with pytest.raises(AppError) as caught:
            read_table(path)
        assert caught.value.problem.code == code
