"""Actions of ``models`` for the shared registry: ``publish``, ``sync``, ``promote --shared``, ``login``, ``logout``."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Any

from genre_desktop.commands.arguments import registry_address
from genre_desktop.commands.jobs import run_job
from genre_desktop.core import credentials
from genre_desktop.core.credentials import Credentials
from genre_desktop.core.errors import AppError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.ml.registry.shared.connection import ServerOptions

ACTIONS = ("publish", "sync", "login", "logout")
"""Actions that :func:`run` takes, besides ``promote --shared``."""


def add_actions(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Declare the actions."""
    publish = add(
        "publish", help="upload a version with its run to the shared registry; its champion does not change"
    )
    publish.add_argument("version", metavar="VERSION", help="number of the version, as listed by models")
    add("sync", help="fetch the shared registry's champion and fallback, and use them if they are new")
    login = add("login", help="save credentials for the shared registry in the system's credential store")
    login.add_argument(
        "--username", metavar="NAME", help="user name; the password is asked for, or read from a pipe"
    )
    login.add_argument(
        "--token", action="store_true", help="ask for a token instead of user name and password"
    )
    add("logout", help="delete the credentials for the shared registry")


def add_promotion(promote: argparse.ArgumentParser) -> None:
    """Declare ``--shared`` of ``promote``."""
    promote.add_argument(
        "--shared",
        action="store_true",
        help="make the published version the champion of the shared registry, if it is better than the current one",
    )


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Run one of the actions; exit code 1 if it did not do what it was asked for."""
    params: dict[str, Any] = {"registry": registry_address()}
    match arguments.action:
        case "publish":
            return run_job(terminal, "publish", params | {"version": arguments.version}, _show_published)
        case "promote":
            return run_job(
                terminal, "promote-shared", params | {"version": arguments.version}, _show_promoted
            )
        case "sync":
            return run_job(terminal, "sync", params, _show_synced)
        case "login":
            return _log_in(terminal, arguments.username or "", token=arguments.token)
        case _:
            return _log_out(terminal)


def _show_published(terminal: Terminal, result: dict[str, Any]) -> int:
    already = "" if result["published"] else " already"
    terminal.print(
        f"Version {result['version']} is{already} version {result['server_version']} at {result['uri']}."
    )
    return 0


def _show_promoted(terminal: Terminal, result: dict[str, Any]) -> int:
    verb = "is the champion" if result["moved"] else "was not promoted"
    terminal.print(
        f"Version {result['version']} (version {result['server_version']} there) {verb} at {result['uri']}."
    )
    terminal.print(result["reason"])
    return 0 if result["moved"] or result["champion_before"] == result["server_version"] else 1


def _show_synced(terminal: Terminal, result: dict[str, Any]) -> int:
    for pulled in result["pulled"]:
        terminal.print(
            f"Version {pulled['server_version']} there ({pulled['alias']}) is version {pulled['version']} here."
        )
    for skipped in result["skipped"]:
        version = f"Version {skipped['version']} there ({skipped['alias']})"
        terminal.print(f"{version} was not used: {skipped['reason']}")
    terminal.print(result["reason"])
    terminal.print(
        f"Champion is version {result['champion']}, fallback version {result['fallback'] or 'none'}."
    )
    return 1 if result["skipped"] else 0


def _log_in(terminal: Terminal, username: str, *, token: bool) -> int:
    from genre_desktop.ml.registry.shared.connection import connect

    options = _server(terminal)
    options.check()
    if token:
        given = Credentials(token=_secret("Token: "))
    else:
        username = username or _line("User name: ")
        given = Credentials(username, _secret("Password: "))
    with connect(options, given=given) as server:
        server.check_access()
    credentials.store(options.address, given)
    terminal.data({"uri": options.address, "username": username or None, "stored": True})
    terminal.print(f"The credentials for {options.address} were saved in the system's credential store.")
    return 0


def _log_out(terminal: Terminal) -> int:
    options = _server(terminal)
    deleted = credentials.forget(options.address)
    terminal.data({"uri": options.address, "deleted": deleted})
    terminal.print(
        f"The credentials for {options.address} were deleted."
        if deleted
        else f"No credentials for {options.address} were stored."
    )
    return 0


def _server(terminal: Terminal) -> ServerOptions:
    from genre_desktop.ml.registry.shared.connection import ServerOptions

    options = ServerOptions.of(terminal.settings, command_line=True)
    if options is None:
        raise AppError("registry-server-none")
    return options


def _secret(prompt: str) -> str:
    """Ask without showing what is typed; a pipe is read."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else _line("")


def _line(prompt: str) -> str:
    if prompt and sys.stdin.isatty():
        return input(prompt)
    return sys.stdin.readline().rstrip("\n")
