"""The retrain job from end to end: real store, real training, real MLflow, small rows."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.app.monitoring.model_entry import ModelEntry
from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.monitoring.metric_names import recalls
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import AnalyseRequest, Answer
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES, VERSIONS
from genre_desktop.ml.inference.predictor import Predictor
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import alias_snapshot, cleanup
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.run import OWNER
from genre_desktop.ml.tasks import import_library, train
from genre_desktop.ml.tasks import registry as registry_jobs
from genre_desktop.ml.training import estimators, run_logging, sampling, studies
from genre_desktop.ml.training.fold_runner import LocalFolds
from tests.ml import tiny_models
from tests.ml.data.test_folder_import import Context as PlainContext
from tools import synthetic_audio

REPOSITORY = Path(__file__).resolve().parents[3]
QUICK = {"families": ["lda"], "trials": 1}


class Context(PlainContext):
    """The context of a retrain, without a cluster unless a test sets ``runner``."""

    runner = None

    @contextmanager
    def fold_runner(self):
        yield self.runner


@pytest.fixture
def context(home, tmp_path, monkeypatch):
    """A job's context in a home with the small starters; there is no reference table."""
    monkeypatch.setattr(reference_dataset, "shipped_path", lambda: tmp_path / "none.npz")
    return Context(home.root)


def fill(home, shift=0, per_class=6):
    """Fill the library with single-artist clips; ``shift`` rotates their labels."""
    X, y = tiny_models.rows(per_class, seed=5)
    names = np.unique(y)
    turned = dict(zip(names, np.roll(names, shift), strict=True))
    database = Database(home.store)
    for i, (row, label) in enumerate(zip(X, y, strict=True)):
        clip = Clip(
            content_hash=f"clip {i}",
            path=f"/music/{i}.mp3",
            label=str(turned[label]),
            group=f"artist:{i}",
            source="audio",
            duration_s=30.0,
            starts=np.zeros(1),
            lengths=np.full(1, 30.0),
            features=row[None, :],
        )
        Library(database).put(clip, FEATURE_VERSION)
    return database


def artifacts(context, result):
    folder = context.home.registry / "artifacts" / result["run_id"] / "artifacts"
    return {path.name: path for path in folder.rglob("*") if path.is_file()}


def test_a_better_model_is_logged_registered_and_promoted(context):
    database = fill(context.home, shift=1)
    answer = Answer("/music/x.mp3", "pop", 0.5, clip_hash="x", feature_version=FEATURE_VERSION,
                    features=tiny_models.rows(1)[0][0], duration_s=30.0)  # fmt: skip
    Corrections(database).add(PredictionLog(database).add(answer, "file"), "jazz")

    result = train.run(context, QUICK)

    assert set(result) == {
        "run_id", "family", "version", "metrics", "champion_before", "promoted", "reason", "seconds",
    }  # fmt: skip
    assert (result["champion_before"], result["version"], result["promoted"]) == ("1", "3", True)
    assert result["metrics"]["gmean"] > 0.5
    assert "G-Mean" in result["reason"]
    assert Corrections(database).waiting() == 0
    database.close()

    files = artifacts(context, result)
    assert {"confusion.svg", "reliability.svg", "trials.json", "scores.json", "decision.json", "data.json",
            "training_rows.npz", "MLmodel"} <= set(files)  # fmt: skip
    data = json.loads(files["data.json"].read_text("utf-8"))
    assert data["sources"] == {"audio": 60, "correction": 1}
    with np.load(files[run_logging.TRAINING_ROWS], allow_pickle=False) as rows:
        assert rows["features"].shape == (61, len(NAMES))
        assert str(rows["feature_version"]) == FEATURE_VERSION

    with Registry(context.home) as registry:
        newest, first = registry.models()[0], registry.models()[-1]
        assert (newest.aliases, newest.tags["decision"]) == (("champion",), "promoted")
        assert first.aliases == ("fallback",)
        assert newest.tags["dataset_digest"] == data["digest"]
        assert newest.metrics["gmean"] == pytest.approx(result["metrics"]["gmean"])
        assert newest.metrics["trial/lda/gmean"] > 0
        assert newest.params["trials"] == "1"
        assert registry.client.get_run(result["run_id"]).info.status == "FINISHED"

    fractions = [fraction for fraction, _ in context.reports]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_what_is_sampled_is_logged(context, monkeypatch):
    fill(context.home, shift=1).close()
    monkeypatch.setattr(sampling, "SEARCH_ROWS", 50)
    monkeypatch.setattr(sampling, "WHOLE_ROWS", 10)
    monkeypatch.setitem(estimators.FAMILIES, "lda", replace(estimators.FAMILIES["lda"], rows=40))
    result = train.run(context, QUICK)
    assert "Settings are searched on a sample of 50 of 60 rows." in context.lines
    assert "Shrinkage LDA: a sample of 40 rows." in context.lines
    with Registry(context.home) as registry:
        params = registry.models()[0].params
        assert (params["sampled.search"], params["sampled.lda"]) == ("50", "40")
    (trial,) = json.loads(artifacts(context, result)["trials.json"].read_text("utf-8"))
    assert trial["rows"] <= 48


def test_a_model_that_is_not_better_is_kept_but_does_not_serve(context):
    fill(context.home, shift=1).close()
    assert train.run(context, QUICK)["promoted"]
    result = train.run(context, QUICK)  # nothing new has come
    assert (result["champion_before"], result["version"], result["promoted"]) == ("3", "4", False)
    assert "No significant improvement" in result["reason"]
    with Registry(context.home) as registry:
        newest = registry.models()[0]
        assert (newest.version, newest.aliases) == ("4", ())
        assert newest.tags["decision"] == "not promoted"
        assert newest.tags["reason"] == result["reason"]
        assert registry.resolve("champion").version == "3"


def test_the_reference_alone_promotes_nothing(context, monkeypatch):
    database = fill(context.home, shift=1)
    clips = [replace(clip, source="reference") for clip in Library(database).clips(VERSIONS)]
    assert Library(database).remove([clip.content_hash for clip in clips]) == 60
    database.close()
    path = context.home.root / "reference.npz"
    reference_dataset.save(path, clips)
    monkeypatch.setattr(reference_dataset, "shipped_path", lambda: path)
    result = train.run(context, QUICK)
    assert not result["promoted"]
    assert result["reason"].startswith("It was trained only on the reference clips")


def test_promotion_can_be_switched_off_and_broken_models_are_not_in_the_way(context):
    fill(context.home, shift=1).close()
    with Registry(context.home) as registry:
        for alias in ("champion", "fallback"):
            path = registry.resolve(alias).path(context.home) / "bundle.json"
            path.write_bytes(path.read_bytes()[:-9])
    kept = train.run(context, {**QUICK, "promote": False})
    assert not kept["promoted"]
    assert kept["reason"].startswith("Promotion was turned off")
    assert "No model could serve, so the starter models were restored." in context.lines
    with Registry(context.home) as registry:
        assert registry.models()[0].tags["decision"] == "not promoted"
        assert registry.resolve("champion").version not in ("1", kept["version"])


def test_cancelling_registers_nothing(context):
    fill(context.home, shift=1).close()
    context.cancelled = lambda: any((fraction or 0) > 0.3 for fraction, _ in context.reports)
    with pytest.raises(Cancelled):
        train.run(context, QUICK)
    with Registry(context.home) as registry:
        assert len(registry.models()) == 2
        assert registry.resolve("champion").version == "1"
        states = {run.info.status for run in cleanup.all_runs(registry.client)}
    assert states == {"FINISHED", "KILLED"}


@pytest.mark.parametrize(
    ("params", "code"), [({}, "too-few-clips"), ({"families": ["oracle"]}, "unknown-family")]
)
def test_invalid_requests_fail_before_a_run_begins(context, params, code):
    with pytest.raises(AppError) as caught:
        train.run(context, {**QUICK, **params})
    assert caught.value.problem.code == code
    with Registry(context.home) as registry:
        assert len(cleanup.all_runs(registry.client)) == 2


def test_the_run_of_a_killed_retrain_is_ended_by_the_next_one(context):
    with Registry(context.home) as registry:
        left = registry.run("retrain")
        left.tags({OWNER: "1@0"})  # a process that is gone
    with pytest.raises(AppError):
        train.run(context, QUICK)
    with Registry(context.home) as registry:
        assert registry.client.get_run(left.id).info.status == "KILLED"


def test_killed_at_its_worst_moment_the_old_champion_serves(context, with_starters):
    """Registered, not yet promoted; killed hard."""
    fill(context.home, shift=1).close()
    code = (
        "import sys; from tests.ml.tasks.test_train import die_promoting; "
        "die_promoting(sys.argv[1], sys.argv[2])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(context.home.root), str(with_starters)], cwd=REPOSITORY, check=False
    )
    assert ended.returncode not in (0, 1)
    snapshot = alias_snapshot.read(context.home)
    assert snapshot is not None
    assert snapshot.aliases == {"champion": "1", "fallback": "2"}
    with Registry(context.home) as registry:
        registry.clean_up()
        assert registry.resolve("champion").version == "1"
        assert "RUNNING" not in {run.info.status for run in cleanup.all_runs(registry.client)}
    database = Database(context.home.store)
    assert Library(database).count() == 60
    database.close()


def test_folds_are_trained_by_what_the_context_offers(context):
    class Counted(LocalFolds):
        runs = 0

        def run(self, task, family, params):
            self.runs += 1
            return super().run(task, family, params)

        def describe(self):
            return f"Folds of {self.runs} settings were trained elsewhere."

    fill(context.home, shift=1).close()
    context.runner = Counted()
    train.run(context, QUICK)
    assert context.runner.runs >= 1
    assert context.runner.describe() in context.lines


def test_finished_trials_are_kept_where_a_database_is_named(context, tmp_path, monkeypatch):
    monkeypatch.setenv(studies.VARIABLE, f"sqlite:///{tmp_path / 'studies.db'}")
    fill(context.home, shift=1).close()
    first = train.run(context, QUICK)
    assert "Finished trials taken from the database of studies: 0." in context.lines
    again = train.run(context, {**QUICK, "promote": False})
    assert again["metrics"] == first["metrics"]
    assert "Finished trials taken from the database of studies: 1." in context.lines
    logged = "".join(artifacts(context, again)["trials.json"].read_text("utf-8"))
    assert str(tmp_path) not in logged


def die_promoting(root: str, models: str) -> None:
    """In a process of its own: a retrain that is killed just before the aliases move."""
    from genre_desktop import environment
    from genre_desktop.ml.registry import starter_models

    environment.set_up()
    starter_models.folder = lambda alias: Path(models) / alias
    reference_dataset.shipped_path = lambda: Path(root) / "none.npz"
    Registry.promote = lambda *args, **kwargs: os.kill(
        os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM)
    )
    train.run(Context(Path(root)), QUICK)


DISCO = "👩\u200d🎤 Disco"
AWKWARD = ("Rock/", "/Rock", "A//B", "..", "a/../b", DISCO, "x" * 200, "=1+1", "<b>bold</b>", "-", "$\\frac$")
"""Slashes and dots mean something in the names of MLflow's metrics and of files."""


def test_awkward_genres_are_imported_learned_and_answered_as_they_are(context, tmp_path):
    song = synthetic_audio.music(4.0, 22_050, 1)
    path = tmp_path / "music" / DISCO / "song.wav"
    path.parent.mkdir(parents=True)
    synthetic_audio.write(path, song, 22_050)
    rows = table_of(tmp_path / "rows.csv", AWKWARD, per_label=6)
    assert import_library.run(context, {"path": str(rows)})["genres"] == dict.fromkeys(sorted(AWKWARD), 6)
    assert import_library.run(context, {"path": str(tmp_path / "music"), "workers": 1})["genres"] == {
        DISCO: 1
    }

    version = train.run(context, {**QUICK, "promote": False})["version"]

    with Registry(context.home) as registry:
        registry.promote(version)
        info = next(info for info in registry.models() if info.version == version)
        model = bundle.load(registry.folder(version))
    assert set(AWKWARD) <= set(model.classes)
    assert set(AWKWARD) <= set(recalls(info.metrics))
    listed = next(one for one in registry_jobs.models(context, {})["models"] if one["version"] == version)
    assert set(AWKWARD) <= set(ModelEntry.of(listed, {}).recall)
    answer = Predictor(context.home).analyse(AnalyseRequest(str(path))).answer
    assert answer.error is None
    assert (answer.model.version, {score.genre for score in answer.probabilities}) == (
        version,
        set(model.classes),
    )


def table_of(path, labels, per_label):
    rng = np.random.default_rng(0)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["label", "artist", *NAMES])
        for label in labels:
            centre = rng.normal(size=len(NAMES))
            for n in range(per_label):
                features = centre + rng.normal(scale=0.3, size=len(NAMES))
                lines.writerow([label, f"{label} {n}", *features.round(4)])
    return path
