"""Measures what re-recording does to features: data/recording_shifts.npz, numbers only.

    python tools/measure_recording_shifts.py [--data FOLDER] [--out FILE]

Other people's copies of a song differ in level, tone, dynamics, codec and room. Each of a few
recordings is measured as it is and after each of these changes; the starter models are trained on
rows that are moved by such differences (:mod:`genre_desktop.ml.data.augmentation`). Only tracks of the training
and validation parts of the split are used.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from genre_desktop import environment

environment.set_up()

import numpy as np  # noqa: E402
import soundfile  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from scipy import signal  # noqa: E402, TID253

from genre_desktop.audio.decoding import decoder  # noqa: E402
from genre_desktop.ml.data import augmentation, gtzan_tables  # noqa: E402, TID253
from genre_desktop.ml.features.encoder.encoder import Encoder  # noqa: E402, TID253
from genre_desktop.ml.features.schema import SAMPLE_RATE  # noqa: E402, TID253
from genre_desktop.ml.features.window_extractor import WindowExtractor  # noqa: E402, TID253

ENCODER = Path(__file__).resolve().parents[1] / "models" / "encoder" / "musicnn.onnx"
PER_GENRE = 10
Sound = NDArray[np.float64]


def shelf(y: Sound, corner_hz: float, gain_db: float, side: str) -> Sound:
    """Raise or lower everything below (``low``) or above (``high``) a corner (RBJ's cookbook, slope 1)."""
    a = 10 ** (gain_db / 40)
    w = 2 * np.pi * corner_hz / SAMPLE_RATE
    s = 1 if side == "low" else -1
    cos, root = s * np.cos(w), np.sqrt(2 * a) * np.sin(w)
    b0, b1, b2 = (
        a * (a + 1 - (a - 1) * cos + root),
        2 * a * s * (a - 1 - (a + 1) * cos),
        a * (a + 1 - (a - 1) * cos - root),
    )
    a0, a1, a2 = a + 1 + (a - 1) * cos + root, -2 * s * (a - 1 + (a + 1) * cos), a + 1 + (a - 1) * cos - root
    return signal.lfilter(np.array([b0, b1, b2]) / a0, np.array([1, a1 / a0, a2 / a0]), y)


def compressed(y: Sound, threshold_db: float = -24.0, ratio: float = 4.0) -> Sound:
    """Loud parts turned down, the whole turned up and rounded off, as mastering does it."""
    power = signal.lfilter([5e-4], [1, -0.9995], y**2) + 1e-9
    level = 10 * np.log10(power)
    gain = np.where(level > threshold_db, (threshold_db - level) * (1 - 1 / ratio), 0.0)
    z = y * 10 ** (gain / 20)
    return np.tanh(1.2 * z / np.sqrt(np.mean(z**2)) * 0.25) / 1.2


def through_vorbis(y: Sound) -> Sound:
    """Encoded at the lowest quality and decoded again."""
    buffer = BytesIO()
    soundfile.write(buffer, y, SAMPLE_RATE, format="OGG", subtype="VORBIS", compression_level=1.0)
    buffer.seek(0)
    return soundfile.read(buffer)[0][: len(y)]


def filtered(y: Sound, order: int, hz: float, kind: str) -> Sound:
    """Butterworth low- or high-pass."""
    return signal.sosfilt(signal.butter(order, hz, btype=kind, fs=SAMPLE_RATE, output="sos"), y)


def with_noise(y: Sound) -> Sound:
    """Pink noise 35 dB below the music."""
    spectrum = np.fft.rfft(np.random.default_rng(0).normal(size=len(y)))
    noise = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 1), len(y))
    return y + noise / noise.std() * y.std() * 10 ** (-35 / 20)


def in_a_room(y: Sound) -> Sound:
    """A short, made-up reverberation."""
    n = int(0.4 * SAMPLE_RATE)
    echo = np.random.default_rng(1).normal(size=n) * np.exp(-np.arange(n) / (0.08 * SAMPLE_RATE))
    return 0.8 * y + 0.35 * signal.fftconvolve(y, echo / np.linalg.norm(echo))[: len(y)]


CHANGES: dict[str, Callable[[Sound], Sound]] = {
    augmentation.CLEAN: lambda y: y,
    "quiet": lambda y: y * 0.25,
    "more bass": lambda y: 0.5 * shelf(y, 180, 6, "low"),
    "less bass": lambda y: shelf(y, 180, -6, "low"),
    "more treble": lambda y: 0.6 * shelf(y, 3000, 6, "high"),
    "less treble": lambda y: shelf(y, 3000, -6, "high"),
    "low-pass 6 kHz": lambda y: filtered(y, 6, 6000, "lowpass"),
    "high-pass 90 Hz": lambda y: filtered(y, 4, 90, "highpass"),
    "compressed": compressed,
    "Vorbis": through_vorbis,
    "noise": with_noise,
    "room": in_a_room,
    "modern master": lambda y: compressed(shelf(shelf(y, 120, 4, "low"), 4000, 4, "high"), -20, 3),
    "half": lambda y: y[: len(y) // 2],
}


def chosen(data: Path) -> list[Path]:
    """Up to ten recordings a genre, evenly spread over those we may learn from."""
    allowed = {*gtzan_tables.split(data, "train"), *gtzan_tables.split(data, "valid")}
    paths = sorted(
        (p for d in ("gtzan_mini", "gtzan_more") for p in (data / d).glob("*/*.*")), key=lambda p: p.name
    )
    picked: list[Path] = []
    for genre in sorted({p.parent.name for p in paths}):
        own = [p for p in paths if p.parent.name == genre and gtzan_tables.track_name(p.name) in allowed]
        picked += [own[round(i)] for i in np.linspace(0, len(own) - 1, min(PER_GENRE, len(own)))]
    return picked


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=gtzan_tables.shared_folder())
    parser.add_argument("--out", type=Path, default=augmentation.shipped_path())
    options = parser.parse_args()
    extractor = WindowExtractor(lambda: Encoder.load(ENCODER))
    artist = gtzan_tables.load_gtzan_artists(options.data)
    rows, groups = [], []
    for path in chosen(options.data):
        y = decoder.read(path).samples.astype(np.float64)
        rows.append(
            [extractor.extract(np.clip(change(y), -1, 1).astype(np.float32)) for change in CHANGES.values()]
        )
        groups.append(artist[gtzan_tables.track_name(path.name)])
    augmentation.save(options.out, np.array(rows), list(CHANGES), groups)
    sys.stdout.write(f"{len(rows)} recordings, {len(CHANGES) - 1} changes in {options.out}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
