"""Clean-up of the registry and update of the library: after the first files were analysed or a minute, and killed jobs."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer

from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.jobs.batch.queue import BatchProgress
from genre_desktop.jobs.messages import RequestEvent, Result
from genre_desktop.jobs.tasks.registry import UPKEEP_NEEDED

log = logging.getLogger(__name__)

_UPKEEP = ("sweep", "remeasure")
"""The jobs that are started here: one that dies must not start itself for ever."""


IDLE_MS = 60_000
"""Milliseconds after which it is done if no file was opened; a job that a command ran may have been killed."""


class StartupCleanup(QObject):
    """Starts the jobs ``sweep`` and ``remeasure`` if they have something to do."""

    def __init__(
        self, session: AnalysisSession, client: WorkerClient, jobs: JobManager, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._client, self._jobs = session, client, jobs
        session.progressed.connect(self._progressed)
        jobs.ended.connect(self._job_ended)
        self._timer = QTimer(self, interval=IDLE_MS, singleShot=True)
        self._timer.timeout.connect(self._idle)
        self._timer.start()

    def _progressed(self, progress: BatchProgress) -> None:
        if progress.done and not progress.busy:
            self._check()

    def _idle(self) -> None:
        if not self._session.busy:  # else after these files
            self._check()

    def _check(self) -> None:
        self._timer.stop()
        self._session.progressed.disconnect(self._progressed)
        # a warm worker has the imports that the window's process avoids
        self._client.ask(UPKEEP_NEEDED, None, self._checked)

    def _job_ended(self, job: Job) -> None:
        """Clean up at once after a killed job, whose run would stay RUNNING until the next sweep."""
        killed = job.ended is not None and job.ended.status in ("died", "cancelled")
        if killed and job.name not in _UPKEEP:
            self._client.ask(UPKEEP_NEEDED, None, self._checked)

    def _checked(self, event: RequestEvent) -> None:
        if isinstance(event, Result):
            for name in event.value:
                log.info("the job %s is due", name)
                self._jobs.start(name, {"why": "start"})
