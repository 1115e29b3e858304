from __future__ import annotations

import threading

import shiboken6
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from genre_desktop.app.background.signal_bridge import SignalBridge


def test_events_of_other_threads_arrive_here_in_order(qtbot: QtBot) -> None:
    bridge = SignalBridge()
    seen: list[tuple[object, bool]] = []
    bridge.arrived.connect(lambda event: seen.append((event, QThread.currentThread() is bridge.thread())))
    thread = threading.Thread(target=lambda: [bridge(number) for number in range(100)])
    thread.start()
    thread.join()
    assert seen == []  # nothing happens behind the window's back
    qtbot.waitUntil(lambda: len(seen) == 100)
    assert seen == [(number, True) for number in range(100)]


def test_an_event_of_the_same_thread_is_queued_too(qtbot: QtBot) -> None:
    bridge = SignalBridge()
    seen: list[object] = []
    bridge.arrived.connect(seen.append)
    bridge("later")
    assert seen == []
    qtbot.waitUntil(lambda: seen == ["later"])


def test_nothing_arrives_after_closing(qtbot: QtBot) -> None:
    bridge = SignalBridge()
    seen: list[object] = []
    bridge.arrived.connect(seen.append)
    bridge("on its way")
    bridge.close()
    bridge("too late")
    qtbot.wait(20)
    assert seen == []


def test_an_event_for_a_deleted_bridge_is_discarded(qtbot: QtBot) -> None:
    bridge = SignalBridge()
    shiboken6.delete(bridge)
    bridge("too late")
