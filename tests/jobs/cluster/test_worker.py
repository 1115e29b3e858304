"""``genre-desktop worker`` with real schedulers; every test sees to it that no process stays behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.paths import Home
from genre_desktop.jobs.cluster import security, worker
from genre_desktop.jobs.cluster.address import ClusterOptions
from genre_desktop.jobs.cluster.contract import resource
from tests.fixtures.certificates import Certificates
from tests.fixtures.cli import REPOSITORY, Run
from tests.fixtures.dask_cluster import Scheduler, free_port, gone, own_address, scheduler, until

pytest.importorskip("distributed", reason="the extra cluster is not installed")


class Command:
    """The running command, with the lines that it wrote."""

    def __init__(self, *arguments: str, home: Path, ignore_interrupts: bool = False) -> None:
        ignore = "trap '' INT; " if ignore_interrupts else ""
        command = [sys.executable, "-m", "genre_desktop", "worker", *arguments, "--home", str(home)]
        self.process = subprocess.Popen(
            ["sh", "-c", f'{ignore}exec "$@"', "sh", *command],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            self.lines += (line.rstrip() for line in iter(output.readline, ""))

    @property
    def tree(self) -> list[psutil.Process]:
        """The processes that it started, at any depth."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def said(self, words: str) -> bool:
        return any(words in line for line in self.lines)

    def end(self, number: int) -> int:
        """Send it a signal, and return its exit code when all of its processes have ended."""
        tree = self.tree
        self.process.send_signal(number)
        code = self.process.wait(60)
        until(lambda: gone(tree))
        return code

    def close(self) -> None:
        for process in (*self.tree, psutil.Process(self.process.pid)) if self.process.poll() is None else ():
            process.kill()
        self.process.wait()
        self._reader.join()


@contextmanager
def running(*arguments: str, home: Path, ignore_interrupts: bool = False) -> Iterator[Command]:
    command = Command(*arguments, home=home, ignore_interrupts=ignore_interrupts)
    try:
        yield command
    finally:
        command.close()


def certificate_arguments(files: Certificates) -> tuple[str, ...]:
    return ("--ca-file", files.ca_file, "--certificate", files.certificate, "--key", files.key)


def test_workers_register_and_end_with_the_command(
    encrypted: Scheduler, certificates: Certificates, tmp_path: Path
) -> None:
    arguments = (encrypted.address, "--workers", "2", *certificate_arguments(certificates))
    with running(*arguments, home=tmp_path / "home") as command:
        found = encrypted.workers(at_least=2)
        assert [each["nthreads"] for each in found.values()] == [1, 1]
        assert [each["resources"] for each in found.values()] == [{resource(): 1.0}] * 2
        assert all(address.startswith("tls://127.0.0.1:") for address in found)
        assert command.said(f"2 worker processes for {encrypted.address}")
        assert command.end(signal.SIGINT) == 130
    assert encrypted.workers() == {}
    assert (tmp_path / "home" / "logs" / "command-line.log").read_text().count("Registered to") == 2


@pytest.mark.parametrize("host", ["127.0.0.1", own_address()])
def test_workers_listen_where_they_are_expected_only(
    host: str, certificates: Certificates, tmp_path: Path
) -> None:
    if not host:
        pytest.skip("this computer has no network")
    arguments = ("--workers", "1", *certificate_arguments(certificates))
    with (
        scheduler(tmp_path, certificates, host) as one,
        running(one.address, *arguments, home=tmp_path / "home") as command,
    ):
        one.workers(at_least=1)
        listening = {
            connection.laddr.ip
            for process in command.tree
            for connection in process.net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
        }
        assert listening == {host, "127.0.0.1"}
        assert command.end(signal.SIGTERM) == 0


def test_the_environment_of_workers(plain: Scheduler, tmp_path: Path) -> None:
    names = (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "DO_NOT_TRACK",
        "GENRE_DESKTOP_HOME",
        "NUMBA_CACHE_DIR",
        "MALLOC_TRIM_THRESHOLD_",  # not set
        "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED",
    )
    with running(plain.address, "--workers", "1", home=tmp_path) as command:
        plain.workers(at_least=1)
        deepest = max(command.tree, key=lambda process: process.create_time())
        found = {name: value for name, value in deepest.environ().items() if name in names}
        assert command.end(signal.SIGTERM) == 0
    assert found == {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "DO_NOT_TRACK": "1",
        "GENRE_DESKTOP_HOME": str(tmp_path),
        "NUMBA_CACHE_DIR": str(tmp_path / "cache" / "numba"),
        "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    }


def test_in_the_background_ctrl_c_is_ignored_and_sigterm_ends_it(plain: Scheduler, tmp_path: Path) -> None:
    with running(plain.address, "--workers", "1", home=tmp_path, ignore_interrupts=True) as command:
        plain.workers(at_least=1)
        command.process.send_signal(signal.SIGINT)
        assert command.end(signal.SIGTERM) == 0


def test_a_killed_command_leaves_no_worker(plain: Scheduler, tmp_path: Path) -> None:
    with running(plain.address, "--workers", "1", home=tmp_path) as command:
        plain.workers(at_least=1)
        assert len(command.tree) >= 2
        assert command.end(signal.SIGKILL) == -signal.SIGKILL
    until(lambda: plain.workers() == {})


def test_workers_come_back_with_their_scheduler(tmp_path: Path) -> None:
    with (
        scheduler(tmp_path) as one,
        running(one.address, "--workers", "1", home=tmp_path / "home") as command,
    ):
        one.workers(at_least=1)
        one.kill()
        until(lambda: command.said("The workers on this computer ended"))
        one.start()
        assert len(one.workers(at_least=1)) == 1
        assert command.end(signal.SIGTERM) == 0


def test_a_scheduler_that_is_not_there_is_mentioned_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    waits: list[float] = []
    stop = worker.Stop()

    class Listener:
        def __init__(self) -> None:
            self.problems: list[Problem] = []

        def started(self) -> None:
            raise AssertionError

        def failed(self, problem: Problem) -> None:
            self.problems.append(problem)

    def wait(seconds: float) -> None:
        waits.append(seconds)
        stop.signal = signal.SIGTERM if len(waits) == 8 else 0

    monkeypatch.setattr(stop, "wait", wait)
    listener = Listener()
    worker._keep_running(Home(tmp_path), worker.WorkerOptions(ClusterOptions(address), 1), stop, listener)
    assert [problem.code for problem in listener.problems] == ["cluster-unreachable"]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_certificates_of_another_authority(
    encrypted: Scheduler, other_certificates: Certificates, tmp_path: Path
) -> None:
    with running(encrypted.address, *certificate_arguments(other_certificates), home=tmp_path) as command:
        until(lambda: command.said("its certificate is not of the cluster’s authority"))
        assert command.end(signal.SIGTERM) == 0


def test_plain_tcp_to_another_computer_is_refused(run: Run) -> None:
    own = own_address()
    if not own:
        pytest.skip("this computer has no network")
    with socket.create_server((own, 0)) as listening:
        listening.settimeout(0)
        outcome = run("worker", f"{own}:{listening.getsockname()[1]}")
        with pytest.raises(BlockingIOError):  # nothing connected
            listening.accept()
    assert outcome.code == 1
    assert "without encryption" in outcome.err


@pytest.mark.parametrize("address", ["local:2", "nonsense://", "http://music.example"])
def test_addresses_that_are_none(run: Run, address: str) -> None:
    outcome = run("--json", "worker", address)
    assert (outcome.code, outcome.json["error"]["code"]) == (1, "cluster-address")


def test_without_the_extra(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security.importlib.util, "find_spec", lambda name: None)
    outcome = run("worker", "127.0.0.1")
    assert outcome.code == 1
    assert 'pip install "genre-desktop[cluster]"' in outcome.err


def test_certificates_of_the_settings(tmp_path: Path, certificates: Certificates) -> None:
    options = worker.WorkerOptions(ClusterOptions("tls://music.example:1", *certificates), 3, "192.0.2.7")
    command = worker.command(Home(tmp_path), options, own="192.0.2.1")
    for pair in (
        ("--tls-key", certificates.key),
        ("--host", "192.0.2.7"),
        ("--nworkers", "3"),
        ("--nthreads", "1"),
    ):
        assert command[command.index(pair[0]) + 1] == pair[1]
    plain = worker.WorkerOptions(ClusterOptions("tcp://127.0.0.1:1", *certificates), 1)
    assert "--tls-key" not in worker.command(Home(tmp_path), plain, own="127.0.0.1")


def test_a_certificate_that_is_absent_is_no_reason_to_wait(tmp_path: Path) -> None:
    options = worker.WorkerOptions(ClusterOptions("tls://127.0.0.1", "/absent.pem", "/absent.pem"), 1)
    with pytest.raises(AppError) as failure:
        worker.run(Home(tmp_path), options, None)  # type: ignore[arg-type]
    assert failure.value.problem.code == "cluster-certificate"
