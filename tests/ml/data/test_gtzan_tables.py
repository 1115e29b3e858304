"""The published tables as contract rows; skipped where they are absent."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.types import GENRES
from genre_desktop.ml.data import gtzan_tables
from genre_desktop.ml.features.schema import NAMES, SIGNAL_NAMES, TAG_NAMES, has_encoding
from tests.fixtures.shared_data import shared_data


@pytest.fixture(scope="module")
def folder():
    shared_data("tables", "gtzan_features_167.csv")
    return shared_data("splits").parent


@pytest.fixture(scope="module")
def table(folder):
    return gtzan_tables.load_gtzan_table(folder)


@pytest.mark.shared_data
def test_every_track_has_its_row_in_contract_order(table):
    assert table.X.shape == (1000, len(NAMES))
    assert tuple(sorted(set(table.y))) == GENRES
    assert table.tracks[np.isnan(table.signal_only().X).any(axis=1)].tolist() == [
        "jazz.00054"
    ]  # the corrupt one
    first = table.only(["blues.00000"])
    assert first.X[0, NAMES.index("tempo")] == 123.046875
    assert first.X[0, NAMES.index("zero_crossing_rate_max")] == 0.24267578125
    assert first.groups.tolist() == ["john lee hooker"]


@pytest.mark.shared_data
def test_tags_of_every_test_track_and_embeddings_where_there_is_audio(folder, table):
    counts = {}
    for part in ("train", "valid", "test"):
        X = table.only(gtzan_tables.split(folder, part)).X
        tags = X[:, len(SIGNAL_NAMES) : len(SIGNAL_NAMES) + len(TAG_NAMES)]
        counts[part] = np.isfinite(tags).all(axis=1).sum(), has_encoding(X).sum()
    assert counts == {"train": (443, 128), "valid": (84, 84), "test": (290, 69)}


@pytest.mark.shared_data
def test_published_tags_agree_with_our_own_encoder(folder, table):
    """Probabilities of 28 overlapping patches beside those of five: the means are near each other."""
    own = {track: row for track, row in zip(table.tracks, table.X, strict=True) if has_encoding(row)}
    published = gtzan_tables._published_tags(folder)
    both = sorted(own.keys() & published.keys())
    assert len(both) == 197
    ours = np.array([own[track][len(SIGNAL_NAMES) :][: len(TAG_NAMES)] for track in both])
    theirs = np.array([published[track] for track in both])
    assert np.mean(np.abs(ours - theirs)) < 0.3
    correlations = [np.corrcoef(ours[:, i], theirs[:, i])[0, 1] for i in range(len(TAG_NAMES))]
    assert min(correlations) > 0.9


@pytest.mark.shared_data
def test_no_known_artist_is_on_both_sides_of_the_published_split(folder, table):
    parts = {part: gtzan_tables.split(folder, part) for part in ("train", "valid", "test")}
    assert [len(parts[part]) for part in parts] == [443, 197, 290]
    assert len({track for tracks in parts.values() for track in tracks}) == 930
    known = {
        part: {a for a in table.only(tracks).groups if not a.startswith("unknown ")}
        for part, tracks in parts.items()
    }
    assert not (known["train"] | known["valid"]) & known["test"]


def test_names_in_every_spelling():
    for file in ("blues/blues.00042.wav", "blues_00042.wav", "blues.00042.2.wav", "blues.00042"):
        assert gtzan_tables.track_name(file) == "blues.00042"
    with pytest.raises(ValueError, match="song"):
        gtzan_tables.track_name("song.wav")


def test_absent_tables_are_named(tmp_path):
    with pytest.raises(AppError) as caught:
        gtzan_tables.load_gtzan_table(tmp_path)
    assert caught.value.problem.code == "tables-missing"
    assert gtzan_tables.SHARED_VARIABLE in caught.value.problem.hint
