"""Finds the shared recordings and tables; tests that need them skip, saying so, where they are absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED_DATA = Path(os.environ.get("GENRE_DESKTOP_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))


def shared_data(*parts: str) -> Path:
    """A file or folder of the shared data, or a skip that names what is missing."""
    path = SHARED_DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"shared data is absent: {'/'.join(parts)}")
    return path
