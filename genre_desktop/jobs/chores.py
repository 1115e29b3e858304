"""Jobs that keep things in order; each ``function(context, params)`` runs in a job process."""

from __future__ import annotations

from typing import Any

from genre_desktop.jobs.context import Context


def sweep(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Register the starter models where missing, and clear what killed processes left in the registry.

    Raises
    ------
    AppError
        The registry cannot be opened or written.
    """
    from dataclasses import asdict

    from genre_desktop.ml import upkeep

    if not upkeep.needed(context.home):
        context.log("The registry is in order.")
        return {}
    return asdict(upkeep.run(context.home))
