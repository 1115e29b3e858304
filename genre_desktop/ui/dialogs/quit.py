"""The message box that confirms quitting while something is running."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.jobs.catalogue import JOBS

ASK_FROM = 4
"""Least number of unread files for which quitting must be confirmed."""


def ask_to_quit(parent: QWidget, left: int, jobs: Sequence[str] = ()) -> QMessageBox.StandardButton:
    """Let the user confirm quitting with ``left`` unread files and running ``jobs``, which need a noun in the catalogue."""
    return QMessageBox.StandardButton(question(parent, left, jobs).exec())


def question(parent: QWidget, left: int, jobs: Sequence[str] = ()) -> QMessageBox:
    """Return the message box of :func:`ask_to_quit`; by default, nothing is stopped."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("Quit Genre Desktop?"))
    box.setText(still_running(left, jobs))
    details = [tr("Completed answers are kept, and you can resume the analysis next time.")] if left else []
    if jobs:
        details.append(tr("A cancelled job leaves no incomplete data; you can start it again."))
    box.setInformativeText(" ".join(details))
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    box.button(QMessageBox.StandardButton.Yes).setText(tr("Quit"))
    box.button(QMessageBox.StandardButton.No).setText(tr("Keep running"))
    box.setDefaultButton(QMessageBox.StandardButton.No)
    box.setEscapeButton(QMessageBox.StandardButton.No)
    return box


def still_running(left: int, jobs: Sequence[str]) -> str:
    """``3 files and a retrain are still running.``"""
    parts = [plural(left, "1 file", "{n} files")] if left else []
    parts += dict.fromkeys(tr(JOBS[job].noun) for job in jobs)
    what = parts[0]
    for part in parts[1:-1]:
        what = tr("{first}, {second}", first=what, second=part)
    if len(parts) > 1:
        what = tr("{first} and {second}", first=what, second=parts[-1])
    one = len(parts) == 1 and left <= 1
    text = tr("{what} is still running.", what=what) if one else tr("{what} are still running.", what=what)
    return text[:1].upper() + text[1:]
