"""The buttons that alerts and the Monitor page show: what they say and what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QMessageBox, QWidget

from genre_desktop.app.care import Care
from genre_desktop.app.text import mark, tr
from genre_desktop.core import alerts


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way out. ``job`` is greyed out while it runs; ``sure`` is asked before it begins."""

    words: str
    job: str = ""
    sure: str = ""


REMEDIES: dict[str, Remedy] = {
    alerts.OPEN_REPORT: Remedy(mark("Open report"), "drift"),
    alerts.RETRAIN: Remedy(mark("Retrain now"), "retrain"),
    alerts.ROLL_BACK: Remedy(
        mark("Roll back"),
        "roll-back",
        mark("The model that served before the last promotion becomes champion again. Nothing is deleted."),
    ),
    alerts.RESTORE_STARTERS: Remedy(
        mark("Restore starter models"),
        "restore-starters",
        mark("The models that came with the program serve again. Yours stay in the registry."),
    ),
    alerts.OPEN_JOBS: Remedy(mark("Show schedule")),
}
"""By the ``action`` of a notice."""

Ask = Callable[[QWidget, str, str], bool]


def apply(
    action: str, care: Care, parent: QWidget, show_schedule: Callable[[], None], ask: Ask | None = None
) -> None:
    """Do what the button of ``action`` promises; what cannot be taken back in one click is asked first."""
    remedy = REMEDIES[action]
    if remedy.sure and not (ask or sure)(parent, tr(remedy.words), tr(remedy.sure)):
        return
    if action == alerts.OPEN_REPORT:
        care.open_report()
    elif remedy.job:
        care.run(remedy.job)
    else:
        show_schedule()


def sure(parent: QWidget, title: str, text: str) -> bool:
    """Ask whether to go on."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setText(title + "?")
    box.setInformativeText(text)
    go = box.addButton(title, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is go
