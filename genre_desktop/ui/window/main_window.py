"""The main window: navigation rail, pages, menus, status bar and drop target."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QMenu,
    QMessageBox,
    QWidget,
)

from genre_desktop.app.i18n.translate import problem_text, tr
from genre_desktop.app.jobs.activity_log import ActivityLog
from genre_desktop.core.errors import Problem
from genre_desktop.core.quoting.display import shown
from genre_desktop.jobs.batch.queue import BatchProgress
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.jobs.messages import Ready, WorkerRestarted, WorkersUnavailable
from genre_desktop.ui.actions import actions
from genre_desktop.ui.actions.page_specs import PAGES
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.dialogs import quit as quit_dialog
from genre_desktop.ui.ports import MessageButton
from genre_desktop.ui.widgets.factory import (
    column,
    fill,
    follow_tip,
    icon_button,
    raise_window,
    row,
    set_style_property,
)
from genre_desktop.ui.widgets.message_bar import SlimMessageBar
from genre_desktop.ui.widgets.setting_menus import choice_menu
from genre_desktop.ui.widgets.toast import Message
from genre_desktop.ui.window.drop_overlay import DropOverlay
from genre_desktop.ui.window.file_actions import FileActions
from genre_desktop.ui.window.help_actions import HelpActions
from genre_desktop.ui.window.job_drawer import JobDrawer
from genre_desktop.ui.window.job_strip import JobStrip
from genre_desktop.ui.window.nav_rail import NavRail
from genre_desktop.ui.window.notifications import NotificationCenter
from genre_desktop.ui.window.page_stack import PageStack
from genre_desktop.ui.window.sound_actions import SoundActions
from genre_desktop.ui.window.status_bar import StatusBar

if TYPE_CHECKING:
    from genre_desktop.ui.pages.analyse.page import AnalysePage
    from genre_desktop.ui.pages.library.page import LibraryPage
    from genre_desktop.ui.pages.live.page import LivePage
    from genre_desktop.ui.pages.models.page import ModelsPage

START_SIZE = (1280, 840)
SMALLEST = (800, 520)
TITLE = "Genre Desktop"


class MainWindow(QMainWindow):
    """Builds the parts of the window and connects them; ``painted`` is emitted once, after the first paint."""

    painted = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        context.notifier = context.opener = self
        self.stack = PageStack(context)
        self.help_actions = HelpActions(self, context, self.stack)
        self.file_actions = FileActions(self, context, self.stack)
        self.sound_actions = SoundActions(self, context, self.stack, self.file_actions.exporter)
        self.activity_log = ActivityLog(context.session, context.jobs, lambda: context.database, self)
        self._painted = self._confirming = self._busy = False
        self._page = ""
        self._actions = context.actions = self._make_actions()
        self.rail = NavRail(context.theme)
        self.notice = SlimMessageBar(context.theme, "warning", on_close=lambda: None)
        self._notice_page = ""  # where the hidden message of the notice belongs
        self.status_bar = StatusBar(context.theme)
        self._build()
        self.overlay = DropOverlay(context.theme, self)
        self._build_menus()
        self._connect()
        self.notifications = NotificationCenter(self, context, self.stack, self.rail, self.status_bar)
        self._notices.insertWidget(0, self.notifications.banner)
        for notice in (self.notice, self.notifications.banner):
            set_style_property(notice, place="top")  # spacing below the menu bar
        self._restore()

    def page(self, page: str) -> QWidget:
        """Return a page, building it on first use."""
        return self.stack.page(page)

    def show_page(self, page: str) -> None:
        """Bring a page to the front."""
        self.stack.setCurrentWidget(self.page(page))
        focus = QApplication.focusWidget()
        if focus is None or not self.rail.isAncestorOf(focus):  # else Qt focuses another widget
            self.page(page).setFocus(Qt.FocusReason.OtherFocusReason)
        if page != self._page:
            self._keep_notice(self._page, page)
            self._page = page
            self.rail.show_current(page)
            self._page_facts_changed()

    def _keep_notice(self, before: str, after: str) -> None:
        """Show a message on the page where it came up, and on no other."""
        if not self.notice.isHidden():
            self._notice_page = before
            self.notice.hide()
        elif self._notice_page == after:
            self._notice_page = ""
            self.notice.show()

    def close_pages(self) -> None:
        """Close dialogs, stop all background work of the window and wait for it."""
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self.help_actions.close()
        self.file_actions.close()
        self.activity_log.close()
        self.stack.close_down()

    @property
    def live(self) -> LivePage:
        """The Live page."""
        return self.stack.live

    @property
    def analyse(self) -> AnalysePage:
        """The Analyse page."""
        return self.stack.analyse

    def library_page(self) -> LibraryPage:
        """Show the Library page and return it."""
        self.show_page("library")
        return self.stack.library

    def models_page(self) -> ModelsPage:
        """Show the Models page and return it."""
        self.show_page("models")
        return self.stack.models

    def check_drift(self) -> None:
        """Start a drift check, and show the Monitor page."""
        self.show_monitor("overview")
        self.context.monitoring.model_actions.run("drift")

    def toggle_map(self) -> None:
        """Show the map of the list, or the table again, on the Analyse page."""
        self.show_page("analyse")
        self.analyse.toggle_map()

    def open_paths(self, paths: list[Path]) -> None:
        """Analyse files and folders, on the Analyse page."""
        self.notice.hide()
        self._notice_page = ""
        self.show_page("analyse")
        self.context.session.open_paths(paths)

    def listen(self) -> None:
        """Start or stop listening, on the Live page."""
        self.show_page("live")
        self.live.toggle()

    def pause_or_resume(self) -> None:
        """Pause or resume reading."""
        session = self.context.session
        (session.resume if session.paused else session.pause)()

    def cancel(self) -> None:
        """Cancel reading."""
        self.context.session.cancel()

    def undo(self) -> None:
        """Undo the last change of labels or clips."""
        self.context.undo.undo()

    def redo(self) -> None:
        """Redo the change that was undone last."""
        self.context.undo.redo()

    def record(self) -> None:
        """Start or stop recording."""
        self.live.toggle_recording()

    def toggle_jobs(self) -> None:
        """Open or close the jobs drawer."""
        self.drawer.toggle()

    def show_monitor(self, section: str) -> None:
        """Open a section of the Monitor page."""
        self.notifications.show(section)

    def show_preferences(self) -> None:
        """Open the preferences or raise them."""
        from genre_desktop.ui.preferences.dialog import Preferences

        Preferences.open_for(self, self.context)

    def request_attention(self) -> None:
        """Show the window in front of others, or have the desktop mark it."""
        raise_window(self)
        QApplication.alert(self)

    def close_window(self) -> None:
        """Close the window, which quits."""
        self.close()

    def _make_actions(self) -> dict[str, QAction]:
        created = actions.make_all(self, self.context.settings, self)
        for action in actions.all_actions():
            if action.icon:
                self.context.theme.bind_icon(created[action.id], action.icon, "muted")
        return created

    def _build(self) -> None:
        root = QWidget()
        root.setObjectName("root")
        self._notices = fill(column(), self.notice)
        self._notices.setContentsMargins(20, 0, 20, 0)
        body = fill(row(gap=0), self.rail, (fill(column(gap=0), self._notices, (self.stack, 1)), 1))
        fill(column(root, gap=0), (body, 1), self.status_bar)
        self.setCentralWidget(root)
        self.notice.hide()
        self.status_bar.show_service(tr("Starting…"))
        self._build_drawer(root)
        for spec in PAGES:
            self.rail.add(spec.id, tr(spec.title), spec.icon, self._actions[f"view.page.{spec.id}"])

    def _build_drawer(self, root: QWidget) -> None:
        theme, jobs = self.context.theme, JobStrip(self.context.theme, self.context.jobs)
        self.drawer = JobDrawer(theme, self.activity_log, root, self.status_bar, self._show_text)
        jobs.list_wanted.connect(self.drawer.toggle)
        opener = icon_button(theme, "jobs", tr("Jobs"), self.drawer.toggle)
        follow_tip(opener, self._actions["view.jobs"])
        self.status_bar.add(jobs)
        self.status_bar.add(opener)

    def _show_text(self, title: str, text: str) -> None:
        from genre_desktop.ui.dialogs.text import TextDialog

        TextDialog(self, title, "", text).open()

    def _build_menus(self) -> None:
        menus = {name: self.menuBar().addMenu(tr(title)) for name, title in actions.MENUS}
        for action in actions.page_actions():
            menus["view"].addAction(self._actions[action.id])
        self._add_choices(menus["view"])
        for action in actions.ACTIONS:
            if action.after_line or action.id == "view.zoom_in":
                menus[action.menu].addSeparator()
            menus[action.menu].addAction(self._actions[action.id])
            if action.id == "file.folder":
                menus["file"].addMenu(self.file_actions.recent)
                menus["file"].aboutToShow.connect(self.file_actions.recent.refresh)
        self._actions["edit.preferences"].setMenuRole(QAction.MenuRole.PreferencesRole)

    def _add_choices(self, menu: QMenu) -> None:
        menu.addSeparator()
        settings = self.context.settings
        choice_menu("ui.theme", settings, self.context.theme.choose, menu)
        for key in ("spectrogram.axis", "spectrogram.colour_map"):
            choice_menu(key, settings, partial(self.analyse.panel.choose, key), menu)
        columns = menu.addMenu(tr("Col&umns"))
        columns.aboutToShow.connect(partial(self.analyse.table.fill, columns))

    def _connect(self) -> None:
        session, client = self.context.session, self.context.client
        self.rail.chosen.connect(self.show_page)
        self.status_bar.pause_wanted.connect(session.pause)
        self.status_bar.resume_wanted.connect(session.resume)
        self.status_bar.cancel_wanted.connect(session.cancel)
        session.progressed.connect(self._progressed)
        session.restored.connect(lambda: self.status_bar.show_list(self.analyse.model.total))
        session.noticed.connect(lambda problem: self.show_problem(problem))
        client.ready.connect(self._worker_ready)
        client.restarted.connect(self._worker_restarted)
        client.unavailable.connect(self._workers_unavailable)
        self.context.undo.indexChanged.connect(lambda _index: self._refresh_actions())
        self.stack.built_page.connect(self._page_built)
        self.show_page("analyse")
        self.stack.facts_changed.connect(self._page_facts_changed)

    def _restore(self) -> None:
        self.resize(QSize(*START_SIZE).boundedTo(self.screen().availableSize()))
        memory = self.context.memory
        geometry = memory.value("window/geometry")
        if self.context.restores and isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
            page = str(memory.value("window/page", "analyse"))
            self.show_page(page if any(spec.id == page for spec in PAGES) else "analyse")

    def _page_built(self, page: str) -> None:
        if page == "live":
            self.live.microphone_changed.connect(self._show_microphone)

    def _show_microphone(self, text: str) -> None:
        """Show on every page, and in the title, what is listened to."""
        self.status_bar.show_microphone(text)
        self.setWindowTitle(shown(f"{TITLE} – {text}") if text else TITLE)

    def _page_facts_changed(self) -> None:
        # Otherwise Del would remove rows while another page is shown.
        self._page_facts = self.stack.facts
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        undo = self.context.undo
        holds: dict[actions.Fact, bool] = {
            "busy": self._busy,
            "undo": undo.canUndo(),
            "redo": undo.canRedo(),
        }
        actions.enable(self._actions, self._page_facts | {fact for fact, true in holds.items() if true})

    def show_problem(self, problem: Problem, tone: str = "warning") -> None:
        """Show a problem that does not belong to a row."""
        self.help_actions.record_problem(problem)
        self._notice_page = ""
        self.notice.show_problem(problem, tone)

    def show_message(
        self, text: str, title: str = "", tone: str = "", buttons: Sequence[MessageButton] = ()
    ) -> None:
        """Show a message with buttons; without text, hide the last one."""
        self._notice_page = ""
        self.notice.show_message(text, title, tone, buttons)

    def toast(self, title: str, text: str, icon: str) -> None:
        """Show a message that disappears after some seconds."""
        self.notifications.toast.show_message(Message(title, text, icon))

    def save_image(self, image: QImage, name: str) -> None:
        """Choose a file, with ``name`` as the default, and save an image in the background."""
        self.file_actions.save_image(image, name)

    def _progressed(self, snapshot: BatchProgress) -> None:
        self.status_bar.show_snapshot(snapshot)
        if snapshot.busy != self._busy:
            self._busy = snapshot.busy
            self._refresh_actions()

    def _worker_ready(self, ready: Ready) -> None:
        if ready.problem is not None:
            self.show_problem(ready.problem)
        self.status_bar.show_service(
            tr("Analysis ready") if ready.problem is None else problem_text(ready.problem).title
        )

    def _worker_restarted(self, event: WorkerRestarted) -> None:
        self.show_problem(
            Problem("worker-restarted/retrying" if event.retrying else "worker-restarted", why=event.reason)
        )

    def _workers_unavailable(self, event: WorkersUnavailable) -> None:
        self.status_bar.show_service(problem_text(event.problem).title)
        self.show_problem(event.problem, "danger")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and show the drop target."""
        if event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.overlay.show_count(len(event.mimeData().urls()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Hide the drop target."""
        self.overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped files."""
        self.overlay.hide()
        paths = local_paths(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if paths:
            self.file_actions.recent.chosen.append(paths)
            self.open_paths(paths)
        else:
            self.show_problem(Problem("not-local" if event.mimeData().urls() else "not-local/nothing"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Emit ``painted`` after the first paint."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Confirm quitting while work is running, then save the window's geometry and state."""
        if not self._may_close():
            event.ignore()
            return
        memory = self.context.memory
        memory.setValue("window/geometry", self.saveGeometry())
        memory.setValue("window/page", self.stack.current)
        self.analyse.save()
        self.file_actions.recent.record()
        memory.sync()
        event.accept()

    def _may_close(self) -> bool:
        if self._confirming:  # the message box is open already
            return False
        snapshot = self.context.session.snapshot()
        left = snapshot.found - snapshot.done if self.context.session.busy else 0
        running = (JOBS.get(job.name) for job in self.context.jobs.running())
        jobs = [spec.name for spec in running if spec is not None and spec.noun]
        if left < quit_dialog.ASK_FROM and not jobs:
            return True
        self._confirming = True
        answer = quit_dialog.ask_to_quit(self, left, jobs)
        self._confirming = False
        return answer == QMessageBox.StandardButton.Yes


def local_paths(data: QMimeData) -> list[Path]:
    """Return the local files and folders among the dropped URLs."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
