"""Maintenance of the registry: registration of starters, removal of leftovers of killed processes.

``needed`` is cheap and imports nothing heavy; ``run`` loads MLflow and belongs in a job process.
"""

from __future__ import annotations

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.ml.registry import cleanup, starter_models
from genre_desktop.ml.registry.registry import Registry


def needed(home: Home) -> bool:
    """Return True when :func:`run` has something to do."""
    try:
        return cleanup.needed(home) or starter_models.missing(home)
    except AppError:  # no models were shipped; there is nothing to register
        return False


def run(home: Home) -> cleanup.CleanupResult:
    """Clean up and register missing starters.

    Raises
    ------
    AppError
        As :class:`.registry.Registry`.
    """
    with Registry(home) as registry:
        result = registry.clean_up() if cleanup.needed(home) else cleanup.CleanupResult()
        starter_models.ensure(registry)
    return result
