"""The buttons of alerts and of the Monitor page: their texts and what they trigger."""

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
    """A button. It is disabled while ``job`` runs; ``confirmation`` is the text the user must confirm first."""

    text: str
    job: str = ""
    confirmation: str = ""


_OTHERS = {
    alert_service.OPEN_REPORT: AlertAction(mark("Open report"), "drift"),
    alert_service.OPEN_JOBS: AlertAction(mark("Show schedule")),
}


def action_for(action: str) -> AlertAction | None:
    """Return the button for a message's ``action``: that of a job in the catalogue, or one of ``_OTHERS``."""
    spec = JOBS.get(action)
    if spec is not None and spec.button:
        return AlertAction(spec.button, spec.name, spec.confirm)
    return _OTHERS.get(action)


def apply(
    action: str, model_actions: ModelActions, parent: QWidget, show_schedule: Callable[[], None]
) -> None:
    """Trigger the button of ``action``, after the user confirmed it where that is required."""
    found = action_for(action)
    if found is None or (found.confirmation and not confirm(parent, tr(found.text), tr(found.confirmation))):
        return
    if action == alert_service.OPEN_REPORT:
        model_actions.open_report()
    elif found.job:
        model_actions.run(found.job)
    else:
        show_schedule()


def confirm(parent: QWidget, title: str, text: str) -> bool:
    """Return whether the user confirms ``title`` in a message box; the default is to cancel."""
    box = confirmation(parent, title, text)
    box.exec()
    return box.clickedButton() is not box.escapeButton()


def confirmation(parent: QWidget, title: str, text: str) -> QMessageBox:
    """Return the message box of :func:`confirm`."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setText(title + "?")
    box.setInformativeText(text)
    box.addButton(title, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.setEscapeButton(QMessageBox.StandardButton.Cancel)
    return box
