"""The mean of all channels, however many there are, and a refusal in the right words."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile
from av.audio.plane import AudioPlane

from genre_desktop.audio.decoding.decoder import read
from genre_desktop.audio.decoding.mixdown import SampleMixer, to_mono
from genre_desktop.core.errors import AppError

RATE = 22_050
MANY = (9, 12, 16)


def tones(channels: int, rate: int = RATE) -> np.ndarray:
    """One second, float32 ``(n, channels)``: a tone of its own in every channel."""
    t = np.arange(rate)[:, np.newaxis] / rate
    return (0.5 * np.sin(2 * np.pi * (200 + 70 * np.arange(channels)) * t)).astype(np.float32)


def sound(path: Path, channels: int) -> Path:
    """Write :func:`tones` with libsndfile."""
    soundfile.write(path, tones(channels), RATE)
    return path


def encoded(path: Path, codec: str, channels: int, **options: str) -> Path:
    """Write :func:`tones` at 48 kHz with FFmpeg."""
    signal = tones(channels, 48_000).T
    with av.open(str(path), "w") as container:
        kind = "fltp" if codec == "wavpack" else "flt"
        stream: Any = container.add_stream(codec, rate=48_000, layout=f"{channels} channels", options=options)
        stream.bit_rate, stream.codec_context.format = 64_000 * channels, kind
        stream.codec_context.open(strict=False)
        size = stream.codec_context.frame_size or 4800
        for start in range(0, 48_000, size):
            container.mux(stream.encode(frame(signal[:, start : start + size], kind, start)))
        container.mux(stream.encode(None))
    return path


def hide_channels(path: Path) -> None:
    """Let a WavPack of 12 channels not say how many, as FFmpeg before version 6 wrote it."""
    known, ignored = b"\x4d\x03\x0c\0", b"\x6d\x03\x0c\0"  # the part that says how many, and one to skip
    path.write_bytes(path.read_bytes().replace(known, ignored))


def frame(signal: np.ndarray, kind: str, start: int = 0) -> Any:
    """A frame of float samples, planar or packed, with as many channels as ``signal`` has, ``(channels, n)``."""
    made: Any = av.AudioFrame(kind, f"{len(signal)} channels", signal.shape[1])
    tracks = signal if kind == "fltp" else [signal.T]
    for number, track in enumerate(tracks):
        plane: Any = AudioPlane(made, number)
        plane.update(np.ascontiguousarray(track).tobytes().ljust(plane.buffer_size, b"\0"))
    made.sample_rate, made.pts, made.time_base = 48_000, start, Fraction(1, 48_000)
    return made


@pytest.mark.parametrize("channels", [1, 2, 8, 9, 12, 16, 63])
def test_planar_and_packed_channels_have_the_same_mean(channels: int) -> None:
    signal = tones(channels, 48_000).T[:, :1000]
    total = signal[0].copy()
    for track in signal[1:]:
        total += track
    expected = total / np.float32(channels) if channels > 1 else total
    for kind in ("fltp", "flt"):
        assert np.array_equal(to_mono(frame(signal, kind)), expected)


def test_the_number_of_channels_may_change_midway() -> None:
    mixer = SampleMixer()
    pieces = []
    for channels in (2, 12, 9, 16, 1):
        pieces += mixer.add(frame(tones(channels, 48_000).T[:, :1000], "fltp"))
    pieces += mixer.flush()
    assert [piece.size for piece, _rate in pieces] == [1000] * 5
    for channels, (piece, _rate) in zip((2, 12, 9, 16, 1), pieces, strict=True):
        assert np.abs(piece - tones(channels, 48_000)[:1000].mean(axis=1)).max() < 1e-6


@pytest.mark.parametrize("channels", MANY)
@pytest.mark.parametrize(
    ("name", "tolerance"), [("x.ogg", 0.05), ("x.wav", 1e-4), ("x.w64", 1e-4), ("x.aiff", 1e-4)]
)
def test_files_of_many_channels_are_averaged(
    tmp_path: Path, name: str, tolerance: float, channels: int
) -> None:
    found = read(sound(tmp_path / name, channels))
    assert found.warnings == ()
    assert found.samples.shape == (RATE,)
    assert np.abs(found.samples - tones(channels).mean(axis=1)).max() < tolerance


def test_eight_channels_of_flac(tmp_path: Path) -> None:
    found = read(sound(tmp_path / "x.flac", 8)).samples
    assert np.abs(found - tones(8).mean(axis=1)).max() < 1e-4


@pytest.mark.parametrize("channels", MANY)
def test_opus_of_many_channels_is_averaged(tmp_path: Path, channels: int) -> None:
    found = read(encoded(tmp_path / "x.opus", "libopus", channels, mapping_family="255"))
    expected = tones(channels).mean(axis=1)
    assert found.warnings == ()
    assert np.corrcoef(found.samples[1000 : RATE - 1000], expected[1000 : RATE - 1000])[0, 1] > 0.99


@pytest.mark.parametrize("channels", MANY)
def test_wavpack_of_many_channels_is_averaged(tmp_path: Path, channels: int) -> None:
    found = read(encoded(tmp_path / "x.wv", "wavpack", channels))
    assert found.warnings == ()
    assert np.abs(found.samples - tones(channels).mean(axis=1))[1000:-1000].max() < 0.01


def test_wavpack_that_hides_its_channels_is_refused_for_that(tmp_path: Path) -> None:
    path = encoded(tmp_path / "x.wv", "wavpack", 12)
    hide_channels(path)
    with pytest.raises(AppError) as caught:
        read(path)
    assert caught.value.problem.key == "undecodable/channels"
