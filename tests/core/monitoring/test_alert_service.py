import json
from dataclasses import replace

import pytest

from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.store.alerts import AlertMessage

SLOW = AlertMessage(
    "slow", "warning", "Slow", "It was slow.", "It waited.", "Be patient.", "open-jobs", "12 s"
)


@pytest.fixture
def centre(db, clock):
    return AlertService(db, clock)


def test_an_alert_says_what_happened_what_was_done_and_what_to_do(centre, clock):
    alert = centre.raise_(SLOW)
    assert alert.notice == SLOW
    assert alert.text() == "Slow\nIt was slow.\nIt waited.\nBe patient.\n12 s\nCode: slow"
    line = json.loads(json.dumps(alert.to_dict()))
    assert line["id"] == alert.id
    assert (line["level"], line["title"], line["time"]) == ("warning", "Slow", clock.now)
    assert line["acknowledged"] is False
    assert line["action"] == "open-jobs"


def test_a_repetition_counts_up_with_the_newest_text(centre, clock):
    first = centre.raise_(SLOW)
    clock.pass_(60)
    again = centre.raise_(replace(SLOW, happened="It was slower."))
    assert (again.id, again.count, again.time) == (first.id, 2, clock.now)
    assert "Slow (2 times)\nIt was slower." in again.text()
    assert len(centre.history()) == 1


def test_what_was_acknowledged_stays_so_unless_it_gets_worse(centre):
    first = centre.raise_(SLOW)
    centre.acknowledge(first.id)
    centre.raise_(SLOW)
    assert centre.unread() == []
    worse = centre.raise_(replace(SLOW, level="error"))
    assert [alert.id for alert in centre.unread()] == [worse.id]
    assert [alert.id for alert in centre.standing("slow")] == [worse.id]
    centre.raise_(SLOW)  # milder again: still the same matter
    assert len(centre.standing("slow")) == 1


def test_snoozed_alerts_come_back(centre, clock):
    alert = centre.raise_(SLOW)
    centre.snooze(alert.id, 3600)
    assert centre.unread() == []
    assert centre.standing() != []
    clock.pass_(3601)
    assert [one.id for one in centre.unread()] == [alert.id]


def test_resolved_alerts_are_history_and_the_next_is_a_new_one(centre):
    first = centre.raise_(SLOW)
    centre.resolve("slow")
    centre.resolve("never-raised")
    assert not centre.get(first.id).open
    assert centre.unread() == []
    second = centre.raise_(SLOW)
    assert second.id != first.id
    assert [alert.id for alert in centre.history()] == [second.id, first.id]
    assert centre.get(99) is None


def test_acknowledging_everything_empties_the_badge(centre):
    centre.raise_(SLOW)
    centre.raise_(replace(SLOW, code="other"))
    assert len(centre.unread()) == 2
    centre.acknowledge_all()
    assert centre.unread() == []
    assert len(centre.standing()) == 2


def test_good_news_is_settled_by_reading_it(centre):
    first = centre.raise_(alert_messages.promoted("4", "It was better."))
    centre.acknowledge(first.id)
    assert centre.standing() == []
    assert centre.raise_(alert_messages.promoted("5", "Better still.")).id != first.id


def test_news_from_any_process_is_handed_out_once(centre, db, clock):
    elsewhere = AlertService(db, clock)
    assert centre.news() == []
    alert = elsewhere.raise_(SLOW)
    clock.pass_(1)
    good = elsewhere.raise_(alert_messages.promoted("4", "It was better."))
    assert [one.id for one in centre.news()] == [alert.id, good.id]
    assert centre.news() == []
    elsewhere.raise_(SLOW)
    assert centre.news() == []  # a repetition does not nag
    elsewhere.raise_(alert_messages.promoted("5", "Better still."))
    assert [one.id for one in centre.news()] == [good.id]
    centre.snooze(alert.id, 10)
    assert centre.news() == []
    clock.pass_(11)
    assert [one.id for one in centre.news()] == [alert.id]


ALL = [
    alert_messages.drift("52 % of the features differ.", "fallback"),
    alert_messages.champion_fault("model-digest", "The files were changed.", "fallback"),
    alert_messages.fallback_fault("model-missing", "The folder is gone."),
    alert_messages.no_model("Both are gone."),
    alert_messages.worker_restarted("It did not answer for 60 s."),
    alert_messages.job_failed("retrain", "Retraining", "There are no clips."),
    alert_messages.job_died("retrain", "Retraining", "It was ended from outside."),
    alert_messages.promoted("4", "It was better."),
]


@pytest.mark.parametrize("notice", ALL, ids=lambda notice: notice.code)
def test_every_notice_speaks_in_whole_sentences(notice):
    assert notice.title
    assert not notice.title.endswith(".")
    for text in (notice.happened, notice.did, notice.can_do):
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".")


def test_codes_of_alert_messages_are_unique():
    assert len({notice.code for notice in ALL}) == len(ALL)
