"""Starts the windows of a run, restarts one of them again and again, and samples every process."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.endurance import processes, songs
from benchmarks.endurance.log_lines import LogLines
from benchmarks.endurance.records import NAMES, Name, RunFolder
from genre_desktop import environment
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from tools.pulse_server import running_server
from tools.screenshots import screen

SAMPLE_S = 30.0
RESTART_S = 600.0
"""For which the restarted window is open."""

ENDING_S = 120.0
"""For a window to close with everything it runs."""

LEAVE_S = 10.0
"""For the processes of a window that is gone."""

ENDS = {"close": 0, "SIGTERM": 128 + signal.SIGTERM, "SIGKILL": -signal.SIGKILL}
"""How a window is ended, and the exit code for it."""


@dataclass
class Window:
    """The process of one home, if it runs."""

    folder: RunFolder
    name: Name
    process: subprocess.Popen[bytes] | None = None
    how: str = "close"
    due: float = 0.0
    signalled: bool = False
    ends: Iterator[str] = field(default_factory=lambda: itertools.cycle(ENDS))

    @property
    def mark(self) -> str:
        return f"{self.folder.root} {self.name}"

    def open(self, seconds: float, how: str) -> None:
        """Start the program, to be ended ``how`` after so many seconds."""
        self.how, self.due, self.signalled = how, time.monotonic() + seconds, False
        own = seconds if how == "close" else seconds + 10 * ENDING_S
        command = [
            sys.executable,
            "-m",
            "benchmarks.endurance.window",
            str(self.folder.root),
            self.name,
            str(time.time() + own),
        ]
        environ = {**os.environ, processes.MARK: self.mark}
        with self.folder.output(self.name).open("ab") as output:
            self.process = subprocess.Popen(command, env=environ, stdout=output, stderr=output)

    def check(self) -> bool:
        """End the window when it is due; return whether it is over, whose circumstances are noted then."""
        if self.process is None:
            return True
        late = time.monotonic() - self.due
        if self.process.poll() is None and late > 0:
            self._end(late)
        if self.process.poll() is None:
            return False
        code, by = self.process.returncode, time.monotonic() + LEAVE_S
        left = processes.marked(self.mark)
        while left and time.monotonic() < by:
            time.sleep(0.5)
            left = processes.marked(self.mark)
        self.folder.note(
            self.name,
            "ended",
            how=self.how,
            code=code,
            early=late < 0,
            seconds=late,
            orphans=list(map(_describe, left)),
        )
        for process in left:
            process.kill()
        self.process = None
        return True

    def _end(self, late: float) -> None:
        assert self.process is not None
        if late > ENDING_S:
            self.folder.note(self.name, "did not end", how=self.how)
            self.process.send_signal(signal.SIGABRT)  # it writes down where its threads are
            self.process.wait()
        elif (
            self.how != "close" and not self.signalled
        ):  # once: Python lets go of its handler before it has ended
            self.signalled = True
            self.process.send_signal(signal.Signals[self.how])
            if self.how == "SIGKILL":
                self.process.wait()
        time.sleep(0.2)

    def sample(self) -> None:
        """Write down what each of its processes takes."""
        if self.process is None:
            return
        known: dict[int, str] = {}
        if self.folder.roles(self.name).exists():
            known = {
                int(pid): role for pid, role in json.loads(self.folder.roles(self.name).read_text()).items()
            }
        known.pop(self.process.pid, None)
        for process, role in processes.of_window(self.process.pid, known):
            if (taken := processes.sample(process)) is not None:
                self.folder.add("samples", {"t": time.time(), "home": self.name, "role": role, **taken})


def _describe(process: psutil.Process) -> str:
    try:
        return f"{process.pid} {process.name()} {' '.join(process.cmdline())}"
    except psutil.Error:
        return f"{process.pid}"


def prepare(folder: RunFolder) -> None:
    """Make songs and homes, with a registry; retraining is left to the script, which trains less."""
    folder.root.mkdir(parents=True, exist_ok=True)
    songs.make(folder.music("long"))
    if not folder.music("restarted").exists():
        shutil.copytree(folder.music("long"), folder.music("restarted"))
    for name in NAMES:
        settings = Settings.load(Home(folder.home(name)).create().settings)
        for key, value in (("train.every_days", 0), ("train.after_corrections", 0), ("train.trials", 2)):
            settings[key] = value
        command = [sys.executable, "-m", "genre_desktop", "models", "--home", str(folder.home(name))]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def run(folder: RunFolder, hours: float) -> None:
    """Run for so many hours. What happened is in the folder."""
    from benchmarks.soak import jukebox

    for number in (signal.SIGINT, signal.SIGTERM):  # also in the background, where a shell has SIGINT ignored
        signal.signal(number, _interrupt)
    environment.set_up()
    prepare(folder)
    seconds, over = hours * 3600, threading.Event()
    with screen(), running_server() as server:
        player = jukebox(server, folder.root, over)
        try:
            folder.note("", "began", seconds=seconds)
            _watch(folder, seconds)
            folder.note("", "finished")
        finally:
            over.set()
            player.join()


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _watch(folder: RunFolder, seconds: float) -> None:
    long, restarted, lines = Window(folder, "long"), Window(folder, "restarted"), LogLines(folder)
    end, sample_at = time.monotonic() + seconds, time.monotonic() + SAMPLE_S
    each = min(RESTART_S, seconds / 6)
    long.open(seconds, "close")
    try:
        while not long.check():
            now = time.monotonic()
            if restarted.check() and now + each / 2 < end:
                restarted.open(min(each, end - now), next(restarted.ends))
            if now >= sample_at:
                sample_at += SAMPLE_S
                for window in (long, restarted):
                    window.sample()
                lines.collect()
            time.sleep(1.0)
        while not restarted.check():
            time.sleep(1.0)
    finally:
        for window in (long, restarted):
            for process in processes.marked(window.mark):  # of a run that was interrupted
                process.kill()
    lines.collect()


def main(hours: float, folder: Path | None) -> None:
    """Run and print the section for the results."""
    import tempfile

    from benchmarks.endurance import judge

    root = folder or Path(tempfile.mkdtemp(prefix="genre-desktop-endurance-"))
    print(f"The run is recorded in {root}", file=sys.stderr, flush=True)
    run(RunFolder(root.absolute()), hours)
    print(judge.report(RunFolder(root.absolute())))
