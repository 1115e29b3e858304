from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from genre_desktop.app.background import garbage_collector
from genre_desktop.app.background.garbage_collector import GarbageCollector, collect_if_due


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    collector = GarbageCollector()
    yield collector
    collector.stop()
    assert gc.isenabled()


class Cycle(QObject):
    """Refers to itself; records in which thread it is deleted."""

    def __init__(self, deleted_in: list[threading.Thread]) -> None:
        super().__init__()
        self.me, self.deleted_in = self, deleted_in

    def __del__(self) -> None:
        self.deleted_in.append(threading.current_thread())


def test_background_threads_never_collect(collector: GarbageCollector) -> None:
    deleted_in: list[threading.Thread] = []
    Cycle(deleted_in)
    thread = threading.Thread(target=lambda: [[[] for _ in range(10)] for _ in range(50_000)])
    thread.start()
    thread.join()
    assert deleted_in == []
    alive = [[] for _ in range(2000)]  # what is due is counted in living objects
    assert collect_if_due() is not None
    del alive
    assert deleted_in == [threading.main_thread()]


def test_nothing_is_collected_before_it_is_due(collector: GarbageCollector) -> None:
    gc.collect()
    assert collect_if_due() is None
    keep = [[] for _ in range(2000)]
    assert collect_if_due() == 0
    del keep


def test_frozen_objects_stay_and_later_ones_are_collected(collector: GarbageCollector) -> None:
    deleted_in: list[threading.Thread] = []
    Cycle(deleted_in)
    collector.freeze()
    gc.collect()
    assert deleted_in == []
    Cycle(deleted_in)
    gc.collect()
    assert len(deleted_in) == 1
    collector.stop()
    gc.collect()
    assert len(deleted_in) == 2


def test_what_survives_a_long_collection_is_not_searched_again(
    collector: GarbageCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.unfreeze()
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 11))
    monkeypatch.setattr(garbage_collector, "LONG_S", 60.0)
    assert collect_if_due() == 2
    assert gc.get_freeze_count() == 0
    monkeypatch.setattr(garbage_collector, "LONG_S", 0.0)
    assert collect_if_due() == 2
    assert gc.get_freeze_count() > 0
