"""Monitoring of the models in the real program, operated by :mod:`tests.e2e.monitoring_script`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import mutagen
import pytest
import soundfile as sf

from genre_desktop.core.monitoring.alert_service import OPEN_REPORT, AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftLog
from genre_desktop.core.store.serving_history import SwitchLog
from genre_desktop.ml.data import gtzan_tables
from tests.e2e.subprocess_runner import Seen, live_through, models
from tests.fixtures.shared_data import SHARED_DATA, shared_data
from tools.degraded_recordings import RATE, telephone

pytestmark = [pytest.mark.shared_data, pytest.mark.timeout(600)]
PER_GENRE = 6


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty songs in folders by genre."""
    folder = tmp_path_factory.mktemp("clean")
    for genre in sorted(shared_data("gtzan_mini").iterdir()):
        (folder / genre.name).mkdir()
        for file in sorted(genre.glob("*.flac"))[:PER_GENRE]:
            (folder / genre.name / file.name).symlink_to(file)
    return folder


@pytest.fixture(scope="module")
def calls(clean: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same songs as heard over a telephone, tagged with their artists."""
    folder, artists = tmp_path_factory.mktemp("calls"), gtzan_tables.load_gtzan_artists(SHARED_DATA)
    for file in sorted(clean.rglob("*.flac")):
        target = folder / file.parent.name / f"call {file.stem[-2:]}.flac"
        target.parent.mkdir(exist_ok=True)
        sf.write(target, telephone(sf.read(file, dtype="float32")[0]), RATE)
        tags = mutagen.File(target)
        tags["artist"] = artists[file.stem]
        tags.save()
    return folder


@pytest.fixture(scope="module")
def drifted(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("drifted") / "home")


@pytest.fixture(scope="module")
def seen(drifted: Home, clean: Path, calls: Path) -> Seen:
    return live_through("drift", drifted, clean, calls)


@pytest.fixture
def db(drifted: Home, seen: Seen) -> Iterator[Database]:
    db = Database(drifted.store)
    yield db
    db.close()


def test_sixty_clean_clips_raise_no_alert(seen: Seen) -> None:
    assert len(seen["answers clean"]) == 60
    assert models(seen["answers clean"]) == {("champion", "1")}
    check = seen["check clean"]
    assert (check["drift"], check["level"], check["windows"]) == (False, "none", 2)
    window = seen["window clean"]
    assert (window["alerts"], window["banner"], window["bell"]) == ([], "", 0)


def test_sixty_degraded_clips_bring_an_alert_and_the_fallback(seen: Seen) -> None:
    assert len(seen["answers calls"]) == 60
    without_genre = [answer for answer in seen["answers calls"] if "alias" not in answer]
    assert len(without_genre) <= 6  # over a telephone a few songs are like speech
    assert {answer["kind"] for answer in without_genre} <= {"speech", "noise"}
    check = seen["check calls"]
    assert (check["drift"], check["action"], check["serving"]) == (True, "fallback", "fallback")
    window = seen["window calls"]
    assert (window["alerts"], window["bell"], window["serving"]) == (["drift"], 1, "fallback")
    assert window["banner"] == ""  # the Monitor page, which was open, shows it
    assert window["status"] == "Fallback model in use"
    assert "of the features of 30 clips differ" in window["reason"]
    assert seen["toasts"][0] == "drift"


def test_the_result_says_that_the_fallback_answered_and_why(seen: Seen) -> None:
    (answer,) = seen["answers one call"]
    assert (answer["alias"], answer["version"]) == ("fallback", "2")
    assert any(words.startswith("Answered by fallback, because ") for words in seen["card"])


def test_the_report_opens_from_the_alert_and_needs_nothing_from_outside(seen: Seen, db: Database) -> None:
    path = Path(seen["report"])
    assert path == Path(seen["check calls"]["html_path"])
    html = path.read_text("utf-8")
    assert "Drift is detected for" in html
    loaded = re.findall(r"""<(?:script|link|img|iframe)[^>]*?(?:src|href)=["'](?!data:)([^"']+)""", html)
    assert loaded == []
    assert not re.findall(r"""(?:@import\s+|url\()["']?https?:""", html)
    (alert,) = [alert for alert in AlertService(db).history() if alert.notice.code == "drift"]
    assert alert.notice.action == OPEN_REPORT


def test_a_retrain_on_the_degraded_clips_is_promoted_by_its_own_decision(seen: Seen) -> None:
    assert seen["import"]["added"] == 60
    retrain = seen["retrain"]
    assert (retrain["champion_before"], retrain["promoted"], retrain["version"]) == ("1", True, "3")
    assert retrain["reason"].startswith("Significant improvement")


def test_then_the_champion_serves_again_and_the_alert_is_resolved(seen: Seen, db: Database) -> None:
    window = seen["window retrained"]
    assert (window["serving"], window["banner"]) == ("champion", "")
    assert "drift" not in window["alerts"]
    assert models(seen["answers calls again"]) == {("champion", "3")}
    check = seen["check calls again"]
    assert (check["drift"], check["serving"]) == (False, "champion")
    assert check["own_share"] > 0.5
    assert seen["window calls again"]["serving"] == "champion"
    (alert,) = [alert for alert in AlertService(db).history() if alert.notice.code == "drift"]
    assert alert.resolved is not None


def test_the_user_can_roll_back_from_the_window(seen: Seen) -> None:
    assert seen["asked"] == ["Roll back?"]
    assert seen["roll-back"]["champion"] == "1"


def test_everything_is_on_record(seen: Seen, db: Database) -> None:
    switches = [(switch.old, switch.new, switch.code) for switch in SwitchLog(db).recent()]
    assert switches == [("fallback", "champion", "promoted"), ("champion", "fallback", "drift")]
    assert [check.level for check in DriftLog(db).recent()] == ["none", "strong", "strong", "none", "none"]


def test_prometheus_reads_the_metrics_of_the_running_program(seen: Seen) -> None:
    assert 'genre_desktop_answers_total{alias="champion"} 60.0' in seen["metrics"]
    assert 'genre_desktop_serving{alias="champion"} 1.0' in seen["metrics"]


def test_nothing_is_left_behind(seen: Seen) -> None:
    assert (seen["children"], seen["threads"]) == ([], [])
