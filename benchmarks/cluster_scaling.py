"""How far a cluster scales, calculated from what a file costs each part that there is only one of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.report import Row

NETWORK = 1e9 / 8
"""Bytes a second of 1 Gbit/s."""

SONG_BYTES = 8e6
"""A song of four minutes as MP3 with 256 kbit/s."""

OFTEN = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
"""Numbers of workers for the table."""


@dataclass(frozen=True)
class FileCosts:
    """Seconds of one file on each part.

    Attributes
    ----------
    song:
        Processor time of a worker for a song.
    scheduler, desktop:
        Processor time of the scheduler, and of the desktop with its store.
    store:
        The part of ``desktop`` in which the store is written.
    wait:
        How long a worker waits for its next file.
    message_bytes:
        Size of a task and its reply.
    """

    song: float
    scheduler: float
    desktop: float
    store: float
    wait: float
    message_bytes: float

    def limits(self, *, upload: bool) -> dict[str, float]:
        """Return the files a second that each part can take; ``upload``: the songs go through the desktop's network."""
        sent = self.message_bytes + (SONG_BYTES if upload else 0.0)
        return {
            "scheduler": 1 / self.scheduler,
            "desktop": 1 / self.desktop,
            "store": 1 / self.store,
            "network": NETWORK / sent,
        }

    def per_second(self, workers: int, *, upload: bool) -> float:
        """Return the songs a second of so many workers."""
        return min(workers / (self.song + self.wait), *self.limits(upload=upload).values())

    def most_workers(self, *, upload: bool) -> tuple[str, float]:
        """Return the part that is exhausted first, and by how many workers."""
        limits = self.limits(upload=upload)
        first = min(limits, key=limits.__getitem__)
        return first, limits[first] * (self.song + self.wait)


def rows(costs: FileCosts) -> Iterator[Row]:
    """Return the rows of the calculation."""
    for upload, which in ((False, "workers see the files"), (True, "songs are sent by the desktop")):
        first, workers = costs.most_workers(upload=upload)
        most = min(costs.limits(upload=upload).values())
        table = ", ".join(f"{n}: {costs.per_second(n, upload=upload):.3g}" for n in OFTEN)
        yield Row(
            f"calculated: workers until it stops to scale, {which}", workers, "workers",
            note=f"{most:.0f} songs/s, limited by the {first}; songs a second by workers: {table}",
        )  # fmt: skip
