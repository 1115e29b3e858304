"""The alerts about files that were set aside, whichever process did it and even if it was killed right after."""

from __future__ import annotations

from pathlib import Path

from genre_desktop.core.messages import Message, message
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.own_files import set_aside
from genre_desktop.core.paths import Home
from genre_desktop.core.recovery import row_alerts
from genre_desktop.core.store.alerts import AlertMessage
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore

REPORTED = "set-aside:reported"
"""Key of the names, relative to the home, that have had their alert."""


def found(home: Home) -> list[Path]:
    """Return everything of a home that was ever set aside, oldest first in each folder."""
    return [path for folder in (home.root, home.registry) for path in set_aside.found(folder)]


def report(home: Home, database: Database) -> None:
    """Raise an alert for each file that was set aside and has had none; costs two listings when there is none.

    Damaged rows that this process has met are reported too (:mod:`.row_alerts`).
    """
    row_alerts.report(database)
    names = {path.relative_to(home.root).as_posix(): path for path in found(home)}
    if not names:
        return
    state = KeyValueStore(database)
    written = state.get(REPORTED, [])
    reported = set(written) if isinstance(written, list) else set()
    fresh = [path for name, path in names.items() if name not in reported]
    if fresh:
        with database.transaction():
            for path in fresh:
                AlertService(database).raise_(notice(home, path))
            state.set(REPORTED, sorted(names))


def notice(home: Home, path: Path) -> AlertMessage:
    """Return the alert for one file that was set aside."""
    name = set_aside.original(path)
    title, did, can_do = _texts(home, name)
    return AlertMessage(
        f"set-aside:{name}",
        "error" if name == home.store.name else "warning",
        title,
        message("It was damaged and is kept as {path}.", path=str(path)),
        did,
        can_do,
    )


def _texts(home: Home, name: str) -> tuple[Message, Message, Message]:
    discard = message("Nothing needs to be done; delete the old file when you do not miss anything.")
    if name == home.store.name:
        return (
            message("Your library could not be read"),
            message("An empty library was begun, and answering goes on. Models and settings stay."),
            message("Restore a backup, or recover what can be: docs/library.md, “A damaged library”."),
        )
    if name == home.settings.name:
        return (
            message("Your settings could not be read"),
            message("All settings have their defaults."),
            message("Set again what you had changed, in Edit › Preferences."),
        )
    if name == home.schedule.name:
        did = message("A new schedule with the usual times was begun.")
        return message("The schedule could not be read"), did, discard
    if name == "mlflow.db":
        return (
            message("The registry of models could not be read"),
            message("A new registry with the starter models was begun, and they answer."),
            message("Retrain, or recover the old registry: docs/models.md, “A damaged registry”."),
        )
    did = message("It was written again, or its defaults apply.")
    return message("{name} could not be read", name=name), did, discard
