"""The meter shows what an audio engineer expects, however it is fed."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.audio.capture.level_meter import FLOOR_DB, LevelMeter, decibels

RATE = 48_000


def sine(seconds: float, amplitude: float) -> np.ndarray:
    wave = amplitude * np.sin(2 * np.pi * 997 * np.arange(int(seconds * RATE)) / RATE)
    return wave.astype(np.float32)[:, None]


def fed(meter: LevelMeter, frames: np.ndarray, block: int = 1600) -> LevelMeter:
    for start in range(0, len(frames), block):
        meter.add(frames[start : start + block])
    return meter


@pytest.mark.parametrize("amplitude", [1.0, 0.5, 0.01])
def test_a_sine_reads_its_peak_and_three_decibels_less(amplitude: float) -> None:
    level = fed(LevelMeter(RATE), sine(3.0, amplitude)).reading()
    peak = 20 * np.log10(amplitude)
    assert level.peak_db == pytest.approx(peak, abs=0.05)
    assert level.hold_db == pytest.approx(peak, abs=0.05)
    assert level.rms_db == pytest.approx(peak - 3.01, abs=0.1)


def test_block_size_does_not_change_the_reading() -> None:
    one, two = (fed(LevelMeter(RATE), sine(2.0, 0.3), block).reading() for block in (480, 24_000))
    assert one.rms_db == pytest.approx(two.rms_db, abs=0.05)
    assert one.hold_db == pytest.approx(two.hold_db, abs=0.05)


def test_the_loudest_channel_counts() -> None:
    frames = np.concatenate([sine(1.0, 0.0), sine(1.0, 0.5)], axis=1)
    assert fed(LevelMeter(RATE), frames).reading().peak_db == pytest.approx(-6.02, abs=0.05)


def test_a_peak_is_held_and_then_falls() -> None:
    meter = fed(LevelMeter(RATE), sine(0.5, 1.0))
    assert fed(meter, sine(1.0, 0.001)).reading().hold_db == pytest.approx(0.0, abs=0.05)
    assert fed(meter, sine(1.5, 0.001)).reading().hold_db == pytest.approx(-20.0, abs=3.0)
    assert fed(meter, sine(9.0, 0.001)).reading().hold_db == pytest.approx(-60.0, abs=0.1)


def test_the_clip_light_needs_three_samples_and_goes_out_again() -> None:
    meter = LevelMeter(RATE)
    touch = sine(0.1, 0.5)
    touch[100] = 1.0
    assert not fed(meter, touch).reading().clipped
    clipped = sine(0.1, 0.5)
    clipped[100:103] = -1.0
    assert fed(meter, clipped, block=100_000).reading().clipped
    assert fed(meter, sine(1.5, 0.5)).reading().clipped
    assert not fed(meter, sine(1.0, 0.5)).reading().clipped


def test_three_seconds_of_zeros_are_no_signal_but_a_quiet_room_is() -> None:
    meter = LevelMeter(RATE)
    assert not fed(meter, sine(2.9, 0.0)).reading().no_signal
    level = fed(meter, sine(0.2, 0.0)).reading()
    assert level.no_signal
    assert level.rms_db == level.peak_db == level.hold_db == FLOOR_DB
    assert not fed(meter, sine(0.1, 0.0005)).reading().no_signal


def test_nothing_changes_nothing() -> None:
    meter = fed(LevelMeter(RATE), sine(1.0, 0.5))
    before = meter.reading()
    meter.add(np.zeros((0, 1), np.float32))
    assert meter.reading() == before
    assert decibels(0.0) == FLOOR_DB
