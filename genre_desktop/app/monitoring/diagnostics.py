"""What somebody who helps needs to know, as text to copy: no names of songs, devices or people in it.

Versions, the screen, what sound systems there are, which models serve, and the codes of what went
wrong lately. Words of errors may hold file names, so of the log only kinds of errors and our own
lines of code are told.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.logs.reader import FileFollower, Record, log_files, parse
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.statistics import StatisticsQueries
from genre_desktop.core.paths import Home
from genre_desktop.core.store.alerts import AlertStore
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRuns

LAST = 10
"""So many of the latest problems, alerts, jobs and log entries are told."""

_FRAME = re.compile(r'File "[^"]*?(genre_desktop[/\\][^"]+)", line (\d+), in (\S+)')
_ERROR = re.compile(r"^([A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit))\b", re.MULTILINE)

Section = tuple[str, list[str]]


class Diagnostics:
    """Remembers the codes of problems that were shown, and gathers the report.

    Parameters
    ----------
    home:
        The user's data.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._shown: deque[tuple[float, str]] = deque(maxlen=LAST)

    def note(self, problem: Problem) -> None:
        """A problem was shown."""
        self._shown.append((time.time(), problem.code))

    def gather(self, screen: Mapping[str, str]) -> str:
        """The report; takes up to a second, so not for the window's thread. Never raises.

        Parameters
        ----------
        screen:
            Facts that only the window's thread may ask for (:func:`genre_desktop.ui.window.help_actions.screen_info`).
        """
        from genre_desktop.core.versions import versions  # looks through all metadata: 16 ms

        sections = [
            ("Versions", _lines(versions())),
            ("System", _lines(_system())),
            ("Screen", _lines(screen)),
            ("Sound", _told(_sound)),
            ("Home", _lines({"folder": shortened(self._home.root)})),
            ("Models", _told(lambda: _models(self._home))),
            ("Store", _told(lambda: _store(self._home))),
            ("Problems shown", [f"{_clock(when)} {code}" for when, code in self._shown]),
            ("Log", _told(lambda: _log(self._home))),
        ]
        return "\n".join(_written(sections))


def shortened(path: Path) -> str:
    """A path with the person's own folder as ``~``."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)


def _written(sections: Iterable[Section]) -> Iterator[str]:
    yield "Genre Desktop diagnostics"
    for title, lines in sections:
        yield from ("", f"[{title}]", *(lines or ["nothing"]))


def _lines(facts: Mapping[str, object]) -> list[str]:
    return [f"{name}: {value}" for name, value in facts.items()]


def _told(ask: Callable[[], list[str]]) -> list[str]:
    """What could be learned; a part that is broken says so, which is what the report is for."""
    try:
        return ask()
    except AppError as error:
        return [error.problem.code]
    except Exception as error:
        return [type(error).__name__]


def _system() -> dict[str, object]:
    return {
        "system": platform.platform(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "session": os.environ.get("XDG_SESSION_TYPE", "–"),
    }


def _sound() -> list[str]:
    from genre_desktop.audio.devices.input_devices import host_apis

    return [f"{name}: {inputs} inputs, {outputs} outputs" for name, inputs, outputs in host_apis()]


def _models(home: Home) -> list[str]:
    snapshot = home.registry / "serving.json"  # written by genre_desktop.ml.registry.alias_snapshot
    lines = []
    if snapshot.is_file():
        document = json.loads(snapshot.read_text("utf-8"))
        known = document.get("versions", {})
        for alias, version in document.get("aliases", {}).items():
            of = known.get(version, {})
            lines.append(
                f"{alias}: version {version}, {of.get('family')}, features {of.get('feature_version')}"
            )
    database = Database(home.store)
    try:
        state = ServingController(database).current()
    finally:
        database.close()
    return [*lines, f"serving: {state.active} {state.code}".strip()]


def _store(home: Home) -> list[str]:
    database = Database(home.store)
    try:
        tables = ("predictions", "corrections", "clips")
        count = "SELECT count(*) FROM "
        lines = [f"{t}: {database.connection.execute(count + t).fetchone()[0]}" for t in tables]
        lines += [f"failed {code}: {n}" for code, n in StatisticsQueries(database).errors().items()]
        for alert in AlertStore(database).recent(LAST):
            times = "" if alert.count == 1 else f" ({alert.count} times)"
            lines.append(f"alert {_clock(alert.time)} {alert.notice.level} {alert.notice.code}{times}")
        for run in JobRuns(database).recent(n=LAST):
            lines.append(f"job {_clock(run.started)} {run.name}: {run.status}")
    finally:
        database.close()
    return lines


def _log(home: Home) -> list[str]:
    found: list[Record] = []
    for file in log_files(home, jobs=5):
        found += [record for record in parse(FileFollower(file.path).read()) if _serious(record)]
    return [line for record in found[-LAST:] for line in _bare(record)]


def _serious(record: Record) -> bool:
    return record.at_least("WARNING") or "Traceback" in record.text


def _bare(record: Record) -> Iterator[str]:
    """When, who, which kind of error, where in our code; nothing of the words."""
    kinds = ", ".join(dict.fromkeys(_ERROR.findall(record.text)))
    yield f"{record.time} {record.level} {record.source} {kinds}".strip()
    for file, line, function in _FRAME.findall(record.text):
        yield f"    {Path(file).as_posix()}:{line} {function}"


def _clock(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
