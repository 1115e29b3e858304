"""Removal of what a killed process left in the registry."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.core.own_files.reader import UnreadableFile, parse_json
from genre_desktop.core.paths import Home
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import alias_snapshot, mlflow_flavor, storage
from genre_desktop.ml.registry.alias_snapshot import MODEL
from genre_desktop.ml.registry.run import OWNER, is_alive

if TYPE_CHECKING:
    from mlflow import MlflowClient

log = logging.getLogger(__name__)

HISTORY, INTENT = "history", "moving"
INCOMING = "incoming"


@dataclass(frozen=True, slots=True)
class CleanupResult:
    """Counts of alias moves reverted, runs ended, versions and files removed."""

    moves: int = 0
    runs: int = 0
    versions: int = 0
    files: int = 0


def needed(home: Home) -> bool:
    """Return True when a process may have been killed during a change; does not load MLflow.

    Also True when MLflow's tables cannot be read, as a later version may rename them.
    """
    path = alias_snapshot.database(home)
    if _leftovers(home):
        return True
    if not path.exists():
        return False
    queries = (
        ("SELECT 1 FROM runs WHERE status = ? LIMIT 1", "RUNNING"),
        ("SELECT 1 FROM registered_model_tags WHERE key = ? LIMIT 1", INTENT),
    )
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            return any(connection.execute(sql, (value,)).fetchone() for sql, value in queries)
    except sqlite3.Error:
        return True


def sweep(home: Home, client: MlflowClient) -> CleanupResult:
    """Clean up; call under the registry's lock."""
    return CleanupResult(
        moves=revert_partial_alias_moves(client),
        runs=_end_abandoned_runs(home, client),
        versions=_remove_partial_versions(home, client),
        files=_remove_files(home),
    )


def experiment_id(client: MlflowClient) -> str:
    """Return MLflow's ID of our one experiment."""
    experiment = client.get_experiment_by_name(storage.EXPERIMENT)
    if experiment is None:
        raise LookupError("the registry was opened without its experiment")
    return str(experiment.experiment_id)


def all_runs(client: MlflowClient, query: str = "") -> list[Any]:
    """Return every run of the experiment."""
    return _all_pages(partial(client.search_runs, [experiment_id(client)], query))


def all_versions(client: MlflowClient) -> list[Any]:
    """Return every version of the model."""
    return _all_pages(partial(client.search_model_versions, f"name = '{MODEL}'"))


def _all_pages(search: Callable[..., Any]) -> list[Any]:
    page = search()
    found = list(page)
    while page.token:
        page = search(page_token=page.token)
        found += page
    return found


def revert_partial_alias_moves(client: MlflowClient) -> int:
    """Restore aliases and history from before an unfinished move; return the number of moves."""
    written = client.get_registered_model(MODEL).tags.get(INTENT)
    if written is None:
        return 0
    before = _intent(client, written)
    if before is not None:
        _set_aliases(client, before)
    client.delete_registered_model_tag(MODEL, INTENT)
    return 1


def _set_aliases(client: MlflowClient, before: dict[str, Any]) -> None:
    for alias in ("champion", "fallback"):
        if alias in before:
            client.set_registered_model_alias(MODEL, alias, before[alias])
        else:
            client.delete_registered_model_alias(MODEL, alias)
    if HISTORY in before:  # older versions of the program did not write it
        client.set_registered_model_tag(MODEL, HISTORY, json.dumps(before[HISTORY]))


def _intent(client: MlflowClient, written: str) -> dict[str, Any] | None:
    """Return the aliases before a move; None, so that they stay as they are, where that is damaged or gone."""
    try:
        before = parse_json(written)
    except UnreadableFile:
        before = None
    versions = {str(version.version) for version in all_versions(client)}
    if isinstance(before, dict):
        named = [before[alias] for alias in ("champion", "fallback") if alias in before]
        if all(isinstance(number, str) and number in versions for number in named):
            return before
    log.warning("An unfinished move of aliases cannot be reverted: %.200r", written)
    return None


def _end_abandoned_runs(home: Home, client: MlflowClient) -> int:
    """End runs whose process is gone as KILLED, and delete their partially copied models; logs stay."""
    registered = {version.run_id for version in all_versions(client)}
    ended = 0
    for run in all_runs(client, "attributes.status = 'RUNNING'"):
        written_by = run.data.tags.get(OWNER)
        if written_by is None or is_alive(written_by):
            continue  # a run of another program, or still active
        client.set_terminated(run.info.run_id, "KILLED")
        ended += 1
        if run.info.run_id not in registered:
            shutil.rmtree(storage.run_folder(home, run.info.run_id) / "model", ignore_errors=True)
    return ended


def _remove_partial_versions(home: Home, client: MlflowClient) -> int:
    served = {str(number) for number in client.get_registered_model(MODEL).aliases.values()}
    removed = 0
    for version in all_versions(client):
        folder = storage.run_folder(home, version.run_id or "-") / "model" / mlflow_flavor.FOLDER
        if str(version.version) not in served and (
            version.status != "READY" or not (folder / bundle.FILE).is_file()
        ):
            client.delete_model_version(MODEL, version.version)
            removed += 1
    return removed


def _remove_files(home: Home) -> int:
    found = _leftovers(home)
    for path in found:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(found)


def _leftovers(home: Home) -> list[Path]:
    return [*home.registry.glob(f"{INCOMING}/*"), *home.registry.glob(f"{alias_snapshot.DATABASE}.*.making*")]
