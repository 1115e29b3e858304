"""What the watch over folders asks of a worker."""

from __future__ import annotations

from collections.abc import Sequence

from genre_desktop.core.errors import AppError
from genre_desktop.jobs.context import Context

SOUNDS = "genre_desktop.jobs.watching:sounds"
"""The operation that tells whether a changed file still sounds the same."""


def sounds(context: Context, paths: Sequence[str]) -> list[str]:
    """The ``clip_hash`` of each file, without decoding it; empty for one that cannot be read."""
    from genre_desktop.audio.fingerprint import clip_hash

    found = []
    for path in paths:
        context.check_cancelled()
        try:
            found.append(clip_hash(path, context.cancelled))
        except AppError:
            found.append("")
    return found
