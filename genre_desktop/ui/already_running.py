"""Asks what to do when the window that is open already does not answer, and waits for it meanwhile."""

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

LOOK_MS = 300
"""How often it is seen whether the other window is gone, or can be called again."""

UNSEEN = ("offscreen", "minimal", "minimalegl")
"""Qt platforms on which nobody can be asked."""


class AlreadyRunningDialog(QMessageBox):
    """“… is already running but does not answer”: wait, open another window, or leave it.

    Closes itself as soon as the other window took the files (``handed_over``), or has ended; ``seat`` is
    then, and when another window is wanted, this start's seat.
    """

    def __init__(self, home: Home, files: Sequence[Path]) -> None:
        super().__init__()
        self.seat: InstanceLock | None = None
        self.handed_over = False
        self._home, self._message = home, lock.message(files)
        self._lock, self._socket = Lock(home, "window"), QLocalSocket(self)
        self._socket.connected.connect(lambda: self._socket.write(self._message))
        self._socket.readyRead.connect(self._answered)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._say()
        self.another = self.addButton(tr("Open another window"), QMessageBox.ButtonRole.AcceptRole)
        self.leave = self.addButton(tr("Do not wait"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.leave)
        self.setEscapeButton(self.leave)
        self.finished.connect(self._stop)
        self._timer.start()

    def _say(self) -> None:
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("Genre Desktop")
        self.setText(tr("Genre Desktop is already running but does not answer."))
        self.setInformativeText(
            tr(
                "Its window may be very busy, or hang. As soon as it answers, it comes forward with your files; should it "
                "end, a new one opens. You can also open a second window now: both work with the same answers, models and "
                "settings."
            )
        )

    def _look(self) -> None:
        if self._lock.acquire():
            self.seat = InstanceLock(self._lock, primary=True)
            self.accept()
        elif self._socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
            address = lock.known_address(self._home)
            if address:
                self._socket.connectToServer(address)

    def _answered(self) -> None:
        if bytes(self._socket.readAll().data()).startswith(b"ok"):
            self.handed_over = True
            self.accept()

    def _stop(self) -> None:
        self._timer.stop()
        self._socket.abort()
        if self.clickedButton() is self.another:
            self.seat = lock.secondary_lock(self._home)


def ask(home: Home, files: Sequence[Path], silent: AppError) -> InstanceLock | None:
    """The seat that a person chose or that became free; None when the other window took the files after all.

    Raises
    ------
    AppError
        ``silent``: nobody wanted to wait, or nobody can be asked.
    """
    app = make_application()
    if app.platformName() in UNSEEN:
        raise silent
    settings, _ = load_settings(home)
    install_translations(app, settings)
    ticker = install_signal_handlers(app)
    app.setQuitOnLastWindowClosed(False)  # its late call to quit would end the window that follows
    with _dressed(app, settings, home):
        box = AlreadyRunningDialog(home, files)
        box.finished.connect(lambda _result: app.exit())
        box.show()
        code = app.exec()
    app.setQuitOnLastWindowClosed(True)
    ticker.stop()
    if code:
        raise KeyboardInterrupt
    if box.seat is None and not box.handed_over:
        raise silent
    return box.seat


@contextmanager
def _dressed(app: QApplication, settings: Settings, home: Home) -> Iterator[None]:
    """The person's theme, for as long as it takes: the window that may follow begins with the desktop's looks."""
    font, palette = app.font(), app.palette()
    theme = Theme(app, settings, home.root / "cache" / "theme")
    yield
    delete(theme)
    app.setStyleSheet("")
    app.setFont(font)
    app.setPalette(palette)
