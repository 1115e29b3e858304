"""One user's desktop in the demonstration: a home of its own, and the command line as its user gives it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from tools.team.servers import REPOSITORY

COMMAND_TIMEOUT_S = 600.0
Answer = dict[str, Any]


class CommandFailedError(RuntimeError):
    """A command ended with an exit code other than 0; the message is what it printed about it."""


class Desktop:
    """A home with settings, in which commands run."""

    def __init__(self, name: str, folder: Path, **settings: object) -> None:
        self.name, self.home = name, Home(folder).create()
        stored = Settings.load(self.home.settings)
        for key, value in settings.items():
            stored[key.replace("__", ".")] = value

    def command(self, *words: str | Path) -> Any:
        """Run ``genre-desktop WORDS --json`` and return its one JSON value.

        Raises
        ------
        CommandFailedError
            It failed.
        """
        return json.loads(self._output(*words))

    def predict(self, *words: str | Path) -> list[Answer]:
        """Return the answers of ``genre-desktop predict WORDS --recursive``, in the order of the paths."""
        return [json.loads(line) for line in self._output("predict", "--recursive", *words).splitlines()]

    def judge(self, paths: list[Path]) -> int:
        """Correct or confirm answered files, as a key in the window does; their folder is the genre."""
        with closing(Database(self.home.store)) as database:
            log, corrections = PredictionLog(database), Corrections(database)
            for path in paths:
                found = log.latest_id(str(path))
                if found is None:
                    raise CommandFailedError(f"{path.name} was not answered")
                corrections.add(found, path.parent.name)
        return len(paths)

    def _output(self, *words: str | Path) -> str:
        command = [sys.executable, "-m", "genre_desktop", "--home", str(self.home.root)]
        command += [*map(str, words), "--json"]
        done = subprocess.run(
            command,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=COMMAND_TIMEOUT_S,
            check=False,
        )
        if done.returncode != 0:
            printed = (done.stderr.strip() or done.stdout.strip()).splitlines()
            raise CommandFailedError("\n".join(printed[-6:]) or f"exit code {done.returncode}")
        return done.stdout
