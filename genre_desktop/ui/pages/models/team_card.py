"""The team's server on the Models page: state of the last sync, and what can be done with the server."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QWidget

from genre_desktop.app.i18n.time_format import format_past
from genre_desktop.app.i18n.translate import render, tr
from genre_desktop.app.jobs.job_text import server_name
from genre_desktop.app.jobs.manager import Job
from genre_desktop.core.errors import AppError
from genre_desktop.core.store.job_runs import JobRun, JobRuns
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.dialogs.contribution import ContributionDialog
from genre_desktop.ui.fitting.wrap_row import TOP, WrapRow
from genre_desktop.ui.widgets.factory import button, column, frame, label
from genre_desktop.ui.widgets.job_card import JobCard

ADDRESS = "registry.uri"
SYNC, PUBLISH, PROMOTE, PREVIEW, CONTRIBUTE = (
    "sync",
    "publish",
    "promote-shared",
    "contribute-preview",
    "contribute",
)
JOBS = (SYNC, PUBLISH, PROMOTE, PREVIEW, CONTRIBUTE)
REFRESH_MS = 30_000


class TeamCard(QWidget):
    """Visible only while a server is set. ``version`` returns the selected version, empty for none or two."""

    def __init__(self, context: AppContext, version: Callable[[], str]) -> None:
        super().__init__()
        self._context, self._version = context, version
        self._preview_wanted = self._set_aside = False
        self.job = JobCard(context.theme, context.jobs, JOBS)
        self._title = label("", "section", wrap=True)
        self.state = label("", "muted", wrap=True, select=True)
        self.sync = button(tr("Sync now"), lambda: self.job.start(SYNC), "", tr("Fetch the team’s models"))
        self.publish = button(
            tr("Publish"),
            lambda: self._of_version(PUBLISH),
            "",
            tr("Upload the selected version to the team’s server"),
        )
        self.promote = button(
            tr("Promote for the team"),
            lambda: self._of_version(PROMOTE),
            "",
            tr("Make the selected version the team’s champion if it is better"),
        )
        self.contribute = button(
            tr("Contribute corrections…"),
            self._preview,
            "",
            tr("Preview which measurements of your corrected songs would be sent to the team"),
        )
        self._clock = QTimer(self, interval=REFRESH_MS)
        self._clock.timeout.connect(self.refresh)
        self._build()
        self.job.busy_changed.connect(lambda _busy: self.update_buttons())
        self.job.succeeded.connect(self._succeeded)
        context.jobs.ended.connect(self._ended)
        context.changes.changed.connect(self._setting_changed)
        self.refresh()

    @property
    def address(self) -> str:
        """The server of the settings; empty without one."""
        return str(self._context.settings[ADDRESS]).strip()

    def refresh(self) -> None:
        """Show the state of the last sync; without a server show nothing."""
        address = self.address
        self.setVisible(bool(address) and not self._set_aside)
        if not address:
            self._clock.stop()
            return
        self._clock.start()
        server = server_name(address)
        self._title.setText(tr("Team · {server}", server=server))
        self.state.setText(_state(self._last_sync(), server))
        self.update_buttons()

    def set_aside(self, on: bool) -> None:
        """Hide the card while something else needs its place."""
        self._set_aside = on
        self.refresh()

    def update_buttons(self) -> None:
        """Enable what can be done now."""
        free, chosen = not self.job.busy, bool(self._version())
        for control in (self.sync, self.contribute):
            control.setEnabled(free)
        for control in (self.publish, self.promote):
            control.setEnabled(free and chosen)

    def _build(self) -> None:
        card: QFrame = frame("card")
        inner = column(card, gap=8)
        inner.setContentsMargins(16, 12, 16, 12)
        box = QWidget()
        texts = column(box, gap=2)
        texts.addWidget(self._title)
        texts.addWidget(self.state)
        head = WrapRow(gap=12)
        head.add(box, 1, letters=30)
        head.add(self.sync, align=TOP)
        inner.addWidget(head)
        buttons = WrapRow()
        buttons.add(WrapRow(self.contribute), 1)
        for each in (self.publish, self.promote):
            buttons.add(each)
        inner.addWidget(buttons)
        outer = column(self, gap=12)
        outer.addWidget(card)
        outer.addWidget(self.job)

    def _of_version(self, job: str) -> None:
        version = self._version()
        if version:
            self.job.start(job, {"version": version})

    def _preview(self) -> None:
        self._preview_wanted = True
        self.job.start(PREVIEW)

    def _succeeded(self, job: Job) -> None:
        if job.name == PREVIEW and self._preview_wanted and job.ended is not None:
            file = Path(str((job.ended.result or {})["file"]))
            QTimer.singleShot(0, self, lambda: self._show_preview(file))  # not within the signal

    def _show_preview(self, file: Path) -> None:
        try:
            dialog = ContributionDialog(self.window(), self._context.theme, file)
        except (OSError, ValueError, KeyError) as error:
            self.job.show_message(tr("The preview could not be loaded"), str(error), "danger")
            return
        dialog.chosen.connect(lambda digest: self.job.start(CONTRIBUTE, {"digest": digest}))
        dialog.open()

    def _ended(self, job: Job) -> None:
        if job.name == PREVIEW and (job.ended is None or job.ended.status != "succeeded"):
            self._preview_wanted = False
        if job.name in JOBS:
            self.refresh()

    def _setting_changed(self, key: str) -> None:
        if key == ADDRESS:
            self.refresh()

    def _last_sync(self) -> JobRun | None:
        try:
            return next(iter(JobRuns(self._context.database).recent(SYNC, 1)), None)
        except (AppError, sqlite3.Error):
            return None


def _state(last: JobRun | None, server: str) -> str:
    if last is None:
        return tr("Not synced with {server} yet.", server=server)
    when = format_past(last.finished or last.started, time.time())
    if last.status == "running":
        return tr("Syncing with {server}…", server=server)
    if last.status == "succeeded":
        return tr("Synced {when} from {server}.", when=when, server=server)
    reason = render(last.message)
    text = tr("The last sync with {server} failed ({when}).", when=when, server=server)
    return f"{text} {reason}"
