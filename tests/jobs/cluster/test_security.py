from __future__ import annotations

import pytest

from genre_desktop.jobs.cluster.address import ClusterOptions
from genre_desktop.jobs.cluster.security import security_of
from tests.fixtures.certificates import Certificates

pytest.importorskip("distributed", reason="the extra cluster is not installed")


@pytest.mark.parametrize("address", ["local:2", "tcp://127.0.0.1:8786", "music.example"])
def test_plain_tcp_has_none(address: str) -> None:
    assert security_of(ClusterOptions(address)) is None


@pytest.mark.parametrize("role", ["client", "scheduler", "worker"])
def test_tls_for_every_role(role: str, certificates: Certificates) -> None:
    security = security_of(ClusterOptions("tls://music.example", *certificates))
    for connection in (security.get_connection_args(role), security.get_listen_args(role)):
        assert connection["require_encryption"]
        assert connection["ssl_context"] is not None
