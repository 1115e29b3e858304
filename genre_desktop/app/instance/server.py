"""The first window's ear: second starts tell it what to open."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from genre_desktop.app.instance import lock
from genre_desktop.core.paths import Home

log = logging.getLogger(__name__)


class InstanceServer(QObject):
    """Listens for second starts of this home, and for nobody else: the socket is the user's alone."""

    asked = Signal(list)
    """The :class:`Path` objects of a second start, none when it had no files; the window comes forward."""

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._came)
        self._forget: Callable[[], None] = lambda: None
        self.address = lock.new_address(home)
        if not self.address:
            log.warning("no safe place for a socket: a second start has to ask")
            return
        QLocalServer.removeServer(self.address)  # of a window that was killed; ours is the seat
        if not self._server.listen(self.address):
            log.warning("second starts cannot be heard: %s", self._server.errorString())
            return
        if sys.platform != "win32":
            Path(self.address).chmod(0o600)  # Qt says 0700
        self._forget = lock.note_address(home, self.address)

    @property
    def listening(self) -> bool:
        """True while a second start is heard."""
        return self._server.isListening()

    def close(self) -> None:
        """Listen no more."""
        if self.listening:
            self._forget()
            self._server.close()

    def _came(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(partial(self._read, socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > lock.LARGEST:
                socket.abort()
            return
        try:
            files, tokens = lock.parse_message(bytes(socket.readLine().data()))
        except ValueError as error:
            log.warning("somebody said what no second start says: %s", error)
            socket.abort()
            return
        socket.write(b"ok\n")
        socket.flush()
        if socket.state() != QLocalSocket.LocalSocketState.ConnectedState:
            log.info("a second start did not wait for the answer")  # it opens the files itself, or not at all
            return
        os.environ.update(tokens)  # Qt looks for them there when a window asks to come forward
        self.asked.emit(files)
