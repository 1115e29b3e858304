"""Runs the real window on a screen with a system tray, raises alerts, and writes what the tray showed as JSON.

``python -m tests.e2e.tray_script HOME OUT``; needs an X server.
"""

from __future__ import annotations

import ctypes
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSystemTrayIcon, QWidget

from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.database import Database
from genre_desktop.ui.application import Application, make_application
from genre_desktop.ui.pages.monitor.page import MonitorPage

PATIENCE_S = 60.0


class Tray:
    """A tray of the oldest kind: whoever owns a certain selection of the X server is it."""

    def __init__(self) -> None:
        x = ctypes.CDLL("libX11.so.6")
        for name in ("XDefaultRootWindow", "XCreateSimpleWindow", "XInternAtom"):
            getattr(x, name).restype = ctypes.c_ulong
        x.XOpenDisplay.restype = ctypes.c_void_p
        display, number = ctypes.c_void_p(x.XOpenDisplay(None)), ctypes.c_ulong
        root = number(x.XDefaultRootWindow(display))
        window = number(x.XCreateSimpleWindow(display, root, 0, 0, 64, 24, 0, number(0), number(0)))
        tray = number(x.XInternAtom(display, b"_NET_SYSTEM_TRAY_S0", 0))
        x.XSetSelectionOwner(display, tray, window, number(0))
        x.XSync(display, 0)


class TraySession:
    """A window in the background."""

    def __init__(self, home: Home) -> None:
        Settings.load(home.settings)["notify.desktop"] = True
        self.app = make_application()
        self.program = Application(self.app, home)
        self.program.window.painted.disconnect()  # nothing is analysed: no workers
        self.window, self.alerts = self.program.window, self.program.context.monitoring.alerts
        self.program.show()
        self.alerts.start()
        self.elsewhere = AlertService(Database(home.store))

    def until(self, condition: Callable[[], object]) -> None:
        by = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > by:
                sys.exit("it never happened")
            self.app.processEvents()
            time.sleep(0.01)

    def shown_messages(self) -> list[QWidget]:
        """Messages of the tray that can be seen."""
        return [
            each
            for each in QApplication.topLevelWidgets()
            if each.metaObject().className() == "QBalloonTip" and each.isVisible()
        ]

    def run(self) -> dict[str, object]:
        seen: dict[str, object] = {"tray": QSystemTrayIcon.isSystemTrayAvailable()}
        notice = alert_messages.job_failed("sweep", "Registry clean-up", "The registry is busy.")
        self.window.showMinimized()
        self.elsewhere.raise_(notice)
        self.until(self.shown_messages)
        (message,) = self.shown_messages()
        seen["words"] = [label.text() for label in message.findChildren(QLabel) if label.text()]
        seen["notice"] = [notice.title, notice.happened]
        QTest.mouseClick(message, Qt.MouseButton.LeftButton)
        self.until(self.window.isActiveWindow)
        page = self.window.stack.currentWidget()
        seen["page"] = isinstance(page, MonitorPage) and page.alerts.isVisible()
        seen["after the click"] = len(self.shown_messages())
        self.elsewhere.raise_(alert_messages.job_died("retrain", "Retraining", "It was killed."))
        self.until(lambda: len(self.alerts.unread) == 2)
        seen["to whom looks at the window"] = len(self.shown_messages())
        self.program.close()
        return seen


def main() -> None:
    home, out = map(Path, sys.argv[1:])
    tray = Tray()  # kept: without it the selection would be free again
    Path(out).write_text(json.dumps(TraySession(Home(home).create()).run()), "utf-8")
    del tray


if __name__ == "__main__":
    main()
