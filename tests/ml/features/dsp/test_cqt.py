"""Pitch classes of known notes."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.features.dsp import chroma as chroma_module
from genre_desktop.ml.features.dsp import cqt
from genre_desktop.ml.features.dsp.stft import Transformer
from tests.ml.signals import Samples, chord, noise, sine

A = 9  # pitch classes count from C


@pytest.mark.parametrize("hertz", [55, 110, 440, 1760])
def test_an_a_in_any_octave(hertz: float) -> None:
    chroma = cqt.chroma_cqt(sine(2, hertz), 0.0)
    assert chroma[20:-20].argmax(axis=1).tolist() == [A] * len(chroma[20:-20])
    assert chroma.max() == 1


@pytest.mark.parametrize("cents", [-40, -10, 0, 25])
def test_tuning(cents: int) -> None:
    spectrum = Transformer().spectrum(sine(2, 440 * 2 ** (cents / 1200)))
    tuning = chroma_module.Peaks(spectrum).tuning_of_power()
    assert tuning == pytest.approx(cents / 100, abs=0.05)
    chroma = chroma_module.chroma(spectrum.power, tuning)
    assert chroma[5:-5].argmax(axis=1).tolist() == [A] * len(chroma[5:-5])


@pytest.mark.parametrize("tuning", [-0.5, 0.07, 0.49])
def test_filters_do_to_a_frame_what_their_spectra_do_to_its_transform(tuning: float) -> None:
    frame = np.random.default_rng(0).standard_normal(1024)
    expected = cqt._spectra(tuning) @ np.fft.rfft(frame)
    found = (frame @ cqt._filters(tuning)).reshape(-1, 2) @ [1, 1j]
    assert found == pytest.approx(expected, abs=1e-5 * np.abs(expected).max())


@pytest.mark.parametrize("samples", [chord(4), noise(4)])
def test_halved_filters_do_to_a_halved_clip_what_filters_do_to_the_clip(samples: Samples) -> None:
    halved, rows = cqt._halve_rate(samples), slice(4, 160)
    plain, ours = np.empty((2, 172, 36), np.float32)
    cqt._respond(samples, 512, cqt._filters(0.07), plain, rows)
    cqt._respond(halved, 256, cqt._halved_filters(0.07), ours, rows)
    assert ours[rows] == pytest.approx(plain[rows], abs=5e-4 * float(plain[rows].max()))


def test_tonnetz_of_a_fifth_is_closer_to_the_rim_than_of_a_cluster() -> None:
    fifth, cluster = np.zeros((2, 1, 12), np.float32)
    fifth[0, [0, 7]] = 1
    cluster[0, :6] = 1
    radius = [np.hypot(*cqt.tonnetz(chroma)[0, :2]) for chroma in (fifth, cluster)]
    assert radius[0] > 0.9 > radius[1]


def test_tonnetz_of_silence_is_zero() -> None:
    assert not cqt.tonnetz(np.zeros((3, 12), np.float32)).any()
