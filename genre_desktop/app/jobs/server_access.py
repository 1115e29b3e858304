"""Signs in to the team's server in a job process; the password goes there through a pipe and is kept nowhere else."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.paths import Home
from genre_desktop.jobs.messages import JobEnded, JobEvent
from genre_desktop.jobs.runner.process import RunningJob

JOB = "registry-access"
Action = Literal["sign-in", "sign-out", "test"]


class ServerAccess(QObject):
    """Runs one action at a time.

    The job is not one of :class:`.manager.JobManager`, which keeps the parameters of all its jobs.
    """

    done = Signal(str, dict)
    """The action that succeeded, and its result."""

    failed = Signal(object)
    """The :class:`Problem` of an action."""

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._job: RunningJob | None = None
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)

    @property
    def busy(self) -> bool:
        """True from the start of an action until its signal."""
        return self._job is not None

    def start(self, action: Action, username: str = "", password: str = "") -> None:
        """Start an action, unless one is running."""
        if self.busy:
            return
        params = {"action": action, "username": username, "password": password}
        try:
            self._job = RunningJob(self._home, JOB, params, lambda event: self._bridge((action, event)))
        except (AppError, OSError) as error:
            self.failed.emit(
                error.problem if isinstance(error, AppError) else Problem("job-not-started", error=str(error))
            )

    def close(self) -> None:
        """End a running action without a signal."""
        self._bridge.close()
        if self._job is not None:
            self._job.kill()
            self._job.wait(5.0)
            self._job = None

    def _arrived(self, action_and_event: tuple[Action, JobEvent]) -> None:
        action, event = action_and_event
        if not isinstance(event, JobEnded):
            return
        self._job = None
        if event.status == "succeeded":
            self.done.emit(action, event.result or {})
        else:
            self.failed.emit(event.problem or Problem("job-failed", message=event.message))
