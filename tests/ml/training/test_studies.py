"""A retrain that was ended goes on with its finished trials, and ends with the model it would have had anyway."""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy

import genre_desktop
from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.ml.data.dataset import grouped_folds
from genre_desktop.ml.models import bundle
from genre_desktop.ml.training import studies, trainer
from genre_desktop.ml.training.search_task import SearchTask
from tests.fixtures.postgres import running_postgres
from tests.ml import training_rows

REPOSITORY = Path(__file__).resolve().parents[3]
FAMILIES = ("lda", "logistic")
TRIALS, FOLDS = 6, 5


@pytest.fixture(scope="module")
def postgres():
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request):
    """None for SQLite; of the module, so that it is no process that a test leaves behind."""
    return None if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def url(server, tmp_path):
    return f"sqlite:///{tmp_path / 'studies.db'}" if server is None else database(server, tmp_path)


def database(server, tmp_path):
    name = "t" + "".join(c for c in tmp_path.name if c.isalnum()).lower()
    server.create(name)
    return server.url(name, "psycopg")


@pytest.fixture(scope="module")
def rows():
    return training_rows.rows(6, 2, noise=6)


@pytest.fixture(scope="module")
def expected(rows):
    """The trials and model of a retrain without a database."""
    return outcome(train(rows))


@pytest.fixture
def fits(monkeypatch):
    """The fits that were done, as family and number of folds."""
    done = []
    held_out = SearchTask.held_out

    def counted(self, family, params, fold):
        done.append((family, len(self.folds)))
        return held_out(self, family, params, fold)

    monkeypatch.setattr(SearchTask, "held_out", counted)
    return done


def train(rows, url="", **more):
    with studies.opened(url) as kept:
        found = trainer.train(rows, families=FAMILIES, trials=TRIALS, seed=1, base=None, studies=kept, **more)
        return found if kept is None else (found, kept)


def outcome(found):
    trials = [(r.family, r.number, r.params, r.gmean, r.state, r.rows) for r in found.trials]
    with tempfile.TemporaryDirectory() as folder:
        return trials, bundle.save(found.model, Path(folder) / "model")


def search_fits(fits):
    return sum(folds == FOLDS for _, folds in fits)


def query(url, text):
    engine = sqlalchemy.create_engine(url)
    try:
        with engine.begin() as connection:
            found = connection.execute(sqlalchemy.text(text))
            return [tuple(row) for row in found] if found.returns_rows else []
    finally:
        engine.dispose()


def test_the_database_changes_nothing(rows, url, expected):
    found, kept = train(rows, url)
    assert outcome(found) == expected
    assert (kept.reused, kept.lost) == (0, False)
    states = dict(query(url, "select state, count(*) from trials group by state"))
    assert states["COMPLETE"] + states["PRUNED"] == len(FAMILIES) * TRIALS
    assert query(url, "select count(*) from trial_heartbeats") != [(0,)]


@pytest.mark.parametrize("after", [3, 23, 47])
def test_a_cancelled_retrain_goes_on(rows, url, expected, fits, after):
    steps = []

    def progress(fraction, message):
        steps.append(fraction)

    with pytest.raises(Cancelled):
        train(rows, url, progress=progress, cancelled=lambda: len(steps) > after)
    finished = query(url, "select count(*) from trials where state in ('COMPLETE', 'PRUNED')")[0][0]
    done = search_fits(fits)
    fits.clear()
    found, kept = train(rows, url)
    assert outcome(found) == expected
    assert kept.reused == finished
    assert search_fits(fits) <= len(FAMILIES) * TRIALS * FOLDS - done + (len(FAMILIES) + 1) * FOLDS


def test_what_is_complete_is_repeated_from_the_database(rows, url, expected, fits):
    train(rows, url)
    fits.clear()
    found, kept = train(rows, url)
    assert outcome(found) == expected
    assert kept.reused == len(FAMILIES) * TRIALS
    assert search_fits(fits) == len(FAMILIES) * FOLDS  # the held-out probabilities of each family's best


KILLED = """
import os, sys
from genre_desktop.ml.training import studies, trainer
from tests.ml import training_rows

steps = []
def progress(fraction, message):
    steps.append(fraction)
    if len(steps) == 13:
        os.kill(os.getpid(), 9)

with studies.opened(sys.argv[1]) as kept:
    trainer.train(training_rows.rows(6, 2, noise=6), families=("lda", "logistic"), trials=6, seed=1,
                  base=None, studies=kept, progress=progress)
"""


def test_a_trial_of_a_killed_retrain_is_queued_again_once_its_heartbeat_is_late(rows, url, expected):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, url], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == -9, done.stderr
    assert query(url, "select number, state from trials order by number") == [
        (0, "COMPLETE"),
        (1, "COMPLETE"),
        (2, "RUNNING"),
    ]
    query(url, "update trial_heartbeats set heartbeat = '2020-01-01 00:00:00'")
    found, kept = train(rows, url)
    assert outcome(found) == expected
    assert kept.reused == 2
    first = "select number, state from trials where study_id = 1 order by number"
    assert query(url, first)[:4] == [(0, "COMPLETE"), (1, "COMPLETE"), (2, "FAIL"), (3, "COMPLETE")]
    retried = query(url, "select value_json from trial_system_attributes where key = 'failed_trial'")
    assert retried == [("2",)]


def test_a_trial_that_another_computer_still_runs_is_computed_here_too(rows, url, expected):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, url], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == -9, done.stderr  # its heartbeat is fresh, as that of a running one
    found, _ = train(rows, url)
    assert outcome(found) == expected
    assert (2, "RUNNING") in query(url, "select number, state from trials")


def test_two_at_once_share_a_study(rows, postgres, tmp_path, expected):
    url = database(postgres, tmp_path)
    results = []
    threads = [threading.Thread(target=lambda: results.append(train(rows, url))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [outcome(found) for found, _ in results] == [expected, expected]
    assert not any(kept.lost for _, kept in results)


def test_a_database_that_stops_changes_nothing_but_the_log(rows, expected, caplog):
    with running_postgres() as server:
        server.create("studies")
        url = server.url("studies", "psycopg")
        steps = []

        def progress(fraction, message):
            steps.append(fraction)
            if len(steps) == 12:
                server.service.stop()

        with caplog.at_level(logging.WARNING):
            found, kept = train(rows, url, progress=progress)
    assert outcome(found) == expected
    assert kept.lost
    assert kept.describe()[-1] == "It stopped answering; what followed was not kept."
    assert server.password not in caplog.text


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("not the address", "studies-database/address"),
        ("postgresql://team:se:cret@host:port/x", "studies-database/address"),
        ("oracle+cx_oracle://team:secret@127.0.0.1/x", "studies-database/driver"),
        ("nosuch://team:secret@127.0.0.1/x", "studies-database/driver"),
        ("postgresql://team:secret@127.0.0.1:1/x", "studies-database"),
    ],
)
def test_an_address_that_cannot_be_used_is_a_problem_without_the_password(address, key, caplog):
    with pytest.raises(AppError) as failure, studies.opened(address):
        pass
    assert failure.value.problem.key == key
    assert failure.value.problem.params["variable"] == "GENRE_DESKTOP_STUDIES"
    assert "cret" not in str(failure.value) + repr(failure.value.problem) + caplog.text
    assert failure.value.__cause__ is None


def test_a_wrong_password_is_a_problem(postgres):
    address = postgres.url().replace("+psycopg2", "").replace(postgres.password, "guessed")
    with pytest.raises(AppError) as failure, studies.opened(address):
        pass
    assert failure.value.problem.key == "studies-database"
    assert "guessed" not in str(failure.value)


def test_no_database_unless_one_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv(studies.VARIABLE, raising=False)
    with studies.opened() as kept:
        assert kept is None
    monkeypatch.setenv(studies.VARIABLE, f"sqlite:///{tmp_path / 'a.db'}")
    with studies.opened() as kept:
        assert kept is not None
    assert (tmp_path / "a.db").exists()


def test_a_study_is_of_one_version_family_data_and_seed(rows, monkeypatch):
    folds = grouped_folds(rows.y, rows.fold_groups, FOLDS, seed=1)
    classes, y = np.unique(rows.y, return_inverse=True)
    task = SearchTask(rows, 200, np.zeros((len(rows), 0)), tuple(classes.tolist()), y, folds, seed=1)
    name = studies.name_of(task, "lda", 6)
    assert name.startswith(f"genre-desktop {genre_desktop.__version__} lda ")
    assert studies.name_of(replace(task), "lda", 6) == name
    others = [
        studies.name_of(task, "svm", 6),
        studies.name_of(task, "lda", 7),
        studies.name_of(replace(task, seed=2), "lda", 6),
        studies.name_of(replace(task, n_columns=57), "lda", 6),
        studies.name_of(replace(task, base=np.zeros((len(rows), 3))), "lda", 6),
        studies.name_of(replace(task, folds=folds[:3]), "lda", 6),
        studies.name_of(replace(task, rows=replace(rows, y=rows.y[::-1])), "lda", 6),
    ]
    monkeypatch.setattr(genre_desktop, "__version__", "9")
    assert len({name, *others, studies.name_of(task, "lda", 6)}) == 9
