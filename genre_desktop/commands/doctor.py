"""``doctor``: check the installation and report what is wrong."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
from typing import TYPE_CHECKING, Any

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import registry_address
from genre_desktop.core.disk import space
from genre_desktop.core.errors import AppError, Problem, problem_of
from genre_desktop.core.tag_rules import tag_name
from genre_desktop.core.versions import versions

if TYPE_CHECKING:
    from collections.abc import Callable

    from genre_desktop.commands.terminal import Terminal

NAME = "doctor"
HELP = "Check versions, folders, models, the database and the audio devices."

ENOUGH_BYTES = 200_000_000
"""Minimum free disk space of the home; with less, writing models and logs may fail."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``doctor`` has no arguments."""


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Run all checks; exit code 1 if one fails."""
    checks: dict[str, Callable[[Terminal], dict[str, Any]]] = {
        "home": _home,
        "store": _store,
        "settings": _settings,
        "registry": _registry,
        "demo": _demo,
        "decoder": _decoder,
        "sound": _sound,
        "own_files": _own_files,
    }
    if _has_cluster(terminal):
        checks["cluster"] = _cluster
    if _has_shared_registry(terminal):
        checks["shared_registry"] = _shared_registry
    document: dict[str, Any] = {"ok": True, "versions": versions(), "platform": _platform()}
    for name, check in checks.items():
        terminal.progress(f"Checking {name} …")
        try:
            document[name] = {"ok": True, "error": None, **check(terminal)}
        except Exception as error:  # any failure is a result of this command
            document[name] = {"ok": False, "error": problem_of(error).to_dict()}
        document["ok"] = document["ok"] and document[name]["ok"]
    terminal.data(document)
    _show(terminal, document, tuple(checks))
    return 0 if document["ok"] else 1


def _platform() -> dict[str, Any]:
    return {
        "system": platform.platform(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "executable": sys.executable,
        "frozen": bool(getattr(sys, "frozen", False)),
    }


def _home(terminal: Terminal) -> dict[str, Any]:
    home = terminal.home.create()
    free = shutil.disk_usage(home.root).free
    problem = None
    if free < ENOUGH_BYTES:
        problem = Problem(
            "no-space/soon", path=str(home.root), free=free / 1e6, needed=ENOUGH_BYTES // 1_000_000
        ).to_dict()
        if free < space.NEEDED_MB * 1e6:
            problem = Problem(
                "no-space", path=str(home.root), free=free / 1e6, needed=space.NEEDED_MB
            ).to_dict()
    return {"ok": problem is None, "path": str(home.root), "free_bytes": free, "error": problem}


def _store(terminal: Terminal) -> dict[str, Any]:
    connection = terminal.database.connection
    damage = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)") if row[0] != "ok"]
    tables = ("predictions", "corrections", "clips", "alerts", "job_runs")
    counts = {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables}  # noqa: S608
    problem = None
    if damage:
        problem = {
            "code": "store-damaged",
            "title": "Your library file is damaged",
            "reason": " ".join(damage),
            "hint": "Restore the file from a backup, or move it away to start with an empty library.",
        }
    return {"ok": not damage, "path": str(terminal.home.store), "rows": counts, "error": problem}


def _own_files(terminal: Terminal) -> dict[str, Any]:
    """List what was damaged and set aside, now or earlier, with how to recover it."""
    from genre_desktop.core.recovery import set_aside_alerts

    found = set_aside_alerts.found(terminal.home)
    notices = [set_aside_alerts.notice(terminal.home, path) for path in found]
    return {
        "set_aside": [str(path) for path in found],
        "notes": [{"reason": str(notice.happened), "hint": str(notice.can_do)} for notice in notices],
    }


def _settings(terminal: Terminal) -> dict[str, Any]:
    return {"path": str(terminal.home.settings), "ignored": list(terminal.settings.ignored)}


def _registry(terminal: Terminal) -> dict[str, Any]:
    from genre_desktop.core.monitoring.serving import ServingController
    from genre_desktop.ml.registry.starter_models import open_registry

    with open_registry(terminal.home) as registry:
        aliases = {alias: registry.resolve(alias) for alias in ("champion", "fallback")}
    state = ServingController(terminal.database).current()
    return {
        "ok": state.active != "none",
        "path": str(terminal.home.registry),
        "aliases": {a: {"version": v.version, "family": v.family} for a, v in aliases.items()},
        "serving": {"active": state.active, "reason": state.reason},
    }


def _has_shared_registry(terminal: Terminal) -> bool:
    try:
        return bool(registry_address() or terminal.settings["registry.uri"])
    except AppError:  # the check of the settings reports it
        return False


def _shared_registry(terminal: Terminal) -> dict[str, Any]:
    from genre_desktop.ml.registry.shared import versions
    from genre_desktop.ml.registry.shared.connection import ServerOptions, connect

    options = ServerOptions.of(terminal.settings, command_line=True)
    with connect(options or terminal.home, retries=1) as server:
        aliases = versions.aliases(server)
    return {"uri": server.uri, "version": server.version, "aliases": aliases}


def _demo(terminal: Terminal) -> dict[str, Any]:
    """Classify the demo clip: decoding, features and model."""
    from genre_desktop.core.paths import shipped
    from genre_desktop.core.types import AnalyseRequest
    from genre_desktop.jobs import operations
    from genre_desktop.jobs.context import ProcessResources, TaskContext

    request = AnalyseRequest(str(shipped("resources", "demo.flac")))
    answer = operations.measure(TaskContext(ProcessResources(terminal.home)), request).answer
    return {
        "ok": answer.ok,
        "genre": answer.genre or None,
        "elapsed_ms": round(answer.elapsed_ms, 1),
        "error": answer.error.to_dict() if answer.error else None,
    }


def _decoder(terminal: Terminal) -> dict[str, Any]:
    """State how files are kept from reaching anything else while they are read."""
    from genre_desktop.audio.sandbox import pool

    pool.use(str(terminal.settings["decoder.sandbox"]))
    protection = pool.protection()
    return {
        "protection": str(protection),
        "landlock": protection.landlock,
        "seccomp": protection.seccomp,
        "setting": terminal.settings["decoder.sandbox"],
    }


def _sound(terminal: Terminal) -> dict[str, Any]:
    """List the inputs; without sound hardware everything but listening works, so this never fails."""
    from genre_desktop.audio.devices.input_devices import input_devices

    try:
        return {"inputs": [device.to_dict() for device in input_devices()]}
    except AppError as error:
        return {"inputs": [], "note": f"{error.problem.title}. {error.problem.hint}"}


def _has_cluster(terminal: Terminal) -> bool:
    from genre_desktop.jobs.cluster.address import ClusterOptions

    try:
        return ClusterOptions.of(terminal.settings) is not None
    except AppError:  # which the check of the settings reports
        return False


def _cluster(terminal: Terminal) -> dict[str, Any]:
    from genre_desktop.jobs.cluster import check
    from genre_desktop.jobs.cluster.address import ClusterOptions

    options = ClusterOptions.of(terminal.settings)
    if options is None:
        return {}
    report = check.check(options, check.probe_file(terminal.database))
    problems = [problem.to_dict() for problem in report.problems]
    return {
        "ok": report.ok,
        "address": report.address,
        "workers": {"fit": report.fit, "unfit": report.unfit},
        "files": report.files,
        "error": None if report.ok else problems[0],
        "notes": problems if report.ok else problems[1:],
    }


def _show(terminal: Terminal, document: dict[str, Any], checks: tuple[str, ...]) -> None:
    own = document["versions"]
    terminal.print(
        f"Genre Desktop {own['genre-desktop']}, Python {own['python']}, {document['platform']['system']}"
    )
    for name in checks:
        result = document[name]
        error = result["error"]
        summary = "" if error else _summary(name, result)
        terminal.print(f"  {'ok' if result['ok'] else 'FAILED':<6}  {name:<15} {summary}")
        if error:
            terminal.print(f"          {error['title']}: {error['reason']} {error['hint']}")
        for note in result.get("notes", ()):
            terminal.print(f"          Note: {note['reason']} {note['hint']}")
    terminal.print("All checks passed." if document["ok"] else "Some checks failed.")


def _summary(name: str, result: dict[str, Any]) -> str:
    match name:
        case "home":
            return f"{result['path']} ({result['free_bytes'] // 1_000_000_000} GB free)"
        case "store":
            return ", ".join(f"{n} {table.replace('_', ' ')}" for table, n in result["rows"].items())
        case "registry":
            return ", ".join(f"{a} is version {v['version']}" for a, v in result["aliases"].items())
        case "shared_registry":
            champion = result["aliases"].get("champion")
            serves = f"champion is version {champion}" if champion else "no champion"
            return f"{result['uri']}, MLflow {result['version']}, {serves}"
        case "demo":
            took = formatting.format_duration(result["elapsed_ms"] / 1000)
            return f"classified as {tag_name(result['genre'] or '')} in {took}"
        case "cluster":
            fit, unfit = result["workers"]["fit"], result["workers"]["unfit"]
            others = f", {unfit} not used" if unfit else ""
            return f"{formatting.count(fit, 'worker')} at {result['address']}{others}"
        case "decoder":
            return str(result["protection"])
        case "sound":
            return result.get("note") or formatting.count(len(result["inputs"]), "input device")
        case "own_files":
            found = result["set_aside"]
            return f"{formatting.count(len(found), 'file')} set aside" if found else "no damaged files"
        case _:
            return _ignored(result)


def _ignored(result: dict[str, Any]) -> str:
    return f"ignored: {', '.join(result['ignored'])}" if result.get("ignored") else ""
