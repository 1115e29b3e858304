from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.jobs.cluster.address import ClusterOptions
from genre_desktop.jobs.cluster.reachability import reach
from tests.fixtures.certificates import Certificates
from tests.fixtures.dask_cluster import Scheduler, free_port

pytest.importorskip("distributed", reason="the extra cluster is not installed")


def reason(options: ClusterOptions, timeout_s: float = 30.0) -> str:
    """Return why a scheduler is not reached."""
    with pytest.raises(AppError) as failure:
        reach(options, timeout_s)
    assert failure.value.problem.key == "cluster-unreachable"
    assert options.uri in str(failure.value.problem.reason)
    return str(failure.value.problem.params["error"])


@contextmanager
def server(greeting: bytes) -> Iterator[str]:
    """Run a server of another kind, which says ``greeting`` and closes the connection."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(greeting)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


def test_a_scheduler_that_answers(plain: Scheduler, encrypted: Scheduler) -> None:
    assert reach(plain.options) == "127.0.0.1"
    assert reach(encrypted.options) == "127.0.0.1"


def test_certificates_of_another_authority(encrypted: Scheduler, other_certificates: Certificates) -> None:
    assert "not of the cluster’s authority" in reason(ClusterOptions(encrypted.address, *other_certificates))


def test_a_certificate_that_the_scheduler_refuses(
    encrypted: Scheduler, certificates: Certificates, other_certificates: Certificates
) -> None:
    mixed = other_certificates._replace(ca_file=certificates.ca_file)
    assert reason(ClusterOptions(encrypted.address, *mixed)) == "it refuses this computer’s certificate"


def test_encryption_on_one_side_only(
    plain: Scheduler, encrypted: Scheduler, certificates: Certificates
) -> None:
    without = ClusterOptions(f"tcp://127.0.0.1:{encrypted.port}")
    assert reason(without, 1.0) in (
        "there is no answer in time",
        "it closes the connection; perhaps it wants encryption",
    )
    assert (
        reason(replace(ClusterOptions(f"tls://127.0.0.1:{plain.port}", *certificates)))
        == "it does not use encryption"
    )


def test_nothing_listens() -> None:
    assert reason(ClusterOptions(f"127.0.0.1:{free_port()}")) == "connection refused"


def test_no_such_computer() -> None:
    assert reason(ClusterOptions("nowhere.invalid", insecure=True)) == "there is no computer of this name"


@pytest.mark.parametrize(
    ("greeting", "said"),
    [(b"SSH-2.0-OpenSSH_9.2\r\n", "what answers is no Dask scheduler"), (b"", "it closes the connection")],
)
def test_another_server(greeting: bytes, said: str) -> None:
    with server(greeting) as address:
        assert reason(ClusterOptions(address)).startswith(said)


def test_what_may_not_be_reached_is_not_connected() -> None:
    with pytest.raises(AppError) as failure:
        reach(ClusterOptions("tcp://192.0.2.1:8786"))
    assert failure.value.problem.code == "cluster-insecure"
