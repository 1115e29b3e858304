"""Diagnostic report for support requests, without names of songs, devices or people.

It contains versions, the screen, the sound systems, the models in use and the codes of recent problems.
Error messages may contain file names, so log entries are reduced to error types and lines of our own code.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from genre_desktop.audio.sandbox import pool
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.logs.reader import FileFollower, Record, log_files, parse
from genre_desktop.core.monitoring.champion import SNAPSHOT
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.statistics import StatisticsQueries
from genre_desktop.core.own_files.reader import read_json
from genre_desktop.core.paths import Home
from genre_desktop.core.store.alerts import AlertStore
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRuns

LAST = 10
"""Number of latest problems, alerts, jobs and log entries in the report."""

_FRAME = re.compile(r'File "[^"]*?(genre_desktop[/\\][^"]+)", line (\d+), in (\S+)')
_ERROR = re.compile(r"^([A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit))\b", re.MULTILINE)

Section = tuple[str, list[str]]


class Diagnostics:
    """Records the codes of problems that were shown, and creates the report."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._shown: deque[tuple[float, str]] = deque(maxlen=LAST)

    def note(self, problem: Problem) -> None:
        """Record that a problem was shown."""
        self._shown.append((time.time(), problem.code))

    def gather(self, screen: Mapping[str, str]) -> str:
        """Create the report, for another thread than the window's: it takes up to a second. Never raises.

        ``screen`` comes from :func:`genre_desktop.ui.window.help_actions.screen_info` in the window's thread.
        """
        from genre_desktop.core.versions import versions  # reads all package metadata: 16 ms

        sections = [
            ("Versions", _lines(versions())),
            ("System", _lines(_system())),
            ("Screen", _lines(screen)),
            ("Sound", _lines_or_error(_sound)),
            ("Home", _lines({"folder": shortened(self._home.root)})),
            ("Models", _lines_or_error(lambda: _models(self._home))),
            ("Store", _lines_or_error(lambda: _store(self._home))),
            ("Problems shown", [f"{_format_time(when)} {code}" for when, code in self._shown]),
            ("Log", _lines_or_error(lambda: _log(self._home))),
        ]
        return "\n".join(_format(sections))


def shortened(path: Path) -> str:
    """Return a path with the user's home folder as ``~``."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)


def _format(sections: Iterable[Section]) -> Iterator[str]:
    yield "Genre Desktop diagnostics"
    for title, lines in sections:
        yield from ("", f"[{title}]", *(lines or ["nothing"]))


def _lines(facts: Mapping[str, object]) -> list[str]:
    return [f"{name}: {value}" for name, value in facts.items()]


def _lines_or_error(collect: Callable[[], list[str]]) -> list[str]:
    try:
        return collect()
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
        "reading files": str(pool.expected()),
        "session": os.environ.get("XDG_SESSION_TYPE", "–"),
    }


def _sound() -> list[str]:
    from genre_desktop.audio.devices.input_devices import host_apis

    return [f"{name}: {inputs} inputs, {outputs} outputs" for name, inputs, outputs in host_apis()]


def _models(home: Home) -> list[str]:
    snapshot = home.registry / SNAPSHOT
    lines = []
    if snapshot.is_file():
        document = read_json(snapshot)
        known = document.get("versions", {})
        for alias, version in document.get("aliases", {}).items():
            of = known.get(version, {})
            lines.append(
                f"{alias}: version {version}, {of.get('family')}, features {of.get('feature_version')}"
            )
    with closing(Database(home.store)) as database:
        state = ServingController(database).current()
    return [*lines, f"serving: {state.active} {state.code}".strip()]


def _store(home: Home) -> list[str]:
    with closing(Database(home.store)) as database:
        tables = ("predictions", "corrections", "clips")
        count = "SELECT count(*) FROM "
        lines = [f"{t}: {database.connection.execute(count + t).fetchone()[0]}" for t in tables]
        lines += [f"failed {code}: {n}" for code, n in StatisticsQueries(database).errors().items()]
        for alert in AlertStore(database).recent(LAST):
            times = "" if alert.count == 1 else f" ({alert.count} times)"
            lines.append(f"alert {_format_time(alert.time)} {alert.notice.level} {alert.notice.code}{times}")
        for run in JobRuns(database).recent(n=LAST):
            lines.append(f"job {_format_time(run.started)} {run.name}: {run.status}")
    return lines


def _log(home: Home) -> list[str]:
    records: list[Record] = []
    for file in log_files(home, jobs=5):
        records += [record for record in parse(FileFollower(file.path).read()) if _is_serious(record)]
    return [line for record in records[-LAST:] for line in _anonymous(record)]


def _is_serious(record: Record) -> bool:
    return record.at_least("WARNING") or "Traceback" in record.text


def _anonymous(record: Record) -> Iterator[str]:
    """Yield time, level, source, error types and lines of our own code, without the text."""
    types = ", ".join(dict.fromkeys(_ERROR.findall(record.text)))
    yield f"{record.time} {record.level} {record.source} {types}".strip()
    for file, line, function in _FRAME.findall(record.text):
        yield f"    {Path(file).as_posix()}:{line} {function}"


def _format_time(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
