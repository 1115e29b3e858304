"""Sign in to the team's server and out, or test the connection; in a job process, as it loads MLflow and keyring."""

from __future__ import annotations

from typing import Any

from genre_desktop.core import credentials
from genre_desktop.core.credentials import Credentials
from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.core.settings import Settings
from genre_desktop.jobs.context import TaskContext


def run(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Do ``params["action"]``: ``sign-in`` with ``username`` and ``password``, ``sign-out``, or ``test``.

    Credentials that the server refuses are not kept.

    Returns
    -------
    dict
        ``server``, and its ``version`` after ``sign-in`` and ``test``.

    Raises
    ------
    AppError
        ``no-keyring``, ``registry-server-none`` and what :func:`.connection.connect` raises.
    """
    address = _address(context)
    context.progress(None, message("Querying the shared registry"))
    if params["action"] == "sign-out":
        credentials.forget(address)
        return {"server": address}
    if params["action"] == "sign-in":
        new = Credentials(str(params["username"]), str(params["password"]))
        result = _test(address, new)
        credentials.store(address, new)
        return result
    return _test(address)


def _address(context: TaskContext) -> str:
    from genre_desktop.ml.registry.shared.connection import ServerOptions

    options = ServerOptions.of(Settings.load(context.home.settings))
    if options is None:
        raise AppError("registry-server-none")
    options.check()
    return options.address


def _test(address: str, given: Credentials | None = None) -> dict[str, Any]:
    from genre_desktop.ml.registry.shared.connection import ServerOptions, connect

    with connect(ServerOptions.at(address), given=given) as server:
        server.check_access()
        return {"server": address, "version": server.version}
