import json

import pytest

from genre_desktop.core.store.drift_checks import DriftCheck, DriftLog, FeatureDrift, Picture

CHECK = DriftCheck(
    model_version="3",
    n_reference=400,
    n_current=50,
    drifted_share=0.51234,
    threshold=0.3,
    drift=True,
    level="strong",
    features=(FeatureDrift("rolloff_mean", 1e-9, True, 0.8), FeatureDrift("tempo", 0.4, False, 0.1)),
    pictures=(Picture("rolloff_mean", (0.0, 1.0, 2.0), (0.5, 0.5), (1.0, 0.0)),),
    mix=(("metal", 0.9), ("rock", 0.1)),
    counted=True,
    last_prediction=77,
    action="drift-seen",
)


@pytest.fixture
def log(db, clock):
    return DriftLog(db, clock)


def test_a_check_is_remembered_whole(log, clock):
    check_id = log.add(CHECK)
    one = log.latest()
    assert (one.id, one.time) == (check_id, clock.now)
    assert (one.features, one.pictures, one.mix) == (CHECK.features, CHECK.pictures, CHECK.mix)
    assert (one.level, one.drift, one.counted, one.last_prediction, one.action) == (
        "strong",
        True,
        True,
        77,
        "drift-seen",
    )


def test_the_json_of_a_check_follows_the_contract():
    line = json.loads(json.dumps(CHECK.to_dict()))
    assert line["features"][0] == {"name": "rolloff_mean", "score": 1e-9, "drifted": True, "distance": 0.8}
    assert {
        key: line[key]
        for key in ("n_reference", "n_current", "drifted_share", "threshold", "drift", "action")
    } == {
        "n_reference": 400,
        "n_current": 50,
        "drifted_share": 0.5123,
        "threshold": 0.3,
        "drift": True,
        "action": "drift-seen",
    }


def test_newest_first_reports_and_retention(log, clock):
    assert log.latest() is None
    first = log.add(CHECK)
    clock.pass_(10)
    second = log.add(CHECK)
    assert [check.id for check in log.recent()] == [second, first]
    assert [check.id for check in log.recent(since=clock.now)] == [second]
    log.set_report(second, "/reports/drift.html")
    assert log.latest().html_path == "/reports/drift.html"
    assert log.delete_before(clock.now) == 1
    assert [check.id for check in log.recent()] == [second]
