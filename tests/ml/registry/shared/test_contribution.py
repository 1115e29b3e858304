"""What a desktop contributes: no name leaves, rows arrive bit for bit, and files of others are distrusted."""

from __future__ import annotations

import hashlib
import io
import pickle
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.serialization import pack_arrays
from genre_desktop.ml.data.pseudonyms import Pseudonyms
from genre_desktop.ml.features.schema import NAMES, SIGNAL_NAMES, widen
from genre_desktop.ml.registry.shared import contribution
from genre_desktop.ml.registry.shared.contribution import MOST_WINDOWS, Contribution, prepare, read
from tests.ml.data.test_training_data import clip

NAMED = Pseudonyms(b"salt", b"secret")
ALL = len(NAMES)
RNG = np.random.default_rng(1)


def song(number, label="rock", windows=2, columns=ALL, group="artist:the secret trio"):
    made = clip(f"hash {number}", label, windows, group=group)
    return replace(made, features=RNG.normal(size=(windows, columns)), path=f"/home/anna/Geheim {number}.mp3")


@pytest.fixture
def sent():
    return prepare([song(1), song(2, "jazz", 3, len(SIGNAL_NAMES)), song(3)], "c0ffee", NAMED)


def written(tmp_path, data):
    path = tmp_path / "contribution.npz"
    path.write_bytes(data)
    return path, hashlib.sha256(data).hexdigest()


def with_arrays(sent, **changes):
    return bytes(pack_arrays(sent._arrays() | changes))


def refused(tmp_path, data):
    with pytest.raises(AppError) as error:
        read(*written(tmp_path, data))
    return error.value.problem


def test_rows_arrive_bit_for_bit(tmp_path, sent):
    found = read(*written(tmp_path, sent.data))
    assert found.contributor == "c0ffee"
    assert [c.label for c in found.clips] == [c.label for c in sent.clips]
    for a, b in zip(found.clips, sent.clips, strict=True):
        assert a == b
        for name in ("starts", "lengths", "features"):
            assert getattr(a, name).tobytes() == getattr(b, name).tobytes()
            assert getattr(a, name).dtype == np.float64
    assert found.digest == sent.digest


def test_the_features_are_those_of_the_library():
    made = song(1, columns=len(SIGNAL_NAMES))
    sent = prepare([made], "me", NAMED).clips[0]
    assert sent.features.tobytes() == widen(made.features).tobytes()


def test_no_path_no_name_and_no_tag_leaves(sent):
    with zipfile.ZipFile(io.BytesIO(sent.data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    text = everything.decode("utf-32-le", "ignore") + everything.decode("latin-1")
    for secret in ("Geheim", "anna", "trio", "artist", "hash 1", ".mp3"):
        assert secret not in text
        assert secret not in str(sent.rows())
    assert set(sent.rows()[0]) == {"label", "recording", "group", "windows", "duration_s"}


def test_equal_clips_make_equal_bytes_in_whatever_order():
    clips = [song(1), song(2)]
    assert prepare(clips, "me", NAMED).digest == prepare(clips[::-1], "me", NAMED).digest
    assert prepare(clips, "me", NAMED).digest != prepare(clips, "you", NAMED).digest


def test_what_cannot_be_sent_is_left_out_and_counted():
    broken = replace(song(1), features=np.full((2, len(NAMES)), np.inf))
    empty = replace(song(2), starts=np.zeros(0), lengths=np.zeros(0), features=np.empty((0, len(NAMES))))
    strange = song(3, label="\x00\u202e")
    found = prepare(
        [broken, empty, strange, song(4, label="ro\x00ck"), song(5, label="x" * 200)], "me", NAMED
    )
    assert [c.content_hash for c in found.clips] == [NAMED.recording("hash 4")]
    assert found.clips[0].label == "rock"
    assert found.left_out == 4


def test_the_first_clips_are_sent_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(contribution, "MOST_WINDOWS", 5)
    found = prepare([song(1), song(2), song(3), song(4, windows=1)], "me", NAMED)
    assert {c.content_hash for c in found.clips} == {NAMED.recording(f"hash {n}") for n in (1, 2, 4)}
    assert found.left_out == 1
    assert MOST_WINDOWS * len(NAMES) * 8 < contribution.MOST_BYTES


def test_a_truncated_or_changed_file_is_refused(tmp_path, sent):
    path, digest = written(tmp_path, sent.data)
    for data in (sent.data[:-100], sent.data[:0], sent.data[:500] + b"x" + sent.data[501:]):
        path.write_bytes(data)
        with pytest.raises(AppError) as error:
            read(path, digest)
        assert error.value.problem.code == "contribution-damaged"
        assert refused(tmp_path, data).code == "contribution-damaged"  # even if its digest is right


@pytest.mark.parametrize("at", range(0, 3000, 37))
def test_no_flipped_bit_ends_in_anything_but_a_reason(tmp_path, sent, at):
    data = bytearray(sent.data)
    data[at % len(data)] ^= 1 << (at % 8)
    code = ""
    try:
        assert isinstance(read(*written(tmp_path, bytes(data))), Contribution)
    except AppError as error:
        code = error.problem.code
    assert code in ("", "contribution-damaged", "contribution-version")


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch, sent):
    monkeypatch.setattr(contribution, "MOST_BYTES", len(sent.data) - 1)
    assert "larger than" in refused(tmp_path, sent.data).reason


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(tmp_path, sent):
    zeros = with_arrays(sent, features=np.zeros((contribution.MOST_BYTES // 8, 1)))
    assert len(zeros) < contribution.MOST_BYTES
    assert "larger than" in refused(tmp_path, zeros).reason


def test_an_array_that_claims_more_than_it_has_reserves_no_memory(tmp_path, sent):
    huge = io.BytesIO()
    header = {"descr": "<f8", "fortran_order": False, "shape": (1 << 40, 406)}
    np.lib.format.write_array_header_1_0(huge, header)
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sent.data)) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            new.writestr(name, huge.getvalue() if name == "features.npy" else old.read(name))
    assert "array of float64" in refused(tmp_path, data.getvalue()).reason


def test_no_pickle_is_loaded(tmp_path, sent):
    class Trap:
        def __reduce__(self):
            return (pytest.fail, ("it was loaded",))

    raw = io.BytesIO()
    np.lib.format.write_array_header_1_0(raw, {"descr": "|O", "fortran_order": False, "shape": (3,)})
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sent.data)) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            trap = raw.getvalue() + pickle.dumps([Trap()] * 3)
            new.writestr(name, trap if name == "labels.npy" else old.read(name))
    assert "array of object" in refused(tmp_path, data.getvalue()).reason


def test_every_value_is_checked(tmp_path, sent):
    arrays = sent._arrays()
    text = arrays["labels"]
    features = arrays["features"]
    assert "not a pseudonym" in refused(tmp_path, with_arrays(sent, groups=np.array(["artist:x"] * 3))).reason
    for label in ("", " rock", "a\nb", "a\u202eb", "x" * 101):
        changed = np.array([label, *text[1:]])
        assert "not plain text" in refused(tmp_path, with_arrays(sent, labels=changed)).reason
    for value, reason in ((np.inf, "not a number"), (1e300, "too large")):
        changed = features.copy()
        changed[0, 0] = value
        assert reason in refused(tmp_path, with_arrays(sent, features=changed)).reason
    empty = features.copy()
    empty[0] = np.nan
    assert "not a number" in refused(tmp_path, with_arrays(sent, features=empty)).reason
    assert "not a time" in refused(tmp_path, with_arrays(sent, starts=arrays["starts"] - 1e3)).reason
    twice = np.repeat(arrays["clips"][:1], 3)
    assert "twice" in refused(tmp_path, with_arrays(sent, clips=twice)).reason


def test_every_shape_and_type_is_checked(tmp_path, sent):
    arrays = sent._arrays()
    together = "do not belong together"
    assert together in refused(tmp_path, with_arrays(sent, labels=arrays["labels"][:-1])).reason
    assert together in refused(tmp_path, with_arrays(sent, features=arrays["features"][:, :-1])).reason
    assert together in refused(tmp_path, with_arrays(sent, counts=arrays["counts"] - 5)).reason
    assert together in refused(tmp_path, with_arrays(sent, counts=np.array(3))).reason
    narrow = arrays["features"].astype("<f4")
    assert "another type" in refused(tmp_path, with_arrays(sent, features=narrow)).reason
    long = np.array(["x" * 300] * 3)
    assert "another type" in refused(tmp_path, with_arrays(sent, labels=long)).reason
    assert "other tables" in refused(tmp_path, with_arrays(sent, extra=np.zeros(1))).reason
    nothing = {name: arrays[name][:0] for name in ("clips", "labels", "groups", "counts", "durations")}
    assert "empty" in refused(tmp_path, with_arrays(sent, **nothing)).reason


def test_other_feature_versions_are_refused_by_name(tmp_path, sent):
    problem = refused(tmp_path, with_arrays(sent, feature_version=np.array("9")))
    assert problem.code == "contribution-version"
    assert "9" in problem.reason


def test_rows_of_an_older_version_are_widened(tmp_path, sent):
    old = {
        "feature_version": np.array("1"),
        "columns": np.array(SIGNAL_NAMES),
        "features": sent._arrays()["features"][:, : len(SIGNAL_NAMES)],
    }
    found = read(*written(tmp_path, with_arrays(sent, **old)))
    assert found.clips[0].features.shape[1] == len(NAMES)
