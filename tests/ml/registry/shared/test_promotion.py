"""Of several promotions at once exactly one wins, whatever the clocks say and whoever was killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.ml.registry.shared import promotion, versions
from genre_desktop.ml.registry.shared.connection import SharedServer
from genre_desktop.ml.registry.shared.promotion import LOCK
from tests.fixtures.mlflow_server import Fault, FaultProxy
from tests.fixtures.shared_data import REPOSITORY
from tests.ml.registry.shared.conftest import Connect

SCRIPT = Path(__file__).with_name("promote_script.py")
ROUNDS = 25


@pytest.fixture
def three(server: SharedServer) -> SharedServer:
    """A server with three versions, of which the first is champion."""
    server.client.create_registered_model("genre")
    for _ in range(3):
        server.client.create_model_version("genre", "s3://bucket/model", await_creation_for=0)
    server.client.set_registered_model_alias("genre", "champion", "1")
    return server


def locks(server: SharedServer) -> list[str]:
    return [model.name for model in server.client.search_registered_models(f"name LIKE '{LOCK}%'")]


def test_the_champion_moves_and_the_old_one_becomes_fallback(three: SharedServer) -> None:
    done = promotion.promote(three, "2", "1", by="anna")
    assert done == {"champion": "2", "fallback": "1", "champion_before": "1"}
    assert versions.aliases(three) == {"champion": "2", "fallback": "1"}
    (entry,) = promotion.history(three)
    assert (entry["champion"], entry["before"], entry["by"]) == ("2", "1", "anna")
    assert locks(three) == []


def test_the_first_champion_needs_none_before(server: SharedServer) -> None:
    server.client.create_registered_model("genre")
    server.client.create_model_version("genre", "s3://bucket/model", await_creation_for=0)
    assert promotion.promote(server, "1", None)["champion_before"] is None
    assert versions.aliases(server) == {"champion": "1"}


def test_another_champion_than_the_compared_one_is_noticed(three: SharedServer) -> None:
    promotion.promote(three, "2", "1")
    with pytest.raises(AppError) as caught:
        promotion.promote(three, "3", "1")
    assert caught.value.problem.key == "shared-promotion-raced/moved"
    assert versions.aliases(three)["champion"] == "2"
    assert len(promotion.history(three)) == 1
    assert locks(three) == []


def test_a_deleted_version_is_not_promoted(three: SharedServer) -> None:
    three.client.delete_model_version("genre", "2")
    with pytest.raises(AppError, match="deleted"):
        promotion.promote(three, "2", "1")
    assert versions.aliases(three) == {"champion": "1"}


def test_a_held_lock_refuses_the_others(three: SharedServer) -> None:
    with promotion.locked(three), pytest.raises(AppError) as caught:
        promotion.promote(three, "2", "1")
    assert caught.value.problem.key == "shared-promotion-raced"
    assert promotion.promote(three, "2", "1")["champion"] == "2"


def test_a_lock_that_was_left_behind_is_stale_after_a_while(three: SharedServer) -> None:
    three.client.create_registered_model(LOCK)
    with pytest.raises(AppError), promotion.locked(three):
        pass
    with promotion.locked(three, stale_s=-5) as still_valid:  # every lock is stale, one's own too
        assert f"{LOCK}-2" in locks(three)
        with pytest.raises(AppError) as caught:
            still_valid()
        assert caught.value.problem.key == "shared-promotion-raced/slow"
    assert f"{LOCK}-2" in locks(three), "after so long it may be another computer's"


def test_the_stale_lock_is_cleared_away_with_ones_own(
    three: SharedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    three.client.create_registered_model(LOCK)
    real = promotion._locks
    long_ago = {LOCK: three.now() - 2 * promotion.STALE_S}
    monkeypatch.setattr(promotion, "_locks", lambda server: {**real(server), **long_ago})
    assert promotion.promote(three, "2", "1")["champion"] == "2"
    assert locks(three) == []


def test_one_that_holds_a_lock_beside_a_fresh_one_gives_way(
    three: SharedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    three.client.create_registered_model(f"{LOCK}-2")
    with pytest.raises(AppError) as caught:
        promotion.promote(three, "2", "1")
    assert caught.value.problem.key == "shared-promotion-raced"
    assert locks(three) == [f"{LOCK}-2"]


@pytest.mark.parametrize("call", ["alias", "registered-models/set-tag"])
def test_a_server_that_fails_meanwhile_leaves_no_lock(
    three: SharedServer, proxied: FaultProxy, open_server: Connect, call: str
) -> None:
    proxied.faults.append(Fault(path=call, method="POST", status=500))
    server = open_server(proxied.uri)
    if call == "alias":
        with pytest.raises(AppError, match="reported an error"), server:
            promotion.promote(server, "2", "1")
        assert versions.aliases(three)["champion"] == "1"
    else:
        promotion.promote(server, "2", "1")
        assert versions.aliases(three)["champion"] == "2"
        assert promotion.history(three) == [], "only the history lacks it"
    assert locks(three) == []


def test_a_history_that_was_changed_by_hand_begins_again(three: SharedServer) -> None:
    three.client.set_registered_model_tag("genre", promotion.HISTORY, "not JSON")
    promotion.promote(three, "2", "1")
    assert [entry["champion"] for entry in promotion.history(three)] == ["2"]


def test_the_history_stays_below_the_limit_of_a_tag(three: SharedServer) -> None:
    for n in range(promotion.HISTORY_LENGTH + 3):
        promotion._remember(
            three, {"champion": "2", "before": "1", "time": f"2026-01-01T00:00:{n:02d}Z", "by": "b" * 200}
        )
    assert len(promotion.history(three)) == promotion.HISTORY_LENGTH
    assert promotion.history(three)[-1]["time"] == "2026-01-01T00:00:17Z"


def test_of_two_processes_that_promote_at_once_exactly_one_wins(three: SharedServer) -> None:
    rivals = [
        subprocess.Popen(
            [sys.executable, str(SCRIPT), three.uri, version],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
        )
        for version in ("2", "3")
    ]
    won: list[str] = []
    try:
        for rival in rivals:
            assert rival.stdout is not None
            assert rival.stdout.readline() == "ready\n"
        for _ in range(ROUNDS):
            for rival in rivals:
                assert rival.stdin is not None
                rival.stdin.write("1\n")
                rival.stdin.flush()
            answers = [rival.stdout.readline().strip() for rival in rivals if rival.stdout is not None]
            assert sorted(answers) == ["shared-promotion-raced", "won"]
            winner = ("2", "3")[answers.index("won")]
            assert versions.aliases(three) == {"champion": winner, "fallback": "1"}
            assert locks(three) == []
            won.append(winner)
            three.client.set_registered_model_alias("genre", "champion", "1")
    finally:
        for rival in rivals:
            rival.communicate()
    written = promotion.history(three)
    assert [entry["champion"] for entry in written] == won[-promotion.HISTORY_LENGTH :]
    assert {entry["before"] for entry in written} == {"1"}
