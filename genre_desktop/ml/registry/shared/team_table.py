"""The team's table on its server: one experiment, one run for each contributor, with the rows as an artifact.

The experiment's tag holds the team's salt. Creating an experiment of a name succeeds once only, whoever
tries at the same time, so that a team can never have two.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES
from genre_desktop.ml.registry.shared import contribution
from genre_desktop.ml.registry.shared.connection import TRANSFER_TIMEOUT_S, SharedServer
from genre_desktop.ml.registry.shared.contribution import FILE, MOST_BYTES, Contribution

if TYPE_CHECKING:
    from mlflow.entities import Experiment, Run

EXPERIMENT = "genre-desktop-contributions"
SALT, CONTRIBUTOR, DIGEST, SERIAL = (
    f"genre_desktop.{name}" for name in ("salt", "contributor", "digest", "serial")
)
"""Tags of the experiment, and of its runs."""
_SALT_DIGITS = 64
_ARTIFACTS = "mlflow-artifacts:/"
_PAGE, _CHUNK = 1000, 1 << 16


def salt_of(server: SharedServer) -> str | None:
    """Return the team's salt as hex digits; None before the first contribution.

    Raises
    ------
    AppError
        ``team-table-foreign`` or ``team-table-deleted``; in the server's ``with`` block also its errors.
    """
    found = server.client.get_experiment_by_name(EXPERIMENT)
    return None if found is None else _salt(found)


def create(server: SharedServer, proposal: str) -> str:
    """Create the table unless there is one; return the team's salt, which is ``proposal`` for a new table."""
    from mlflow.exceptions import MlflowException

    found = server.client.get_experiment_by_name(EXPERIMENT)
    if found is None:
        try:
            server.client.create_experiment(EXPERIMENT, tags={SALT: proposal})
        except MlflowException as error:
            if error.error_code != "RESOURCE_ALREADY_EXISTS":
                raise
        found = server.client.get_experiment_by_name(EXPERIMENT)
    if found is None:
        raise AppError("team-table-deleted", name=EXPERIMENT)
    return _salt(found)


def runs(server: SharedServer) -> list[Run]:
    """Return the latest complete run of each contributor, in the order of their ids; the table must exist."""
    latest: dict[str, Run] = {}
    for run in _complete(server):
        known = latest.get(run.data.tags[CONTRIBUTOR])
        if known is None or _order(run) > _order(known):
            latest[run.data.tags[CONTRIBUTOR]] = run
    return [latest[name] for name in sorted(latest)]


def send(server: SharedServer, sent: Contribution) -> str:
    """Store a contribution and delete the contributor's earlier ones; return the id of its run.

    The earlier ones count until the new one is complete.
    """
    client, experiment = server.client, _experiment_id(server)
    earlier = _of(server, sent.contributor)
    tags = {
        CONTRIBUTOR: sent.contributor,
        DIGEST: sent.digest,
        SERIAL: str(1 + max((_order(run)[0] for run in earlier), default=0)),
        "feature_version": FEATURE_VERSION,
        "clips": str(len(sent.clips)),
        "rows": str(sent.windows),
    }
    run = client.create_run(experiment, run_name=f"contribution {tags[SERIAL]}", tags=tags)
    try:
        path = _artifact_path(run)
        answer = server.request("PUT", path, data=sent.data, timeout=TRANSFER_TIMEOUT_S)
        answer.raise_for_status()
        client.log_inputs(run.info.run_id, datasets=[_dataset(run, sent)])
        client.set_terminated(run.info.run_id)
    except BaseException:
        with contextlib.suppress(Exception):  # it is incomplete for everybody, whatever its status
            client.set_terminated(run.info.run_id, "FAILED")
        raise
    _delete(server, earlier)
    return str(run.info.run_id)


def withdraw(server: SharedServer, contributor: str) -> int:
    """Delete all runs of a contributor; return how many there were."""
    earlier = _of(server, contributor)
    _delete(server, earlier)
    return len(earlier)


def receive(server: SharedServer, run: Run) -> Contribution:
    """Fetch and check a contribution.

    Raises
    ------
    AppError
        As :func:`.contribution.read`, when its file is missing or ends early, and errors of the server.
    """
    with TemporaryDirectory(prefix="genre-desktop-") as folder:
        path = Path(folder) / FILE
        _download(server, run, path)
        found = contribution.read(path, run.data.tags[DIGEST])
    if found.contributor != run.data.tags[CONTRIBUTOR]:
        raise AppError("contribution-damaged", reason=message("another contributor sent it"))
    return found


def _salt(experiment: Experiment) -> str:
    if experiment.lifecycle_stage != "active":
        raise AppError("team-table-deleted", name=EXPERIMENT)
    found = str(experiment.tags.get(SALT, ""))
    if len(found) != _SALT_DIGITS or found.strip("0123456789abcdef"):
        raise AppError("team-table-foreign", name=EXPERIMENT)
    return found


def _experiment_id(server: SharedServer) -> str:
    found = server.client.get_experiment_by_name(EXPERIMENT)
    if found is None:
        raise AppError("team-table-deleted", name=EXPERIMENT)
    return str(found.experiment_id)


def _complete(server: SharedServer) -> Iterator[Run]:
    experiment = _experiment_id(server)
    token: str | None = ""
    while token is not None:
        page = server.client.search_runs(
            [experiment],
            "attributes.status = 'FINISHED'",
            max_results=_PAGE,
            page_token=token or None,
        )
        yield from (run for run in page if {CONTRIBUTOR, DIGEST} <= run.data.tags.keys())
        token = page.token or None


def _of(server: SharedServer, contributor: str) -> list[Run]:
    return [run for run in _complete(server) if run.data.tags[CONTRIBUTOR] == contributor]


def _order(run: Run) -> tuple[int, int]:
    """Return the place of a run among those of its contributor: by number, as clocks may be wrong."""
    serial = run.data.tags.get(SERIAL, "")
    return (int(serial) if serial.isdecimal() else 0, run.info.start_time)


def _delete(server: SharedServer, earlier: list[Run]) -> None:
    for run in earlier:
        server.client.delete_run(run.info.run_id)


def _dataset(run: Run, sent: Contribution) -> Any:
    from mlflow.entities import Dataset, DatasetInput, InputTag

    columns = [{"name": name, "type": "double", "required": False} for name in NAMES]
    data = Dataset(
        name="corrections",
        digest=sent.digest[:36],  # as many as MLflow allows
        source_type="genre-desktop",
        source=f"runs:/{run.info.run_id}/{FILE}",
        schema=json.dumps({"feature_version": FEATURE_VERSION, "columns": len(columns)}),
        profile=json.dumps({"num_rows": sent.windows, "num_clips": len(sent.clips)}),
    )
    return DatasetInput(data, [InputTag("mlflow.data.context", "training")])


def _artifact_path(run: Run) -> str:
    """Return the path of a run's file on its server."""
    address = str(run.info.artifact_uri)
    if not address.startswith(_ARTIFACTS):
        raise AppError("team-table-files", address=address)
    inner = address.removeprefix(_ARTIFACTS).strip("/")
    return f"/api/2.0/mlflow-artifacts/artifacts/{quote(inner)}/{FILE}"


def _download(server: SharedServer, run: Run, target: Path) -> None:
    """Write the file of a run, but no more than the largest that is read."""
    import requests

    size = 0
    with server.request("GET", _artifact_path(run), stream=True) as answer, target.open("wb") as file:
        if answer.status_code == 404:
            raise AppError("contribution-damaged", reason=message("it is missing on the server"))
        answer.raise_for_status()
        try:
            for block in answer.iter_content(_CHUNK):
                size += file.write(block)
                if size > MOST_BYTES:
                    raise AppError(
                        "contribution-damaged",
                        reason=message("it is larger than {n} MB", n=MOST_BYTES // 1_000_000),
                    )
        except requests.exceptions.ChunkedEncodingError as error:
            raise AppError("contribution-damaged", reason=message("it is incomplete")) from error
