"""Where in a feature row the columns of each topic (``core/topics.py``) stand."""

from __future__ import annotations

import re
from functools import cache

from genre_desktop.core.topics import TOPICS
from genre_desktop.ml.contract import NAMES


@cache
def columns() -> dict[str, tuple[int, ...]]:
    """Places of each topic's columns in a feature row, by the topic's key."""
    return {
        topic.key: tuple(place for place, name in enumerate(NAMES) if re.fullmatch(topic.pattern, name))
        for topic in TOPICS
    }
