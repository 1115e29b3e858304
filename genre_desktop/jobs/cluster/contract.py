"""What a worker must have in common with this computer, so that its answers are the same to the bit.

Workers publish it as the name of a Dask *resource*, and tasks ask for that resource: a worker of another version
never gets one. The name holds neither spaces nor commas nor ``=``, which ``dask worker --resources`` would split.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import re
import sys
from dataclasses import dataclass
from functools import cache
from typing import Literal

import genre_desktop
from genre_desktop.core.errors import Problem

_PACKAGES = (
    # sound
    "av", "soundfile", "soxr",
    # features
    "numpy", "scipy", "librosa", "onnxruntime",
    # models and their training
    "scikit-learn", "imbalanced-learn", "xgboost", "xgboost-cpu", "skops", "optuna",
    # what travels
    "distributed",
)  # fmt: skip
"""Packages on whose versions answers, or their way here, depend."""

_NAME = re.compile(r"genre-desktop/([^/\s,=]+)/([^/\s,=]+)/([0-9a-f]{8})")

Difference = Literal["", "version", "features", "libraries"]


@dataclass(frozen=True, slots=True)
class Contract:
    """Version of the program, of its features (:mod:`genre_desktop.ml.features.schema`), and a digest of its libraries."""

    version: str
    features: str
    libraries: str

    @property
    def name(self) -> str:
        """The name of the resource, such as ``genre-desktop/0.1.0/2/3fa9c1d2``."""
        return f"genre-desktop/{self.version}/{self.features}/{self.libraries}"


@cache
def contract() -> Contract:
    """Return the contract of this installation."""
    from genre_desktop.ml.features.schema import FEATURE_VERSION

    return Contract(genre_desktop.__version__, FEATURE_VERSION, _digest(libraries()))


def resource() -> str:
    """Return the name of the resource of workers that fit this installation."""
    return contract().name


def parse(name: str) -> Contract | None:
    """Return the contract that a resource names; None if it is another resource."""
    found = _NAME.fullmatch(name)
    return Contract(*found.groups()) if found else None


def difference(mine: Contract, theirs: Contract) -> Difference:
    """Return the first thing in which two contracts differ; empty if they fit."""
    if mine.version != theirs.version:
        return "version"
    if mine.features != theirs.features:
        return "features"
    return "libraries" if mine.libraries != theirs.libraries else ""


def mismatch(mine: Contract, theirs: Contract) -> Problem | None:
    """Describe why workers with the contract ``theirs`` get no work from here; None if they fit."""
    match difference(mine, theirs):
        case "":
            return None
        case "version":
            return Problem("cluster-other-version", mine=mine.version, theirs=theirs.version)
        case "features":
            return Problem("cluster-other-features", mine=mine.features, theirs=theirs.features)
        case "libraries":
            return Problem("cluster-other-libraries")


def libraries() -> dict[str, str]:
    """Return the installed versions behind the digest; builds differ by system, machine and Python, too."""
    found = {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "system": f"{platform.system()} {platform.machine()}",
    }
    for package in _PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue  # only one of the two builds of xgboost is installed
    return found


def _digest(versions: dict[str, str]) -> str:
    lines = "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:8]
