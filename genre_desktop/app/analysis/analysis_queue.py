"""The queue of rows to analyse: runs the state machine of ``jobs/batch/queue.py`` for the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.types import AnalyseRequest, Analysis, Mode
from genre_desktop.jobs.batch import queue
from genre_desktop.jobs.messages import Progress, RequestEvent
from genre_desktop.jobs.throughput import RateEstimator

OPERATION = "analyse"

WITH_SPECTROGRAM = 4
"""Up to so many files opened together return their spectrograms; of more, only the selected one does."""

KNOWN_AFTER_S = 5.0
"""Seconds before the remaining time is estimated; the first files also wait for workers to start."""

SHOW_PROGRESS_MS = 100


class AnalysisQueue(QObject):
    """Submit rows to the workers and set their answers.

    Parameters
    ----------
    mode:
        How much of a song to analyse, evaluated for each file when it is submitted.
    parallel:
        Number of files analysed at a time: so many of those in flight are shown as being analysed.
    ahead:
        Number of files in flight.
    """

    changed = Signal(object)  # a ResultRow whose state changed
    finished = Signal(object, object)  # row, Analysis; None when the workers cancelled it
    progressed = Signal(object)  # BatchProgress, a few times a second while files are analysed

    def __init__(
        self,
        client: WorkerClient,
        mode: Callable[[], Mode],
        parallel: int = 1,
        ahead: int = queue.AHEAD,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.shown: ResultRow | None = None
        """The selected row, whose spectrogram is requested along with its answer."""
        self._client, self._mode, self._parallel = client, mode, parallel
        self._state = queue.QueueState(ahead=ahead)
        self._pace = RateEstimator()
        self._rows: dict[int, ResultRow] = {}
        self._stored: set[int] = set()  # rows whose stored features may answer
        self._tickets: dict[int, int] = {}  # of rows in flight
        self._timer = QTimer(self, interval=SHOW_PROGRESS_MS, singleShot=True)
        self._timer.timeout.connect(self._report)

    @property
    def paused(self) -> bool:
        """True between pause and resume."""
        return self._state.paused

    @property
    def busy(self) -> bool:
        """True while files are searched or analysed."""
        return self._state.busy

    def progress(self) -> queue.BatchProgress:
        """Return the progress of all files."""
        return queue.progress(self._state, self._pace, KNOWN_AFTER_S)

    def search_started(self) -> None:
        """Count a running search, whose files may follow."""
        self._apply(queue.SearchStarted())
        self._report()

    def search_ended(self) -> None:
        """Count the end of a search."""
        self._apply(queue.SearchEnded())
        self._report()

    def add(self, rows: Iterable[ResultRow], *, from_stored: bool = False) -> None:
        """Append rows; the caller emits their new state.

        ``from_stored`` answers from the stored features of the rows' answers where they suffice.
        """
        rows = list(rows)
        if not rows:
            return
        for row in rows:
            row.enter(State.WAITING)
            if from_stored:
                self._stored.add(row.key)
            self._rows[row.key] = row
        self._apply(queue.FilesFound(tuple(row.key for row in rows)))
        for row in self._first_in_flight():  # earlier ones are shown as being analysed already
            row.enter(State.WORKING)
        self._report_soon()

    def prioritise(self, rows: Iterable[ResultRow]) -> None:
        """Analyse these rows next, in this order; those that are not waiting are ignored."""
        self._apply(queue.Prioritise(tuple(row.key for row in rows)))

    def pause(self) -> None:
        """Pause; files being analysed start from their beginning after :meth:`resume`."""
        self._apply(queue.Pause())
        self._report()

    def resume(self) -> None:
        """Resume after :meth:`pause`."""
        self._apply(queue.Resume())
        self._show_working()
        self._report()

    def cancel(self, rows: Iterable[ResultRow] | None = None) -> None:
        """Cancel these rows, or all, which also ends a pause."""
        self._apply(queue.Cancel(None if rows is None else frozenset(row.key for row in rows)))
        if rows is None:
            self._apply(queue.Resume())
        self._show_working()
        self._report()

    def close(self) -> None:
        """Stop emitting progress."""
        self._timer.stop()

    def _apply(self, event: queue.Event) -> None:
        begins = isinstance(event, queue.FilesFound | queue.SearchStarted) and not self._state.busy
        if begins or isinstance(event, queue.Resume):  # idle time and pauses do not count
            self._pace.restart()
        self._state, actions = queue.step(self._state, event)
        for action in actions:
            self._perform(action)

    def _perform(self, action: queue.Action) -> None:
        row = self._rows[action.file]
        if isinstance(action, queue.Submit):
            then = partial(self._on_event, action.submission)
            self._tickets[row.key] = self._client.ask(OPERATION, self._request(row), then)
        elif isinstance(action, queue.MoveToFront):
            self._client.move_to_front(self._tickets[row.key])
        elif isinstance(action, queue.ShowProgress):
            row.fraction = action.fraction
            self.changed.emit(row)
        elif isinstance(action, queue.Deliver):
            self._deliver(row, action.analysis)
        else:
            self._withdraw(row, action)

    def _withdraw(self, row: ResultRow, action: queue.Recall | queue.Drop) -> None:
        ticket = self._tickets.pop(row.key, None)
        if ticket is not None:
            self._client.cancel(ticket)
        if isinstance(action, queue.Drop):
            del self._rows[row.key]
            self._stored.discard(row.key)
        if row.enter(State.CANCELLED if isinstance(action, queue.Drop) else State.WAITING):
            self.changed.emit(row)

    def _deliver(self, row: ResultRow, analysis: Analysis | None) -> None:
        del self._rows[row.key], self._tickets[row.key]
        self._stored.discard(row.key)
        self._pace.finish()
        if analysis is None:
            row.enter(State.CANCELLED)
        else:
            row.apply_analysis(analysis)
        # First: whoever shows the row asks for its spectrogram if it is missing.
        self.finished.emit(row, analysis)
        self.changed.emit(row)
        self._report_soon()

    def _on_event(self, submission: int, event: RequestEvent) -> None:
        if isinstance(event, Progress):
            self._apply(queue.FileProgressed(submission, event.fraction))
            return
        self._apply(queue.ended(submission, event))
        self._show_working()
        if not self._state.busy:
            self._report()

    def _request(self, row: ResultRow) -> AnalyseRequest:
        few = self._state.found <= WITH_SPECTROGRAM
        stored = row.key in self._stored
        return AnalyseRequest(
            str(row.path),
            mode=self._mode(),
            spectrogram=not stored and (few or row is self.shown),
            source="file" if few else "batch",
            previous=row.prediction_id if stored else None,
        )

    def _first_in_flight(self) -> list[ResultRow]:
        first = zip(range(self._parallel), self._state.in_flight.values(), strict=False)
        return [self._rows[key] for _, key in first]

    def _show_working(self) -> None:
        for row in self._first_in_flight():
            if row.enter(State.WORKING):
                self.changed.emit(row)

    def _report_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _report(self) -> None:
        self._timer.stop()
        self.progressed.emit(self.progress())
