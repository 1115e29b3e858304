from genre_desktop.core.store.serving_history import ServingChange, SwitchLog


def test_switches_come_back_newest_first(db):
    log = SwitchLog(db)
    first = ServingChange(10.0, "champion", "fallback", "drift", "Much has changed.")
    second = ServingChange(20.0, "fallback", "champion", "drift-over", "It fits again.")
    log.add(first)
    log.add(second)
    assert log.recent() == [second, first]
    assert log.recent(1) == [second]
    assert log.recent(since=20.0) == [second]
    assert first.to_dict() == {
        "time": 10.0,
        "old": "champion",
        "new": "fallback",
        "code": "drift",
        "reason": "Much has changed.",
    }
