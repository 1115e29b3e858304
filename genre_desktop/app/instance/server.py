"""Local socket server through which later instances hand over their files."""

from __future__ import annotations

import logging
import os
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from genre_desktop.app.instance import lock
from genre_desktop.core.paths import Home

log = logging.getLogger(__name__)

IDLE_MS = 5000
"""Milliseconds after which a connection without a whole message is closed."""

MAX_CONNECTIONS = 32
"""Open connections; one more closes the oldest, so that idle ones never keep out a later instance."""

BACKLOG = 512
"""Connections that wait while the window is busy."""


class InstanceServer(QObject):
    """Receives files from later instances of this home; only this user can reach the socket."""

    files_received = Signal(list)
    """The :class:`Path` objects of a later instance, possibly none; the window is raised in any case."""

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setListenBacklogSize(BACKLOG)
        self._server.newConnection.connect(self._accept)
        self._open: list[QLocalSocket] = []
        self._home = home
        self.address = lock.new_address(home)
        if not self.address:
            log.warning("no safe folder for a socket: later instances cannot hand over their files")
            return
        QLocalServer.removeServer(self.address)  # of a killed instance; this one holds the lock
        if not self._server.listen(self.address):
            log.warning("later instances cannot connect: %s", self._server.errorString())
            return
        if sys.platform != "win32":
            Path(self.address).chmod(0o600)  # Qt sets 0700
        try:
            lock.write_address(home, self.address)
        except OSError as error:  # the disk is full, of which the window has an alert
            log.info("later instances cannot find this one: %s", error)

    @property
    def listening(self) -> bool:
        """True while later instances can connect."""
        return self._server.isListening()

    def close(self) -> None:
        """Stop listening."""
        if self.listening:
            lock.delete_address(self._home)
            self._server.close()

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if not lock.is_own_peer(int(socket.socketDescriptor())):
                log.warning("a connection of another user was refused")
                socket.abort()
                socket.deleteLater()
                continue
            self._watch(socket)
            if socket.bytesAvailable():
                self._read(socket)

    def _watch(self, socket: QLocalSocket) -> None:
        socket.readyRead.connect(partial(self._read, socket))
        socket.disconnected.connect(partial(self._forget, socket))
        QTimer.singleShot(IDLE_MS, socket, socket.abort)
        self._open.append(socket)
        if len(self._open) > MAX_CONNECTIONS:
            self._open[0].abort()

    def _forget(self, socket: QLocalSocket) -> None:
        if socket in self._open:
            self._open.remove(socket)
            socket.deleteLater()

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > lock.MAX_MESSAGE_BYTES:
                socket.abort()
            return
        try:
            files, tokens = lock.parse_message(bytes(socket.readLine().data()))
        except ValueError as error:
            log.warning("a message on the socket was not from a later instance: %s", error)
            socket.abort()
            return
        socket.write(b"ok\n")
        socket.flush()
        if socket.state() != QLocalSocket.LocalSocketState.ConnectedState:
            log.info(
                "a later instance did not wait for the answer"
            )  # it opens the files itself, or not at all
            return
        os.environ.update(tokens)  # Qt reads them there when it raises a window
        self.files_received.emit(files)
