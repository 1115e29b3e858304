"""How far a pile of files is: found, done, files a second, time left. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from genre_desktop.jobs.throughput import RateEstimator

KNOWN_AFTER_S = 5.0
"""The first files also wait for workers to start; how long the rest takes is guessed after so many seconds."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Numbers for the status area.

    ``rate`` is in files per second and ``left_s`` in seconds; both are None while nobody can know.
    """

    found: int
    done: int
    problems: int
    searching: bool
    paused: bool
    rate: float | None
    left_s: float | None

    @property
    def busy(self) -> bool:
        """True while something is being looked for or read."""
        return self.searching or self.done < self.found


class ProgressCounter:
    """Counts one pile of work, from the moment the first file arrives until nothing is left."""

    def __init__(self, pace: RateEstimator | None = None) -> None:
        self._pace = pace or RateEstimator()
        self.found = self.done = self.problems = 0

    def reset(self) -> None:
        """Forget everything: the next file starts a new pile."""
        self.found = self.done = self.problems = 0
        self._pace.restart()

    def take(self, number: int) -> None:
        """``number`` files were answered before; that says nothing about the pace."""
        self.found += number
        self.done += number

    def add(self, number: int) -> None:
        """``number`` more files were found."""
        self.found += number

    def finish(self, *, problem: bool = False) -> None:
        """One file is over, well or badly."""
        self.done += 1
        self.problems += problem
        self._pace.finish()

    def drop(self, number: int) -> None:
        """``number`` files will not be read after all."""
        self.found -= number

    def restart_clock(self) -> None:
        """Do not count a pause as slowness."""
        self._pace.restart()

    def snapshot(self, *, searching: bool, paused: bool) -> Progress:
        """The numbers now."""
        rate = None if paused or not self.done else self._pace.rate()
        unknown = paused or searching or not self.done or self._pace.span_s < KNOWN_AFTER_S
        left = None if unknown else self._pace.left_s(self.found - self.done)
        return Progress(self.found, self.done, self.problems, searching, paused, rate, left)
