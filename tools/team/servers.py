"""A team's stock servers on loopback: an S3 stand-in, MLflow, a Dask scheduler and its workers.

MLflow and moto come from an environment of their own (``build/team-server``, which ``make team-demo`` makes);
the program has MLflow's client only.
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tools.team.services import Service, ServiceUnavailableError, accepts, free_port

REPOSITORY = Path(__file__).resolve().parents[2]
ENVIRONMENT = REPOSITORY / "build" / "team-server"
BUCKET = "models"
TRIES = 3
"""How often work is tried whose worker dies; Dask's setting counts the deaths that are forgiven."""

_QUIET = {"MLFLOW_DISABLE_TELEMETRY": "true", "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
"""No telemetry, and no processes for jobs of language models: they are eight, with 1 GB of memory."""


@contextmanager
def running(service: Service) -> Iterator[Service]:
    """Start a service; stop it at the end."""
    try:
        service.start()
        yield service
    finally:
        service.stop()


@contextmanager
def s3_stand_in(folder: Path) -> Iterator[dict[str, str]]:
    """Run moto with one empty bucket; yields the environment variables with which S3 clients find it."""
    port = free_port()
    command: list[str | Path] = [server_program("moto_server"), "-H", "127.0.0.1", "-p", str(port)]
    with running(Service("moto", command, folder / "s3.log", ready=lambda: accepts(port))):
        address = f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(urllib.request.Request(f"{address}/{BUCKET}", method="PUT"), timeout=30):
            pass
        yield {
            "MLFLOW_S3_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "team",
            "AWS_SECRET_ACCESS_KEY": "stand-in",
            "AWS_DEFAULT_REGION": "us-east-1",
        }


@contextmanager
def mlflow_server(
    folder: Path, database: str, artifacts: str, environment: dict[str, str]
) -> Iterator[tuple[str, Service]]:
    """Run a stock MLflow server; yields its address and its process.

    ``database`` is an SQLAlchemy address, ``artifacts`` an address such as ``s3://models``.
    """
    port = free_port()
    command: list[str | Path] = [
        server_program("mlflow"),
        "server",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
    ]
    command += ["--backend-store-uri", database, "--artifacts-destination", artifacts]
    address = f"http://127.0.0.1:{port}"
    service = Service(
        "MLflow",
        command,
        folder / "mlflow.log",
        ready=lambda: answers(f"{address}/health"),
        environment=_QUIET | environment,
    )
    with running(service):
        yield address, service


@dataclass(frozen=True)
class Scheduler:
    """A running Dask scheduler: its address, and that of its web server with a few numbers in JSON."""

    uri: str
    numbers: str

    def workers(self) -> int:
        """Return how many workers it has."""
        with urllib.request.urlopen(f"{self.numbers}/json/counts.json", timeout=10) as reply:
            return int(json.load(reply)["workers"])


@contextmanager
def dask_scheduler(folder: Path) -> Iterator[Scheduler]:
    """Run a Dask scheduler of this environment."""
    port, numbers = free_port(), free_port()
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--no-dashboard", "--dashboard-address", f"127.0.0.1:{numbers}"]
    service = Service(
        "The Dask scheduler",
        command,
        folder / "scheduler.log",
        ready=lambda: accepts(port),
        environment={"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(TRIES - 1)},
    )
    with running(service):
        yield Scheduler(f"tcp://127.0.0.1:{port}", f"http://127.0.0.1:{numbers}")


@contextmanager
def worker(folder: Path, name: str, scheduler: Scheduler) -> Iterator[Service]:
    """Run ``genre-desktop worker`` with one process and a home of its own; it is ready when the scheduler has it."""
    before = scheduler.workers()
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "genre_desktop",
        "--home",
        folder / name,
        "worker",
        scheduler.uri,
    ]
    service = Service(
        f"Worker {name}",
        [*command, "--workers", "1"],
        folder / f"{name}.log",
        ready=lambda: scheduler.workers() > before,
        environment={"PYTHONPATH": str(REPOSITORY)},
    )
    with running(service):
        yield service


def server_program(name: str) -> Path:
    """Return a program of the server environment.

    Raises
    ------
    ServiceUnavailableError
        The environment is not there.
    """
    path = ENVIRONMENT / "bin" / name
    if not path.exists():
        raise ServiceUnavailableError(
            f"build/team-server has no {name}: run make build/team-server/.installed"
        )
    return path


def answers(url: str) -> bool:
    """Whether a GET of ``url`` succeeds."""
    with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=5) as reply:
        return bool(reply.status == 200)
    return False
