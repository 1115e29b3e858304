"""Keys keep order and value; the parts make the whole."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.features.dsp import hpss
from genre_desktop.ml.features.dsp.stft import Transformer
from tests.ml.signals import chord, clicks, noise, sine


def test_keys_keep_the_order_and_nearly_the_value() -> None:
    x = np.sort(10 ** np.random.default_rng(0).uniform(-6, 3, 5000)).astype(np.float32)
    keys, base = hpss.to_keys(x)
    assert (np.diff(keys.astype(int)) >= 0).all()
    assert hpss.from_keys(keys, base) == pytest.approx(x, rel=2**-12)


def test_keys_of_next_to_nothing_are_next_to_nothing() -> None:
    keys, base = hpss.to_keys(np.array([0.0, 1e-30, 1.0, 1000.0], np.float32))
    assert (hpss.from_keys(keys, base)[:2] < 1e-6).all()


def test_parts_add_up() -> None:
    samples = chord(3)
    harmonic, percussive, share = hpss.separate(samples, Transformer().spectrum(samples))
    assert harmonic + percussive == pytest.approx(samples, abs=1e-6)
    assert 0 < share < 1


def test_tone_is_harmonic_and_click_percussive() -> None:
    shares = []
    for samples in (sine(3, 440), noise(3), clicks(3)):
        shares.append(hpss.separate(samples, Transformer().spectrum(samples))[2])
    assert shares[0] > 0.95
    assert 0.3 < shares[1] < 0.7
    assert shares[2] < 0.01
