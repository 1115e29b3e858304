"""Every path of a connection, without a device and without waiting."""

from __future__ import annotations

import pytest

from genre_desktop.audio.capture.connection import (
    RETRY_S,
    SCAN_EVERY_S,
    Connection,
    Failed,
    Opened,
    Seen,
    Start,
    Stop,
    Tick,
    step,
)
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.core.errors import Problem

USB = Device("ALSA/usb", "usb", "ALSA", 1, 48_000, False, 3)
BUILT_IN = Device("ALSA/mic", "mic", "ALSA", 2, 44_100, True, 0)
GONE = Problem("device-lost", name="usb")
MISSING = Problem("device-missing", name="usb")


def listening_to(device: Device = USB, problem: object = None) -> Connection:
    link, _ = step(Connection(), Start(USB.id), 0.0)
    link, _ = step(link, Opened(device, problem), 0.0)
    return link


def test_starting_opens_and_success_is_listening() -> None:
    link, action = step(Connection(), Start("usb"), 0.0)
    assert (link.status, link.wanted, action) == ("opening", "usb", "open")
    link, action = step(link, Opened(USB), 1.0)
    assert (link.status, link.device, link.problem, action) == ("listening", USB, None, "nothing")


def test_a_failure_waits_longer_each_time_and_never_gives_up() -> None:
    link, _ = step(Connection(), Start(), 0.0)
    now = 0.0
    for attempt in range(8):
        link, action = step(link, Failed(GONE), now)
        assert (link.status, link.problem, action) == ("waiting", GONE, "close")
        pause = RETRY_S[min(attempt, len(RETRY_S) - 1)]
        assert step(link, Tick(), now + pause - 0.01)[1] == "nothing"
        now += pause
        link, action = step(link, Tick(), now)
        assert (link.status, action) == ("opening", "open")
    assert step(link, Opened(USB), now)[0].attempts == 0


def test_a_loss_closes_and_opens_again() -> None:
    link, action = step(listening_to(), Failed(GONE), 10.0)
    assert (link.status, link.device, link.wanted, action) == ("waiting", None, USB.id, "close")
    assert step(link, Tick(), 10.5)[1] == "open"


def test_while_another_stands_in_the_wanted_is_looked_for_and_comes_back() -> None:
    link = listening_to(BUILT_IN, MISSING)
    assert link.is_substitute
    assert step(link, Tick(), SCAN_EVERY_S - 0.1)[1] == "nothing"
    link, action = step(link, Tick(), SCAN_EVERY_S)
    assert action == "scan"
    assert step(link, Tick(), SCAN_EVERY_S + 1)[1] == "nothing"
    assert step(link, Seen(frozenset({"ALSA/mic"})), SCAN_EVERY_S + 1)[1] == "nothing"
    link, action = step(link, Seen(frozenset({"ALSA/mic", USB.id})), SCAN_EVERY_S + 1)
    assert (link.status, action) == ("opening", "open")


def test_the_wanted_device_itself_is_never_looked_for() -> None:
    link = listening_to()
    assert step(link, Tick(), 1000.0) == (link, "nothing")
    assert step(link, Seen(frozenset({USB.id})), 1000.0) == (link, "nothing")


def test_a_sound_servers_source_that_went_away_silently_is_noticed() -> None:
    monitor = Device(
        "PulseAudio/out.monitor", "Monitor", "PulseAudio", 2, 48_000, False, 1, True, "out.monitor"
    )
    link = listening_to(monitor)
    link, action = step(link, Tick(), SCAN_EVERY_S)
    assert action == "scan"
    assert step(link, Seen(frozenset({monitor.id, "other"})), 6.0) == (link, "nothing")
    assert step(link, Seen(frozenset()), 6.0) == (link, "nothing")
    link, action = step(link, Seen(frozenset({"other"})), 6.0)
    assert (link.status, link.problem.code, action) == ("waiting", "device-lost", "close")


def test_choosing_another_device_opens_it_at_once() -> None:
    link, action = step(listening_to(), Start(BUILT_IN.id), 5.0)
    assert (link.status, link.wanted, link.device, action) == ("opening", BUILT_IN.id, None, "open")


def test_stopping_closes_and_late_news_are_ignored() -> None:
    link, action = step(listening_to(), Stop(), 5.0)
    assert (link.status, link.wanted, action) == ("stopped", USB.id, "close")
    for event in (Failed(GONE), Tick(), Seen(frozenset({USB.id}))):
        assert step(link, event, 1000.0) == (link, "nothing")
    assert step(link, Opened(USB), 6.0) == (link, "close")


@pytest.mark.parametrize("event", [Tick(), Seen(frozenset())])
def test_nothing_happens_by_itself_while_opening(event: Tick | Seen) -> None:
    link, _ = step(Connection(), Start(), 0.0)
    assert step(link, event, 0.0)[1] == "nothing"


def test_the_default_device_that_was_lost_is_looked_for_while_another_is_the_default() -> None:
    link, _ = step(Connection(), Start(), 0.0)
    link, _ = step(link, Opened(USB), 0.0)
    link, _ = step(link, Failed(GONE), 1.0)
    assert (link.wanted, link.target) == ("", USB.id)
    link, action = step(link, Tick(), 2.0)
    assert action == "open"
    link, _ = step(link, Opened(BUILT_IN, MISSING), 2.0)
    assert link.is_substitute
    link, action = step(link, Seen(frozenset({BUILT_IN.id, USB.id})), 8.0)
    assert (link.status, link.target, action) == ("opening", USB.id, "open")
    link, _ = step(link, Opened(USB), 8.0)
    assert (link.problem, link.lost) == (None, "")
    assert step(link, Start(), 9.0)[0].target == ""
