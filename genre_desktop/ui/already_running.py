"""The dialog for a start while the first window of the home does not answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication, QMessageBox
from shiboken6 import delete

from genre_desktop.app.i18n.translate import tr
from genre_desktop.app.instance import lock
from genre_desktop.app.instance.lock import InstanceLock
from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.jobs.process_lock import Lock
from genre_desktop.ui.application import (
    install_signal_handlers,
    install_translations,
    load_settings,
    make_application,
)
from genre_desktop.ui.theme.theme import Theme

POLL_MS = 300
"""Interval of checking whether the other window has ended or accepts a connection."""

HEADLESS = ("offscreen", "minimal", "minimalegl")
"""Qt platforms that cannot show a dialog."""


class AlreadyRunningDialog(QMessageBox):
    """“… is already running but does not answer”: wait, open another window, or quit.

    Closes when the other window has accepted the files (``delivered``) or has ended. ``instance`` is set if
    the other window has ended or the user opens another window.
    """

    def __init__(self, home: Home, files: Sequence[Path]) -> None:
        super().__init__()
        self.instance: InstanceLock | None = None
        self.delivered = False
        self._home, self._message = home, lock.message(files)
        self._lock, self._socket = Lock(home, "window"), QLocalSocket(self)
        self._socket.connected.connect(lambda: self._socket.write(self._message))
        self._socket.readyRead.connect(self._read_answer)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)
        self._set_text()
        self.another = self.addButton(tr("Open another window"), QMessageBox.ButtonRole.AcceptRole)
        self.leave = self.addButton(tr("Stop waiting"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.leave)
        self.setEscapeButton(self.leave)
        self.finished.connect(self._stop)
        self._timer.start()

    def _set_text(self) -> None:
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("Genre Desktop")
        self.setText(tr("Genre Desktop is already running but does not respond."))
        self.setInformativeText(
            tr(
                "Its window may be busy. When it responds, it opens your files; if it ends, a new window "
                "opens. You can also open a second window now: both use the same answers, models and "
                "settings."
            )
        )

    def _poll(self) -> None:
        if self._lock.acquire():
            self.instance = InstanceLock(self._lock, primary=True)
            self.accept()
        elif self._socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
            address = lock.known_address(self._home)
            if address:
                self._socket.connectToServer(address)

    def _read_answer(self) -> None:
        if bytes(self._socket.readAll().data()).startswith(b"ok"):
            self.delivered = True
            self.accept()

    def _stop(self) -> None:
        self._timer.stop()
        self._socket.abort()
        if self.clickedButton() is self.another:
            self.instance = lock.secondary_lock(self._home)


def ask(home: Home, files: Sequence[Path], silent: AppError) -> InstanceLock | None:
    """Show the dialog and return the lock for a new window, or None if the other window accepted the files.

    Raises
    ------
    AppError
        ``silent``, if the user does not wait or the platform cannot show a dialog.
    """
    app = make_application()
    if app.platformName() in HEADLESS:
        raise silent
    settings, _ = load_settings(home)
    install_translations(app, settings)
    ticker = install_signal_handlers(app)
    app.setQuitOnLastWindowClosed(False)  # its delayed quit() would end the window that follows
    with _theme(app, settings, home):
        box = AlreadyRunningDialog(home, files)
        box.finished.connect(lambda _result: app.exit())
        box.show()
        code = app.exec()
    app.setQuitOnLastWindowClosed(True)
    ticker.stop()
    if code:
        raise KeyboardInterrupt
    if box.instance is None and not box.delivered:
        raise silent
    return box.instance


@contextmanager
def _theme(app: QApplication, settings: Settings, home: Home) -> Iterator[None]:
    """Apply the user's theme to the dialog only; the window that may follow applies its own."""
    font, palette = app.font(), app.palette()
    theme = Theme(app, settings, home.root / "cache" / "theme")
    yield
    delete(theme)
    app.setStyleSheet("")
    app.setFont(font)
    app.setPalette(palette)
