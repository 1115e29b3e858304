"""Tempo and key as Essentia finds them, to compare with and to learn from; the program does not use it.

Essentia is no requirement of this project: ``GENRE_DESKTOP_PEERS`` names a folder it was installed in.

Source: D. Bogdanov et al., "Essentia: an audio analysis library for music information retrieval", 2013.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import av  # noqa: TID253
import numpy as np
from numpy.typing import NDArray

RATE = 44_100
"""Sample rate that its algorithms are made for."""
_NOTES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def tempo_and_key(path: Path, start_s: float, length_s: float) -> tuple[float, int]:
    """Return beats a minute, and the index of the key in :data:`genre_desktop.core.music.keys.KEYS`."""
    if (folder := os.environ.get("GENRE_DESKTOP_PEERS")) and folder not in sys.path:
        sys.path.append(folder)
    importlib.import_module("essentia").log.infoActive = False
    standard = importlib.import_module("essentia.standard")
    samples = _decoded(path)[round(start_s * RATE) :][: round(length_s * RATE)]
    tempo = float(standard.RhythmExtractor2013(method="multifeature")(samples)[0])
    name, mode, _ = standard.KeyExtractor()(samples)
    tonic = (_NOTES[name[0]] + name.count("#") - name.count("b")) % 12
    return tempo, tonic + 12 * (mode == "minor")


def _decoded(path: Path) -> NDArray[np.float32]:
    """Return a file in mono; Essentia's own loader lacks Opus."""
    resampler = av.AudioResampler("flt", "mono", RATE)
    with av.open(str(path)) as container:
        frames = [done for frame in container.decode(audio=0) for done in resampler.resample(frame)]
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])
