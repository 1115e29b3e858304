from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.jobs.cluster import security
from genre_desktop.jobs.cluster.address import VARIABLE, ClusterOptions
from genre_desktop.jobs.cluster.check import ClusterReport, check, probe_file, run
from genre_desktop.jobs.cluster.contract import Contract, contract, resource
from genre_desktop.jobs.context import ProcessResources, TaskContext
from tests.fixtures.certificates import Certificates
from tests.fixtures.dask_cluster import Scheduler, free_port, own_address, plain_worker, scheduler

pytest.importorskip("distributed", reason="the extra cluster is not installed")

OTHERS = {
    "cluster-other-version": Contract("9.9.9", "2", "00000000"),
    "cluster-other-features": Contract(contract().version, "99", "00000000"),
    "cluster-other-libraries": Contract(contract().version, contract().features, "00000000"),
}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, certificates: Certificates) -> Iterator[Scheduler]:
    """Yield a cluster with one worker that fits, one that does not for each reason, and one of another program."""
    offered = [
        (),
        ("--resources", f"{resource()}=1"),
        *(("--resources", f"{each.name}=1") for each in OTHERS.values()),
    ]
    with ExitStack() as stack:
        running = stack.enter_context(scheduler(tmp_path_factory.mktemp("mixed"), certificates))
        for arguments in offered:
            stack.enter_context(plain_worker(running, *arguments))
        running.workers(at_least=len(offered))
        yield running


def codes(report: ClusterReport) -> list[str]:
    assert all(problem.hint for problem in report.problems)
    return [problem.key for problem in report.problems]


def test_who_fits_and_who_does_not(mixed: Scheduler) -> None:
    report = check(mixed.options)
    assert (report.ok, report.fit, report.unfit, report.files) == (True, 1, 4, "unknown")
    assert sorted(codes(report)) == sorted([*OTHERS, "cluster-other-workers"])
    said = " ".join(str(problem) for problem in report.problems)
    assert "version 9.9.9 of this program" in said
    assert f"genre-desktop worker {mixed.address}" in said
    assert ClusterReport.from_document(report.to_document()) == report


def test_workers_that_see_the_same_file(mixed: Scheduler, tmp_path: Path) -> None:
    song = tmp_path / "song.flac"
    song.write_bytes(b"sound")
    report = check(mixed.options, song)
    assert report.files == "seen"
    assert "cluster-files" not in codes(report)


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="needs Linux's /proc")
def test_workers_that_do_not_see_the_file(
    mixed: Scheduler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder in which a process runs is another one for each."""
    monkeypatch.chdir(tmp_path)
    Path("song.flac").write_bytes(b"sound")
    report = check(mixed.options, Path("/proc/self/cwd/song.flac"))
    assert report.files == "sent"
    assert report.ok
    assert "1 of 1 workers find no file" in str(report.problems[-1])


def test_no_workers(plain: Scheduler) -> None:
    report = check(plain.options)
    assert (report.ok, codes(report)) == (False, ["cluster-no-workers"])


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("127.0.0.1:1", "cluster-unreachable"),
        ("not the address", "cluster-address"),
        ("tls://127.0.0.1", "cluster-certificate/incomplete"),
    ],
)
def test_clusters_that_cannot_be_used(address: str, code: str) -> None:
    report = check(ClusterOptions(address))
    assert (report.ok, codes(report)) == (False, [code])
    assert ClusterReport.from_document(report.to_document()) == report


def test_certificates_of_another_authority(mixed: Scheduler, other_certificates: Certificates) -> None:
    report = check(ClusterOptions(mixed.address, *other_certificates))
    assert codes(report) == ["cluster-unreachable"]
    assert "its certificate is not of the cluster’s authority" in str(report.problems[0])


def test_plain_tcp_to_another_computer_is_refused() -> None:
    own = own_address()
    if not own:
        pytest.skip("this computer has no network")
    assert codes(check(ClusterOptions(own))) == ["cluster-insecure"]
    assert codes(check(ClusterOptions(f"{own}:{free_port()}", insecure=True))) == ["cluster-unreachable"]


def test_workers_of_this_computer_need_no_check() -> None:
    report = check(ClusterOptions("local:2"))
    assert (report.ok, report.fit, report.problems) == (True, 2, ())


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security.importlib.util, "find_spec", lambda name: None)
    assert codes(check(ClusterOptions("local:2"))) == ["cluster-missing"]


def test_the_job_checks_the_cluster_of_the_settings(
    plain: Scheduler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    parts = ProcessResources(Home(tmp_path).create())
    with pytest.raises(AppError, match="does not contain the host"):
        run(TaskContext(parts), {})
    parts.settings["cluster.address"] = plain.address
    result = run(TaskContext(parts), {})
    parts.close()
    assert (result["address"], result["fit"]) == (plain.address, 0)


def test_the_probe_is_the_latest_file_that_exists(tmp_path: Path) -> None:
    database = Database(tmp_path / "store.db")
    assert probe_file(database) is None
    names = ("old.flac", "new.flac", "gone.flac")
    with database.transaction() as connection:
        for number, name in enumerate(names):
            path = tmp_path / name
            path.write_bytes(b"")
            connection.execute(
                "INSERT INTO clips VALUES (?, ?, ?, 'rock', '', 'audio', 30, 0)",
                (number + 1, name, str(path)),
            )
            connection.execute("INSERT INTO files VALUES (?, 0, 0, ?)", (str(path), number + 1))
    (tmp_path / "gone.flac").unlink()
    found = probe_file(database)
    database.close()
    assert found == tmp_path / "new.flac"
