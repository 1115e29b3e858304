"""Whether Dask is installed, and the encryption of its connections."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

from genre_desktop.core.errors import AppError
from genre_desktop.jobs.cluster.address import ClusterOptions


def check_installed() -> None:
    """Raise ``AppError`` (``cluster-missing``) unless Dask is installed."""
    if getattr(sys, "frozen", False) or importlib.util.find_spec("distributed") is None:
        raise AppError("cluster-missing")


def security_of(options: ClusterOptions) -> Any:
    """Return a ``distributed.Security`` that refuses every unencrypted connection; None for plain TCP.

    Dask does not compare the name in a certificate with the host: whoever has a certificate of the authority
    belongs to the cluster, so the authority has to be the cluster's own.
    """
    if not options.encrypted:
        return None
    import distributed

    security: Any = distributed.Security  # without annotations
    certificate, key = options.certificate, options.key or None
    return security(
        require_encryption=True,
        tls_ca_file=options.ca_file,
        tls_client_cert=certificate,
        tls_client_key=key,
        tls_scheduler_cert=certificate,
        tls_scheduler_key=key,
        tls_worker_cert=certificate,
        tls_worker_key=key,
    )
