"""Keeping the registry in order: starters registered, leftovers of killed processes cleared.

``needed`` is cheap and imports nothing heavy; ``run`` loads MLflow and belongs in a job process.
"""

from __future__ import annotations

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.ml import registry_starters, registry_sweep
from genre_desktop.ml.registry import Registry


def needed(home: Home) -> bool:
    """True when :func:`run` has something to do."""
    try:
        return registry_sweep.needed(home) or registry_starters.missing(home)
    except AppError:  # the program came without models; there is nothing to register
        return False


def run(home: Home) -> registry_sweep.Swept:
    """Clear up and register the starters where missing.

    Raises
    ------
    AppError
        As :class:`.registry.Registry`.
    """
    with Registry(home) as registry:
        swept = registry.sweep() if registry_sweep.needed(home) else registry_sweep.Swept()
        registry_starters.ensure(registry)
    return swept
