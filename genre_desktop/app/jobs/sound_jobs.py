"""Songs of the list compared by their sound, in jobs: similar songs, a path between two, and the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.core.errors import AppError, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from genre_desktop.jobs.runner.process import RunningJob

SIMILAR, PATH, MAP = "similar-songs", "song-path", "sound-map"


@dataclass(frozen=True, slots=True, eq=False)
class FoundSongs:
    """Songs in an order; ``left_out`` counts those that could not be compared."""

    rows: tuple[ResultRow, ...]
    left_out: int


@dataclass(frozen=True, slots=True, eq=False)
class SoundMap:
    """Songs and their coordinates ``(n, 2)`` from -1 to 1; ``left_out`` as in :class:`FoundSongs`."""

    rows: tuple[ResultRow, ...]
    points: NDArray[np.float32]
    left_out: int


@dataclass(frozen=True, slots=True, eq=False)
class _Request:
    rows: Sequence[ResultRow]
    seeds: Sequence[ResultRow] = ()
    n: int = 0


class SoundJob(QObject):
    """One of the jobs, for one dialog or view; a new request cancels the one before."""

    found = Signal(object)
    """:class:`FoundSongs`, or the :class:`SoundMap`."""

    failed = Signal(object)
    """A :class:`Problem`; None if the job was cancelled."""

    progressed = Signal(object)
    """The running :class:`Job`."""

    def __init__(self, jobs: JobManager, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._name = jobs, name
        self._current: _Request | None = None
        self._next: _Request | None = None
        self._params: dict[str, Any] = {}
        self._process: RunningJob | None = None
        jobs.started.connect(self._on_progress)
        jobs.changed.connect(self._on_progress)
        jobs.ended.connect(self._on_end)

    @property
    def running(self) -> bool:
        """True until ``found`` or ``failed`` is emitted."""
        return self._current is not None

    def ask(self, rows: Sequence[ResultRow], seeds: Sequence[ResultRow] = (), n: int = 0) -> None:
        """Start the job for rows with a genre; ``seeds`` are songs among them, ``n`` the number to find."""
        request = _Request([row for row in rows if row.prediction_id is not None], seeds, n)
        if self._current is not None:
            self._next = request
            self._stop()
        else:
            self._start(request)

    def cancel(self) -> None:
        """Cancel the job; ``failed`` follows with None."""
        self._next = None
        self._stop()

    def _stop(self) -> None:
        if self._process is not None:
            self._process.cancel()

    def _start(self, request: _Request) -> None:
        places = {row: place for place, row in enumerate(request.rows)} if request.seeds else {}
        if not all(row in places for row in request.seeds):
            self.failed.emit(Problem("no-sound-vector/unanswered"))
            return
        self._current = request
        self._params = {"ids": [row.prediction_id for row in request.rows]}
        if request.seeds:
            self._params |= {"seeds": [places[row] for row in request.seeds], "n": request.n}
        try:
            self._process = self._jobs.start(self._name, self._params)
        except (AppError, OSError) as error:
            self._current = None
            self.failed.emit(
                error.problem if isinstance(error, AppError) else Problem("job-not-started", error=str(error))
            )

    def _is_ours(self, job: Job) -> bool:
        return self._current is not None and job.name == self._name and job.params == self._params

    def _on_progress(self, job: Job) -> None:
        if self._is_ours(job):
            self.progressed.emit(job)

    def _on_end(self, job: Job) -> None:
        if job.ended is None or not self._is_ours(job):
            return
        request, self._current, self._process = self._current, None, None
        if self._next is not None:
            following, self._next = self._next, None
            self._start(following)
        elif job.ended.status != "succeeded" or request is None:
            self.failed.emit(job.ended.problem)
        else:
            self._report(request, job.ended.result)

    def _report(self, request: _Request, result: dict[str, Any]) -> None:
        left_out = int(result["left_out"])
        if self._name != MAP:
            self.found.emit(FoundSongs(tuple(request.rows[place] for place in result["places"]), left_out))
            return
        points = _read_points(Path(result["path"]), len(request.rows))
        if points is None:
            self.failed.emit(Problem("no-sound-map"))
            return
        kept = (~_missing(points)).nonzero()[0].tolist()
        self.found.emit(SoundMap(tuple(request.rows[place] for place in kept), points[kept], left_out))


def _read_points(path: Path, n: int) -> NDArray[np.float32] | None:
    """Read the coordinates of ``n`` songs and delete their file; None if it is gone or another one."""
    import numpy as np

    try:
        data = path.read_bytes()
        path.unlink()
    except OSError:
        return None
    return np.frombuffer(data, "<f4").reshape(n, 2) if len(data) == 8 * n else None


def _missing(points: NDArray[np.float32]) -> NDArray[np.bool_]:
    import numpy as np

    return np.asarray(np.isnan(points[:, 0]))
