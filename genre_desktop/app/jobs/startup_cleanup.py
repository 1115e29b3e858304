"""Puts the registry in order once, when the first answers are given and nobody waits for more."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject

from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.jobs.batch.queue import BatchProgress
from genre_desktop.jobs.messages import RequestEvent, Result
from genre_desktop.jobs.tasks.registry import UPKEEP_NEEDED

log = logging.getLogger(__name__)


class StartupCleanup(QObject):
    """Starts the job ``sweep`` when it has something to do; once in the life of the window."""

    def __init__(
        self, session: AnalysisSession, client: WorkerClient, jobs: JobManager, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._client, self._jobs = session, client, jobs
        session.progressed.connect(self._progressed)

    def _progressed(self, snapshot: BatchProgress) -> None:
        if snapshot.done and not snapshot.busy:
            self._session.progressed.disconnect(self._progressed)
            # Looking needs imports that the window's process does without, so a warm worker does it.
            self._client.ask(UPKEEP_NEEDED, None, self._answered)

    def _answered(self, event: RequestEvent) -> None:
        if isinstance(event, Result) and event.value is True:
            log.info("the registry is put in order")
            self._jobs.start("sweep", {"why": "start"})
