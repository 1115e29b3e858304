"""The live log with a real store: what is kept, over restarts, without space, and after it was cleared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.sound import live_log
from genre_desktop.app.sound.live_log import LiveLog
from genre_desktop.audio.capture.gaps import Gap
from genre_desktop.core.errors import Problem
from genre_desktop.core.listening.section import TakePosition
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.live.sections import LiveSections
from tests.app.sound.test_section_tracker import answers
from tests.core.listening.samples import line

NOON = 1_760_000_000.0


class Clock:
    """The computer's time follows the clock of live windows, from noon on."""

    def __init__(self) -> None:
        self.position_s = 0.0

    def __call__(self) -> float:
        return NOON + self.position_s


Make = Callable[[], LiveLog]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).create()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def enabled() -> list[bool]:
    return [True]


@pytest.fixture
def make(home: Home, clock: Clock, enabled: list[bool], qtbot: QtBot) -> Iterator[Make]:
    made: list[LiveLog] = []

    def make_log() -> LiveLog:
        made.append(LiveLog(home, lambda: enabled[0], clock=clock))
        return made[-1]

    yield make_log
    for each in made:
        each.close()


def hear(log: LiveLog, clock: Clock, *parts: tuple[str, float], gaps: tuple[Gap, ...] = ()) -> None:
    """Answers from now on."""
    for answer in answers(*parts, start_s=clock.position_s):
        clock.position_s = answer.ended_s
        log.add(answer, [gap for gap in gaps if gap.end_s < answer.ended_s], answer.ended_s)
    clock.position_s += 0.5


def brief(log: LiveLog) -> list[tuple[str, float, float]]:
    return [(one.model_genre or one.sound, one.started - NOON, one.duration_s) for one in log.sections]


def stored(home: Home) -> list[tuple[str, str, float]]:
    db = Database(home.store)
    try:
        return [(one.model_genre, one.label, one.duration_s) for one in LiveSections(db).newest()]
    finally:
        db.close()


def test_each_section_is_a_line_with_the_time_of_the_clock(make: Make, clock: Clock) -> None:
    log = make()
    clock.position_s = 100.0  # as after an earlier session
    log.begin(clock.position_s)
    hear(log, clock, ("jazz", 20), ("silence", 10), ("rock", 10))
    assert brief(log) == [("jazz", 100.0, 20.0), ("silence", 120.0, 10.0), ("rock", 130.0, 9.5)]
    assert [one.offset_s for one in log.sections] == [0.0, 20.0, 30.0]
    assert log.current is log.sections[-1]
    assert log.previous is log.sections[-2]
    log.end()
    assert log.current is None
    assert log.previous is log.sections[-1]
    log.begin(clock.position_s)
    assert log.previous is None


def test_it_is_there_again_after_a_restart(make: Make, clock: Clock, qtbot: QtBot) -> None:
    log = make()
    log.begin(0.0)
    hear(log, clock, ("jazz", 20), ("rock", 10))
    log.set_labels({log.sections[0].id: "Swing"})
    log.close()
    again = make()
    qtbot.waitUntil(lambda: len(again.sections) == 2)
    assert again.sections == log.sections
    assert (again.current, again.previous) == (None, None)
    again.begin(clock.position_s)
    hear(again, clock, ("rock", 10))
    assert [one.genre for one in again.sections] == ["Swing", "rock", "rock"]


def test_a_killed_program_loses_no_more_than_the_delay_of_a_write(
    make: Make, home: Home, clock: Clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_log, "WRITE_MS", 20)
    monkeypatch.setattr(live_log, "GROWTH_MS", 40)
    log = make()
    log.begin(0.0)
    hear(log, clock, ("jazz", 12))
    qtbot.waitUntil(lambda: stored(home) == [("jazz", "", 11.5)])
    hear(log, clock, ("jazz", 5))
    qtbot.waitUntil(lambda: stored(home) == [("jazz", "", 16.5)])


def test_clearing_and_its_undo_reach_the_store(make: Make, home: Home, clock: Clock) -> None:
    log = make()
    log.begin(0.0)
    hear(log, clock, ("jazz", 12), ("rock", 12))
    before = list(log.sections)
    removed = log.clear()
    assert (removed, log.sections, log.current) == (before, [], None)
    log.flush()
    hear(log, clock, ("rock", 12))  # goes on meanwhile
    log.restore(removed)
    assert [one.model_genre for one in log.sections] == ["jazz", "rock", "rock"]
    log.close()
    assert [genre for genre, _, _ in stored(home)] == ["jazz", "rock", "rock"]
    assert len({one.id for one in log.sections}) == 3


def test_what_was_cleared_stays_so_after_a_restart(make: Make, home: Home, clock: Clock) -> None:
    log = make()
    log.begin(0.0)
    hear(log, clock, ("jazz", 12))
    log.flush()
    log.clear()
    log.close()
    assert stored(home) == []


def test_sections_have_their_place_in_the_recording(make: Make, clock: Clock) -> None:
    """A recording begins with its pre-roll, and misses the sound of a gap."""
    log = make()
    log.begin(0.0)
    hear(log, clock, ("jazz", 20), ("rock", 10))
    log.take_began("Take 1.flac", clock.position_s - 12.0, ())  # at 30 s, with 12 s of pre-roll
    gaps = (Gap(40.0, 45.0),)
    hear(log, clock, ("rock", 10))
    clock.position_s = 47.0
    hear(log, clock, ("pop", 13), gaps=gaps)
    log.take_ended(clock.position_s)
    hear(log, clock, ("blues", 10), gaps=gaps)
    takes = {one.model_genre: one.takes for one in log.sections}
    assert takes["jazz"] == (TakePosition("Take 1.flac", -18.0),)
    assert takes["rock"] == (TakePosition("Take 1.flac", 2.0),)
    assert takes["pop"] == (TakePosition("Take 1.flac", 45.0 - 18.0 - 5.0),)
    assert takes["blues"] == ()


def test_a_section_that_proves_stable_after_the_recording_was_in_it(make: Make, clock: Clock) -> None:
    log = make()
    log.begin(0.0)
    hear(log, clock, ("jazz", 10))
    log.take_began("Take 1.flac", 5.0, ())
    hear(log, clock, ("rock", 3))
    log.take_ended(clock.position_s)
    hear(log, clock, ("rock", 5))
    assert [one.takes[0].seconds for one in log.sections] == [-5.0, 5.0]


def test_without_saved_answers_nothing_is_stored(
    make: Make, home: Home, clock: Clock, enabled: list[bool], qtbot: QtBot
) -> None:
    db = Database(home.store)
    LiveSections(db).change([], [line(0.0)])
    db.close()
    enabled[0] = False
    log = make()
    log.begin(0.0)
    hear(log, clock, ("jazz", 12))
    log.flush()
    assert [one.model_genre for one in log.sections] == ["jazz"]
    qtbot.waitUntil(lambda: stored(home) == [])
    enabled[0] = True
    log.remembering_changed()
    log.flush()
    qtbot.waitUntil(lambda: [genre for genre, _, _ in stored(home)] == ["jazz"])
    enabled[0] = False
    log.remembering_changed()
    log.close()
    assert stored(home) == []


def test_an_emptied_store_stays_empty(make: Make, home: Home, clock: Clock, qtbot: QtBot) -> None:
    log = make()
    log.begin(0.0)
    hear(log, clock, ("jazz", 12))
    log.forget()
    assert log.sections == []
    log.close()
    assert stored(home) == []


def test_only_the_newest_are_held(
    make: Make, clock: Clock, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_log, "MOST_SECTIONS", 3)
    monkeypatch.setattr(live_log, "_SPARE", 1)
    log = make()
    log.begin(0.0)
    hear(log, clock, *[(genre, 8.0) for genre in ("a", "b", "c", "d", "e", "f")])
    assert [one.model_genre for one in log.sections] == ["c", "d", "e", "f"]
    log.close()
    assert [genre for genre, _, _ in stored(home)] == ["c", "d", "e", "f"]


def test_what_cannot_be_written_is_reported_once_and_written_later(
    make: Make, home: Home, clock: Clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_log, "GROWTH_MS", 30)
    locked = Database(home.store)
    log = make()
    problems: list[Problem] = []
    log.failed.connect(problems.append)
    log.begin(0.0)
    qtbot.waitUntil(lambda: log._thread is None)  # the earlier sections are read
    with monkeypatch.context() as patch, locked.transaction():
        patch.setattr("genre_desktop.core.store.database.WAIT_S", 0.05)
        hear(log, clock, ("jazz", 12))
        log.flush()
        qtbot.waitUntil(lambda: bool(problems))
        qtbot.wait(200)  # it is tried again meanwhile
    assert [problem.code for problem in problems] == ["store-busy"]
    qtbot.waitUntil(lambda: [genre for genre, _, _ in stored(home)] == ["jazz"])
    locked.close()
