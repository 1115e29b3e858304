"""Shows alerts and serving changes as toast, bell badge, banner and desktop notification."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from genre_desktop.app.i18n.translate import mark, plural, problem_text, render, tr
from genre_desktop.app.jobs.job_text import JobText
from genre_desktop.app.monitoring.alerts_model import LEVEL_ICONS
from genre_desktop.core.errors import Problem
from genre_desktop.core.monitoring.alert_service import RESTORE_STARTERS
from genre_desktop.core.monitoring.serving_state import ServingState
from genre_desktop.core.store.alerts import Alert
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.external import open_path
from genre_desktop.ui.ports import MessageButton
from genre_desktop.ui.widgets import alert_actions
from genre_desktop.ui.widgets.factory import raise_window
from genre_desktop.ui.widgets.message_bar import TONE_ICONS, SlimMessageBar, copy_button
from genre_desktop.ui.widgets.toast import Message, Toast
from genre_desktop.ui.window.alert_bell import AlertBell
from genre_desktop.ui.window.nav_rail import NavRail
from genre_desktop.ui.window.page_stack import PageStack
from genre_desktop.ui.window.status_bar import StatusBar
from genre_desktop.ui.window.tray_notifier import TrayNotifier

WITHOUT_TOAST = frozenset({"worker-restarted"})
"""Codes of alerts whose event the window already shows as a message."""


_SEEN = "window/seen_serving"
"""Key of the serving state whose banner was seen, also by earlier runs of the program."""

_SERVING = {"champion": "", "fallback": mark("Fallback model in use"), "none": mark("No model works")}
"""Texts of the status bar."""


class NotificationCenter:
    """Toast, bell, banner and tray icon of one window.

    Parameters
    ----------
    window:
        The parent of the toast.
    rail:
        The navigation rail, to which the bell is added.
    status_bar:
        The toast is placed above it.
    """

    def __init__(
        self, window: QWidget, context: AppContext, pages: PageStack, rail: NavRail, status_bar: StatusBar
    ) -> None:
        self._window, self._context, self._pages = window, context, pages
        self._monitoring, theme = context.monitoring, context.theme
        self._status_bar = status_bar
        self.bell = AlertBell(theme)
        self.banner = SlimMessageBar(theme, "warning", icon="fallback", on_close=self._remember_banner)
        self.banner.hide()
        self.toast = Toast(theme, window, status_bar)
        self.notifier = TrayNotifier(context.settings, window, self._open_from_tray)
        rail.add_below(self.bell)
        self._connect()

    def _connect(self) -> None:
        self._pages.currentChanged.connect(lambda _index: self._page_changed())
        monitoring = self._monitoring
        self.bell.clicked.connect(lambda: self.show("alerts"))
        monitoring.alerts.raised.connect(self._show_alert)
        monitoring.alerts.changed.connect(self._update_bell)
        monitoring.alerts.serving_changed.connect(self._serving_changed)
        monitoring.champion.took_over.connect(self._offer_to_answer_again)
        monitoring.model_actions.report_ready.connect(self._open_report)
        monitoring.model_actions.finished.connect(self._job_done)
        monitoring.model_actions.failed.connect(self._job_failed)
        self._context.client.restarted.connect(
            lambda event: monitoring.statistics.record_restart(event.reason)
        )

    def show(self, section: str, alert_id: int = 0) -> None:
        """Open a section of the Monitor page: ``overview``, ``alerts`` or ``schedule``."""
        from genre_desktop.ui.pages.monitor.page import MonitorPage

        self._context.opener.show_page("monitor")
        page = self._pages.page("monitor")
        if isinstance(page, MonitorPage):
            page.show_section(section)
            page.alerts.choose(alert_id)

    def apply(self, action: str) -> None:
        """Trigger an alert's action."""
        alert_actions.apply(
            action, self._monitoring.model_actions, self._window, lambda: self.show("schedule")
        )

    def close(self) -> None:
        """Hide the tray icon."""
        self.notifier.close()

    def _show_alert(self, alert: Alert) -> None:
        self.notifier.notify(alert)
        if alert.notice.code in WITHOUT_TOAST:
            return
        icon, tone = LEVEL_ICONS[alert.notice.level]
        notice = alert.notice
        text = " ".join(render(part) for part in (notice.happened, notice.did) if part)
        self.toast.show_message(Message(notice.title, text, icon, tone, self._buttons(alert)))

    def _buttons(self, alert: Alert) -> tuple[MessageButton, ...]:
        details: MessageButton = (tr("Details"), partial(self.show, "alerts", alert.id))
        action = alert_actions.action_for(alert.notice.action)
        if action is None:
            return (details,)
        return ((tr(action.text), partial(self.apply, alert.notice.action)), details)

    def _update_bell(self) -> None:
        self.bell.show_count(len(self._monitoring.alerts.unread))

    def _serving_changed(self, state: ServingState) -> None:
        self._status_bar.show_serving(tr(_SERVING[state.active]))
        if state.active == "champion":
            self.banner.show_message("")
        elif self._pages.current == "monitor":  # which shows the same state
            self._remember_banner()
        elif self._context.memory.value(_SEEN) != _identity(state):
            self._show_banner(state)

    def _offer_to_answer_again(self, champion: str) -> None:
        if rows := self._context.session.outdated(champion):
            text = plural(
                len(rows),
                "1 answer in the list is from another model than the champion.",
                "{n} answers in the list are from another model than the champion.",
            )
            again: MessageButton = (tr("Answer again"), self._pages.analyse.answer_again)
            self._context.notifier.show_message(text, tone="accent", buttons=[again])

    def _show_banner(self, state: ServingState) -> None:
        why: MessageButton = (tr("Show details"), partial(self.show, "overview"))
        if state.active == "fallback":
            self.banner.show_message(state.reason, tr("Fallback model in use"), "warning", [why])
        else:
            restore: MessageButton = (
                tr(JOBS[RESTORE_STARTERS].button),
                partial(self.apply, RESTORE_STARTERS),
            )
            self.banner.show_message(state.reason, tr("No model works"), "danger", [restore, why])

    def _page_changed(self) -> None:
        """Show a change of the model once: status bar, bell and Monitor page go on showing it."""
        if not self.banner.isHidden():
            self.banner.hide()
            self._remember_banner()

    def _remember_banner(self) -> None:
        self._context.memory.setValue(_SEEN, _identity(self._monitoring.alerts.serving))

    def _job_done(self, text: JobText) -> None:
        self.toast.show_message(Message(text.title, text.text, TONE_ICONS[text.tone], text.tone))

    def _job_failed(self, problem: Problem) -> None:
        text = problem_text(problem)
        self.toast.show_message(Message(text.title, text.body, "warning", "warning", (copy_button(problem),)))

    def _open_report(self, path: Path) -> None:
        open_path(path, self._context.notifier)

    def _open_from_tray(self) -> None:
        raise_window(self._window)
        self.show("alerts")


def _identity(state: ServingState) -> str:
    return f"{state.active} since {state.since:.0f}"
