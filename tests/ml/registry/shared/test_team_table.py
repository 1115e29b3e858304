"""The team's table on a real MLflow server: several contributors, replaced, damaged and missing files."""

from __future__ import annotations

import threading
import uuid

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.ml.registry.shared import contribution, contributor, team_data, team_table
from genre_desktop.ml.registry.shared.connection import ServerOptions, connect
from genre_desktop.ml.registry.shared.contribution import FILE, Contribution, prepare
from tests.fixtures.mlflow_server import Fault
from tests.ml.registry.shared.test_contribution import song

SALT = "5a" * 32


@pytest.fixture(autouse=True)
def table(monkeypatch):
    """An experiment of its own for every test: a server never deletes one for good."""
    name = f"contributions {uuid.uuid4().hex}"
    monkeypatch.setattr(team_table, "EXPERIMENT", name)
    return name


@pytest.fixture
def server(mlflow_server):
    with connect(ServerOptions.at(mlflow_server.uri)) as found:
        yield found


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home").create()


def sent_by(name, *numbers, **changes):
    """A contribution of a desktop, under the names of the server's team."""
    names = contributor.Contributor(name, name.encode().hex(), SALT).names(SALT)
    return prepare([song(number, **changes) for number in numbers], name, names)


def file_of(mlflow_server, run):
    return next(mlflow_server.artifacts.rglob(f"{run}/artifacts/{FILE}"))


def test_a_team_has_one_salt_whoever_comes_first(server):
    assert team_table.salt_of(server) is None
    assert team_table.create(server, SALT) == SALT
    assert team_table.create(server, "ff" * 32) == SALT
    assert team_table.salt_of(server) == SALT


def test_two_first_contributors_at_once_get_the_same_salt(server):
    found = []
    proposals = [f"{number:02x}" * 32 for number in range(4)]
    threads = [
        threading.Thread(target=lambda p=proposal: found.append(team_table.create(server, p)))
        for proposal in proposals
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert found[0] in proposals


def test_rows_of_all_contributors_arrive_bit_for_bit(server, home):
    team_table.create(server, SALT)
    one, two = sent_by("anna", 1, 2), sent_by("berta", 3, windows=4)
    for each in (two, one):
        team_table.send(server, each)
    rows = team_data.load_rows(server)
    assert rows == [*one.clips, *two.clips]
    for a, b in zip(rows, [*one.clips, *two.clips], strict=True):
        assert a.features.tobytes() == b.features.tobytes()
    found = team_data.load(server, home)
    assert found.contributors == 2
    assert found.table is not None
    assert found.table.clips == rows
    assert found.skipped == ()
    assert contributor.remembered_names(home, server.uri) == found.table.pseudonyms


def test_the_run_holds_a_dataset_with_its_digest_and_no_user_s_name(server):
    team_table.create(server, SALT)
    sent = sent_by("anna", 1)
    run = server.client.get_run(team_table.send(server, sent))
    assert run.info.status == "FINISHED"
    assert run.data.tags[team_table.DIGEST] == sent.digest
    assert run.data.tags["clips"] == "1"
    dataset = run.inputs.dataset_inputs[0].dataset
    assert sent.digest.startswith(dataset.digest)
    assert dataset.name == "corrections"
    assert "mlflow.user" not in run.data.tags
    assert "mlflow.source.name" not in run.data.tags
    assert run.info.user_id in ("", "unknown")


def test_a_new_contribution_replaces_the_earlier_one(server):
    team_table.create(server, SALT)
    team_table.send(server, sent_by("berta", 9))
    team_table.send(server, sent_by("anna", 1, 2))
    newer = sent_by("anna", 2, 3, 4)
    run = team_table.send(server, newer)
    assert next(found.info.run_id for found in team_table.runs(server)) == run
    assert team_data.load_rows(server)[:3] == list(newer.clips)
    assert len(team_data.load_rows(server)) == 4


def test_the_latest_counts_by_number_where_the_earlier_one_cannot_be_deleted(server, monkeypatch):
    team_table.create(server, SALT)
    team_table.send(server, sent_by("anna", 1))
    monkeypatch.setattr(team_table, "_delete", lambda *_: None)
    newer = sent_by("anna", 2)
    run = team_table.send(server, newer)
    assert team_table._order(server.client.get_run(run))[0] == 2
    assert team_data.load_rows(server) == list(newer.clips)


def test_a_desktop_does_not_get_its_own_contribution(server, home):
    team_table.create(server, SALT)
    me = contributor.of_home(home)
    team_table.send(server, sent_by(me.id, 1))
    team_table.send(server, sent_by("berta", 2))
    found = team_data.load(server, home)
    assert found.contributors == 1
    assert found.table is not None
    assert list(found.table.clips) == list(sent_by("berta", 2).clips)


def test_withdrawing_leaves_those_of_others(server):
    team_table.create(server, SALT)
    for name in ("anna", "berta"):
        team_table.send(server, sent_by(name, 1))
    assert team_table.withdraw(server, "anna") == 1
    assert team_table.withdraw(server, "anna") == 0
    assert [run.data.tags[team_table.CONTRIBUTOR] for run in team_table.runs(server)] == ["berta"]


def test_a_team_without_contributions_has_no_rows(server, home):
    assert team_data.load_rows(server) == []
    assert team_data.load(server, home).table is None
    team_table.create(server, SALT)
    assert team_data.load_rows(server) == []
    assert team_data.load(server, home).contributors == 0


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-200]), "differs from what its contributor sent"),
        (
            lambda file: file.write_bytes(b"x" + file.read_bytes()[1:]),
            "differs from what its contributor sent",
        ),
        (lambda file: file.unlink(), "missing on the server"),
        (lambda file: file.write_bytes(bytes(contribution.MOST_BYTES + 1)), "larger than 50 MB"),
    ],
)
def test_a_damaged_contribution_is_left_out_with_its_reason(server, home, mlflow_server, damage, reason):
    team_table.create(server, SALT)
    damage(file_of(mlflow_server, team_table.send(server, sent_by("anna", 1))))
    good = sent_by("berta", 2)
    team_table.send(server, good)
    found = team_data.load(server, home)
    assert found.table is not None
    assert list(found.table.clips) == list(good.clips)
    assert [skipped.contributor for skipped in found.skipped] == ["anna"]
    assert reason in found.skipped[0].problem.reason
    assert team_data.load_rows(server) == list(good.clips)


def test_a_file_under_the_name_of_another_contributor_is_left_out(server, home):
    team_table.create(server, SALT)
    run = team_table.send(server, sent_by("anna", 1))
    server.client.set_tag(run, team_table.CONTRIBUTOR, "berta")
    assert "another contributor" in team_data.load(server, home).skipped[0].problem.reason


def test_an_interrupted_contribution_leaves_the_earlier_one(mlflow_server, proxied):
    with connect(ServerOptions.at(proxied.uri)) as server:
        team_table.create(server, SALT)
        before = sent_by("anna", 1)
        team_table.send(server, before)
        for fault in (
            Fault("mlflow-artifacts", "PUT", status=500, times=1),
            Fault("log-inputs", status=503, times=1),
        ):
            proxied.faults.append(fault)
            with pytest.raises(AppError) as error, connect(ServerOptions.at(proxied.uri)) as again:
                team_table.send(again, sent_by("anna", 2, 3))
            assert error.value.problem.code == "registry-server-failed"
            assert team_data.load_rows(server) == list(before.clips)


def test_a_body_that_ends_early_is_left_out_and_a_fault_of_the_server_is_not(proxied, home):
    with connect(ServerOptions.at(proxied.uri)) as server:
        team_table.create(server, SALT)
        team_table.send(server, sent_by("anna", 1))
        proxied.faults.append(Fault("mlflow-artifacts", "GET", truncate=True))
        assert "is incomplete" in team_data.load(server, home).skipped[0].problem.reason
    proxied.faults[:] = [Fault("mlflow-artifacts", "GET", status=500)]
    with pytest.raises(AppError) as error, connect(ServerOptions.at(proxied.uri)) as server:
        team_data.load(server, home)
    assert error.value.problem.code == "registry-server-failed"


def test_an_experiment_of_somebody_else_is_not_used(server, table):
    server.client.create_experiment(table)
    with pytest.raises(AppError) as error:
        team_table.create(server, SALT)
    assert error.value.problem.code == "team-table-foreign"


def test_a_deleted_table_is_reported(server, table):
    team_table.create(server, SALT)
    server.client.delete_experiment(server.client.get_experiment_by_name(table).experiment_id)
    for use in (lambda: team_table.salt_of(server), lambda: team_table.create(server, SALT)):
        with pytest.raises(AppError) as error:
            use()
        assert error.value.problem.code == "team-table-deleted"


def test_many_windows_fit_in_one_contribution(server):
    team_table.create(server, SALT)
    made = [song(number, windows=100) for number in range(10)]
    names = contributor.Contributor("anna", "ab", SALT).names(SALT)
    sent = prepare(made, "anna", names)
    assert isinstance(sent, Contribution)
    team_table.send(server, sent)
    found = team_data.load_rows(server)
    assert sum(len(clip.features) for clip in found) == 1000
    assert np.isfinite(found[0].features).all()
