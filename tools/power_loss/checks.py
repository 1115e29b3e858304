"""What must hold at the next start after a loss of power."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.faults import checks
from tools.faults.operation import Operation, close_parts, home


def next_start(
    root: Path,
    operation: Operation,
    reported: list[tuple[str, Any]],
    sounds: dict[str, str],
    *,
    maintained: bool = True,
) -> list[str]:
    """Start as the program does and return everything that is wrong.

    ``maintained``: with the maintenance of the registry, which takes seconds; else the files of the models that
    serve are verified by their digests, and those of the others stay as they are.
    """
    if maintained or not operation.registry:
        found = checks.next_start(root, operation, reported, sounds)
    else:
        found = list(_before_maintenance(root, operation, reported))
    aside = [path for ending in ("damaged", "broken") for path in root.rglob(f"*.{ending}-*")]
    return found + [f"set aside: {path.name}" for path in aside]


def _before_maintenance(root: Path, operation: Operation, reported: list[tuple[str, Any]]) -> Iterator[str]:
    from genre_desktop.core.errors import AppError
    from genre_desktop.core.settings import Settings
    from genre_desktop.core.store.database import Database
    from genre_desktop.ml.inference.model_cache import ModelCache
    from genre_desktop.ml.models import bundle

    Database(home(root).store).close()
    Settings.load(home(root).settings)
    cache = ModelCache(home(root))
    for alias in ("champion", "fallback"):
        try:
            version = cache.find(alias)
            bundle.verify(version.path(home(root)), version.digest)
        except AppError as error:
            yield f"{alias}: {error}"
    if cache.registry_error:
        yield f"registry: {cache.registry_error}"
    yield from (f"not kept: {what}" for what in operation.kept(root, reported))
    close_parts()
    for path in checks._databases(root):
        yield from (f"{path.name}: {found}" for found in checks._integrity(path))
