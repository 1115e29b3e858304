"""What the Help menu does: log, diagnostics, licences, microphone check."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from genre_desktop.app.diagnostics import Diagnostics
from genre_desktop.app.errand import Errand
from genre_desktop.app.text import tr
from genre_desktop.core.errors import Problem
from genre_desktop.ui import screen

if TYPE_CHECKING:
    from genre_desktop.ui.main_window import MainWindow


class Helper:
    """Opens the dialogs of one window; each is imported when it is first asked for."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        context = window.context
        self._diagnostics = Diagnostics(context.home)
        self._errand = Errand(self._gather, "diagnostics", window)
        self._errand.done.connect(self._copied)
        self._facts: dict[str, str] = {}

    def note(self, problem: Problem) -> None:
        """A problem is being shown; its code goes into the next report."""
        self._diagnostics.note(problem)

    def show_log(self) -> None:
        """Show what was logged, in a window of its own that may stay open."""
        from genre_desktop.ui.log_window import LogWindow

        LogWindow(self._window, self._window.context.theme, self._window.context.home).show()

    def show_about(self) -> None:
        """Say what this is and what it is made with."""
        from genre_desktop.ui.about import About

        About(self._window).open()

    def copy_diagnostics(self) -> None:
        """Gather what somebody who helps needs to know, and copy it; takes a moment."""
        self._window.notice.say(tr("This takes a moment."), tr("Gathering diagnostics…"), "accent")
        self._facts = screen.facts(self._window, self._window.context.theme)
        self._errand.start()

    def check_microphone(self) -> None:
        """Tell whether the microphone works; while the Live page listens, that page tells."""
        from genre_desktop.ui.mic_check import MicrophoneDialog

        window = self._window
        if "live" in window.pages_made and window.live.listener.listening:
            window.show_page("live")
            return
        device = str(window.context.settings["live.device"])
        MicrophoneDialog(window, window.context.theme, device).open()

    def close(self) -> None:
        """Wait for what still runs."""
        self._errand.close()

    def _gather(self) -> str:
        return self._diagnostics.gather(self._facts)

    def _copied(self, report: str) -> None:
        QGuiApplication.clipboard().setText(report)
        self._window.notice.say(
            tr("Paste them where you ask for help. No names of songs or people are in them."),
            tr("Diagnostics were copied"),
            "success",
            [(tr("Show what was copied"), partial(self._show_report, report))],
        )

    def _show_report(self, report: str) -> None:
        from genre_desktop.ui.widgets.text_dialog import TextDialog

        about = tr("This is all that “Copy diagnostics” copies.")
        TextDialog(self._window, tr("Diagnostics"), about, report).open()
