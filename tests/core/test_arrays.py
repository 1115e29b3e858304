"""Arrays in one file: whole, equal bytes for equal data, never a pickle."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.arrays import write_arrays


def test_what_is_written_is_read_and_equal_data_give_equal_bytes(tmp_path: Path) -> None:
    arrays = {"rows": np.arange(6.0).reshape(2, 3), "names": np.array(["a", "ü"])}
    for name in ("one.npz", "two.npz"):
        write_arrays(tmp_path / name, arrays)
    with np.load(tmp_path / "one.npz", allow_pickle=False) as read:
        assert {key: read[key].tolist() for key in read} == {k: v.tolist() for k, v in arrays.items()}
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_objects_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="allow_pickle"):
        write_arrays(tmp_path / "bad.npz", {"objects": np.array([{}], dtype=object)})
    assert list(tmp_path.iterdir()) == []
