"""The targets, by name."""

from __future__ import annotations

from functools import cache

from fuzz.target import Target


@cache
def targets() -> dict[str, Target]:
    """Return all targets, in the order of the table in the docs."""
    from fuzz.targets import documents, exchange, homes, models, sound

    found = (*sound.TARGETS, *models.TARGETS, *documents.TARGETS, *homes.TARGETS, *exchange.TARGETS)
    return {target.name: target for target in found}
