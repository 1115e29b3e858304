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
        message("The file was damaged and is kept as {path}.", path=str(path)),
        did,
        can_do,
    )


def _texts(home: Home, name: str) -> tuple[Message, Message, Message]:
    discard = message("No action is needed; delete the old file if nothing is missing.")
    if name == home.store.name:
        return (
            message("Your library could not be read"),
            message(
                "An empty library was created, and files are still analysed. Models and settings are kept."
            ),
            message(
                "Restore a backup, or recover what is readable; see docs/library.md, “A damaged library”."
            ),
        )
    if name == home.settings.name:
        return (
            message("Your settings could not be read"),
            message("All settings were reset to their defaults."),
            message("Repeat your changes in Edit › Preferences."),
        )
    if name == home.schedule.name:
        did = message("A new schedule with the default times was created.")
        return message("The schedule could not be read"), did, discard
    if name == "mlflow.db":
        return (
            message("The model registry could not be read"),
            message("A new registry with the starter models was created, and they are in use."),
            message("Retrain, or recover the old registry; see docs/models.md, “A damaged registry”."),
        )
    did = message("A new file was written, or its defaults are used.")
    return message("{name} could not be read", name=name), did, discard
