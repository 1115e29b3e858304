"""Clean environments for testing a frozen program: this computer, or a small Debian in a folder."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

PATIENCE_S = 300.0
_BAD = re.compile(
    r"Traceback|ImportError|ModuleNotFoundError|cannot open shared object|Failed to execute script",
)
_ALSA = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"


class Failure(AssertionError):  # noqa: N818  # it is no programming error
    """The program did something that it should not have done."""


@dataclass
class Place:
    """A clean environment: empty home, few variables, a folder outside any repository.

    Parameters
    ----------
    program:
        The executable, as seen from inside.
    folder:
        An empty folder for homes, sounds and pictures, as seen from outside.
    root:
        The folder that is ``/`` for the program; ``/`` itself without a small Debian.
    """

    program: str
    folder: Path
    root: Path = Path("/")
    extra: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True)
        (self.home / ".asoundrc").write_text(_ALSA)
        resolved = Path(os.path.realpath(self.root / self.program.lstrip("/")))
        self.bundle = resolved.parent

    @property
    def home(self) -> Path:
        """The user's home folder; the program stores its data below it."""
        return self.folder / "home"

    @property
    def data(self) -> Path:
        """Default data folder of the program."""
        return self.home / ".local" / "share" / "genre-desktop"

    def inside(self, path: Path) -> str:
        """A path as the program sees it."""
        return "/" + str(path.relative_to(self.root))

    def environment(self) -> dict[str, str]:
        """Return the environment variables of the program."""
        clean = {"HOME": self.inside(self.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        for name in ("DISPLAY", "PULSE_SERVER"):
            if name in os.environ:
                clean[name] = os.environ[name]
        if "PULSE_SERVER" in clean:
            address = Path(clean["PULSE_SERVER"].removeprefix("unix:"))
            clean["PULSE_SERVER"] = f"unix:{self.inside(address)}"
        return clean | self.extra

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the program; what it prints goes to ``output.txt``."""
        command = [self.program, *arguments]
        if self.root != Path("/"):
            command = ["/usr/sbin/chroot", str(self.root), *command]
        with (self.folder / "output.txt").open("ab") as output:
            return subprocess.Popen(
                command,
                env=self.environment(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run a command to its end; returns standard output.

        Raises
        ------
        Failure
            Another exit code than ``code``, a traceback, a window, or a process left behind.
        """
        command = [self.program, *arguments]
        if self.root != Path("/"):
            command = ["/usr/sbin/chroot", str(self.root), *command]
        process = subprocess.Popen(
            command,
            env=self.environment(),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        windows = 0
        deadline = time.monotonic() + PATIENCE_S
        out, err = "", ""
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                out, err = process.communicate(timeout=1.0)
                break
            windows = max(windows, len(self.windows()))
            if time.monotonic() > deadline:
                process.kill()
                raise Failure(f"{arguments} did not end within {PATIENCE_S:.0f} s")
        check_text(f"{arguments}", out + err)
        if process.returncode != code:
            raise Failure(f"{arguments} left with {process.returncode}:\n{out[-2000:]}\n{err[-2000:]}")
        if windows:
            raise Failure(f"{arguments} opened {windows} windows")
        self.expect_no_process(str(arguments))
        return out

    def processes(self) -> list[psutil.Process]:
        """Running copies of the program."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                if process.exe().startswith(f"{self.bundle}/") and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def expect_no_process(self, after: str) -> None:
        """Raise :class:`Failure` when a copy of the program still runs some seconds after it ended."""
        if not until(lambda: not self.processes(), 10.0):
            raise Failure(f"after {after} these still run: {[p.cmdline() for p in self.processes()]}")

    def check_logs(self) -> None:
        """Raise :class:`Failure` when the output or a log contains an error."""
        logs = [self.folder / "output.txt", *self.folder.glob("**/logs/**/*.log")]
        for log in filter(Path.is_file, logs):
            check_text(log.name, log.read_text("utf-8", errors="replace"))

    @staticmethod
    def windows() -> list[str]:
        """Numbers of the program's windows on the screen."""
        if "DISPLAY" not in os.environ:
            return []
        command = ["xdotool", "search", "--onlyvisible", "--class", "genre-desktop"]
        return subprocess.run(command, capture_output=True, text=True).stdout.split()

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Query the program's store; no rows while it does not exist or is being created."""
        try:
            with contextlib.closing(
                sqlite3.connect(f"file:{self.data}/genre_desktop.db?mode=ro", uri=True)
            ) as store:
                return store.execute(sql).fetchall()
        except sqlite3.Error:
            return []


def check_text(source: str, text: str) -> None:
    """Raise :class:`Failure` when a text contains an error."""
    found = _BAD.search(text)
    if found:
        raise Failure(f"{source} says: {text[max(0, found.start() - 300) : found.start() + 1500]}")


def until(condition: Callable[[], object], patience_s: float = 60.0, pause_s: float = 0.01) -> bool:
    """Wait for a condition; False on timeout."""
    deadline = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause_s)
    return True


@contextlib.contextmanager
def small_debian(root: Path | None) -> Iterator[None]:
    """Mount devices and the process table in a Debian folder; does nothing without a folder."""
    if root is None:
        yield
        return
    mounts = [["mount", "--rbind", "/dev", f"{root}/dev"], ["mount", "-t", "proc", "proc", f"{root}/proc"]]
    for mount in mounts:
        subprocess.run(mount, check=True)
    subprocess.run(["mount", "--make-rslave", f"{root}/dev"], check=True)
    try:
        yield
    finally:
        for place in ("proc", "dev"):
            subprocess.run(["umount", "-R", "-l", f"{root}/{place}"], check=False)


def clear(folder: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
