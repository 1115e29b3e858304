"""The shipped table: round trip, equal bytes, and refusals."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.store.library import Clip
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.features.schema import NAMES


def clip(name, windows, label="jazz"):
    rng = np.random.default_rng(windows)
    return Clip(
        content_hash=f"hash of {name}",
        path=name,
        label=label,
        group=f"artist:{name[0]}",
        source="reference",
        duration_s=30.0 * windows,
        starts=15.0 * np.arange(windows),
        lengths=np.full(windows, 30.0),
        features=rng.normal(size=(windows, len(NAMES))).astype("f4").astype(float),
    )


def test_there_and_back(tmp_path):
    clips = [clip("b.flac", 1), clip("a.ogg", 3, "Türkü")]
    reference_dataset.save(tmp_path / "r.npz", clips)
    found = reference_dataset.load(tmp_path / "r.npz")
    assert found == clips[::-1]
    for one, other in zip(found, clips[::-1], strict=True):
        np.testing.assert_array_equal(one.features, other.features)
        np.testing.assert_array_equal(one.starts, other.starts)
        np.testing.assert_array_equal(one.lengths, other.lengths)


def test_equal_clips_give_equal_bytes_in_any_order(tmp_path):
    clips = [clip("b.flac", 1), clip("a.ogg", 3)]
    reference_dataset.save(tmp_path / "1.npz", clips)
    reference_dataset.save(tmp_path / "2.npz", clips[::-1])
    assert (tmp_path / "1.npz").read_bytes() == (tmp_path / "2.npz").read_bytes()


def test_an_artist_without_prefix_is_the_same_artist_as_in_the_library(tmp_path):
    plain = clip("a.ogg", 1)
    object.__setattr__(plain, "group", "john lee hooker")
    reference_dataset.save(tmp_path / "r.npz", [plain])
    assert reference_dataset.load(tmp_path / "r.npz")[0].group == "artist:john lee hooker"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.unlink(), "reference-missing"),
        (lambda path: path.write_bytes(path.read_bytes()[:500]), "reference-unreadable"),
        (lambda path: path.write_bytes(b"no archive"), "reference-unreadable"),
        (lambda path: np.savez(path, features=np.zeros(3)), "reference-unreadable"),
        (lambda path: np.savez(path, x=np.array([{}], dtype=object)), "reference-unreadable"),
    ],
)
def test_unusable_tables_are_refused(tmp_path, spoil, code):
    path = tmp_path / "r.npz"
    reference_dataset.save(path, [clip("a.ogg", 1)])
    spoil(path)
    with pytest.raises(AppError) as caught:
        reference_dataset.load(path)
    assert caught.value.problem.code == code


def test_another_feature_version_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "r.npz"
    reference_dataset.save(path, [clip("a.ogg", 1)])
    monkeypatch.setattr(reference_dataset, "VERSIONS", {"999": NAMES})
    with pytest.raises(AppError) as caught:
        reference_dataset.load(path)
    assert caught.value.problem.code == "reference-version"
