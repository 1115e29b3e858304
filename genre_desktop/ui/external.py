"""Opening files, folders and addresses with other programs; failures are shown to the user."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.errors import Problem
from genre_desktop.ui.ports import MessageButton, Notifier


def open_url(url: QUrl, notifier: Notifier) -> None:
    """Open an address or a local file with the program that the system has for it."""
    if not QDesktopServices.openUrl(url):
        place = url.toLocalFile() if url.isLocalFile() else url.toString()
        notifier.show_problem(Problem("not-opened", place=place))


def open_path(path: Path, notifier: Notifier) -> None:
    """Open a file or folder as :func:`open_url` does."""
    open_url(QUrl.fromLocalFile(str(path)), notifier)


def folder_button(path: Path, notifier: Notifier) -> MessageButton:
    """Return the button that shows a file's folder."""
    return tr("Show in folder"), lambda: open_path(path.parent, notifier)


def music_folder() -> str:
    """Return the user's folder for music, else the home folder, to begin a file dialog in."""
    location = QStandardPaths.StandardLocation
    found = QStandardPaths.writableLocation(location.MusicLocation)
    return found if found and Path(found).is_dir() else QStandardPaths.writableLocation(location.HomeLocation)
