import numpy as np
import pytest

from genre_desktop.app.jobs import drift_text, job_text
from genre_desktop.app.monitoring import statistics
from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.monitoring.alert_service import OPEN_REPORT, AlertService
from genre_desktop.core.monitoring.drift_progress import DriftProgress
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store import Database
from genre_desktop.core.store.drift_checks import DriftLog
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.serving_history import SwitchLog
from genre_desktop.core.types import GenreScore, ModelRef
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.ml.drift import champion_reference, html_report, reference
from genre_desktop.ml.drift.champion_reference import ChampionReference
from genre_desktop.ml.drift.codec_shift import CodecPairs
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES
from genre_desktop.ml.registry.alias_snapshot import SnapshotVersion
from genre_desktop.ml.tasks import check_drift
from tests.core.store.samples import answer
from tests.ml.drift_samples import GENRES, answers, mixed, music

N = len(NAMES)
COMPARED = 24
"""Features of the reference: a part of those that are measured, for quick checks."""


class Player:
    """A user who plays music: every clip becomes a stored prediction."""

    def __init__(self, db):
        self.log = PredictionLog(db)
        self.rng = np.random.default_rng(0)
        self.played = 0

    def play(self, n, change=lambda X: X, source="batch"):
        X, labels = music(self.rng, mixed(self.rng, n), N)
        self.answer(change(X), answers(labels.tolist(), self.rng), source)

    def play_again(self, n):
        """Play copies of the last ``n`` clips."""
        self.played -= n
        X, labels = music(self.rng, mixed(self.rng, n), N)
        self.answer(phone(X), answers(labels.tolist(), self.rng), "batch")

    def answer(self, X, probabilities, source):
        for row, proba in zip(X, probabilities, strict=True):
            self.played += 1
            scores = tuple(GenreScore(g, float(p)) for g, p in zip(GENRES, proba, strict=True))
            best = max(scores, key=lambda score: score.probability)
            model = ModelRef("genre", "1", "champion")
            one = answer(
                str(self.played),
                features=row,
                feature_version=FEATURE_VERSION,
                probabilities=scores,
                genre=best.genre,
                model=model,
            )
            self.log.add(one, source)


def compressed(X):
    return X + 0.13 * np.where(np.arange(N) % 2, 1.0, -1.0)


def phone(X):
    X = X.copy()
    X[:, ::2] = 0.3 * X[:, ::2] + 3.0
    return X


@pytest.fixture(scope="module")
def usual():
    rng = np.random.default_rng(1)
    X, _ = music(rng, mixed(rng, 60), N)
    recoded = CodecPairs(X[:, :COMPARED], compressed(X)[:, None, :COMPARED], np.array(["unknown"] * 60))
    X, labels = music(rng, mixed(rng, 600), N)
    return reference.sketch(X[:, :COMPARED], labels, NAMES[:COMPARED], recoded)


@pytest.fixture
def home(tmp_path, usual, monkeypatch):
    monkeypatch.setattr(
        champion_reference,
        "find",
        lambda home, db: ChampionReference(
            SnapshotVersion("1", "models/1", "digest", "lda", "1"), usual, None
        ),
    )
    return Home(tmp_path).create()


@pytest.fixture
def db(home):
    database = Database(home.store)
    yield database
    database.close()


@pytest.fixture
def player(db):
    return Player(db)


@pytest.fixture
def reports(monkeypatch):
    """Record the targets of reports: Evidently takes long and has its own tests."""
    targets = []

    def write(target, comparison):
        targets.append(target)
        path = target / "drift-now.html" if target.is_dir() else target
        path.write_text("report")
        return path

    monkeypatch.setattr(html_report, "write", write)
    return targets


@pytest.fixture
def check(home, reports):
    lines = []

    def run(**params):
        context = TaskContext(ProcessResources(home), log=lines.append)
        return check_drift.run(context, params)

    run.lines, run.home = lines, home
    return run


def test_without_music_it_waits(check, db):
    found = check()
    assert (found["action"], found["drift"], found["n_current"], found["needed"]) == ("waiting", False, 0, 30)
    assert DriftLog(db).recent() == []
    with pytest.raises(AppError) as caught:
        check(html=True)
    assert caught.value.problem.code == "too-few-clips"


def test_usual_music_in_two_windows_raises_no_alert(check, db, player):
    player.play(60)
    found = check()
    assert (found["windows"], found["drift"], found["action"], found["serving"]) == (
        2,
        False,
        "none",
        "champion",
    )
    assert found["n_current"] == 30
    checks = DriftLog(db).recent()
    assert [one.counted for one in checks] == [True, True]
    assert all(one.model_version == "1" for one in checks)
    assert max(one.last_prediction for one in checks) == 60
    assert AlertService(db).standing() == []
    assert len(check.lines) == 2


def test_clips_are_evidence_once(check, db, player):
    player.play(35, phone)
    assert check()["action"] == "drift-seen"
    for _ in range(3):
        again = check()
        assert (again["drift"], again["action"], again["serving"]) == (True, "none", "champion")
    assert [one.counted for one in DriftLog(db).recent()] == [True]
    player.play_again(35)  # copies are no further evidence
    assert check()["serving"] == "champion"
    player.play(5, phone)  # too few for a window: tested, but not counted
    assert check()["serving"] == "champion"
    assert [one.counted for one in DriftLog(db).recent()] == [False, False, True]


def test_two_drifted_windows_bring_the_fallback_an_alert_and_a_report(check, db, home, player, reports):
    player.play(60)
    check()
    player.play(60, phone)
    found = check()
    assert (found["drift"], found["action"], found["serving"]) == (True, "fallback", "fallback")
    (alert,) = AlertService(db).standing("drift")
    assert alert.notice.action == OPEN_REPORT
    assert "of the features of 30 clips differ" in alert.notice.happened
    assert reports == [home.reports]
    assert DriftLog(db).latest().html_path == found["html_path"] == str(home.reports / "drift-now.html")


def test_what_only_the_encoder_measures_can_be_a_drift(check, db, player, monkeypatch, usual):
    rng = np.random.default_rng(2)
    X, labels = music(rng, mixed(rng, 600), N)
    encoder = reference.sketch(X[:, COMPARED : 2 * COMPARED], labels, NAMES[COMPARED : 2 * COMPARED])
    champion = ChampionReference(SnapshotVersion("1", "models/1", "digest", "lda", "1"), usual, encoder)
    monkeypatch.setattr(champion_reference, "find", lambda home, db: champion)

    def other_style(X):
        X[:, COMPARED:] += 1.5 * X[:, COMPARED:].std(axis=0)
        return X

    player.play(60, other_style)
    found = check()
    assert (found["drift"], found["serving"]) == (True, "fallback")
    assert found["drifted_share"] < found["threshold"] <= found["encoder_share"]
    assert DriftLog(db).latest().encoder_share == pytest.approx(found["encoder_share"], abs=1e-4)
    (alert,) = AlertService(db).standing("drift")
    assert "of the music encoder's measurements of 30 clips differ" in alert.notice.happened


def test_drift_in_two_runs_counts_as_well_and_clean_music_ends_it(check, db, player):
    player.play(30, phone)
    assert check()["serving"] == "champion"
    player.play(30, phone)
    assert check()["serving"] == "fallback"
    player.play(30)
    assert check()["serving"] == "fallback"
    player.play(30)
    found = check()
    assert (found["action"], found["serving"]) == ("champion", "champion")
    assert AlertService(db).standing() == []
    assert [switch.code for switch in SwitchLog(db).recent()] == ["drift-over", "drift"]


def test_compressed_recordings_raise_no_alert_and_nothing_is_switched(check, db, player):
    player.play(60, compressed)
    found = check()
    assert (found["level"], found["drift"], found["action"]) == ("mild", False, "noticed")
    assert found["serving"] == "champion"
    assert "lossy compression" in ServingController(db).current().recoded
    assert AlertService(db).history() == []
    player.play(60)
    assert check()["level"] == "none"
    assert not ServingController(db).current().recoded


def test_three_checks_tell_what_was_compared_and_what_is_still_needed(check, db, player):
    player.play(35, phone)
    facts = [check() for _ in range(3)]
    assert [(one["drift"], one["confirmed"]) for one in facts] == [(True, False)] * 3
    assert [(one["new"], one["compared"]) for one in facts] == [(35, 35), (0, 30), (0, 30)]
    assert [one["needed"] for one in facts] == [30, 30, 30]
    texts = [job_text.succeeded("drift", one) for one in facts]
    assert [(text.title, text.tone) for text in texts] == [("Possible drift", "warning")] * 3
    assert texts[0].text.startswith("35 new files were compared.")
    assert texts[2].text.startswith("Too few new files since the last check; the last 30 files")
    assert all("30 more files are needed" in text.text for text in texts)
    player.play_again(35)
    player.play(12, phone)
    assert check()["needed"] == 18
    assert DriftProgress(db).waiting() == 12
    player.play(18, phone)
    found = check()
    assert (found["new"], found["needed"], found["confirmed"], found["serving"]) == (30, 0, True, "fallback")
    assert job_text.succeeded("drift", found).title == "Drift found"
    shown = statistics.collect(check.home, db)
    assert shown.drift_result["confirmed"]


def test_page_and_message_say_the_same(check, db, player):
    player.play(35, phone)
    for _ in range(2):
        found = check()
        shown = statistics.collect(check.home, db).drift_result
        assert drift_text.title(shown) == drift_text.title(found)
        assert drift_text.explanation(shown) == drift_text.explanation(found)
    player.play(12, phone)  # since then
    assert "18 more files" in drift_text.still_needed(statistics.collect(check.home, db).drift_result)


def test_settings_are_followed(check, home, player):
    settings = Settings.load(home.settings)
    settings["drift.confirmations"] = 1
    settings["drift.minimum_clips"] = 10
    settings["drift.share"] = 0.9
    player.play(10, phone)
    found = check()
    assert (found["n_current"], found["threshold"], found["drift"]) == (10, 0.9, False)
    settings["drift.share"] = 0.3
    player.play(12, phone)
    assert check()["serving"] == "fallback"


def test_live_windows_and_broken_rows_are_left_out(check, player, db):
    player.play(40, source="live")
    player.log.add(answer("narrow", features=np.zeros(3)), "file")
    player.log.add(answer("broken", features=np.where(np.arange(N) == 5, np.nan, 0.0)), "file")
    assert check()["action"] == "waiting"
    player.play(30)
    assert check()["n_current"] == 30


def test_features_that_the_reference_lacks_may_be_missing(check, player):
    def without_the_others(X):
        X[:, COMPARED:] = np.nan
        return X

    player.play(30, without_the_others)
    assert check()["n_current"] == 30


def test_of_a_large_folder_the_newest_clips_are_tested(check, db, player, monkeypatch):
    monkeypatch.setattr(check_drift, "WINDOWS", 2)
    player.play(200)
    assert check()["windows"] == 2
    assert len(DriftLog(db).recent()) == 2
    assert {one.n_current for one in DriftLog(db).recent()} == {60}
    assert check()["windows"] == 1  # nothing new: the newest are tested, but not counted


def test_a_report_is_written_where_requested(check, player, tmp_path, reports):
    player.play(30)
    found = check(html=str(tmp_path / "mine.html"))
    assert found["html_path"] == str(tmp_path / "mine.html")
    assert (tmp_path / "mine.html").read_text() == "report"
    check(html=True)
    assert len(reports) == 2


def test_clips_are_distributed_in_turn(player, db):
    player.play(95)
    windows = check_drift.split_into_windows(player.log.judgeable([FEATURE_VERSION]), 30)
    assert [len(window) for window in windows] == [32, 32, 31]
    assert [prediction.id for prediction in windows[0][:3]] == [1, 4, 7]


@pytest.mark.parametrize(
    ("n", "sizes"), [(30, [30]), (54, [54]), (55, [30, 30]), (59, [30, 30]), (61, [31, 30])]
)
def test_a_few_clips_may_be_in_two_windows(player, n, sizes):
    player.play(n)
    windows = check_drift.split_into_windows(player.log.judgeable([FEATURE_VERSION]), 30)
    assert [len(window) for window in windows] == sizes
    assert len({prediction.id for window in windows for prediction in window}) == n


def test_confidence_counts_where_this_champion_answered(player):
    player.play(2)
    other = answer(
        "f", features=np.zeros(N), feature_version=FEATURE_VERSION, model=ModelRef("genre", "2", "fallback")
    )
    player.log.add(other, "file")
    clips = check_drift.clips_of(player.log.judgeable([FEATURE_VERSION]), "1")
    assert np.isfinite(clips.confidence).tolist() == [True, True, False]
    assert clips.X.shape == (3, N)
    assert clips.genres == ("blues", *GENRES)


def test_it_can_be_cancelled_before_it_counts(home, player, db):
    player.play(60, phone)
    with pytest.raises(Cancelled):
        check_drift.run(TaskContext(ProcessResources(home), cancelled=lambda: True), {})
    assert DriftLog(db).recent() == []
    assert ServingController(db).current().drift_streak == 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_when_evidently_fails_no_window_counts_and_nothing_is_switched(check, db, player, monkeypatch):
    from evidently.legacy.metrics.data_drift import dataset_drift_metric

    compare, calls = dataset_drift_metric.get_drift_for_columns, []

    def fail_in_the_third_window(**arguments):
        calls.append(arguments)
        if len(calls) == 3:
            raise RuntimeError("a file of Evidently is damaged")
        return compare(**arguments)

    player.play(90, phone)
    with monkeypatch.context() as patch:
        patch.setattr(dataset_drift_metric, "get_drift_for_columns", fail_in_the_third_window)
        with pytest.raises(AppError) as caught:
            check()
    assert caught.value.problem.code == "drift-check-failed"
    assert DriftLog(db).recent() == []
    state = ServingController(db).current()
    assert (state.active, state.drift_streak) == ("champion", 0)
    assert check()["serving"] == "fallback"
    assert [one.counted for one in DriftLog(db).recent()] == [True, True, True]
