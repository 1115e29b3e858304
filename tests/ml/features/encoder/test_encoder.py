"""The encoder answers as the published network does, and refuses every other file."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from genre_desktop.core.errors import AppError
from genre_desktop.core.music_tags import ENCODER_TAGS
from genre_desktop.core.paths import shipped
from genre_desktop.ml.features.encoder import log_mel
from genre_desktop.ml.features.encoder.encoder import Encoder
from genre_desktop.ml.features.encoder.identity import BANDS, DIGEST, EMBEDDING, PATCH_FRAMES
from tests.fixtures.shared_data import shared_data
from tests.ml.signals import RATE

FILE = shipped("models", "encoder", "musicnn.onnx")
REFERENCE = Path(__file__).with_name("reference.npz")
"""Outputs of the published network, computed by TensorFlow (``tools/make_encoder_reference.py``)."""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load(FILE)


def refused(path: Path, digest: str = DIGEST) -> str:
    with pytest.raises(AppError) as caught:
        Encoder.load(path, digest)
    return caught.value.problem.key


def test_equal_to_the_published_network(encoder: Encoder) -> None:
    with np.load(REFERENCE) as reference:
        found = encoder.encode(reference["patches"].astype(np.float32))
        assert found.logits == pytest.approx(reference["logits"], abs=1e-4)
        assert found.embedding == pytest.approx(reference["embedding"], abs=1e-4)
        assert np.ptp(reference["logits"], axis=0).max() > 1  # the patches do differ


@pytest.mark.shared_data
def test_tags_agree_with_the_published_series(encoder: Encoder) -> None:
    folder = shared_data("gtzan_mini")
    with np.load(shared_data("tables", "gtzan_musicnn_msd_tags.npz")) as published:
        tracks, offsets = list(map(str, published["track"])), published["offset"]
        probabilities = published["probability"]
    recordings = [path for path in sorted(folder.glob("*/*.flac")) if path.stem in tracks][::9]
    assert len(recordings) >= 5
    for path in recordings:
        number = tracks.index(path.stem)
        series = probabilities[offsets[number] : offsets[number + 1]]
        samples, rate = soundfile.read(path, dtype="float32")
        samples = soxr.resample(samples, rate, RATE)
        starts = range(0, len(samples) - log_mel.PATCH_SAMPLES + 1, log_mel.PATCH_SAMPLES)
        patches = np.stack([log_mel.patch_of(samples, start) for start in starts])
        ours = 1 / (1 + np.exp(-encoder.encode(patches).logits))
        assert np.abs(ours.mean(axis=0) - series.mean(axis=0)).mean() < 0.01, path.name


def test_patches_do_not_influence_each_other(encoder: Encoder) -> None:
    patches = np.abs(np.random.default_rng(1).normal(size=(3, PATCH_FRAMES, BANDS))).astype(np.float32)
    together, last = encoder.encode(patches), encoder.encode(patches[2:])
    assert together.logits.shape == (3, len(ENCODER_TAGS))
    assert together.embedding.shape == (3, EMBEDDING)
    assert np.array_equal(together.logits[2:], last.logits)
    assert np.array_equal(together.embedding[2:], last.embedding)


def test_no_patches(encoder: Encoder) -> None:
    found = encoder.encode(np.empty((0, PATCH_FRAMES, BANDS), np.float32))
    assert found.logits.shape == (0, len(ENCODER_TAGS))
    assert found.embedding.shape == (0, EMBEDDING)


def test_the_file_names_its_origin_and_tags() -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(FILE.read_bytes(), providers=["CPUExecutionProvider"])
    facts = session.get_modelmeta().custom_metadata_map
    assert tuple(facts["tags"].split(",")) == ENCODER_TAGS
    assert facts["licence"] == "ISC"
    assert "musicnn==0.1.0" in facts["source"]


def test_the_digest_is_that_of_the_shipped_file(encoder: Encoder) -> None:
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == DIGEST == encoder.digest
    assert DIGEST in (FILE.parent / "MODEL_CARD.md").read_text("utf-8")


def test_the_licence_is_beside_the_file() -> None:
    text = (FILE.parent / "LICENSE").read_text("utf-8")
    assert re.search(r"Copyright .*Universitat Pompeu Fabra", text)
    assert "Permission to use, copy, modify, and/or distribute" in text


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "musicnn.onnx") == "encoder-missing"


@pytest.mark.parametrize("damage", ["cut", "changed", "empty"])
def test_a_damaged_file(tmp_path: Path, damage: str) -> None:
    data = bytearray(FILE.read_bytes())
    data[len(data) // 2] ^= 1
    path = tmp_path / "musicnn.onnx"
    path.write_bytes({"cut": bytes(data[:-100]), "changed": bytes(data), "empty": b""}[damage])
    assert refused(path) == "encoder-damaged"


def test_a_file_that_is_no_network(tmp_path: Path) -> None:
    path = tmp_path / "musicnn.onnx"
    path.write_bytes(b"no network")
    assert refused(path, hashlib.sha256(b"no network").hexdigest()) == "encoder-damaged/unreadable"


def test_input_of_another_shape(encoder: Encoder) -> None:
    with pytest.raises(AppError) as caught:
        encoder.encode(np.zeros((1, PATCH_FRAMES, BANDS + 1), np.float32))
    assert caught.value.problem.key == "encoder-failed"


def test_input_that_is_not_finite(encoder: Encoder) -> None:
    with pytest.raises(AppError) as caught:
        encoder.encode(np.full((1, PATCH_FRAMES, BANDS), np.inf, np.float32))
    assert caught.value.problem.key == "encoder-failed/non-finite"


def test_onnxruntime_is_loaded_with_the_encoder_only() -> None:
    code = """
import sys
sys.modules["onnxruntime"] = None  # as where it is not installed
from pathlib import Path
from genre_desktop.core.errors import AppError
from genre_desktop.ml.features.encoder.encoder import Encoder
try:
    Encoder.load(Path(sys.argv[1]))
except AppError as error:
    print(error.problem.key)
"""
    done = subprocess.run([sys.executable, "-c", code, str(FILE)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "encoder-missing/onnxruntime"


def test_results_of_another_shape_are_a_problem():
    class Session:
        def run(self, names, inputs):
            return [np.zeros((1, 50), np.float32), np.zeros((3, 7), np.float32)]

    with pytest.raises(AppError) as caught:
        Encoder(Session(), "").encode(np.zeros((1, 187, 96), np.float32))
    assert caught.value.problem.code == "encoder-failed"
