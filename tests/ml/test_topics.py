from __future__ import annotations

import re

from genre_desktop.ml.contract import NAMES
from genre_desktop.ml.topics import TOPICS, columns, topic_of


def test_every_column_has_exactly_one_topic() -> None:
    for name in NAMES:
        assert len([topic for topic in TOPICS if re.fullmatch(topic.pattern, name)]) == 1, name
    assert sorted(place for places in columns().values() for place in places) == list(range(len(NAMES)))
    assert all(columns().values())


def test_some_by_name() -> None:
    assert topic_of("spectral_centroid_mean").key == "brightness"
    assert topic_of("contrast_0_std").key == "bass-rhythm"
    assert topic_of("mfcc13_var").key == "grain-changes"
    assert topic_of("chroma_stft_mean").key == "notes"
    assert topic_of("chroma_stft_3_mean").key == "chords"
