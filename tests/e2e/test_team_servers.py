"""The servers of a team's side, as tests and ``make team-demo`` start them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.fixtures.postgres import running_postgres
from tests.fixtures.shared_data import REPOSITORY
from tools.team.postgres import Postgres
from tools.team.services import Service, ServiceUnavailableError

START_AND_WAIT = """
import sys
from tools.team.postgres import running_postgres
with running_postgres() as server:
    print(server.service.process.pid, server.folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


def test_postgres_keeps_rows(server: Postgres) -> None:
    import sqlalchemy

    server.create("music")
    engine = sqlalchemy.create_engine(server.url("music", "psycopg"))
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE genres (name text)"))
        connection.execute(sqlalchemy.text("INSERT INTO genres VALUES ('rock')"))
    engine.dispose()
    assert server.run("psql", "-At", "-c", "SELECT name FROM genres", "music").split() == ["rock"]


def test_postgres_asks_for_the_password(server: Postgres) -> None:
    import sqlalchemy

    engine = sqlalchemy.create_engine(server.url(driver="psycopg").replace(server.password, "wrong"))
    with pytest.raises(sqlalchemy.exc.OperationalError, match="password authentication failed"):
        engine.connect()
    engine.dispose()


def test_what_was_committed_is_there_after_a_restart() -> None:
    with running_postgres() as server:
        server.run("psql", "-c", "CREATE TABLE kept AS SELECT 7 AS number")
        server.service.stop()
        server.service.start()
        assert server.run("psql", "-At", "-c", "SELECT number FROM kept").strip() == "7"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux ends it")
def test_postgres_ends_with_a_process_that_is_killed(server: Postgres) -> None:
    command = [sys.executable, "-c", START_AND_WAIT]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid, folder = parent.stdout.readline().split()
        postgres = psutil.Process(int(pid))
        parent.send_signal(signal.SIGKILL)
    psutil.wait_procs([postgres], 20)
    assert not postgres.is_running()
    subprocess.run(["rm", "-r", folder], check=True)


def test_a_server_that_does_not_start_is_reported_with_its_log(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no room')"]
    service = Service("Example", command, tmp_path / "log", ready=lambda: False)
    with pytest.raises(ServiceUnavailableError, match="Example did not start: no room"):
        service.start()
    assert not service.running
