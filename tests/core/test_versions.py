from __future__ import annotations

import platform

import numpy as np

import genre_desktop
from genre_desktop.core.versions import versions


def test_versions_are_those_that_run() -> None:
    found = versions()
    assert found["genre-desktop"] == genre_desktop.__version__
    assert found["python"] == platform.python_version()
    assert found["numpy"] == np.__version__
    assert "a-package-that-is-not-there" not in found
