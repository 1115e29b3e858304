"""Songs made for a run: music and speech in many formats, one damaged, one silent, one that is no sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tools import synthetic_audio

MUSIC = (".flac", ".mp3", ".m4a", ".ogg", ".opus", ".wav", ".aac", ".wma", ".webm", ".aiff", ".mp3", ".flac")
TAGGABLE = frozenset({".flac", ".mp3", ".m4a", ".ogg", ".opus"})
SECONDS = (12.0, 20.0, 31.0, 45.0)


def make(folder: Path) -> None:
    """Write sixteen files, unless they are there."""
    if folder.exists():
        return
    folder.mkdir(parents=True)
    for number, suffix in enumerate(MUSIC):
        sound = synthetic_audio.music(SECONDS[number % len(SECONDS)], seed=number)
        synthetic_audio.write(folder / f"song {number:02}{suffix}", sound)
    synthetic_audio.write(folder / "speech.wav", synthetic_audio.voice(20.0), 22_050)
    synthetic_audio.write(folder / "silence.wav", np.zeros((44_100 * 10, 1), np.float32))
    synthetic_audio.truncate(synthetic_audio.write(folder / "damaged.mp3"), 0.5)
    (folder / "no sound.mp3").write_bytes(bytes(range(256)) * 40)
