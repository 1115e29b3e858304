"""Every column equals the plain librosa call that the schema names.

To 1e-3 of its value, or for a mean near zero to 1e-3 of the spread. All comparisons with librosa
are in this one file: its first calls compile for tens of seconds.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from genre_desktop.ml.features import schema
from genre_desktop.ml.features.extractor import Extractor
from tests.fixtures.shared_data import shared_data
from tests.ml.signals import Samples, broken_off, chirp, chord, clicks, noise, sine
from tools import librosa_reference

RELATIVE = 1e-3
DECIBEL = 1e-4  # librosa's own float32 decibels, which reach 600 in a coefficient
LEAKAGE = 2e-4  # of the loudest class: what the filters leak of a pure tone above half of their rate
VALLEY = 0.1  # dB; the lowest band of a pure tone over a constant holds little but rounding
ABSOLUTE = {
    "contrast_0": VALLEY,
    "contrast": DECIBEL,
    "mfcc": DECIBEL,
    "chroma_cqt": LEAKAGE,
    "tonnetz": LEAKAGE,
}
TEMPI = ("tempo", "tempo_mean_onset")
EXTRACTOR = Extractor()


def tolerance(name: str, plain: librosa_reference.Values) -> float:
    """Return the allowed difference of our value from librosa's."""
    value, base = abs(plain[name]), name.rsplit("_", 1)[0]
    absolute = next((f for start, f in ABSOLUTE.items() if name.startswith(start)), 1e-12)
    mean = abs(plain.get(f"{base}_mean", 0))
    if name.endswith("_mean"):
        spread = plain.get(f"{base}_std", math.sqrt(plain.get(f"{base}_var", 0)))
        return absolute + RELATIVE * max(value, spread)
    if name.endswith("_var"):  # of something constant it is rounding: relative to what is constant
        return absolute + RELATIVE * value + (1e-5 * mean) ** 2
    return absolute + RELATIVE * value + 1e-5 * mean


def assert_equal(samples: Samples, without: tuple[str, ...] = ()) -> None:
    plain = librosa_reference.everything(samples)
    ours = dict(zip(schema.SIGNAL_NAMES, EXTRACTOR.extract(samples), strict=True))
    assert set(plain) == set(ours)
    off = {
        name: (value, plain[name])
        for name, value in ours.items()
        if name not in without and not abs(value - plain[name]) <= tolerance(name, plain)
    }
    assert not off, f"ours, librosa's: {off}"


def test_music_like() -> None:
    assert_equal(chord(4))


def test_clicks() -> None:
    assert_equal(clicks(2))


def test_constant_under_a_tone() -> None:
    assert_equal(sine(2, 440) + np.float32(0.2))


def test_one_second() -> None:
    assert_equal(noise(1))


def test_silent_half() -> None:
    assert_equal(broken_off(2))


def test_rising_tone() -> None:
    assert_equal(chirp(3))


@pytest.mark.shared_data
def test_a_recording() -> None:
    samples, _ = soundfile.read(shared_data("gtzan_mini", "metal", "metal.00004.flac"), dtype="float32")
    assert_equal(samples[: 10 * librosa_reference.RATE])


signals = st.one_of(
    st.builds(noise, st.floats(1, 3), st.floats(1e-3, 1), st.integers(0, 99)),
    # A tone has a tempo only in the rounding of its decibels; above the transform's octaves, pitch
    # classes only in the leakage of its filters.
    st.builds(sine, st.floats(1.5, 3), st.floats(40, 4000), st.floats(1e-2, 1)),
    st.builds(clicks, st.floats(1, 3), st.floats(0.05, 0.9), st.floats(1e-2, 1)),
)


@settings(
    max_examples=10,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # shrinking would take minutes of librosa
    suppress_health_check=[HealthCheck.too_slow],
)
@given(signals, st.floats(-0.3, 0.3))
@example(noise(1.003, 0.01), 0.3)
def test_random_signals(samples: Samples, constant: float) -> None:
    assert_equal(samples + np.float32(constant), without=TEMPI)
