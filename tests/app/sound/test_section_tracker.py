"""Sections of made-up answers, twice a second as live mode gives them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from genre_desktop.app.sound.section_tracker import Section, SectionTracker, segment, stretches
from genre_desktop.audio.capture.gaps import Gap
from genre_desktop.core.live import Heard, LiveAnswer
from genre_desktop.core.types import GenreScore, TagScore, join_segments

STEP_S = 0.5
NOT_MUSIC = ("speech", "noise", "silence", "beginning")


def answers(*parts: tuple[str, float], start_s: float = 3.0, tentative_s: float = 0.0) -> list[LiveAnswer]:
    """Answers of so many seconds each, with a genre or what else is heard."""
    found: list[LiveAnswer] = []
    now = start_s
    for what, seconds in parts:
        for _ in range(round(seconds / STEP_S)):
            top = () if what in NOT_MUSIC else (GenreScore(what, 0.8), GenreScore("other", 0.2))
            heard: Heard = what if what in NOT_MUSIC else "music"  # type: ignore[assignment]
            found.append(LiveAnswer(heard, top, tentative=now < tentative_s, ended_s=now))
            now += STEP_S
    return found


def sections(found: Sequence[LiveAnswer], gaps: Sequence[Gap] = ()) -> list[Section]:
    """The sections of answers, in their order."""
    tracker, seen = SectionTracker(), list[Section]()
    for answer in found:
        tracker.add(answer, [gap for gap in gaps if gap.end_s < answer.ended_s])
        if tracker.current is not None and tracker.current not in seen[-1:]:
            seen.append(tracker.current)
    return list({id(section): section for section in seen}.values())


def brief(found: Sequence[Section]) -> list[tuple[str, float, float]]:
    return [(section.genre or section.kind, section.start_s, section.end_s) for section in found]


def test_a_lasting_change_begins_a_section_where_the_timeline_has_it() -> None:
    heard = answers(("jazz", 20), ("rock", 12), ("speech", 10), ("silence", 8.5))
    expected = [("jazz", 3.0, 23.0), ("rock", 23.0, 35.0), ("speech", 35.0, 45.0), ("silence", 45.0, 53.0)]
    assert brief(sections(heard)) == expected
    timeline = [segment(*s) for one, two in pairwise(heard) for s in stretches(one, two, ())]
    assert [(s.genre or s.kind, s.start_s, s.end_s) for s in join_segments(timeline)] == expected


def test_a_short_change_is_part_of_the_section_around_it() -> None:
    heard = answers(("jazz", 10), ("rock", 4.5), ("jazz", 10), ("silence", 2), ("rock", 2), ("jazz", 5))
    assert brief(sections(heard)) == [("jazz", 3.0, 36.0)]
    assert sections(heard)[0].confidence == pytest.approx(0.8)


def test_short_changes_do_not_add_up() -> None:
    heard = answers(("jazz", 10), ("rock", 3), ("jazz", 1), ("rock", 3), ("jazz", 5))
    assert brief(sections(heard)) == [("jazz", 3.0, 24.5)]


def test_a_change_that_ends_in_a_third_genre_is_not_part_of_the_first() -> None:
    heard = answers(("jazz", 10), ("rock", 3), ("pop", 10.5))
    assert brief(sections(heard)) == [("jazz", 3.0, 13.0), ("pop", 16.0, 26.0)]


def test_a_preliminary_answer_begins_no_section_but_belongs_to_it() -> None:
    heard = answers(("jazz", 9), tentative_s=9.5)
    assert brief(sections(heard[:13])) == []
    assert brief(sections(heard)) == [("jazz", 3.0, 11.5)]


def test_too_little_sound_for_an_answer_is_no_section() -> None:
    assert brief(sections(answers(("silence", 10), ("beginning", 3), ("jazz", 8)))) == [
        ("silence", 3.0, 13.0), ("jazz", 16.0, 23.5),
    ]  # fmt: skip


def test_a_gap_ends_a_section_also_of_the_same_genre() -> None:
    heard = [*answers(("jazz", 10)), *answers(("jazz", 10), start_s=63.0)]
    assert brief(sections(heard, [Gap(13.0, 60.0)])) == [("jazz", 3.0, 13.0), ("jazz", 60.0, 72.5)]


def test_confidence_and_tags_are_means_over_time() -> None:
    tracker = SectionTracker()
    for place in range(21):
        score = 0.9 if place < 10 else 0.5
        tags = (TagScore("soul", score), *([TagScore("sad", 0.15)] if place < 10 else []))
        tracker.add(LiveAnswer("music", (GenreScore("jazz", score),), tags=tags, ended_s=float(place)), ())
    assert tracker.current is not None
    assert tracker.current.confidence == pytest.approx(0.7)
    assert [(tag.tag, tag.score) for tag in tracker.current.tags] == [("soul", pytest.approx(0.7))]


def test_after_a_restart_nothing_is_joined() -> None:
    tracker = SectionTracker()
    for answer in answers(("jazz", 10)):
        tracker.add(answer, ())
    tracker.restart()
    assert tracker.current is None
    for answer in answers(("jazz", 10), start_s=13.0):
        tracker.add(answer, ())
    assert tracker.current is not None
    assert tracker.current.start_s == 13.0
