"""Rows of windows: the signal's columns and the encoder's, with the real encoder."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import shipped
from genre_desktop.ml.features import schema, window_extractor, windowing
from genre_desktop.ml.features.encoder import log_mel
from genre_desktop.ml.features.encoder.encoder import Encoder, Encoding
from genre_desktop.ml.features.extractor import Extractor
from genre_desktop.ml.features.window_extractor import PATCH, WindowExtractor
from tools.synthetic_audio import music

RATE = schema.SAMPLE_RATE
SIGNAL = len(schema.SIGNAL_NAMES)
FILE: Path = shipped("models", "encoder", "musicnn.onnx")


class CountingEncoder:
    """The real encoder; counts the patches it encoded."""

    def __init__(self) -> None:
        self._real, self.n = Encoder.load(FILE), 0

    def encode(self, patches: np.ndarray) -> Encoding:
        self.n += len(patches)
        return self._real.encode(patches)


@pytest.fixture(scope="module")
def song() -> np.ndarray:
    return np.ascontiguousarray(music(75.0, RATE, 1, seed=3)[:, 0])


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def extractor(encoder: CountingEncoder) -> WindowExtractor:
    return WindowExtractor(lambda: encoder)  # type: ignore[arg-type, return-value]


def encoded(samples: np.ndarray, *starts: float) -> np.ndarray:
    """Encode patches that start at these seconds, and average them."""
    found = Encoder.load(FILE).encode(np.stack([log_mel.patch_of(samples, round(s * RATE)) for s in starts]))
    return np.hstack([found.logits, found.embedding]).mean(axis=0)


def test_a_whole_clip_is_encoded_in_five_patches(
    extractor: WindowExtractor, encoder: CountingEncoder, song: np.ndarray
) -> None:
    clip = song[: 30 * RATE]
    row = extractor.extract(clip)
    assert row.shape == (len(schema.NAMES),)
    assert encoder.n == 5
    np.testing.assert_array_equal(row[:SIGNAL], Extractor().extract(clip))
    np.testing.assert_allclose(row[SIGNAL:], encoded(clip, 1.5, 7.5, 13.5, 19.5, 25.5), atol=1e-4)


@pytest.mark.parametrize(("seconds", "patches"), [(1.5, 1), (3.0, 1), (7.0, 2)])
def test_short_clips_have_fewer_patches(
    extractor: WindowExtractor, encoder: CountingEncoder, song: np.ndarray, seconds: float, patches: int
) -> None:
    assert np.isfinite(extractor.extract(song[: round(seconds * RATE)])).all()
    assert encoder.n == patches


def test_windows_of_a_song_share_their_patches(
    extractor: WindowExtractor, encoder: CountingEncoder, song: np.ndarray
) -> None:
    rows = [
        extractor.extract(song[at * RATE :][: 30 * RATE], at * RATE, whole=False) for at in (0, 15, 30, 45)
    ]
    assert encoder.n == 5  # one in 15 s
    np.testing.assert_allclose(rows[2][SIGNAL:], encoded(song, 36.0, 51.0), atol=1e-3)
    extractor.extract(song[: 30 * RATE], 0, whole=False)  # another song begins
    assert encoder.n == 7


def test_windows_of_a_song_equal_each_window_alone(extractor: WindowExtractor, song: np.ndarray) -> None:
    alone = Extractor()

    class Both:
        def extract(self, samples: np.ndarray, start: int, whole: bool, shift: int, /) -> np.ndarray:
            assert not whole
            row = extractor.extract(samples, start, whole, shift)
            plain = alone.extract(samples)
            np.testing.assert_allclose(row[:SIGNAL], plain, rtol=2e-6, atol=1e-6)
            begin = (start + shift) / RATE
            expected = encoded(song, begin + 6.0, begin + 21.0)
            np.testing.assert_allclose(row[SIGNAL:], expected, atol=1e-3)
            return row

    blocks = np.array_split(song, 16)
    assert len(list(windowing.rows(blocks, "song", Both()))) == 4


def test_live_windows_encode_the_newest_three_seconds(
    extractor: WindowExtractor, encoder: CountingEncoder, song: np.ndarray
) -> None:
    for second in range(10):
        row = extractor.extract_live(song[second * RATE :][: 10 * RATE], second * RATE)
    assert encoder.n == 10
    np.testing.assert_allclose(row[SIGNAL:], encoded(song, 16.0, 13.0, 10.0), atol=1e-3)
    extractor.extract_live(song[60 * RATE : 64 * RATE], 60 * RATE)
    row = extractor.extract_live(song[60 * RATE : 65 * RATE], 60 * RATE)
    np.testing.assert_allclose(row[SIGNAL:], encoded(song, 62.0), atol=1e-3)


def test_without_an_encoder_its_columns_are_missing_until_it_can_be_loaded(song: np.ndarray) -> None:
    paths = [Path("/nowhere/musicnn.onnx"), FILE]
    extractor = WindowExtractor(lambda: Encoder.load(paths.pop(0)))
    row = extractor.extract(song[: 5 * RATE])
    assert np.isfinite(row[:SIGNAL]).all()
    assert not schema.has_encoding(row)
    assert extractor.encoder_problem is not None
    assert extractor.encoder_problem.code == "encoder-missing"
    assert schema.has_encoding(extractor.extract(song[: 5 * RATE]))
    assert extractor.encoder_problem is None


def test_a_slow_encoder_is_given_up(song: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_extractor, "BUDGET_S", 0.05)

    class Slow(CountingEncoder):
        def encode(self, patches: np.ndarray) -> Encoding:
            time.sleep(1.5)
            return super().encode(patches)

    slow = Slow()
    extractor = WindowExtractor(lambda: slow)  # type: ignore[arg-type, return-value]
    codes = []
    for _ in range(2):
        assert not schema.has_encoding(extractor.extract(song[: 2 * RATE]))
        assert extractor.encoder_problem is not None
        codes.append(extractor.encoder_problem.key)
    assert codes == ["encoder-slow", "encoder-slow/busy"]


def test_a_hanging_load_does_not_block_warming_up_or_a_window(
    encoder: CountingEncoder, song: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_extractor, "BUDGET_S", 0.05)
    release = threading.Event()

    def load() -> Encoder:
        release.wait(60)
        return encoder  # type: ignore[return-value]

    extractor = WindowExtractor(load)
    extractor.warm()
    assert not schema.has_encoding(extractor.extract(song[: 2 * RATE]))
    assert extractor.encoder_problem is not None
    assert extractor.encoder_problem.key == "encoder-slow"
    release.set()
    monkeypatch.setattr(window_extractor, "BUDGET_S", 60.0)
    while extractor.encoder_problem is not None:  # the encoder is used again when the late window is done
        extractor.extract(song[: 2 * RATE])


def test_warming_up_loads_the_encoder_once_and_encodes_nothing(
    encoder: CountingEncoder, song: np.ndarray
) -> None:
    loaded: list[CountingEncoder] = []

    def load() -> Encoder:
        loaded.append(encoder)
        return encoder  # type: ignore[return-value]

    extractor = WindowExtractor(load)
    extractor.warm()
    assert schema.has_encoding(extractor.extract(song[: 2 * RATE]))
    assert len(loaded) == encoder.n == 1


@pytest.mark.parametrize("live", [False, True])
def test_a_window_is_encoded_while_its_other_columns_are_computed(song: np.ndarray, live: bool) -> None:
    begun = threading.Event()

    class Announcing(CountingEncoder):
        def encode(self, patches: np.ndarray) -> Encoding:
            begun.set()
            return super().encode(patches)

    encoder = Announcing()
    together = WindowExtractor(lambda: encoder, concurrent=True)  # type: ignore[arg-type, return-value]
    extract = together._signal.extract

    def when_begun(samples: np.ndarray, position: int | None = None) -> np.ndarray:
        assert begun.wait(60)
        return extract(samples, position)

    together._signal.extract = when_begun  # type: ignore[method-assign]
    apart = WindowExtractor(lambda: Encoder.load(FILE))
    rows = [
        extractor.extract_live(song[: 8 * RATE], 0) if live else extractor.extract(song[: 8 * RATE])
        for extractor in (together, apart)
    ]
    np.testing.assert_array_equal(*rows)


def test_silence_is_not_encoded(encoder: CountingEncoder) -> None:
    extractor = WindowExtractor(lambda: encoder, concurrent=True)  # type: ignore[arg-type, return-value]
    for extract in (extractor.extract, extractor.extract_live):
        with pytest.raises(AppError):
            extract(np.zeros(10 * RATE, np.float32))
    assert encoder.n == 0


def test_silence_is_an_error_as_before(extractor: WindowExtractor) -> None:
    with pytest.raises(AppError) as caught:
        extractor.extract(np.zeros(10 * RATE, np.float32))
    assert caught.value.problem.code == "silence"


def test_patches_lie_inside_the_window() -> None:
    for n in (RATE, PATCH, 10 * RATE, 33 * RATE):
        for whole in (True, False):
            places = window_extractor._places(n, whole)
            assert all(place >= 0 and place + PATCH <= max(n, PATCH) for place in places) or not whole
