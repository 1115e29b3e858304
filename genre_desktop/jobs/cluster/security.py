"""Whether Dask is installed, and encrypted connections to its scheduler."""

from __future__ import annotations

import importlib.util
import sys
import warnings
from typing import TYPE_CHECKING, Any

from genre_desktop.core.errors import AppError
from genre_desktop.jobs.cluster import reachability
from genre_desktop.jobs.cluster.address import ClusterOptions

if TYPE_CHECKING:
    from distributed import Client, LocalCluster


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


def connect(
    options: ClusterOptions, timeout_s: float, name: str | None = None, started: LocalCluster | None = None
) -> Client:
    """Connect to the scheduler, or to that of a cluster which this process ``started``.

    Raises
    ------
    AppError
        ``cluster-unreachable``.
    """
    import distributed

    if started is None:
        reachability.reach(options)  # a Client that cannot connect would leave a thread behind
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about versions, which are compared by our own rules
            return distributed.Client(
                options.uri if started is None else started,
                security=security_of(options) if started is None else None,
                timeout=timeout_s,
                set_as_default=False,
                name=name,
            )
    except Exception as error:  # OSError, TimeoutError, and what TLS raises
        reason = str(error.__cause__ or error).splitlines() or ["it does not answer"]
        raise AppError("cluster-unreachable", address=options.address, error=reason[0]) from error
