"""The dialog for a start whose home cannot be used: choose another folder for this start, or quit."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox

from genre_desktop.app.i18n.translate import problem_text, tr
from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.ui.already_running import HEADLESS
from genre_desktop.ui.application import install_translations, make_application


class UnusableHomeDialog(QMessageBox):
    """Says why the home cannot be used; ``choose`` and ``leave`` are its buttons."""

    def __init__(self, error: AppError) -> None:
        super().__init__()
        title, reason, hint = problem_text(error.problem)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("Genre Desktop")
        self.setText(title)
        only_now = tr("A folder that you choose here is used until you quit.")
        self.setInformativeText(f"{reason} {hint} {only_now}")
        self.choose = self.addButton(tr("Choose another folder…"), QMessageBox.ButtonRole.AcceptRole)
        self.leave = self.addButton(tr("Quit"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.choose)
        self.setEscapeButton(self.leave)


def home_in(folder: Path) -> Home:
    """Return the home in a chosen folder: itself where one is, else a folder of its own in it.

    Raises
    ------
    AppError
        ``home-unusable``.
    """
    found = Home(folder.absolute())
    return (found if found.store.is_file() else Home(found.root / "genre-desktop")).create()


def ask(error: AppError) -> Home:
    """Show the dialog until a usable folder is chosen, and return its home.

    Raises
    ------
    AppError
        ``error``, if the user quits or the platform cannot show a dialog.
    """
    app = make_application()
    if app.platformName() in HEADLESS:
        raise error
    install_translations(app, Settings(Path(os.devnull)))
    app.setQuitOnLastWindowClosed(False)  # its delayed quit() would end the window that follows
    try:
        while True:
            box = UnusableHomeDialog(error)
            box.exec()
            if box.clickedButton() is not box.choose:
                raise error
            folder = QFileDialog.getExistingDirectory(None, tr("Choose another folder…"), str(Path.home()))
            if folder:
                try:
                    return home_in(Path(folder))
                except AppError as next_error:
                    error = next_error
    finally:
        app.setQuitOnLastWindowClosed(True)
