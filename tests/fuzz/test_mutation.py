from __future__ import annotations

import io
import json
import sqlite3
import struct
import zipfile
from random import Random

import pytest

from fuzz.mutation import blind, containers, documents
from fuzz.seeds import audio, homes, models
from fuzz.target import Choices


@pytest.fixture
def choices():
    return Choices(Random(1), [b"another input of some length"])


def test_changed_pages_of_ogg_have_valid_check_sums(choices):
    seed = audio.sounds()["ogg.ogg"]
    for _ in range(20):
        changed = containers.ogg(seed, choices)
        starts = containers._occurrences(changed, b"OggS")
        pages = [changed[a:b] for a, b in zip(starts, [*starts[1:], len(changed)], strict=True)]
        assert all(containers._with_sum(page) == page for page in pages)


def test_the_check_sum_is_that_of_libogg():
    seed = audio.sounds()["ogg.ogg"]
    assert containers._with_sum(seed[: seed.index(b"OggS", 4)]) == seed[: seed.index(b"OggS", 4)]


def test_chunks_of_riff_keep_their_form(choices):
    for _ in range(20):
        changed = containers.riff(audio.sounds()["wav.wav"], choices)
        assert changed[:4] == b"RIFF"
        assert struct.unpack("<I", changed[4:8])[0] in (0, 0xFFFFFFFF, len(changed) - 8)


def test_members_of_archives_have_valid_check_sums(choices):
    for _ in range(20):
        changed = documents.archive(models.skops_parts()["linear.skops"], choices)
        with zipfile.ZipFile(io.BytesIO(changed)) as archive:
            assert archive.testzip() is None


def test_changed_json_is_json(choices):
    seed = homes.settings()["every.json"]
    changed = [documents.json_tree(seed, choices) for _ in range(30)]
    assert all(isinstance(json.loads(each), object) for each in changed)
    assert len(set(changed)) > 20


def test_pages_of_sqlite_change_and_the_seed_is_whole(choices, tmp_path):
    seed = homes.stores()["genre_desktop.db"]
    path = tmp_path / "store.db"
    path.write_bytes(seed)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert any(documents.sqlite_pages(seed, choices) != seed for _ in range(5))


@pytest.mark.parametrize(
    "data", [b"", b"x", b"RIFF", b"OggS", b"ID3", b"fLaC", b"\0\0\0\x08ftyp", b"SQLite", b"PK"]
)
def test_short_inputs_can_be_changed(data, choices):
    own = (
        *containers.CONTAINERS,
        containers.of_container,
        documents.archive,
        documents.json_tree,
        documents.sqlite_pages,
    )
    for _ in range(50):
        assert isinstance(blind.mutate(data, choices, own), bytes)


def test_equal_random_numbers_make_equal_inputs():
    seed = audio.sounds()["m4a.m4a"]
    made = [blind.mutate(seed, Choices(Random(5), [seed]), containers.CONTAINERS) for _ in range(2)]
    assert made[0] == made[1]
