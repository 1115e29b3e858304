"""The Live page with fake sound devices and fake workers."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from genre_desktop.app.sound import live_listener
from genre_desktop.audio.capture.gaps import Gap
from genre_desktop.audio.capture.level_meter import Level
from genre_desktop.core.live import LiveReading, LiveWindow
from genre_desktop.core.types import GenreScore, ModelRef, TagScore
from genre_desktop.jobs.messages import Request
from genre_desktop.jobs.operations import PREDICT_WINDOW
from genre_desktop.ui.pages.live.page import LivePage
from tests.fakes.sound_devices import BUILT_IN, USB, FakeComputer, busy
from tests.fixtures.qt import GONE
from tests.ui.conftest import Desk

RATE = BUILT_IN.sample_rate


def tone(seconds: float, level: float = 0.3) -> np.ndarray:
    t = np.arange(int(seconds * RATE)) / RATE
    return np.repeat((level * np.sin(2 * np.pi * 440 * t))[:, None], BUILT_IN.channels, axis=1)


def listen(desk: Desk, page: LivePage, computer: FakeComputer) -> None:
    desk.bot.mouseClick(page.listen, Qt.MouseButton.LeftButton)
    desk.until(lambda: page.listener.state.status == "listening")


def record(desk: Desk, page: LivePage, computer: FakeComputer) -> None:
    """Start a recording."""
    listen(desk, page, computer)
    computer.hear(tone(2.0))
    desk.bot.mouseClick(page.record, Qt.MouseButton.LeftButton)


def requests(desk: Desk) -> list[Request]:
    return [r for r in desk.workers.open.values() if r.op == PREDICT_WINDOW]


def reading(
    heard: str = "music", genre: str = "jazz", ended: float = 4.0, length: float = 10.0
) -> LiveReading:
    scores = (GenreScore(genre, 0.8), GenreScore("rock", 0.2)) if heard == "music" else ()
    tags = (TagScore("soul", 0.9), TagScore("happy", 0.4)) if heard == "music" else ()
    return LiveReading(heard, ended, length, scores, ModelRef("genre", "3", "champion"), 40.0, tags=tags)  # type: ignore[arg-type]


def texts(page: LivePage) -> str:
    return page.card.accessibleDescription()


def test_devices_are_listed_with_the_default_marked(page: LivePage) -> None:
    names = [page.devices.itemText(i) for i in range(page.devices.count())]
    assert names == ["System default", "mic · ALSA (default)", "usb · ALSA"]


def test_sound_becomes_level_spectrogram_and_request(
    desk: Desk, page: LivePage, computer: FakeComputer
) -> None:
    listen(desk, page, computer)
    computer.hear(tone(4.0))
    desk.until(lambda: bool(requests(desk)))
    window = requests(desk)[0].payload
    assert isinstance(window, LiveWindow)
    assert window.sample_rate == 22050
    assert window.first == 0
    assert 3.0 <= len(window.samples) / 22050 <= 4.0
    assert desk.workers.live
    assert page.view is not None
    assert page.view._raw.max() > -20  # the tone is in the picture
    desk.until(lambda: "−1" in page.meter.accessibleDescription())


def test_the_first_request_does_not_wait_for_the_interval_of_the_others(
    desk: Desk, page: LivePage, computer: FakeComputer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_listener, "REQUEST_MS", 10**6)
    for _ in range(2):  # each time that listening starts
        listen(desk, page, computer)
        computer.hear(tone(2.0))
        computer.hear(tone(1.2))
        desk.until(lambda: len(requests(desk)) == 1)
        assert 3.0 <= len(requests(desk)[0].payload.samples) / 22050 <= 3.2
        desk.workers.say(requests(desk)[0], reading(length=3.2))
        computer.hear(tone(1.0))
        page.listener.stop()
        desk.until(lambda: not requests(desk))


def test_an_answer_is_shown_and_speech_is_not_named(
    desk: Desk, page: LivePage, computer: FakeComputer
) -> None:
    listen(desk, page, computer)
    computer.hear(tone(4.0))
    desk.until(lambda: bool(requests(desk)))
    desk.workers.say(requests(desk)[0], reading(length=4.0))
    desk.until(lambda: "Jazz" in texts(page))
    assert "preliminary" in texts(page)
    assert page.card.tags.text() == "Style: Soul\nMood: Happy"
    desk.until(lambda: bool(requests(desk)))
    desk.workers.say(requests(desk)[0], reading("speech", ended=5.0))
    desk.until(lambda: "Speech" in texts(page))
    assert not page.card.tags.isVisible()
    assert [s.genre for s in page.strip.segments] == ["jazz"]
    desk.until(lambda: bool(requests(desk)))
    desk.workers.say(requests(desk)[0], reading("noise", ended=6.0))
    desk.until(lambda: "Noise" in texts(page))
    assert [(s.genre, s.kind) for s in page.strip.segments] == [("jazz", "music"), ("", "speech")]


def test_a_worker_that_is_behind_drops_the_waiting_window(
    desk: Desk, page: LivePage, computer: FakeComputer
) -> None:
    listen(desk, page, computer)
    computer.hear(tone(4.0))

    def dropped() -> bool:
        computer.hear(tone(0.1))
        return "1 dropped" in page._stream_text.text()

    desk.until(dropped)
    assert len(requests(desk)) == 2


def test_a_lost_device_is_reported_and_returns(desk: Desk, page: LivePage, computer: FakeComputer) -> None:
    page.devices.setCurrentIndex(2)
    page.devices.activated.emit(2)
    listen(desk, page, computer)
    assert page.listener.state.device == USB
    computer.unplug(USB)
    desk.until(lambda: page.listener.state.device == BUILT_IN)
    desk.until(page.notice.isVisible)
    computer.plugged.append(USB)
    desk.until(lambda: page.listener.state.device == USB)
    desk.until(lambda: not page.notice.isVisible())


def test_a_busy_device_is_explained(desk: Desk, page: LivePage, computer: FakeComputer) -> None:
    computer.refuses = {BUILT_IN.id: busy(BUILT_IN), USB.id: busy(USB)}
    desk.bot.mouseClick(page.listen, Qt.MouseButton.LeftButton)
    desk.until(lambda: "The device is in use" in texts(page))
    assert desk.window.status_bar.microphone.text() == "The device is in use"


def test_silence_is_reported(desk: Desk, page: LivePage, computer: FakeComputer) -> None:
    listen(desk, page, computer)
    computer.hear(tone(4.0, level=0.0))
    desk.until(page.notice.isVisible)


def test_a_recording_is_saved_and_opened(desk: Desk, page: LivePage, computer: FakeComputer) -> None:
    record(desk, page, computer)
    assert page.listener.recording
    desk.bot.mouseClick(page.record, Qt.MouseButton.LeftButton)
    desk.until(lambda: len(desk.rows) == 1)
    assert desk.rows[0].path.suffix == ".flac"
    assert desk.rows[0].path.stat().st_size > 0


def test_a_recording_ended_with_the_window_is_left_for_the_next_start(
    desk: Desk, page: LivePage, computer: FakeComputer
) -> None:
    record(desk, page, computer)
    desk.window.close_pages()
    (row,) = desk.window.context.session.unread
    assert (row.path.suffix, row.path.stat().st_size > 0) == (".flac", True)
    desk.window.close_pages()
    assert len(desk.window.context.session.unread) == 1


def test_recording_without_the_device_reports_to_wait(
    desk: Desk, page: LivePage, computer: FakeComputer
) -> None:
    computer.plugged.clear()
    page.listener.start()
    desk.until(lambda: page.listener.state.status == "waiting")
    desk.bot.mouseClick(page.record, Qt.MouseButton.LeftButton)
    assert "Wait until listening resumes" in page.take_notice.accessibleDescription()


def test_a_saved_recording_is_reported_also_when_listening_stops(
    desk: Desk, page: LivePage, computer: FakeComputer
) -> None:
    record(desk, page, computer)
    desk.bot.mouseClick(page.listen, Qt.MouseButton.LeftButton)
    desk.until(lambda: len(desk.rows) == 1 and page.listener.state.status == "stopped")
    page.listener.state_changed.emit(page.listener.state)  # like any later change of the device
    assert page.take_notice.isVisible()
    assert page.take_notice.accessibleName() == "Recording saved"


def test_a_recording_ended_by_another_device_is_reported(
    desk: Desk, page: LivePage, computer: FakeComputer
) -> None:
    record(desk, page, computer)
    with desk.bot.waitSignal(page.listener.take_ended):
        page.devices.setCurrentIndex(2)
        page.devices.activated.emit(2)
        desk.until(lambda: page.listener.state.device == USB)
    page.listener.state_changed.emit(page.listener.state)  # like any later change of the device
    assert page.take_notice.isVisible()
    assert page.take_notice.accessibleName() == "The recording has ended"


def test_a_recording_that_ends_behind_another_page_is_reported_there(
    desk: Desk, page: LivePage, computer: FakeComputer
) -> None:
    record(desk, page, computer)
    desk.window.show_page("library")
    computer.unplug(BUILT_IN)
    desk.until(desk.window.notice.isVisible)
    assert desk.window.notice.accessibleName() == "The recording has ended"


def test_the_timeline_has_a_gap_where_no_sound_arrived(
    desk: Desk, page: LivePage, computer: FakeComputer, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen(desk, page, computer)
    computer.hear(tone(4.0))
    monkeypatch.setattr(page.listener._windows._gaps, "gaps", [Gap(6.0, 20.0)])
    for ended in (4.0, 5.0, 24.0, 25.0):
        page._answered(answer := page.listener.smoother.add(reading(ended=ended)))
    assert answer.top
    assert [(s.start_s, s.end_s) for s in page.strip.segments] == [(4.0, 6.0), (20.0, 25.0)]


def test_sound_that_stops_arriving_is_reported(desk: Desk, page: LivePage, computer: FakeComputer) -> None:
    listen(desk, page, computer)
    computer.hear(tone(1.0, level=1.0))
    desk.until(lambda: page.meter._level.rms_db > -20)
    desk.until(lambda: "The input device stopped responding" in texts(page))
    assert page.meter._level == Level()
    computer.hear(tone(1.0))
    desk.until(lambda: "Listening" in texts(page))
    assert len(page.listener.gaps) == 1


def test_silence_of_a_replacement_does_not_hide_its_reason(
    desk: Desk, page: LivePage, computer: FakeComputer
) -> None:
    computer.plugged.remove(USB)
    page.devices.setCurrentIndex(2)
    listen(desk, page, computer)
    computer.hear(tone(4.0, level=0.0))
    desk.until(lambda: page._silent)
    assert page.notice.accessibleName() == "The selected device is not connected"


def test_a_dismissed_message_stays_hidden(desk: Desk, page: LivePage, computer: FakeComputer) -> None:
    listen(desk, page, computer)
    computer.hear(tone(4.0, level=0.0))
    desk.until(page.notice.isVisible)
    page.notice.hide()
    with desk.bot.waitSignal(page.listener.pulse):
        pass
    assert not page.notice.isVisible()


def test_sound_that_has_just_begun_is_listened_to(desk: Desk, page: LivePage, computer: FakeComputer) -> None:
    listen(desk, page, computer)
    computer.hear(tone(4.0))
    desk.until(lambda: bool(requests(desk)))
    desk.workers.say(requests(desk)[0], reading("beginning"))
    desk.until(lambda: "three seconds of music" in texts(page))
    assert "Listening" in texts(page)


def test_listening_before_the_list_is_there_keeps_the_remembered_device(
    desk: Desk, page: LivePage, computer: FakeComputer
) -> None:
    page._context.settings["live.device"] = USB.id
    page.devices.clear()
    listen(desk, page, computer)
    assert page._context.settings["live.device"] == USB.id
    assert page.listener.state.device == USB


def test_a_picture_that_comes_late_has_the_devices_rate(
    desk: Desk, page: LivePage, computer: FakeComputer
) -> None:
    page._context.settings["live.device"] = USB.id
    page.devices.clear()
    listen(desk, page, computer)
    page._plots_loaded()
    assert page.view is not None
    assert page.view._rate == USB.sample_rate


def test_freeze_stops_the_spectrogram(desk: Desk, page: LivePage, computer: FakeComputer) -> None:
    listen(desk, page, computer)
    desk.bot.mouseClick(page.freeze, Qt.MouseButton.LeftButton)
    assert page.view is not None
    before = page.view._raw.copy()
    page.view.add(np.zeros((1025, 3), np.float32))
    assert np.array_equal(page.view._raw, before)
    desk.bot.mouseClick(page.freeze, Qt.MouseButton.LeftButton)
    page.view.add(np.zeros((1025, 3), np.float32))
    assert not np.array_equal(page.view._raw, before)


def test_a_model_problem_is_shown(desk: Desk, page: LivePage, computer: FakeComputer) -> None:
    listen(desk, page, computer)
    computer.hear(tone(4.0))
    desk.until(lambda: bool(requests(desk)))
    desk.workers.fail(requests(desk)[0], GONE)
    desk.until(lambda: GONE.title in texts(page))


def test_stopping_releases_the_worker(desk: Desk, page: LivePage, computer: FakeComputer) -> None:
    listen(desk, page, computer)
    desk.bot.mouseClick(page.listen, Qt.MouseButton.LeftButton)
    assert not page.listener.listening
    assert not desk.workers.live
    assert "Not listening" in texts(page)
