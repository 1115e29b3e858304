from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fixtures.certificates import Certificates, certificates, other_certificates
from tests.fixtures.dask_cluster import Scheduler, scheduler

__all__ = ["certificates", "other_certificates"]


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory, certificates: Certificates) -> Iterator[Scheduler]:
    """Yield a scheduler that is reached through TLS."""
    with scheduler(tmp_path_factory.mktemp("encrypted"), certificates) as running:
        yield running


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scheduler]:
    """Yield a scheduler without encryption."""
    with scheduler(tmp_path_factory.mktemp("plain")) as running:
        yield running
