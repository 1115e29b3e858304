"""Whether a Dask scheduler answers, asked with a plain socket: within a second, and without Dask's libraries."""

from __future__ import annotations

import socket
import ssl

from genre_desktop.core.errors import AppError
from genre_desktop.jobs.cluster.address import ClusterOptions, host_and_port

TIMEOUT_S = 5.0
_LENGTH_BYTES = 8
_MOST_BYTES = 1 << 32
"""A scheduler's greeting begins with its length as a number of 64 bits; what is larger is another protocol."""


def reach(options: ClusterOptions, timeout_s: float = TIMEOUT_S) -> str:
    """Connect, wait for the scheduler's greeting, and return the address of this computer that it sees.

    Raises
    ------
    AppError
        ``cluster-unreachable``: no connection within ``timeout_s``, a certificate of another authority, or no
        greeting of a Dask scheduler; and as :meth:`ClusterOptions.check`.
    """
    options.check()
    try:
        with socket.create_connection(host_and_port(options.uri), timeout_s) as plain:
            own = str(plain.getsockname()[0])
            if not options.encrypted:
                _greeting(plain)
                return own
            with _context(options).wrap_socket(plain) as encrypted:
                _greeting(encrypted)
                return own
    except (OSError, ValueError) as error:
        raise AppError("cluster-unreachable", address=options.uri, error=_why(error)) from error


def _context(options: ClusterOptions) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=options.ca_file)
    context.check_hostname = False  # as Dask: see security.py
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.load_cert_chain(options.certificate, options.key or None)
    return context


def _greeting(connection: socket.socket) -> None:
    """Read the beginning of the scheduler's greeting; a refused certificate is noticed here, too."""
    received = b""
    while len(received) < _LENGTH_BYTES:
        more = connection.recv(_LENGTH_BYTES - len(received))
        if not more:
            raise ConnectionError("it closes the connection; perhaps it wants encryption")
        received += more
    if int.from_bytes(received, "little") > _MOST_BYTES:
        raise ConnectionError("what answers is no Dask scheduler")


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not of the cluster’s authority ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        if error.reason in (
            "TLSV1_ALERT_UNKNOWN_CA",
            "TLSV1_ALERT_DECRYPT_ERROR",
            "SSLV3_ALERT_BAD_CERTIFICATE",
        ):
            return "it refuses this computer’s certificate"
        if error.reason in ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"):
            return "it does not use encryption"
        return f"encryption failed ({(error.reason or str(error)).replace('_', ' ').lower()})"
    if isinstance(error, TimeoutError):
        return "there is no answer in time"
    if isinstance(error, socket.gaierror):
        return "there is no computer of this name"
    return (getattr(error, "strerror", None) or "").lower() or str(error)
