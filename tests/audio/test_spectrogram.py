"""The picture shows tones where and as loud as they are, whatever the length and the axis."""

from __future__ import annotations

import subprocess
import sys

import librosa
import numpy as np
import pytest

from genre_desktop.audio.spectrogram import (
    FLOOR_DB,
    ColumnStream,
    SpectrogramBuilder,
    axis_rows,
    hz_at,
    live_hop,
    nearest_note,
    on_axis,
    row_at,
    ticks,
)
from genre_desktop.core.types import Spectrogram

RATE = 22_050


def sine(hz: float, seconds: float, level: float = 1.0) -> np.ndarray:
    return (level * np.sin(2 * np.pi * hz * np.arange(int(seconds * RATE)) / RATE)).astype(np.float32)


def picture(samples: np.ndarray, block: int = 10_000, **options: int) -> Spectrogram:
    builder = SpectrogramBuilder(RATE, **options)
    for start in range(0, samples.size, block):
        builder.add(samples[start : start + block])
    return builder.result()


def test_a_full_scale_sine_reads_zero_decibels_at_its_frequency() -> None:
    hz = 40 * RATE / 2048
    spectrogram = picture(sine(hz, 2.0))
    middle = spectrogram.db[:, 20].astype(float)
    assert np.argmax(middle) == 40
    assert middle[40] == pytest.approx(0.0, abs=0.05)
    assert picture(sine(hz, 2.0, 0.1)).db[40, 20] == pytest.approx(-20.0, abs=0.05)


def test_equals_librosas_stft() -> None:
    samples = np.random.default_rng(1).standard_normal(3 * RATE).astype(np.float32) * 0.1
    power = np.abs(librosa.stft(samples, n_fft=2048, hop_length=512)) ** 2 / 512**2
    expected = 10 * np.log10(np.maximum(power, 1e-12))
    found = picture(samples).db.astype(float)
    assert np.abs(found - expected[:, : found.shape[1]]).max() < 0.1  # float16 has eleven bits


def test_blocks_of_any_size_give_the_same_picture() -> None:
    samples = np.random.default_rng(2).standard_normal(RATE).astype(np.float32)
    whole = picture(samples, block=RATE)
    for block in (100, 777, 5000):
        assert np.array_equal(picture(samples, block=block).db, whole.db)


@pytest.mark.parametrize("seconds", [0.01, 1.0, 8.0, 40.0, 170.0])
def test_columns_are_bounded_and_cover_the_duration(seconds: float) -> None:
    spectrogram = picture(sine(1000, seconds), block=50_000, max_columns=100)
    columns = spectrogram.db.shape[1]
    assert 1 <= columns <= 100
    assert spectrogram.duration_s == pytest.approx(seconds, abs=spectrogram.column_s)
    assert columns > 50 or spectrogram.column_s == pytest.approx(512 / RATE)


def test_a_click_in_a_long_file_stays_visible_at_its_time() -> None:
    samples = np.zeros(100 * RATE, np.float32)
    at_s = 61.3
    samples[int(at_s * RATE) : int(at_s * RATE) + 2048] = sine(3000, 1)[:2048]
    spectrogram = picture(samples, max_columns=200)
    row = round(3000 / RATE * 2048)
    loudest = int(np.argmax(spectrogram.db[row]))
    assert loudest * spectrogram.column_s == pytest.approx(at_s, abs=1.5 * spectrogram.column_s)
    assert spectrogram.db[row, loudest] > -8


def test_silence_is_the_floor_and_nothing_is_nothing() -> None:
    assert np.all(picture(np.zeros(RATE, np.float32)).db == FLOOR_DB)
    assert picture(np.zeros(0, np.float32)).db.shape == (1025, 0)


def test_a_stream_gives_every_column_once() -> None:
    samples = np.random.default_rng(3).standard_normal(RATE).astype(np.float32)
    stream = ColumnStream(1024, 256)
    pieces = [stream.add(samples[start : start + 333]) for start in range(0, RATE, 333)]
    joined = np.concatenate(pieces, axis=1)
    assert joined.shape == (513, (RATE - 1024) // 256 + 1)
    assert np.allclose(joined, ColumnStream(1024, 256).add(samples), atol=1e-3)


@pytest.mark.parametrize("kind", ["mel", "log", "linear"])
def test_rows_and_frequencies_are_inverse(kind: str) -> None:
    rows = np.linspace(0, 255, 40)
    hz = hz_at(kind, rows, 256, RATE)
    assert np.all(np.diff(hz) > 0)
    assert hz[-1] == pytest.approx(RATE / 2)
    assert np.allclose(row_at(kind, hz, 256, RATE), rows, atol=1e-3)
    assert axis_rows(kind, 256, 1025, RATE)[-1] == pytest.approx(1024)


def test_the_mel_axis_is_librosas() -> None:
    expected = librosa.mel_frequencies(64, fmin=0, fmax=RATE / 2)
    assert np.allclose(hz_at("mel", np.arange(64), 64, RATE), expected)


@pytest.mark.parametrize("kind", ["mel", "log", "linear"])
@pytest.mark.parametrize("n_rows", [64, 256, 2000])
def test_a_tone_is_drawn_at_its_row_in_full(kind: str, n_rows: int) -> None:
    db = np.full((1025, 3), -100.0, np.float16)
    db[500] = -3.0
    drawn = on_axis(db, kind, n_rows, RATE)
    assert drawn.shape == (n_rows, 3)
    brightest = int(np.argmax(drawn[:, 0]))
    assert brightest == pytest.approx(float(row_at(kind, 500 * RATE / 2048, n_rows, RATE)), abs=1.0)
    assert drawn[brightest, 0] > -60


def test_ticks_lie_on_the_axis() -> None:
    for kind in ("mel", "log", "linear"):
        for rate in (8_000, 22_050, 48_000, 192_000):
            marks = ticks(kind, rate)
            assert 3 <= len(marks) <= 11
            assert sorted(set(marks)) == list(marks)
            assert marks[-1] <= rate / 2


@pytest.mark.parametrize(
    ("hz", "name", "cents"),
    [
        (440.0, "A4", 0),
        (261.63, "C4", 0),
        (450.0, "A4", 39),
        (27.5, "A0", 0),
        (11_000.0, "F9", -27),
        (5.0, "", 0),
    ],
)
def test_nearest_note(hz: float, name: str, cents: int) -> None:
    assert nearest_note(hz) == (name, cents)


@pytest.mark.parametrize(
    "module",
    [
        "spectrogram",
        "player",
        "file_discovery",
        "capture.capture",
        "capture.level_meter",
        "capture.live_windows",
        "capture.recorder",
    ],
)
def test_what_the_window_imports_loads_no_decoder_and_nothing_heavy(module: str) -> None:
    heavy = {"av", "scipy", "librosa", "numba", "sklearn", "PySide6", "sounddevice"}
    code = f"import sys, genre_desktop.audio.{module}; print(sorted(set(sys.modules) & {heavy}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("rate", "hop"), [(8_000, 256), (22_050, 512), (44_100, 1024), (48_000, 1024), (192_000, 2048)]
)
def test_scrolling_pictures_get_about_as_many_columns_at_any_rate(rate: int, hop: int) -> None:
    assert live_hop(rate) == hop
