"""Windows of a song are averaged by length."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.core.music.keys import Key
from genre_desktop.ml.features.song_music import SongMusic
from tests.ml.measured_music import measure
from tools.synthetic_songs import song


def test_a_song_of_two_windows_has_the_tempo_and_key_of_both() -> None:
    made = song(5000, 40, bpm=96.0, key=Key(2, "major"))
    music = SongMusic()
    for part in np.split(made.samples, 2):
        music.add(measure(part), 20.0)
    assert music.tempo() == pytest.approx(96.0, abs=0.2)
    assert music.key() == Key(2, "major")


def test_the_longer_window_counts_more() -> None:
    first, second = (measure(song(5001, 12, bpm=bpm).samples) for bpm in (80.0, 125.0))
    music = SongMusic()
    music.add(first, 30.0)
    music.add(second, 10.0)
    found = music.measures
    assert found.pulse == pytest.approx(0.75 * first.pulse + 0.25 * second.pulse)
    assert found.pitch_classes == pytest.approx(0.75 * first.pitch_classes + 0.25 * second.pitch_classes)


def test_three_seconds_of_music_are_too_little() -> None:
    music = SongMusic()
    music.add(measure(song(5000, 3.0).samples), 3.0)
    assert (music.tempo(), music.key()) == (None, None)


def test_without_windows_there_is_neither() -> None:
    assert SongMusic().tempo() is None
    assert SongMusic().key() is None
