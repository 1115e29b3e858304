"""Keeping the registry in order: starters registered, leftovers of killed processes cleared.

``needed`` is cheap and imports nothing heavy; ``run`` loads MLflow and belongs in a job process.
"""

from __future__ import annotations

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.ml.registry import cleanup, starter_models
from genre_desktop.ml.registry.registry import Registry


def needed(home: Home) -> bool:
    """True when :func:`run` has something to do."""
    try:
        return cleanup.needed(home) or starter_models.missing(home)
    except AppError:  # the program came without models; there is nothing to register
        return False


def run(home: Home) -> cleanup.CleanupResult:
    """Clear up and register the starters where missing.

    Raises
    ------
    AppError
        As :class:`.registry.Registry`.
    """
    with Registry(home) as registry:
        swept = registry.clean_up() if cleanup.needed(home) else cleanup.CleanupResult()
        starter_models.ensure(registry)
    return swept
