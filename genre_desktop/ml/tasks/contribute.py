"""Contribute corrected feature rows to the team: the preview, and the job that sends them."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.core.paths import Home, write_atomically
from genre_desktop.core.store.database import Database
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.data.training_data import corrected_clips
from genre_desktop.ml.features.schema import FEATURE_VERSION
from genre_desktop.ml.registry.shared import contributor, team_table
from genre_desktop.ml.registry.shared.connection import ServerOptions, SharedServer, connect
from genre_desktop.ml.registry.shared.contribution import Contribution, prepare
from genre_desktop.ml.task_context import JobContext, check_cancelled

PREVIEW = "contribution-preview.json"
"""File below the home's ``cache`` with what the last preview showed."""


def preview(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Write what would leave to a file; nothing is changed on the server.

    Parameters
    ----------
    params:
        ``registry``: address of the server, by default that of the settings.

    Returns
    -------
    dict
        ``server, contributor, feature_version, digest, bytes, clips, windows, left_out`` and ``file``, the path
        of a JSON document with the same and ``rows``: ``label, recording, group, windows, duration_s``.

    Raises
    ------
    AppError
        ``nothing-to-contribute``, and as :func:`.connection.connect` and :mod:`.team_table`.
    """
    context.progress(None, message("Querying the shared registry"))
    with _connect(context.home, params) as server:
        salt = team_table.salt_of(server) or contributor.of_home(context.home).proposal
        sent = _prepare(context, salt)
    if not sent.clips:
        raise AppError("nothing-to-contribute")
    facts = _facts(server.uri, sent)
    path = context.home.root / "cache" / PREVIEW
    write_atomically(path, json.dumps({**facts, "rows": sent.rows()}, indent=1, ensure_ascii=False).encode())
    return {**facts, "file": str(path)}


def run(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Send the corrected feature rows; they replace what this desktop has sent before.

    Without corrections, what was sent before is withdrawn.

    Parameters
    ----------
    params:
        ``registry`` as in :func:`preview`; ``digest`` of a preview: nothing else may leave.

    Returns
    -------
    dict
        As :func:`preview` without ``file``, with ``run_id`` (None where nothing was sent) and ``status``: ``sent``,
        ``unchanged`` or ``withdrawn``.

    Raises
    ------
    AppError
        As :func:`preview`, and ``contribution-changed``.
    Cancelled
        The user cancelled; nothing was sent.
    """
    context.progress(None, message("Querying the shared registry"))
    with _connect(context.home, params) as server:
        return _Sending(context, server, str(params.get("digest") or "")).execute()


def _connect(home: Home, params: dict[str, Any]) -> SharedServer:
    return connect(ServerOptions.of_job(home, params) or home)


@dataclass(frozen=True, slots=True)
class _Sending:
    context: JobContext
    server: SharedServer
    previewed: str

    def execute(self) -> dict[str, Any]:
        me = contributor.of_home(self.context.home)
        salt = team_table.salt_of(self.server)
        sent = _prepare(self.context, salt or me.proposal)
        if not sent.clips:
            return self._withdraw(sent, known=salt is not None)
        if self.previewed not in ("", sent.digest):
            raise AppError("contribution-changed")
        if salt is None:
            salt = team_table.create(self.server, me.proposal)
            if salt != me.proposal:  # another desktop was first, so the rows have other names
                if self.previewed:
                    raise AppError("contribution-changed")
                sent = _prepare(self.context, salt)
        contributor.remember_salt(self.context.home, self.server.uri, salt)
        return self._send(sent)

    def _send(self, sent: Contribution) -> dict[str, Any]:
        facts = _facts(self.server.uri, sent)
        last = next((run for run in team_table.runs(self.server) if _is_of(run, sent.contributor)), None)
        if last is not None and last.data.tags[team_table.DIGEST] == sent.digest:
            self.context.log("The team has these rows already.")
            return {**facts, "run_id": str(last.info.run_id), "status": "unchanged"}
        check_cancelled(self.context)
        self.context.progress(None, message("Sending {n} rows", n=sent.windows))
        run_id = team_table.send(self.server, sent)
        self.context.log(f"Sent {len(sent.clips)} clips ({sent.windows} rows) to {self.server.uri}.")
        return {**facts, "run_id": run_id, "status": "sent"}

    def _withdraw(self, sent: Contribution, *, known: bool) -> dict[str, Any]:
        if not known or not team_table.withdraw(self.server, sent.contributor):
            raise AppError("nothing-to-contribute")
        self.context.log("There are no corrections any more: what was sent before was withdrawn.")
        return {**_facts(self.server.uri, sent), "run_id": None, "status": "withdrawn"}


def _is_of(run: Any, contributor_id: str) -> bool:
    return bool(run.data.tags[team_table.CONTRIBUTOR] == contributor_id)


def _prepare(context: JobContext, salt: str) -> Contribution:
    me = contributor.of_home(context.home)
    with closing(Database(context.home.store)) as database:
        clips = corrected_clips(database, reference_dataset.load_if_intact(context.log))
    return prepare(clips, me.id, me.names(salt))


def _facts(server: str, sent: Contribution) -> dict[str, Any]:
    return {
        "server": server,
        "contributor": sent.contributor,
        "feature_version": FEATURE_VERSION,
        "digest": sent.digest,
        "bytes": len(sent.data) if sent.clips else 0,
        "clips": len(sent.clips),
        "windows": sent.windows,
        "left_out": sent.left_out,
    }
