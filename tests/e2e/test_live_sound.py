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
from genre_desktop.app.sound.live_log import LiveLog
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.listening.cue_sheet import cue_sheet
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
LATE_S = 9.0
"""How late, at most, a change is in the log: windows are 10 s long, and answers are averaged over 4 s."""


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


def test_the_log_has_a_line_for_each_change_and_its_place_in_the_recording(
    server: PulseServer, listener: LiveListener, song: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """Music, a pause, music: the cue sheet has them where the recording has them, a few seconds later."""
    sound, rate = soundfile.read(song)
    played = tmp_path / "played.wav"
    soundfile.write(
        played, np.concatenate([sound[: 18 * rate], np.zeros(12 * rate), sound[: 18 * rate]]), rate
    )
    log = LiveLog(Home(tmp_path), lambda: True)
    listener.answered.connect(lambda answer: log.add(answer, listener.gaps, listener.position_s))
    listener.start()
    log.begin(listener.position_s)
    qtbot.waitUntil(lambda: listener.state.status == "listening", timeout=PATIENCE_MS)
    playing = server.play(played)
    qtbot.waitUntil(lambda: listener.position_s > 2.0, timeout=PATIENCE_MS)
    log.take_began(*listener.record(), listener.gaps)
    qtbot.waitUntil(lambda: playing.poll() is not None, timeout=PATIENCE_MS)
    with qtbot.waitSignal(listener.take_ended, timeout=PATIENCE_MS) as ended:
        listener.stop_recording()
    listener.stop()
    log.close()
    recording = ended.args[0]
    sheet = cue_sheet(log.sections)
    assert sheet.file == recording.path.name
    places = [(one.kind, track.start_s) for one, track in zip(log.sections, sheet.tracks, strict=True)]
    after = {kind: [start for each, start in places if each == kind] for kind, _ in places}
    quiet_s, loud_s = _pause(recording.path)
    assert any(quiet_s < start < quiet_s + LATE_S for start in after["silence"]), (places, quiet_s)
    assert any(start < quiet_s for start in after["music"]), (places, quiet_s)
    assert any(loud_s < start < loud_s + LATE_S for start in after["music"]), (places, loud_s)
    assert all(one.model_genre for one in log.sections if one.kind == "music")


def _pause(path: Path) -> tuple[float, float]:
    """Return from when to when a recording is silent in its middle, in seconds."""
    samples, rate = soundfile.read(path, always_2d=True)
    step = rate // 20
    loud = np.abs(samples[: len(samples) // step * step, 0]).reshape(-1, step).max(axis=1) > 1e-4
    places = np.flatnonzero(loud)
    longest = int(np.diff(places).argmax())
    return float(places[longest] + 1) / 20, float(places[longest + 1]) / 20


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
