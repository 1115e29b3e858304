from __future__ import annotations

import re

from genre_desktop.core.topics import TOPICS
from genre_desktop.ml.contract import NAMES
from genre_desktop.ml.topics import columns


def test_every_column_has_exactly_one_topic() -> None:
    for name in NAMES:
        assert len([topic for topic in TOPICS if re.fullmatch(topic.pattern, name)]) == 1, name
    assert sorted(place for places in columns().values() for place in places) == list(range(len(NAMES)))
    assert all(columns().values())
