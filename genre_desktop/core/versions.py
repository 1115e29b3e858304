"""Versions of this program and of what it is made with; asks the installed packages, imports none."""

from __future__ import annotations

import importlib.metadata
import platform

import genre_desktop

PACKAGES: tuple[str, ...] = (
    "PySide6-Essentials", "pyqtgraph", "numpy", "scipy", "librosa", "av", "soundfile", "soxr", "sounddevice",
    "mutagen", "scikit-learn", "imbalanced-learn", "xgboost-cpu", "xgboost", "mlflow-skinny", "mlflow", "skops",
    "optuna", "pandas", "evidently", "apscheduler", "sqlalchemy", "psutil",
)  # fmt: skip
"""The libraries whose versions matter in a report."""


def versions() -> dict[str, str]:
    """This program, Python and those of :data:`PACKAGES` that are installed."""
    found = {"genre-desktop": genre_desktop.__version__, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
