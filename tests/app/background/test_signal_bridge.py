from __future__ import annotations

import threading
from itertools import pairwise

import shiboken6
from PySide6.QtCore import QThread, QTimer
from pytestqt.qtbot import QtBot

from genre_desktop.app.background.signal_bridge import PacedBridge, SignalBridge


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


def test_timers_get_their_turn_between_the_events_of_a_paced_bridge(qtbot: QtBot) -> None:
    bridge, tick = PacedBridge(), QTimer(interval=0)
    turns: list[object] = []
    bridge.arrived.connect(turns.append)
    tick.timeout.connect(lambda: turns.append("tick"))
    for number in range(3):
        bridge(number)
    tick.start()
    qtbot.waitUntil(lambda: 2 in turns)
    assert [turn for turn in turns if turn != "tick"] == [0, 1, 2]
    assert all("tick" in pair for pair in pairwise(turns))
    tick.stop()


def test_nothing_arrives_from_a_paced_bridge_after_closing(qtbot: QtBot) -> None:
    bridge = PacedBridge()
    seen: list[object] = []
    bridge.arrived.connect(seen.append)
    bridge.arrived.connect(lambda _event: bridge.close())
    bridge("first")
    bridge("on its way")
    qtbot.wait(50)
    assert seen == ["first"]
