"""The version of the champion, read without the registry's libraries."""

from __future__ import annotations

from genre_desktop.core.own_files.reader import UnreadableFile, read_json
from genre_desktop.core.paths import Home

SNAPSHOT = "serving.json"
"""File in the registry's folder that :mod:`genre_desktop.ml.registry.alias_snapshot` writes after each change."""


def champion_version(home: Home) -> str:
    """Return the champion's version number; empty without a registry, or where its snapshot is damaged."""
    path = home.registry / SNAPSHOT
    try:
        return str(read_json(path)["aliases"]["champion"]) if path.is_file() else ""
    except (UnreadableFile, OSError, KeyError, TypeError):
        return ""
