"""How a finished job becomes a title, a text and a tone."""

from __future__ import annotations

from typing import Any

import pytest

from genre_desktop.app.jobs import job_text
from genre_desktop.core.errors import Problem
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.jobs.messages import JobEnded


@pytest.mark.parametrize(
    ("job", "result", "words"),
    [
        ("drift", {"action": "waiting", "n_current": 12, "needed": 30}, "12 of 30"),
        (
            "drift",
            {"drifted_share": 0.61, "drift": True},
            "61 % of the features differ from the training music.",
        ),
        (
            "drift",
            {"drifted_share": 0.1, "encoder_share": 0.42, "threshold": 0.3, "drift": True},
            "42 % of the music encoder’s features differ from the training music. 30 % or more is a drift.",
        ),
        ("drift", {"drifted_share": 0.05, "drift": False, "level": "none"}, "5 % of the features differ"),
        ("drift", {"drifted_share": 0.05, "drift": False, "level": "mild"}, "changes few answers"),
        (
            "drift",
            {"drifted_share": 0.5, "drift": True, "compared": 90, "new": 90, "windows": 3, "needed": 0},
            "90 new files were compared. They form 3 groups, of which this is the last: 50 %",
        ),
        ("drift", {"drifted_share": 0.5, "drift": True, "needed": 0}, "The next check decides."),
        ("drift", {"drifted_share": 0.5, "drift": True, "needed": 1}, "one more file is needed"),
        ("retrain", {"reason": "Version 5 is better."}, "Version 5 is better."),
        ("roll-back", {"champion": "3"}, "Version 3 is the champion."),
        (
            "promote",
            {"champion": "3", "fallback": "1"},
            "Version 3 is now the champion, version 1 the fallback.",
        ),
        ("write-tags", {"written": 2, "problems": [{}]}, "2 files changed · 1 problem"),
        ("similar-songs", {"places": [4, 2], "left_out": 1}, "2 songs found"),
        ("sound-map", {"placed": 1, "left_out": 0}, "1 song on the map"),
        ("maintenance", {}, ""),
        ("publish", {"version": "3", "server_version": "7"}, "Version 3 is version 7 on the server."),
        ("sync", {"reason": "Nothing has changed."}, "Nothing has changed."),
        ("sync", {"reason": "It stays.", "skipped": [{"reason": "Damaged."}]}, "Damaged. It stays."),
    ],
)
def test_results_become_sentences(job: str, result: dict[str, Any], words: str) -> None:
    assert words in job_text.succeeded(job, result).text


def test_a_retrain_reports_whether_it_serves() -> None:
    result: dict[str, Any] = {"version": "4", "promoted": False, "reason": "Not better."}
    assert job_text.succeeded("retrain", result) == ("Version 4 was not promoted", "Not better.", "accent")
    result |= {"promoted": True, "reason": "Better."}
    assert job_text.succeeded("retrain", result) == ("Version 4 was promoted", "Better.", "success")


def test_a_promotion_for_the_team_reports_whether_it_moved() -> None:
    result: dict[str, Any] = {"version": "4", "moved": False, "reason": "Not better."}
    expected = ("Version 4 was not promoted for the team", "Not better.", "accent")
    assert job_text.succeeded("promote-shared", result) == expected
    result |= {"moved": True, "reason": "Better."}
    assert job_text.succeeded("promote-shared", result)[0] == "Version 4 is the team’s champion"


def test_an_import_lists_what_it_did() -> None:
    result = {"added": 2, "unchanged": 1, "skipped": [{"path": "x"}], "genres": {"jazz": 3}}
    assert job_text.succeeded("import", result) == (
        "Import finished",
        "2 clips added, 1 already in the library, 1 skipped. Jazz 3",
        "warning",
    )
    assert job_text.succeeded("import", {"added": 1}).tone == "success"


def test_a_cluster_is_described_by_its_workers() -> None:
    other = Problem("cluster-other-version", mine="1.0", theirs="0.9").to_document()
    good = {"address": "a", "fit": 2, "unfit": 0, "files": "seen", "problems": []}
    assert job_text.succeeded("cluster-test", good) == (
        "The cluster can be used",
        "2 workers are compatible. Your files have the same path on the workers.",
        "success",
    )
    mixed = job_text.succeeded("cluster-test", {**good, "unfit": 1, "files": "unknown", "problems": [other]})
    assert mixed.tone == "warning"
    assert mixed.text.splitlines()[0] == "2 workers are compatible. 1 worker is incompatible and not used."
    assert "version 0.9 of this program" in mixed.text.splitlines()[1]
    bad = job_text.succeeded("cluster-test", {**good, "fit": 0, "unfit": 1, "problems": [other]})
    assert (bad.title, bad.tone) == ("The workers of this cluster are incompatible", "danger")


@pytest.mark.parametrize("name", JOBS)
def test_a_job_without_a_result_has_a_title_all_the_same(name: str) -> None:
    assert job_text.succeeded(name, {}).title == JOBS[name].done


def test_other_ends() -> None:
    assert job_text.finished("retrain", JobEnded("cancelled")).title == "Cancelled"
    problem = Problem("x", title="The disk is full", reason="Nothing fits.", hint="Free some space.")
    assert job_text.finished("retrain", JobEnded("failed", problem=problem)) == (
        "The disk is full",
        "Nothing fits. Free some space.",
        "danger",
    )


@pytest.mark.parametrize(
    ("result", "title", "tone"),
    [
        ({"action": "waiting"}, "Not enough files for a drift check", "accent"),
        ({"drift": True, "confirmed": False}, "Possible drift", "warning"),
        ({"drift": True, "confirmed": True}, "Drift found", "warning"),
        ({"drift": True, "action": "fallback"}, "Drift found", "warning"),
        ({"drift": False, "level": "mild"}, "No drift found", "success"),
    ],
)
def test_a_drift_is_no_success(result: dict[str, Any], title: str, tone: str) -> None:
    found = job_text.succeeded("drift", result)
    assert (found.title, found.tone) == (title, tone)
