"""Consecutive windows have the same features as each window alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.paths import shipped
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.dsp import cqt, frame_cache, hpss
from genre_desktop.ml.features.dsp.chroma import Peaks
from genre_desktop.ml.features.dsp.filter_banks import HOP
from genre_desktop.ml.features.dsp.frame_cache import NO_CACHE, Arrays, FrameCache, NoFrameCache, RowRanges
from genre_desktop.ml.features.dsp.stft import Spectrum, Transformer, remove_dc
from genre_desktop.ml.features.extractor import Extractor
from tests.ml.signals import RATE, Samples, noise, sine

LENGTH = 4 * RATE + 300  # no whole number of frames
EXACT = ("transform", "lowest", "magnitude", "power")
ROUNDING = 1e-6
"""Effect of another order of summation, relative to the value, for means to their spread."""
HALVING = 4e-7
"""Twice this for the constant-Q columns, shares of 1: the rounding of rate halving depends on its start."""


def song(seconds: float) -> Samples:
    clip = read(str(shipped("resources", "demo.flac"))).samples
    return np.resize(clip, round(seconds * RATE)).astype(np.float32)


def windows(stream: Samples, *hops: int) -> Iterator[tuple[int, Samples]]:
    """Windows that start the given numbers of frames after one another."""
    for position in np.cumsum(hops) * HOP:
        yield int(position), stream[position : position + LENGTH]


def louder_and_softer(stream: Samples) -> Samples:
    """Steps of 40 dB: the resolution of the medians' 16-bit keys depends on the maximum."""
    gains = np.repeat([0.01, 1.0, 0.01], -(-len(stream) // 3))[: len(stream)]
    return (stream * gains).astype(np.float32)


def nearly_gone(stream: Samples) -> Samples:
    """Attenuated by 100 dB for four seconds."""
    out = stream.copy()
    out[3 * RATE : 7 * RATE] *= 1e-5
    return out


def with_a_pause(stream: Samples) -> Samples:
    """Digital silence for two seconds."""
    out = stream.copy()
    out[5 * RATE : 7 * RATE] = 0
    return out


STREAMS = {
    "song": song(12),
    "noise on a constant": noise(12, 0.1) + np.float32(0.2),
    "louder and softer": louder_and_softer(song(12)),
    "nearly gone": nearly_gone(song(12)),
    "a pause": with_a_pause(song(12)),
    "a pause of noise": with_a_pause(noise(12)),
    "a tone": sine(12, 440) + noise(12, 3e-3),
}
MOVES = (0, 21, 22, 0, 21, 1, 100, 22, 50, 22)


@pytest.fixture(scope="module")
def alone() -> Extractor:
    return Extractor()


def difference(ours: np.ndarray, plain: np.ndarray) -> dict[str, float]:
    """Difference of each column, relative to the scale of its values."""
    expected = dict(zip(schema.SIGNAL_NAMES, plain, strict=True))
    off: dict[str, float] = {}
    for name, value in zip(schema.SIGNAL_NAMES, ours, strict=True):
        base = name.removesuffix("_mean")
        spread = max(expected.get(f"{base}_std", 0.0), expected.get(f"{base}_var", 0.0) ** 0.5)
        scale = max(abs(expected[name]), spread if name.endswith("_mean") else 0.0, 1e-12)
        most = ROUNDING * scale + HALVING * name.startswith(("chroma_cqt", "tonnetz"))
        if not abs(value - expected[name]) <= most:
            off[name] = abs(value - expected[name]) / scale
    return off


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_measures_as_its_windows_alone(name: str, alone: Extractor) -> None:
    extractor = Extractor()
    for position, samples in windows(STREAMS[name], *MOVES):
        assert not difference(extractor.extract(samples, position), alone.extract(samples)), position


def spectra(stream: Samples, *hops: int) -> Iterator[tuple[Samples, FrameCache, Spectrum]]:
    cache, transformer = FrameCache(), Transformer()
    for position, samples in windows(stream, *hops):
        cache.start_window(samples, position)
        yield samples, cache, transformer.spectrum(samples, cache)


def test_the_transform_is_the_same_bit_by_bit() -> None:
    moves = []
    for samples, cache, spectrum in spectra(STREAMS["noise on a constant"], *MOVES):
        plain = Transformer().spectrum(samples)
        for name in EXACT:
            assert np.array_equal(getattr(spectrum, name), getattr(plain, name)), name
        remove_dc(spectrum, samples)
        moves.append(cache.moved)
    assert moves == [None, *MOVES[1:]]


@pytest.mark.parametrize("name", ["song", "louder and softer", "a pause"])
def test_harmonic_parts_are_the_same(name: str) -> None:
    for samples, cache, spectrum in spectra(STREAMS[name], *MOVES):
        ours = hpss.separate(samples, spectrum, cache)
        plain = hpss.separate(samples, Transformer().spectrum(samples))
        for found, expected in ((ours.harmonic, plain.harmonic), (ours.percussive, plain.percussive)):
            assert found[0] == pytest.approx(expected[0], abs=1e-6 * float(np.abs(samples).max()))
            assert found[1] == pytest.approx(expected[1], rel=1e-6)
        assert ours.share == pytest.approx(plain.share, rel=1e-6)


@pytest.mark.parametrize("name", STREAMS)
def test_peaks_are_the_same(name: str) -> None:
    for samples, cache, spectrum in spectra(STREAMS[name], *MOVES):
        ours, plain = Peaks(spectrum, cache), Peaks(Transformer().spectrum(samples))
        assert ours.tuning_of_power() == plain.tuning_of_power()
        assert ours.tuning_of_magnitude() == plain.tuning_of_magnitude()


def test_pitch_classes_are_the_same_while_the_tuning_moves() -> None:
    tunings = iter([0.0, 0.0, 0.1, 0.1, 0.0, 0.1, 0.0, 0.0, 0.1, 0.0])
    for samples, cache, _ in spectra(STREAMS["song"], *MOVES):
        tuning = next(tunings)
        assert np.abs(cqt.chroma_cqt(samples, tuning, cache) - cqt.chroma_cqt(samples, tuning)).max() < 1e-5


class Counter:
    """Rows of one computation, and how many of them were computed."""

    def __init__(self) -> None:
        self.computed = 0

    def rows(self, cache: NoFrameCache, samples: Samples, key: object = None) -> np.ndarray:
        self.computed = 0
        count = len(samples) // HOP

        def compute(arrays: Arrays, ranges: RowRanges) -> None:
            for rows in ranges:
                arrays[0][rows, 0] = samples[: count * HOP : HOP][rows]
                self.computed += rows.stop - rows.start

        (values,) = cache.rows("first", lambda: (np.zeros((count, 1)),), compute, 3, key)
        assert np.array_equal(values[:, 0], samples[: count * HOP : HOP])
        return values


def computed(position: int, samples: Samples, *, key: object = None, of: Samples | None = None) -> int:
    """Return the number of computed rows of a window that follows the first seconds of the noise."""
    cache, counter, stream = FrameCache(), Counter(), STREAMS["a pause of noise"] if of is None else of
    cache.start_window(stream[:LENGTH], 0)
    counter.rows(cache, stream[:LENGTH])
    cache.start_window(samples, position)
    counter.rows(cache, samples, key)
    return counter.computed


ROWS = LENGTH // HOP


def test_only_new_rows_are_computed() -> None:
    stream = STREAMS["a pause of noise"]
    assert computed(22 * HOP, stream[22 * HOP : 22 * HOP + LENGTH]) == 22 + 6
    assert computed(0, stream[:LENGTH]) == 6


def test_everything_is_computed_where_nothing_is_shared() -> None:
    stream = STREAMS["a pause of noise"]
    later = stream[22 * HOP : 22 * HOP + LENGTH]
    assert computed(21 * HOP, later) == ROWS  # a wrong position
    assert computed(-22 * HOP, later) == ROWS
    assert computed(10**9, later) == ROWS
    assert computed(100, stream[100 : 100 + LENGTH]) == ROWS  # no whole frames
    assert computed(170 * HOP, stream[170 * HOP : 170 * HOP + LENGTH]) == ROWS  # hardly anything shared
    assert computed(22 * HOP, later, key="another tuning") == ROWS
    longer = stream[: LENGTH + HOP]
    assert computed(0, longer) == longer.size // HOP
    changed = later.copy()
    changed[1000] += 1e-6
    assert computed(22 * HOP, changed) == ROWS


def test_a_computation_skipped_once_reuses_the_window_before() -> None:
    stream, cache, counter = STREAMS["song"], FrameCache(), Counter()
    for number in range(3):
        samples = stream[number * HOP : number * HOP + LENGTH]
        cache.start_window(samples, number * HOP)
        if number != 1:
            counter.rows(cache, samples)
    assert counter.computed == 2 + 6


def test_rows_from_before_a_gap_are_discarded() -> None:
    stream, cache, counter = STREAMS["song"], FrameCache(), Counter()
    cache.start_window(stream[:LENGTH], 0)
    counter.rows(cache, stream[:LENGTH])
    cache.start_window(stream[RATE : RATE + LENGTH], 10**6)
    cache.start_window(stream[:LENGTH], 0)
    counter.rows(cache, stream[:LENGTH])
    assert counter.computed == ROWS


def test_rows_of_a_few_keys_are_cached() -> None:
    stream, cache, counter = STREAMS["song"], FrameCache(), Counter()
    counts = []
    for number, key in enumerate("ababcdea"):
        samples = stream[number * HOP : number * HOP + LENGTH]
        cache.start_window(samples, number * HOP)
        counter.rows(cache, samples, key)
        counts.append(counter.computed)
    assert counts == [ROWS, ROWS, 2 + 6, 2 + 6, ROWS, ROWS, ROWS, ROWS]


def test_a_failed_computation_is_repeated_in_full() -> None:
    stream, cache, counter = STREAMS["song"], FrameCache(), Counter()

    def fail(arrays: Arrays, ranges: RowRanges) -> None:
        raise RuntimeError

    for number in range(3):
        samples = stream[number * HOP : number * HOP + LENGTH]
        cache.start_window(samples, number * HOP)
        if number == 1:
            with pytest.raises(RuntimeError):
                cache.rows("first", lambda: (np.zeros((1, 1)),), fail, 3)
        else:
            counter.rows(cache, samples)
    assert counter.computed == ROWS


def test_files_between_windows_do_no_harm(alone: Extractor) -> None:
    extractor, file = Extractor(), noise(5)
    expected = alone.extract(file)
    for position, samples in windows(STREAMS["song"], 0, 22, 22):
        assert not difference(extractor.extract(samples, position), alone.extract(samples))
        assert np.array_equal(extractor.extract(file), expected)


def test_a_growing_window(alone: Extractor) -> None:
    extractor, stream = Extractor(), STREAMS["song"]
    for seconds in (3.0, 3.5, 4.0, 4.0):
        samples = stream[: round(seconds * RATE)]
        assert not difference(extractor.extract(samples, 0), alone.extract(samples))


def test_without_a_cache_nothing_moves() -> None:
    assert NO_CACHE.moved is None
    assert frame_cache.FrameCache().moved is None
