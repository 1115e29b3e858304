from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from genre_desktop.ml.arrays import check_text, read_array, read_arrays


@pytest.mark.parametrize("order", ["<", ">"])
def test_text_is_checked_for_what_is_no_character(order):
    good = np.array(["rock", "Größe", "\U0010ffff", ""], f"{order}U4")
    check_text(good)
    check_text(np.array("one"))
    check_text(np.arange(3.0))
    bad = np.frombuffer(np.array([0x110000] * 4, f"{order}u4").tobytes(), f"{order}U4")
    with pytest.raises(ValueError, match="no text"):
        check_text(bad)


def stored(array):
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def test_arrays_are_read_as_they_were_written():
    table = np.arange(6.0).reshape(2, 3)
    assert read_array(stored(table)).tolist() == table.tolist()
    out = io.BytesIO()
    np.savez_compressed(out, table=table, names=np.array(["a", "b"]), own=np.array([True]))
    arrays = read_arrays(io.BytesIO(out.getvalue()))
    assert set(arrays) == {"table", "names", "own"}
    assert arrays["own"].tolist() == [True]


def test_an_array_larger_than_its_file_is_refused_before_memory_is_reserved():
    data = stored(np.zeros(200, bool)).replace(b"(200,), }" + 12 * b" ", b"(200000000000000,), }", 1)
    assert b"200000000000000" in data
    with pytest.raises(ValueError, match="array of bool"):
        read_array(data)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("own.npy", data)
    with pytest.raises(ValueError, match="array of bool"):
        read_arrays(out)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_that_is_compressed_in_another_way_is_refused(method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("own.npy", stored(np.zeros(3)))
    with pytest.raises(zipfile.BadZipFile, match="another method"):
        read_arrays(out)
