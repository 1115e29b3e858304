"""The buttons that alerts and the Monitor page show: what they say and what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QMessageBox, QWidget

from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.app.jobs.model_actions import ModelActions
from genre_desktop.core.monitoring import alert_service
from genre_desktop.jobs.catalogue import JOBS


@dataclass(frozen=True, slots=True)
class AlertAction:
    """One way out. ``job`` is greyed out while it runs; ``sure`` is asked before it begins."""

    words: str
    job: str = ""
    sure: str = ""


_OTHERS = {
    alert_service.OPEN_REPORT: AlertAction(mark("Open report"), "drift"),
    alert_service.OPEN_JOBS: AlertAction(mark("Show schedule")),
}


def remedy_for(action: str) -> AlertAction | None:
    """Return the button of a notice's ``action``: a job that has one in the catalogue, or one of the window's own."""
    spec = JOBS.get(action)
    if spec is not None and spec.button:
        return AlertAction(spec.button, spec.name, spec.confirm)
    return _OTHERS.get(action)


Ask = Callable[[QWidget, str, str], bool]


def apply(
    action: str,
    care: ModelActions,
    parent: QWidget,
    show_schedule: Callable[[], None],
    ask: Ask | None = None,
) -> None:
    """Do what the button of ``action`` promises; what cannot be taken back in one click is asked first."""
    remedy = remedy_for(action)
    if remedy is None or (remedy.sure and not (ask or confirm)(parent, tr(remedy.words), tr(remedy.sure))):
        return
    if action == alert_service.OPEN_REPORT:
        care.open_report()
    elif remedy.job:
        care.run(remedy.job)
    else:
        show_schedule()


def confirm(parent: QWidget, title: str, text: str) -> bool:
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
