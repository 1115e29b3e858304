"""The targets, by name."""

from __future__ import annotations

import importlib
from functools import cache

from fuzz.target import Target

_MODULES = {
    "sound": "sound", "tags": "sound", "answers": "sound",
    "bundle": "models", "novelty": "models", "skops": "models", "ubj": "models", "onnx": "models", "sketch": "models",
    "contribution": "models",
    "settings": "documents", "snapshot": "documents", "tables": "documents", "answers-stored": "documents",
    "translations": "documents", "playlists": "documents",
    "store": "homes", "schedule": "homes",
    "socket": "exchange", "workers": "exchange",
    "window": "window",
}  # fmt: skip
NAMES = tuple(_MODULES)
"""All targets, in the order of the table in the docs."""


@cache
def find(name: str) -> Target:
    """Return a target; imports what it needs, which for some is scikit-learn and for others nothing."""
    module = importlib.import_module(f"fuzz.targets.{_MODULES[name]}")
    return next(target for target in module.TARGETS if target.name == name)
