"""Live mode for real: music through a sound server, the app's own capture, the real worker and model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot

from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.sound.live_listener import LiveListener
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.live import LiveAnswer
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.settings import Settings
from genre_desktop.core.types import AnalyseRequest
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.workers.pool import WorkerPool
from tests.fixtures.pulse_server import running_server
from tests.fixtures.qt import quiet_platform
from tests.fixtures.shared_data import SHARED_DATA
from tools.pulse_server import PulseServer

quiet_platform()
pytestmark = [pytest.mark.audio_server, pytest.mark.timeout(170)]
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def server() -> Iterator[PulseServer]:
    with running_server() as server:
        yield server


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real music where the shared recordings are at hand, the demo clip otherwise; 24 s as wav."""
    real = SHARED_DATA / "gtzan_mini" / "metal" / "metal.00003.flac"
    samples = read(str(real if real.exists() else shipped("resources", "demo.flac"))).samples
    path = tmp_path_factory.mktemp("song") / "song.wav"
    soundfile.write(path, np.resize(samples, 24 * 22050), 22050)
    return path


@pytest.fixture
def listener(server: PulseServer, tmp_path: Path, qtbot: QtBot) -> Iterator[LiveListener]:
    home = Home(tmp_path).create()
    client = WorkerClient()
    with WorkerPool(home, client.bridge) as host:
        client.attach(host)
        listener = LiveListener(client, Settings.load(home.settings), home.takes)
        yield listener
        listener.close()
        client.close()


def test_the_live_answer_agrees_with_the_file(
    server: PulseServer, listener: LiveListener, song: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    answers: list[LiveAnswer] = []
    listener.answered.connect(answers.append)
    listener.start()
    qtbot.waitUntil(lambda: listener.state.status == "listening", timeout=PATIENCE_MS)
    playing = server.play(song)
    full = lambda: [a for a in answers if a.top and not a.tentative]  # noqa: E731
    qtbot.waitUntil(lambda: len(full()) >= 6 or playing.poll() is not None, timeout=PATIENCE_MS)
    listener.stop()
    playing.kill()
    playing.wait()
    context = TaskContext(ProcessResources(Home(tmp_path)))
    expected = operations.measure(context, AnalyseRequest(str(song))).answer
    assert full(), "no answer while the song was playing"
    assert full()[-1].top[0].genre == expected.genre
    assert full()[-1].model is not None
    assert full()[-1].model.version == expected.model.version  # type: ignore[union-attr]


def test_a_server_that_dies_is_reported_and_its_return_is_noticed(
    server: PulseServer, listener: LiveListener, qtbot: QtBot
) -> None:
    listener.start()
    qtbot.waitUntil(lambda: listener.state.status == "listening", timeout=PATIENCE_MS)
    server.kill()
    qtbot.waitUntil(lambda: listener.state.problem is not None, timeout=PATIENCE_MS)
    server.start()
    qtbot.waitUntil(
        lambda: listener.state.status == "listening" and listener.state.problem is None, timeout=PATIENCE_MS
    )
