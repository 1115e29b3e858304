"""A private PulseAudio server (own socket and home) with a null sink and a microphone that records it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from genre_desktop.audio.devices import pulseaudio
from genre_desktop.audio.devices.input_devices import input_devices
from genre_desktop.core.errors import AppError

SPEAKER = "test_speaker"
MICROPHONE = "test_microphone"
MONITOR = f"{SPEAKER}.monitor"
_REMAP = "module-remap-source"
_MICROPHONE = (_REMAP, f"master={MONITOR}", f"source_name={MICROPHONE}")
_MODULES = (f"module-null-sink sink_name={SPEAKER} rate=44100 channels=2", " ".join(_MICROPHONE))


class ServerUnavailableError(RuntimeError):
    """PulseAudio or PortAudio is not installed, or the server did not start."""


@dataclass
class PulseServer:
    """A server process; ``kill`` and ``start`` simulate a crash and a restart."""

    folder: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        """Value of ``PULSE_SERVER`` for clients."""
        return f"unix:{self.folder}/native"

    def start(self) -> None:
        """Start and wait until it responds; raise :class:`ServerUnavailableError` with the server's log."""
        command = [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--use-pid-file=no",
            "--exit-idle-time=-1",
            "--log-level=error",
        ]
        command += [f"--load=module-native-protocol-unix socket={self.folder}/native auth-anonymous=1"]
        command += [f"--load={module}" for module in _MODULES]
        private = {"HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder)}
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PULSE_", "DBUS_"))} | private
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 20
        while not pulseaudio.sources():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise ServerUnavailableError((self.folder / "log").read_text(errors="replace").strip())
        subprocess.run(["pactl", "set-default-source", MICROPHONE], check=True)

    def kill(self) -> None:
        """Kill the server."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def unplug(self) -> None:
        """Remove the microphone; the monitor of the loudspeaker stays."""
        subprocess.run(["pactl", "unload-module", _REMAP], check=True)

    def plug_in(self) -> None:
        """Add the microphone again, as the default source."""
        subprocess.run(["pactl", "load-module", *_MICROPHONE], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["pactl", "set-default-source", MICROPHONE], check=True)

    def play(self, path: Path) -> subprocess.Popen[bytes]:
        """Start playing a wav or flac file; ``.wait()`` on the result waits for its end."""
        return subprocess.Popen(["paplay", f"--device={SPEAKER}", str(path)])


@contextmanager
def running_server() -> Iterator[PulseServer]:
    """Run a server and set it as that of this process and its children.

    Raises
    ------
    ServerUnavailableError
        There is no PulseAudio or PortAudio, or the server did not start.
    """
    missing = [tool for tool in ("pulseaudio", "pactl", "paplay") if shutil.which(tool) is None]
    if missing:
        raise ServerUnavailableError(f"not installed: {', '.join(missing)}")
    try:
        input_devices()
    except AppError as error:
        raise ServerUnavailableError(str(error)) from error
    with tempfile.TemporaryDirectory(prefix="gd-pulse-", ignore_cleanup_errors=True) as name:
        server = PulseServer(Path(name))
        before = os.environ.get("PULSE_SERVER")
        os.environ["PULSE_SERVER"] = server.address
        try:
            server.start()
            yield server
        finally:
            server.kill()
            del os.environ["PULSE_SERVER"]
            if before is not None:
                os.environ["PULSE_SERVER"] = before
