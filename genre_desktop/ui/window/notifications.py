"""Shows in every page's window what the watch over the models finds: toast, bell, banner, desktop."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from genre_desktop.app.i18n.translate import problem_text, render, tr
from genre_desktop.app.monitoring.alerts_model import LEVEL_ICONS
from genre_desktop.core.errors import Problem
from genre_desktop.core.monitoring.alert_service import RESTORE_STARTERS
from genre_desktop.core.monitoring.serving_state import ServingState
from genre_desktop.core.store.alerts import Alert
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.jobs.messages import WorkerRestarted
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.ports import Offer
from genre_desktop.ui.widgets import alert_actions
from genre_desktop.ui.widgets.message_bar import MessageBar, copy_offer
from genre_desktop.ui.widgets.toast import Message, Toast
from genre_desktop.ui.window.alert_bell import Bell
from genre_desktop.ui.window.nav_rail import NavRail
from genre_desktop.ui.window.page_stack import PageStack
from genre_desktop.ui.window.status_bar import StatusBar
from genre_desktop.ui.window.tray_notifier import Notifier

TOLD_ELSEWHERE = frozenset({"worker-restarted"})
"""Alerts that the window tells of by itself, the moment they happen."""


class NotificationCenter:
    """Toast, bell and banner of one window.

    Parameters
    ----------
    window:
        The parent of the toast; places the banner.
    rail:
        Gets the bell.
    activity:
        The toast stays above it.
    """

    def __init__(
        self, window: QWidget, context: AppContext, pages: PageStack, rail: NavRail, activity: StatusBar
    ) -> None:
        self._window, self._context, self._pages = window, context, pages
        self._watch, theme = context.watch, context.theme
        self._dismissed = False
        self.bell = Bell(theme)
        self.banner = MessageBar(theme, "warning", icon="fallback", on_close=self._dismiss)
        self.banner.hide()
        self.toast = Toast(theme, window, activity)
        self.notifier = Notifier(context.settings, window, self._called)
        rail.add_below(self.bell)
        self._connect()

    def _connect(self) -> None:
        self._pages.currentChanged.connect(lambda _place: self._show_banner())
        watch = self._watch
        self.bell.clicked.connect(lambda: self.show("alerts"))
        watch.alerts.raised.connect(self._alert_came)
        watch.alerts.changed.connect(self._count)
        watch.alerts.serving_changed.connect(self._serving_changed)
        watch.model_actions.report_ready.connect(self._open_report)
        watch.model_actions.finished.connect(self._job_done)
        watch.model_actions.failed.connect(self._job_failed)
        self._context.client.restarted.connect(self._restarted)

    def show(self, section: str, alert_id: int = 0) -> None:
        """Open a section of the Monitor page: ``overview``, ``alerts`` or ``schedule``."""
        from genre_desktop.ui.pages.monitor.page import MonitorPage

        self._context.opener.show_page("monitor")
        page = self._pages.page("monitor")
        if isinstance(page, MonitorPage):
            page.show_section(section)
            page.alerts.choose(alert_id)

    def apply(self, action: str) -> None:
        """Do what an alert's button promises."""
        alert_actions.apply(action, self._watch.model_actions, self._window, lambda: self.show("schedule"))

    def close(self) -> None:
        """Take the icon out of the tray."""
        self.notifier.close()

    def _alert_came(self, alert: Alert) -> None:
        self.notifier.tell(alert)
        if alert.notice.code in TOLD_ELSEWHERE:
            return
        icon, tone = LEVEL_ICONS[alert.notice.level]
        notice = alert.notice
        words = " ".join(render(part) for part in (notice.happened, notice.did) if part)
        self.toast.say(Message(notice.title, words, icon, tone, self._offers(alert)))

    def _offers(self, alert: Alert) -> tuple[Offer, ...]:
        details: Offer = (tr("Details"), partial(self.show, "alerts", alert.id))
        remedy = alert_actions.remedy_for(alert.notice.action)
        if remedy is None:
            return (details,)
        return ((tr(remedy.words), partial(self.apply, alert.notice.action)), details)

    def _count(self) -> None:
        self.bell.show_count(len(self._watch.alerts.unread))

    def _serving_changed(self, state: ServingState) -> None:
        why: Offer = (tr("Show why"), partial(self.show, "overview"))
        self._dismissed = False
        if state.active == "champion":
            self.banner.say("")
        elif state.active == "fallback":
            self.banner.say(state.reason, tr("The fallback model answers for now"), "warning", [why])
        else:
            restore: Offer = (tr(JOBS[RESTORE_STARTERS].button), partial(self.apply, RESTORE_STARTERS))
            self.banner.say(state.reason, tr("No model can answer"), "danger", [restore, why])
        self._show_banner()

    def _show_banner(self) -> None:
        """The Monitor page says it itself."""
        elsewhere = self._pages.current != "monitor"
        needed = self._watch.alerts.serving.active != "champion"
        self.banner.setVisible(needed and elsewhere and not self._dismissed)

    def _dismiss(self) -> None:
        self._dismissed = True

    def _job_done(self, title: str, words: str) -> None:
        self.toast.say(Message(title, words, "done", "success"))

    def _job_failed(self, problem: Problem) -> None:
        text = problem_text(problem)
        self.toast.say(Message(text.title, text.body, "warning", "warning", (copy_offer(problem),)))

    def _open_report(self, path: Path) -> None:
        opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        if not opened:
            self.toast.say(Message(tr("No web browser could be started"), str(path), "warning", "warning"))

    def _restarted(self, event: WorkerRestarted) -> None:
        self._watch.statistics.record_restart(event.reason)

    def _called(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self.show("alerts")
