"""Windows that follow one another measure the same as each on its own."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.paths import shipped
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.dsp import cqt, frame_cache, hpss
from genre_desktop.ml.features.dsp.filter_banks import HOP
from genre_desktop.ml.features.dsp.frame_cache import ANEW, Arrays, FrameCache, NoFrameCache, Stretches
from genre_desktop.ml.features.dsp.stft import Spectrum, Transformer, remove_dc
from genre_desktop.ml.features.extractor import Extractor
from tests.ml.signals import RATE, Samples, noise, sine

LENGTH = 4 * RATE + 300  # no whole number of frames
EXACT = ("transform", "lowest", "magnitude", "power")
ROUNDING = 1e-6
"""What another order of sums makes; of the value, for means of their spread."""
HALVING = 2e-7
"""As much again for the constant-Q columns, shares of 1: halving the rate rounds anew where it begins anew."""


def song(seconds: float) -> Samples:
    clip = read(str(shipped("resources", "demo.flac"))).samples
    return np.resize(clip, round(seconds * RATE)).astype(np.float32)


def windows(stream: Samples, *hops: int) -> Iterator[tuple[int, Samples]]:
    """Windows that begin so many frames after one another."""
    for position in np.cumsum(hops) * HOP:
        yield int(position), stream[position : position + LENGTH]


def louder_and_softer(stream: Samples) -> Samples:
    """Steps of 40 dB: what the 16-bit keys of the medians can tell apart goes by the loudest."""
    gains = np.repeat([0.01, 1.0, 0.01], -(-len(stream) // 3))[: len(stream)]
    return (stream * gains).astype(np.float32)


def nearly_gone(stream: Samples) -> Samples:
    """For four seconds 100 dB softer."""
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
    """By how much each column is off, over the scale of its values."""
    expected = dict(zip(schema.NAMES, plain, strict=True))
    off: dict[str, float] = {}
    for name, value in zip(schema.NAMES, ours, strict=True):
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
    memory, transformer = FrameCache(), Transformer()
    for position, samples in windows(stream, *hops):
        memory.follow(samples, position)
        yield samples, memory, transformer.spectrum(samples, memory)


def test_the_transform_is_the_same_bit_by_bit() -> None:
    moves = []
    for samples, memory, spectrum in spectra(STREAMS["noise on a constant"], *MOVES):
        plain = Transformer().spectrum(samples)
        for name in EXACT:
            assert np.array_equal(getattr(spectrum, name), getattr(plain, name)), name
        remove_dc(spectrum, samples)
        moves.append(memory.moved)
    assert moves == [None, *MOVES[1:]]


@pytest.mark.parametrize("name", ["song", "louder and softer", "a pause"])
def test_harmonic_parts_are_the_same(name: str) -> None:
    for samples, memory, spectrum in spectra(STREAMS[name], *MOVES):
        ours = hpss.separate(samples, spectrum, memory)
        plain = hpss.separate(samples, Transformer().spectrum(samples))
        assert np.abs(ours[0] - plain[0]).max() <= 1e-6 * np.abs(samples).max()
        assert ours[2] == pytest.approx(plain[2], rel=1e-6)


def test_pitch_classes_are_the_same_while_the_tuning_moves() -> None:
    tunings = iter([0.0, 0.0, 0.1, 0.1, 0.0, 0.1, 0.0, 0.0, 0.1, 0.0])
    for samples, memory, _ in spectra(STREAMS["song"], *MOVES):
        tuning = next(tunings)
        assert np.abs(cqt.chroma_cqt(samples, tuning, memory) - cqt.chroma_cqt(samples, tuning)).max() < 1e-5


class Counter:
    """Rows of one measure, and how many of them had to be measured."""

    def __init__(self) -> None:
        self.measured = 0

    def ask(self, memory: NoFrameCache, samples: Samples, fits: object = None) -> np.ndarray:
        self.measured = 0
        count = len(samples) // HOP

        def measure(arrays: Arrays, stretches: Stretches) -> None:
            for rows in stretches:
                arrays[0][rows, 0] = samples[: count * HOP : HOP][rows]
                self.measured += rows.stop - rows.start

        (values,) = memory.rows("first", lambda: (np.zeros((count, 1)),), measure, 3, fits)
        assert np.array_equal(values[:, 0], samples[: count * HOP : HOP])
        return values


def moved(position: int, samples: Samples, *, fits: object = None, of: Samples | None = None) -> int:
    """How many rows a window measures that comes after the first seconds of the noise."""
    memory, counter, stream = FrameCache(), Counter(), STREAMS["a pause of noise"] if of is None else of
    memory.follow(stream[:LENGTH], 0)
    counter.ask(memory, stream[:LENGTH])
    memory.follow(samples, position)
    counter.ask(memory, samples, fits)
    return counter.measured


ROWS = LENGTH // HOP


def test_only_what_is_new_is_measured() -> None:
    stream = STREAMS["a pause of noise"]
    assert moved(22 * HOP, stream[22 * HOP : 22 * HOP + LENGTH]) == 22 + 6
    assert moved(0, stream[:LENGTH]) == 6


def test_everything_is_measured_where_nothing_is_shared() -> None:
    stream = STREAMS["a pause of noise"]
    later = stream[22 * HOP : 22 * HOP + LENGTH]
    assert moved(21 * HOP, later) == ROWS  # a wrong position
    assert moved(-22 * HOP, later) == ROWS
    assert moved(10**9, later) == ROWS
    assert moved(100, stream[100 : 100 + LENGTH]) == ROWS  # no whole frames
    assert moved(170 * HOP, stream[170 * HOP : 170 * HOP + LENGTH]) == ROWS  # hardly anything shared
    assert moved(22 * HOP, later, fits="another tuning") == ROWS
    longer = stream[: LENGTH + HOP]
    assert moved(0, longer) == longer.size // HOP
    changed = later.copy()
    changed[1000] += 1e-6
    assert moved(22 * HOP, changed) == ROWS


def test_a_measure_left_out_once_is_taken_over_from_the_window_before() -> None:
    stream, memory, counter = STREAMS["song"], FrameCache(), Counter()
    for number in range(3):
        samples = stream[number * HOP : number * HOP + LENGTH]
        memory.follow(samples, number * HOP)
        if number != 1:
            counter.ask(memory, samples)
    assert counter.measured == 2 + 6


def test_what_was_measured_before_a_gap_is_forgotten() -> None:
    stream, memory, counter = STREAMS["song"], FrameCache(), Counter()
    memory.follow(stream[:LENGTH], 0)
    counter.ask(memory, stream[:LENGTH])
    memory.follow(stream[RATE : RATE + LENGTH], 10**6)
    memory.follow(stream[:LENGTH], 0)
    counter.ask(memory, stream[:LENGTH])
    assert counter.measured == ROWS


def test_rows_of_a_few_variants_are_kept() -> None:
    stream, memory, counter = STREAMS["song"], FrameCache(), Counter()
    measured = []
    for number, fits in enumerate("ababcdea"):
        samples = stream[number * HOP : number * HOP + LENGTH]
        memory.follow(samples, number * HOP)
        counter.ask(memory, samples, fits)
        measured.append(counter.measured)
    assert measured == [ROWS, ROWS, 2 + 6, 2 + 6, ROWS, ROWS, ROWS, ROWS]


def test_a_measure_that_failed_begins_anew() -> None:
    stream, memory, counter = STREAMS["song"], FrameCache(), Counter()

    def fail(arrays: Arrays, stretches: Stretches) -> None:
        raise RuntimeError

    for number in range(3):
        samples = stream[number * HOP : number * HOP + LENGTH]
        memory.follow(samples, number * HOP)
        if number == 1:
            with pytest.raises(RuntimeError):
                memory.rows("first", lambda: (np.zeros((1, 1)),), fail, 3)
        else:
            counter.ask(memory, samples)
    assert counter.measured == ROWS


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


def test_without_memory_nothing_moves() -> None:
    assert ANEW.moved is None
    assert frame_cache.FrameCache().moved is None
