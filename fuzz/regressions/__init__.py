"""Inputs of findings that were mended; the tests read each of them again.

They are kept as text, a JSON file for each target: name of the input → base64 of its zlib-compressed bytes. They are
damaged on purpose, so no player, viewer or virus scanner that walks over a checkout should open them as what they claim
to be. Messages of workers are made by ``tests/jobs/workers/test_process.py`` instead, since they are pickles.

``python -m fuzz.regressions TARGET FILE…`` adds inputs.
"""

from __future__ import annotations

import base64
import json
import zlib
from pathlib import Path

FOLDER = Path(__file__).parent


def regressions(target: str) -> dict[str, bytes]:
    """Return the inputs of a target by name."""
    return {name: zlib.decompress(base64.b64decode(text)) for name, text in _load(target).items()}


def add(target: str, files: list[Path]) -> None:
    """Add inputs to those of a target."""
    added = {file.name: base64.b64encode(zlib.compress(file.read_bytes(), 9)).decode() for file in files}
    text = json.dumps(_load(target) | added, indent=1, sort_keys=True)
    _path(target).write_text(text + "\n", "utf-8")


def _load(target: str) -> dict[str, str]:
    return dict(json.loads(_path(target).read_text("utf-8"))) if _path(target).exists() else {}


def _path(target: str) -> Path:
    return FOLDER / f"{target}.json"
