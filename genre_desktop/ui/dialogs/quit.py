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
    """``3 files are still being analysed. An import and a retraining are still running.``"""
    sentences = []
    if left:
        sentences.append(
            plural(left, "1 file is still being analysed.", "{n} files are still being analysed.")
        )
    if jobs:
        sentences.append(_running_jobs(list(dict.fromkeys(tr(JOBS[job].noun) for job in jobs))))
    return " ".join(sentences)


def _running_jobs(nouns: list[str]) -> str:
    if len(nouns) == 1:
        text = tr("{what} is still running.", what=nouns[0])
    else:
        first = ", ".join(nouns[:-1])
        what = tr("{first} and {second}", first=first, second=nouns[-1])
        text = tr("{what} are still running.", what=what)
    return text[:1].upper() + text[1:]
