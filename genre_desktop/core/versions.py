"""Versions of this program and of its packages, from their metadata, without importing them."""

from __future__ import annotations

import importlib.metadata
import platform

import genre_desktop

PACKAGES: tuple[str, ...] = (
    "PySide6-Essentials", "pyqtgraph", "numpy", "scipy", "librosa", "av", "soundfile", "soxr", "sounddevice",
    "mutagen", "scikit-learn", "imbalanced-learn", "xgboost-cpu", "xgboost", "mlflow-skinny", "mlflow", "skops",
    "optuna", "onnxruntime", "pandas", "evidently", "apscheduler", "sqlalchemy", "psutil",
)  # fmt: skip
"""Packages whose versions are part of a report."""


def versions() -> dict[str, str]:
    """Return the versions of this program, Python and the installed :data:`PACKAGES`."""
    found = {"genre-desktop": genre_desktop.__version__, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
