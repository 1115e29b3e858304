"""``alerts``: list and acknowledge alerts about the app and its models."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import add_actions
from genre_desktop.core.errors import AppError

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.core.store.alerts import Alert

NAME = "alerts"
HELP = "Show open and past alerts, or acknowledge them."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``alerts``."""
    add = add_actions(parser)
    acknowledge = add("acknowledge", help="mark alerts as read; without IDs, all of them")
    acknowledge.add_argument(
        "ids", nargs="*", type=int, metavar="ID", help="number of an alert, as listed by alerts"
    )


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """List alerts, newest first, or acknowledge them."""
    from genre_desktop.core.monitoring.alert_service import AlertService

    alerts = AlertService(terminal.database)
    if arguments.action == "acknowledge":
        if not arguments.ids:
            alerts.acknowledge_all()
        for alert_id in arguments.ids:
            if alerts.get(alert_id) is None:
                raise AppError("no-such-alert", number=alert_id)
            alerts.acknowledge(alert_id)
    found = alerts.history()
    terminal.data([alert.to_dict() for alert in found])
    if not found:
        terminal.print("No alerts.")
    for alert in found:
        _show(terminal, alert)
    return 0


def _show(terminal: Terminal, alert: Alert) -> None:
    notice = alert.notice
    state = "resolved" if not alert.open else "read" if alert.acknowledged else "new"
    times = f" ({alert.count} times)" if alert.count > 1 else ""
    terminal.print(
        f"{alert.id:>4}  {formatting.moment(alert.time)}  {notice.level:<7}  {state:<8}  {notice.title}{times}"
    )
    for text in (notice.happened, notice.did, notice.can_do) if alert.open else ():
        if text:
            terminal.print(f"      {text}")
