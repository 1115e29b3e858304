"""The jobs that compare the songs of a list by their sound: similar songs, a path between two, and a map.

Songs are named by the ids of their answers; results refer to their places in ``params["ids"]``. Answers
without a sound vector (speech, noise, answers of older versions or without the encoder) are left out.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import N_, Message, message
from genre_desktop.core.paths import Home, write_atomically
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.ml.explain import sound_path, sound_vectors
from genre_desktop.ml.explain.sound_vectors import SoundVectors
from genre_desktop.ml.task_context import JobContext, check_cancelled

_READING = N_("Reading the sound of the songs")


def similar(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Find the ``params["n"]`` songs most like those at the places ``params["seeds"]``.

    Returns
    -------
    dict
        ``places``: most similar first; ``left_out``: number of songs without a vector.

    Raises
    ------
    AppError
        ``no-sound-vector``: one of the seeds has none.
    """
    songs = _load(context, params)
    seeds = [_index(songs, place) for place in params["seeds"]]
    return {"places": sound_vectors.nearest(songs, seeds, int(params["n"])), **_left_out(songs, params)}


def path(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Find a path of ``params["n"]`` songs between those at the two places ``params["seeds"]``.

    Returns and raises as :func:`similar`; the places are in the order of the path.
    """
    songs = _load(context, params)
    first, last = (_index(songs, place) for place in params["seeds"])
    return {"places": sound_path.find(songs, first, last, int(params["n"])), **_left_out(songs, params)}


def arrange(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Arrange all songs on a map.

    Returns
    -------
    dict
        ``path``: a file of float32, little-endian, two for each of ``params["ids"]``, NaN where it has no
        vector; ``placed`` and ``left_out``: numbers of songs.

    Raises
    ------
    AppError
        ``no-sound-vector/none``.
    """
    songs = _load(context, params)
    if not len(songs):
        raise AppError("no-sound-vector/none")
    # Not above: it loads scikit-learn, which the other two do not need.
    from genre_desktop.ml.explain import sound_map

    text = message("Arranging the songs")

    def progress(share: float) -> None:
        check_cancelled(context)
        context.progress(0.2 + 0.8 * share, text)

    points = np.full((len(params["ids"]), 2), np.nan, "<f4")
    points[songs.places] = sound_map.arrange(songs.vectors, progress)
    target = map_path(context.home)
    write_atomically(target, points.tobytes())
    return {"path": str(target), "placed": len(songs), **_left_out(songs, params)}


def map_path(home: Home) -> Path:
    """Return where the coordinates are written, for the window to take."""
    return home.root / "cache" / "sound-map.bin"


def _load(context: JobContext, params: dict[str, Any]) -> SoundVectors:
    share = 0.2 if "seeds" not in params else 1.0

    def progress(fraction: float) -> None:
        check_cancelled(context)
        context.progress(share * fraction, Message(_READING))

    if not params.get("ids"):
        raise AppError("no-sound-vector/none")
    with closing(Database(context.home.store)) as database:
        return sound_vectors.load(PredictionLog(database), params["ids"], progress)


def _index(songs: SoundVectors, place: int) -> int:
    """Return the index of the song at a place; ``AppError`` if it has no vector."""
    index = int(np.searchsorted(songs.places, place))
    if index == len(songs) or songs.places[index] != place:
        raise AppError("no-sound-vector")
    return index


def _left_out(songs: SoundVectors, params: dict[str, Any]) -> dict[str, int]:
    return {"left_out": len(params["ids"]) - len(songs)}
