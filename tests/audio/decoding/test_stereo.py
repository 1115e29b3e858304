"""Files of more than two channels are played: the same sound in all of them is heard on both sides, unclipped."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.decoding.container import Reader
from genre_desktop.audio.decoding.stereo import stereo_blocks as decode
from genre_desktop.audio.sandbox.client import stereo_blocks
from genre_desktop.core.errors import AppError
from tests.audio.decoding.test_mixdown import encoded, hide_channels, tones
from tools.synthetic_audio import music

RATE = 44_100
HALF_POWER = 0.5**0.5
"""What FFmpeg plays one channel with on each of two sides."""


def played(path: Path, rate: int = RATE) -> np.ndarray:
    return np.concatenate(list(stereo_blocks(path, rate)))


@pytest.mark.parametrize("channels", [3, 4, 6, 8, 9, 11, 12, 16, 24, 32, 64])
@pytest.mark.parametrize("name", ["x.wav", "x.ogg"])
def test_the_same_sound_in_all_channels_is_heard_unclipped(tmp_path: Path, name: str, channels: int) -> None:
    sound = music(0.5, channels=1)
    sound /= np.abs(sound).max()
    soundfile.write(tmp_path / name, np.repeat(sound, channels, axis=1), RATE)
    heard = played(tmp_path / name)
    assert heard.shape == (len(sound), 2)
    assert np.abs(heard).max() < 1.01 + 0.1 * name.endswith("ogg")  # which is not exact
    for side in heard.T:
        assert np.corrcoef(side, sound[:, 0])[0, 1] > 0.99


@pytest.mark.parametrize(("codec", "name"), [("wavpack", "x.wv"), ("libopus", "x.opus")])
@pytest.mark.parametrize("channels", [9, 12, 16])
def test_other_formats_of_many_channels_are_heard(
    tmp_path: Path, codec: str, name: str, channels: int
) -> None:
    options = {"mapping_family": "255"} if codec == "libopus" else {}
    heard = played(encoded(tmp_path / name, codec, channels, **options), 48_000)
    assert heard.shape[1] == 2
    assert heard.std(axis=0).min() > 0.04
    assert np.abs(heard).max() < 0.6


def test_channels_without_places_are_averaged(tmp_path: Path) -> None:
    signal = tones(9)
    soundfile.write(tmp_path / "x.wav", signal, 22_050, subtype="FLOAT")
    heard = played(tmp_path / "x.wav", 22_050)
    for side in heard.T:
        assert np.abs(side - HALF_POWER * signal.mean(axis=1)).max() < 1e-6


def test_a_file_of_which_nothing_can_be_decoded_is_refused(tmp_path: Path) -> None:
    path = encoded(tmp_path / "x.wv", "wavpack", 12)
    hide_channels(path)
    with pytest.raises(AppError) as caught:
        played(path)
    assert caught.value.problem.key == "undecodable/channels"


def test_behind_the_end_of_a_file_there_is_nothing_to_hear(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.wav", music(0.5), RATE)
    assert not any(len(block) for block in stereo_blocks(tmp_path / "x.wav", RATE, 30.0))


class UnpluggedFile(io.BytesIO):
    """A file whose second half cannot be read."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > len(self.getbuffer()) // 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return super().read(size)


def test_a_file_that_cannot_be_read_on_says_so_after_its_last_sound() -> None:
    written = io.BytesIO()
    soundfile.write(written, music(4.0), RATE, format="WAV")
    heard: list[np.ndarray] = []
    with pytest.raises(AppError) as caught:
        heard.extend(decode(Reader(UnpluggedFile(written.getvalue())), "x.wav", RATE))
    assert caught.value.problem.code == "unreadable-file"
    assert sum(map(len, heard)) > RATE
