"""The commands of the Help menu: log, diagnostics, licences, microphone check."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from genre_desktop.app.background.task import BackgroundTask
from genre_desktop.app.i18n.translate import tr
from genre_desktop.app.monitoring.diagnostics import Diagnostics
from genre_desktop.core.errors import Problem
from genre_desktop.ui.actions import shortcuts
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import copy_text
from genre_desktop.ui.window.page_stack import PageStack


class HelpActions:
    """Opens the dialogs of one window, which are imported on first use."""

    def __init__(self, window: QWidget, context: AppContext, pages: PageStack) -> None:
        self._window, self._context, self._pages = window, context, pages
        self._diagnostics = Diagnostics(context.home)
        self._task = BackgroundTask(self._collect, "diagnostics", window)
        self._task.done.connect(self._copied)
        self._screen_info: dict[str, str] = {}

    def record_problem(self, problem: Problem) -> None:
        """Record the code of a shown problem for the next diagnostics report."""
        self._diagnostics.note(problem)

    def show_shortcuts(self) -> None:
        """Show the list of keyboard shortcuts."""
        from genre_desktop.ui.dialogs.shortcuts import Shortcuts

        Shortcuts(self._window, shortcuts.listed(self._context.actions)).open()

    def show_log(self) -> None:
        """Show the log files in a separate window."""
        from genre_desktop.ui.dialogs.log_window import LogWindow

        LogWindow(self._window, self._context.theme, self._context.home, self._context.notifier).show()

    def show_about(self) -> None:
        """Show version and components."""
        from genre_desktop.ui.dialogs.about import About

        About(self._window).open()

    def copy_diagnostics(self) -> None:
        """Collect a diagnostics report in the background and copy it."""
        self._context.notifier.show_message(
            tr("This may take a moment."), tr("Collecting diagnostics…"), "accent"
        )
        self._screen_info = screen_info(self._window, self._context.theme)
        self._task.start()

    def check_microphone(self) -> None:
        """Open the microphone check, or the Live page while it listens."""
        from genre_desktop.ui.dialogs.microphone_check import MicrophoneCheckDialog

        if "live" in self._pages.built and self._pages.live.listener.listening:
            self._context.opener.show_page("live")
            return
        device = str(self._context.settings["live.device"])
        MicrophoneCheckDialog(self._window, self._context.theme, device).open()

    def close(self) -> None:
        """Wait for the background task."""
        self._task.close()

    def _collect(self) -> str:
        return self._diagnostics.gather(self._screen_info)

    def _copied(self, report: str) -> None:
        copy_text(report)
        self._context.notifier.show_message(
            tr("Paste them into your report. They contain no names of songs or people."),
            tr("Diagnostics were copied"),
            "success",
            [(tr("Show copied text"), partial(self._show_report, report))],
        )

    def _show_report(self, report: str) -> None:
        from genre_desktop.ui.dialogs.text import TextDialog

        about = tr("“Copy diagnostics” copies exactly this text.")
        TextDialog(self._window, tr("Diagnostics"), about, report).open()


def screen_info(window: QWidget, theme: Theme) -> dict[str, str]:
    """Describe the screens for :class:`Diagnostics`; only for the GUI thread."""
    info = {
        "qt": f"{qVersion()} ({QGuiApplication.platformName()})",
        "language": QLocale().name(),
        "window": f"{window.width()} × {window.height()}",
        "theme": f"{theme.mode} ({theme.palette.name})",
    }
    for number, screen in enumerate(QGuiApplication.screens(), 1):
        size = screen.size()
        info[f"screen {number}"] = f"{size.width()} × {size.height()} at {screen.devicePixelRatio():g}"
    return info
