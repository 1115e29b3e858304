"""A private PostgreSQL server: its data in a temporary folder, on a unix socket and a free loopback port.

It trades safety for speed (``fsync`` off) and must never hold anything that matters.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.team.services import Service, ServiceUnavailableError, free_port

DEBIAN = Path("/usr/lib/postgresql")
SYSTEM_USER = "postgres"
USER = "team"
_FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "wal_level=minimal",
    "max_wal_senders=0",
)


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    programs: Path
    folder: Path
    port: int
    password: str
    service: Service

    def url(self, database: str = "postgres", driver: str = "psycopg2") -> str:
        """SQLAlchemy address of a database; ``driver`` is ``psycopg2`` or ``psycopg``."""
        return f"postgresql+{driver}://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> None:
        """Create an empty database."""
        self.run("createdb", database)

    def run(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs (``psql``, ``pg_dump`` …) against the server; returns what it prints."""
        connection = {"PGHOST": "127.0.0.1", "PGPORT": str(self.port)}
        connection |= {"PGUSER": USER, "PGPASSWORD": self.password, "PGDATABASE": "postgres"}
        command = [str(self.programs / program), *arguments]
        done = subprocess.run(
            command, env=os.environ | connection, check=True, capture_output=True, text=True
        )
        return done.stdout


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Run a server with an empty database ``postgres``.

    As root the server runs as the system user ``postgres``, since PostgreSQL refuses to run as root.

    Raises
    ------
    ServiceUnavailableError
        PostgreSQL is not installed, or did not start.
    """
    programs, user = find_programs(), _system_user()
    folder = Path(tempfile.mkdtemp(prefix="gd-postgres-"))
    try:
        if user is not None:
            shutil.chown(folder, user, user)
        password = secrets.token_hex(16)
        _initialise(programs, folder, password, user)
        server = _server(programs, folder, password, user)
        try:
            server.service.start()
            yield server
        finally:
            server.service.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    """Return the folder of the newest installed PostgreSQL's programs."""
    found = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: [int(part) for part in re.findall(r"\d+", path.parent.name)])
    if elsewhere := shutil.which("initdb"):
        return Path(elsewhere).parent
    raise ServiceUnavailableError("PostgreSQL is not installed (Debian: apt-get install postgresql)")


def _system_user() -> str | None:
    if os.geteuid() != 0:
        return None
    import pwd  # not on Windows

    try:
        return pwd.getpwnam(SYSTEM_USER).pw_name
    except KeyError:
        raise ServiceUnavailableError(
            f"PostgreSQL needs the user “{SYSTEM_USER}” when started by root"
        ) from None


def _initialise(programs: Path, folder: Path, password: str, user: str | None) -> None:
    secret = folder / "password"
    secret.write_text(password, "ascii")
    if user is not None:
        shutil.chown(secret, user, user)
    words = [
        "--auth=scram-sha-256",
        f"--username={USER}",
        f"--pwfile={secret}",
        "--no-sync",
        "--encoding=UTF8",
    ]
    done = subprocess.run(
        [programs / "initdb", f"--pgdata={folder / 'data'}", "--locale=C.UTF-8", *words],
        user=user,
        group=user,
        extra_groups=None if user is None else [],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise ServiceUnavailableError(f"initdb failed: {done.stderr.strip()}")


def _server(programs: Path, folder: Path, password: str, user: str | None) -> Postgres:
    port = free_port()
    options = [word for setting in (*_FAST, f"unix_socket_directories={folder}") for word in ("-c", setting)]
    service = Service(
        "PostgreSQL",
        [programs / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", str(port), *options],
        folder / "log",
        ready=lambda: (
            subprocess.run(
                [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False
            ).returncode
            == 0
        ),
        user=user,
        stop_signal=signal.SIGINT,  # its “fast shutdown”: open connections are closed
    )
    return Postgres(programs, folder, port, password, service)
