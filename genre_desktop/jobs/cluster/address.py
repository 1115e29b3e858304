"""Where a cluster is and how it is reached: its address and certificates, checked before anything connects."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from genre_desktop.core.errors import AppError
from genre_desktop.core.settings import Settings

VARIABLE = "GENRE_DESKTOP_CLUSTER"
DEFAULT_PORT = 8786
"""Port of a Dask scheduler unless its address names another."""
MOST_LOCAL_WORKERS = 256

_LOCAL = re.compile(r"local:([0-9]{1,3})")
_SCHEMES = ("tls", "tcp")
_BARE = re.compile(r"[0-9A-Za-z._:%\[\]-]+/?")
"""Host and port, without a user, a path or a query."""


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """Address and certificates of a cluster.

    Attributes
    ----------
    address:
        ``tls://host:port``, ``tcp://host:port`` or ``host:port`` of a Dask scheduler, where the port may be
        absent (:data:`DEFAULT_PORT`); or ``local:N`` for N worker processes of this computer.
    ca_file, certificate, key:
        Paths of PEM files: the authority of the cluster, this computer's certificate, and its private key,
        which may also be in the file of the certificate. Empty for none.
    insecure:
        Whether other computers may be reached without encryption.
    upload_mb:
        Size of the largest file that is sent to a worker.
    """

    address: str
    ca_file: str = ""
    certificate: str = ""
    key: str = ""
    insecure: bool = False
    upload_mb: int = 512

    @classmethod
    def of(cls, settings: Settings, address: str = "", insecure: bool = False) -> Self | None:
        """Return the options with ``address``, else that of the environment, else of the settings; None for none.

        ``insecure`` allows what the settings do not.
        """
        chosen = address or os.environ.get(VARIABLE, "") or settings["cluster.address"]
        chosen = str(chosen).strip()
        if not chosen:
            return None
        return cls(
            chosen,
            ca_file=settings["cluster.ca_file"],
            certificate=settings["cluster.certificate"],
            key=settings["cluster.key"],
            insecure=insecure or settings["cluster.insecure"],
            upload_mb=settings["cluster.upload_mb"],
        )

    @property
    def local_workers(self) -> int:
        """N of ``local:N``, else 0."""
        found = _LOCAL.fullmatch(self.address)
        return int(found[1]) if found else 0

    @property
    def uri(self) -> str:
        """The address with scheme and port; empty for ``local:N``.

        Without a scheme it is ``tls`` where a certificate is set, ``tcp`` otherwise.

        Raises
        ------
        AppError
            ``cluster-address``.
        """
        if self.local_workers:
            return ""
        scheme, host, port = self._parts()
        return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"

    @property
    def encrypted(self) -> bool:
        """Whether the scheduler is reached through TLS; errors as :attr:`uri`."""
        return self.uri.startswith("tls:")

    @property
    def loopback(self) -> bool:
        """Whether the scheduler is on this computer; errors as :attr:`uri`."""
        return bool(self.local_workers) or _is_loopback(self._parts()[1])

    def check(self) -> None:
        """Refuse what cannot be used, before anything is connected.

        Raises
        ------
        AppError
            ``cluster-address``, ``cluster-insecure``, or ``cluster-certificate`` for a file that is not set,
            absent, or not what it should be.
        """
        if self.local_workers:
            if self.local_workers > MOST_LOCAL_WORKERS:
                raise AppError("cluster-address", address=self.address)
        elif self.encrypted:
            self._check_certificates()
        elif not (self.loopback or self.insecure):
            raise AppError("cluster-insecure", address=self.uri)

    def _parts(self) -> tuple[str, str, int]:
        """Return scheme, host and port."""
        scheme, separator, rest = self.address.rpartition("://")
        if not separator:
            scheme = "tls" if self.ca_file or self.certificate or self.key else "tcp"
        try:
            parts = urlsplit(f"//{rest}")
            host, port = parts.hostname or "", DEFAULT_PORT if parts.port is None else parts.port
        except ValueError:  # a port that is no number below 65536, or a bracket that is not closed
            host, port = "", 0
        if scheme not in _SCHEMES or not _BARE.fullmatch(rest) or not host or host == "local" or not port:
            raise AppError("cluster-address", address=self.address)
        return scheme, host, port

    def _check_certificates(self) -> None:
        import ssl

        if not (self.ca_file and self.certificate):
            raise AppError("cluster-certificate/incomplete", address=self.uri)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        for path in filter(None, (self.ca_file, self.certificate, self.key)):
            _check_readable(path)
        try:
            context.load_verify_locations(self.ca_file)
        except (OSError, ValueError) as error:
            raise _unusable(self.ca_file, error) from error
        try:
            context.load_cert_chain(self.certificate, self.key or None, password=_no_password)
        except (OSError, ValueError) as error:
            raise _unusable(self.key or self.certificate, error) from error


def host_and_port(uri: str) -> tuple[str, int]:
    """Return host and port of :attr:`ClusterOptions.uri`."""
    parts = urlsplit(uri)
    return parts.hostname or "", parts.port or DEFAULT_PORT


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_readable(path: str) -> None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # the same text as the settings hold
            file.read(1)
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error


def _no_password() -> str:
    """Stand for the password of a key: OpenSSL would ask for it on the terminal."""
    raise ValueError("the key has a password")


def _unusable(path: str, error: Exception) -> AppError:
    reason = getattr(error, "strerror", None) or getattr(error, "reason", None) or str(error)
    return AppError("cluster-certificate", path=path, error=str(reason).lower())
