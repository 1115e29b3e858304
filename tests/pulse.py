"""A sound server of the tests' own: a loudspeaker that nobody hears and a microphone that hears it.

``from tests.pulse import pulse_server`` gives a test the fixture. The server is private to the test
process (own socket, own home), and it is stopped with the fixture. Where PulseAudio is not installed
or does not start, the test is skipped and says so.
"""

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

import pytest

from genre_desktop.audio.devices import portaudio, pulseaudio
from genre_desktop.core.errors import AppError

SPEAKER = "test_speaker"
MICROPHONE = "test_microphone"
MONITOR = f"{SPEAKER}.monitor"
_MODULES = (
    f"module-null-sink sink_name={SPEAKER} rate=44100 channels=2",
    f"module-remap-source master={MONITOR} source_name={MICROPHONE}",
)


@dataclass
class PulseServer:
    """A running server; ``kill`` and ``start`` act out a crash and a restart."""

    folder: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        """What clients find in ``PULSE_SERVER``."""
        return f"unix:{self.folder}/native"

    def start(self) -> None:
        """Start and wait until it answers; raises ``RuntimeError`` with the server's own words."""
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
        give_up = time.monotonic() + 20
        while not pulseaudio.sources():
            if self.process.poll() is not None or time.monotonic() > give_up:
                self.kill()
                raise RuntimeError((self.folder / "log").read_text(errors="replace").strip())
        subprocess.run(["pactl", "set-default-source", MICROPHONE], check=True)

    def kill(self) -> None:
        """End the server at once, as a crash does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def play(self, path: Path) -> subprocess.Popen[bytes]:
        """Start playing a wav or flac file; wait for the result's end with ``.wait()``."""
        return subprocess.Popen(["paplay", f"--device={SPEAKER}", str(path)])


@contextmanager
def running_server() -> Iterator[PulseServer]:
    """A server to which this process (PortAudio, libpulse and children) is connected, or a skip."""
    missing = [tool for tool in ("pulseaudio", "pactl", "paplay") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"no sound server for tests: {', '.join(missing)} not installed")
    try:
        portaudio.library()
    except AppError as error:
        pytest.skip(f"no PortAudio for tests: {error}")
    with tempfile.TemporaryDirectory(prefix="gd-pulse-", ignore_cleanup_errors=True) as name:
        server = PulseServer(Path(name))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PULSE_SERVER", server.address)
            try:
                server.start()
            except RuntimeError as error:
                pytest.skip(f"the sound server for tests did not start: {error}")
            portaudio.refresh()
            try:
                yield server
            finally:
                server.kill()
        portaudio.refresh()


@pytest.fixture
def pulse_server() -> Iterator[PulseServer]:
    """A fresh server for one test."""
    with running_server() as server:
        yield server
