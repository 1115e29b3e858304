"""What must hold at the next start after a fault."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from tools.faults.operation import Operation, close_parts, home, store
from tools.faults.song_operations import songs_of

_LATER = 10_000.0
"""Seconds after which a temporary copy beside a song counts as left behind."""


def next_start(
    root: Path, operation: Operation, reported: list[tuple[str, Any]], sounds: dict[str, str]
) -> list[str]:
    """Start as the program does and return everything that is wrong."""
    return list(_problems(root, operation, reported, sounds))


def sounds_of(root: Path) -> dict[str, str]:
    """Return the hash of each song's sound."""
    from genre_desktop.audio.decoding.content_hash import clip_hash

    return {song.name: clip_hash(song) for song in songs_of(root)}


def _problems(
    root: Path, operation: Operation, reported: list[tuple[str, Any]], sounds: dict[str, str]
) -> Iterator[str]:
    from genre_desktop.audio import tags
    from genre_desktop.jobs.runner.process import mark_crashed

    mark_crashed(home(root), store(root))
    with store(root).transaction() as connection:
        connection.execute("INSERT INTO state (key, value) VALUES ('faults', '1') ON CONFLICT DO NOTHING")
    if operation.registry:
        yield from _registry(root, operation)
    _write_settings(root)
    yield from (f"not kept: {what}" for what in operation.kept(root, reported))
    close_parts()
    if sounds and sounds_of(root) != sounds:
        yield "a song has another sound"
    for folder in {song.parent for song in songs_of(root)}:
        tags.sweep(folder, time.time() + _LATER)
    yield from (f"left behind: {path}" for path in _leftovers(root))
    yield from (f"{path.name}: {found}" for path in _databases(root) for found in _integrity(path))
    for path in root.rglob("*.lock"):
        with suppress(IsADirectoryError):
            yield from _is_held(path)


def _registry(root: Path, operation: Operation) -> Iterator[str]:
    """Serve both before the registry was cleaned up, as a file dropped at once needs it, and after."""
    from genre_desktop.core.errors import AppError
    from genre_desktop.ml.inference.model_cache import ModelCache
    from genre_desktop.ml.registry import alias_snapshot, maintenance

    for cleaned in (False, True):
        if cleaned and maintenance.needed(home(root)):
            maintenance.run(home(root))
        cache = ModelCache(home(root))
        for alias in ("champion", "fallback"):
            try:
                cache.get(cache.find(alias))
            except AppError as error:
                yield f"{alias}: {error}"
    if maintenance.needed(home(root)):
        yield "the registry is not clean"
    aliases = alias_snapshot.aliases(home(root)) or {}
    if operation.serving and _pair(aliases) not in operation.serving:
        yield f"half a move: {aliases}"


def _pair(aliases: dict[str, str]) -> tuple[str, str]:
    return aliases.get("champion", ""), aliases.get("fallback", "")


def _databases(root: Path) -> Iterable[Path]:
    found = (home(root).store, home(root).schedule, home(root).registry / "mlflow.db")
    return [path for path in found if path.exists()]


def _integrity(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(path)) as connection:
        for (text,) in connection.execute("PRAGMA integrity_check"):
            if text != "ok":
                yield text


def _leftovers(root: Path) -> Iterable[Path]:
    names = (".settings.json.*", ".serving.json.*", ".genre-desktop-*", "*.making*")
    return [path for name in names for path in root.rglob(name)]


def _is_held(path: Path) -> Iterator[str]:
    import fcntl

    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield f"held: {path.name}"


def _write_settings(root: Path) -> None:
    """Write the settings once, long after the fault: that deletes what was left unfinished."""
    from genre_desktop.core.settings import Settings

    for path in home(root).root.rglob(".*.json.*"):
        os.utime(path, (0, 0))
    Settings.load(home(root).settings).save()
    if home(root).registry.joinpath("serving.json").exists():
        _write_snapshot(root)


def _write_snapshot(root: Path) -> None:
    from genre_desktop.ml.registry import alias_snapshot

    found = alias_snapshot.last(home(root))
    if found is not None:
        alias_snapshot.write(home(root), found)
