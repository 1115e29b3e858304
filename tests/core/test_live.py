"""Smoothing of short answers into a steady one."""

from __future__ import annotations

import pytest

from genre_desktop.core.live import RESET_S, STEADY_S, LiveReading, Smoother
from genre_desktop.core.types import GenreScore, TagScore


def music(at: float, jazz: float, length: float = 10.0, **tags: float) -> LiveReading:
    scores = (GenreScore("jazz", jazz), GenreScore("rock", 1 - jazz))
    found = tuple(TagScore(tag, score) for tag, score in tags.items())
    return LiveReading("music", at, length, scores, tags=found)


def test_first_answer_is_the_first_reading() -> None:
    answer = Smoother().add(music(4.0, 0.8, length=4.0))
    assert [(s.genre, round(s.probability, 3)) for s in answer.top] == [("jazz", 0.8), ("rock", 0.2)]
    assert answer.tentative
    assert not answer.steady


def test_one_odd_window_does_not_turn_the_answer() -> None:
    smoother = Smoother()
    for i in range(20):
        smoother.add(music(i * 0.5, 0.9))
    assert smoother.add(music(10.0, 0.1)).top[0].genre == "jazz"


def test_a_lasting_change_turns_the_answer() -> None:
    smoother = Smoother()
    for i in range(20):
        smoother.add(music(i * 0.5, 0.9))
    answers = [smoother.add(music(10 + i * 0.5, 0.1)) for i in range(20)]
    assert answers[-1].top[0].genre == "rock"


def test_steady_only_after_the_time_with_a_lead() -> None:
    smoother = Smoother()
    answers = [smoother.add(music(i * 0.5, 0.9)) for i in range(int(STEADY_S / 0.5) + 1)]
    assert [a.steady for a in answers[:-1]] == [False] * (len(answers) - 1)
    assert answers[-1].steady
    unclear = Smoother()
    assert not any(unclear.add(music(i * 0.5, 0.52)).steady for i in range(40))


def test_speech_shows_no_genre_and_a_long_pause_restarts() -> None:
    smoother = Smoother()
    smoother.add(music(0.0, 0.9))
    short = smoother.add(LiveReading("speech", 2.0, 10.0))
    assert (short.heard, short.top) == ("speech", ())
    smoother.add(LiveReading("silence", RESET_S + 1, 10.0))
    assert smoother.add(music(RESET_S + 2, 0.2)).top[0].probability == 0.8


def test_tags_are_averaged_and_one_of_a_single_window_disappears() -> None:
    smoother = Smoother()
    for i in range(20):
        smoother.add(music(i * 0.5, 0.9, soul=0.8))
    answer = smoother.add(music(10.0, 0.9, soul=0.8, party=0.95))
    assert [score.tag for score in answer.tags] == ["soul", "party"]
    assert answer.tags[0].score == pytest.approx(0.8)
    answers = [smoother.add(music(10.5 + i * 0.5, 0.9, soul=0.8)) for i in range(10)]
    assert [score.tag for score in answers[-1].tags] == ["soul"]
    smoother.reset()
    assert [score.tag for score in smoother.add(music(20.0, 0.9, folk=0.5)).tags] == ["folk"]


def test_other_labels_restart() -> None:
    smoother = Smoother()
    smoother.add(music(0.0, 0.9))
    answer = smoother.add(LiveReading("music", 0.5, 10.0, (GenreScore("polka", 1.0),)))
    assert [s.genre for s in answer.top] == ["polka"]


def test_reset_forgets_history() -> None:
    smoother = Smoother()
    smoother.add(music(0.0, 0.9))
    smoother.reset()
    assert len(smoother.history) == 0
