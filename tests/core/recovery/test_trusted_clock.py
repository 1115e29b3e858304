from __future__ import annotations

from contextlib import closing

import pytest

from genre_desktop.core.recovery import trusted_clock
from genre_desktop.core.recovery.trusted_clock import DAY, PROOF_S, STEP_S, TrustedTime
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.predictions import PredictionLog
from tests.core.store.samples import answer

NOW = 1.8e9
FAR = NOW + 12 * 365 * DAY
AGREED = TrustedTime(NOW, NOW)


def test_it_follows_a_steady_clock():
    state = AGREED
    for day in range(1, 100):
        state = state.at(NOW + day * DAY)
    assert state == TrustedTime(NOW + 99 * DAY, NOW + 99 * DAY)


def test_a_jump_moves_it_by_one_step_only():
    state = AGREED.at(FAR)
    for minute in range(1, 20):
        state = state.at(FAR + 60 * minute)
    assert state.trusted == NOW + STEP_S + 19 * 60
    assert state.jumped == FAR


def test_a_clock_that_is_steady_after_a_jump_is_trusted_again():
    state = AGREED.at(FAR)
    for day in range(1, int(PROOF_S / DAY)):
        state = state.at(FAR + day * DAY)
        assert state.trusted < FAR
    state = state.at(FAR + PROOF_S)
    assert state == TrustedTime(FAR + PROOF_S, FAR + PROOF_S)


def test_a_second_jump_starts_the_proof_anew():
    state = AGREED.at(FAR).at(FAR + 400 * DAY)
    assert state.trusted == NOW + 2 * STEP_S
    assert state.jumped == FAR + 400 * DAY


@pytest.mark.parametrize("wrong", [0.0, NOW - 3 * DAY, FAR])
def test_a_clock_that_is_set_right_is_followed_at_once(wrong):
    state = AGREED.at(wrong).at(NOW + DAY).at(NOW + 2 * DAY)
    assert state == TrustedTime(NOW + 2 * DAY, NOW + 2 * DAY)


def test_it_is_remembered_and_never_later_than_the_clock(tmp_path):
    with closing(Database(tmp_path / "store.db")) as db:
        PredictionLog(db, lambda: NOW).add(answer("a"), "file")
        assert trusted_clock.advance(db, FAR).trusted == NOW + STEP_S
        assert trusted_clock.advance(db, NOW + DAY).trusted == NOW + DAY
        assert trusted_clock.advance(db, 0.0).trusted == 0.0
        assert trusted_clock.advance(db, NOW + 2 * DAY).trusted == NOW + 2 * DAY


@pytest.mark.parametrize("value", ["x", [], {"seen": None, "trusted": 1, "jumped": 0}, {"seen": 1e400}])
def test_a_damaged_record_is_begun_anew(tmp_path, value):
    with closing(Database(tmp_path / "store.db")) as db:
        KeyValueStore(db).set(trusted_clock.KEY, value)
        assert trusted_clock.advance(db, NOW).trusted == NOW
