"""``models``: list and compare the registered versions, move the aliases, and exchange models and corrections with the team."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import add_actions, registry_address
from genre_desktop.commands.jobs import run_job
from genre_desktop.commands.team import shared_registry
from genre_desktop.core.messages import message
from genre_desktop.core.tag_rules import tag_name

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.ml.registry.model_info import AliasMove, ModelInfo
    from genre_desktop.ml.registry.registry import Registry

NAME = "models"
HELP = "List the models, compare two, promote one, roll back, or exchange models with the team."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``models``."""
    add = add_actions(parser)
    promote = add("promote", help="make a version the champion; the previous champion becomes the fallback")
    promote.add_argument("version", metavar="VERSION", help="number of the version, as listed by models")
    shared_registry.add_promotion(promote)
    add("rollback", help="undo the last promotion")
    add("restore", help="use the models included with the program again")
    compare = add("compare", help="evaluate two versions on the same clips")
    for name in ("old", "new"):
        compare.add_argument(name, metavar=name.upper(), help="number of a version, as listed by models")
    compare.add_argument(
        "--folder",
        type=Path,
        metavar="DIR",
        help="contains one folder for each genre (default: your library)",
    )
    shared_registry.add_actions(add)
    contribute = add("contribute", help="send the feature rows of your corrections to the team's server")
    contribute.add_argument(
        "--preview", action="store_true", help="only show what would be sent; audio and names are never sent"
    )


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """List the models, move the aliases, or use the shared registry; ``AppError`` if it refuses."""
    from genre_desktop.ml.registry import starter_models
    from genre_desktop.ml.registry.registry import Registry

    if arguments.action == "contribute":
        return _contribute(terminal, preview=arguments.preview)
    if arguments.action == "compare":
        return _compare(terminal, arguments)
    if arguments.action in shared_registry.ACTIONS or getattr(arguments, "shared", False):
        return shared_registry.run(terminal, arguments)
    if arguments.action == "restore":
        with Registry(terminal.home) as registry:
            _show_move(terminal, starter_models.restore(registry))
        return 0
    with starter_models.open_registry(terminal.home) as registry:
        if arguments.action is None:
            _list(terminal, registry)
        elif arguments.action == "promote":
            _show_move(terminal, registry.promote(arguments.version, reason=message("Promoted manually.")))
        else:
            _show_move(terminal, registry.rollback())
    return 0


def _compare(terminal: Terminal, arguments: argparse.Namespace) -> int:
    params: dict[str, Any] = {"versions": [arguments.old, arguments.new]}
    if arguments.folder is not None:
        mode = str(terminal.settings["analyse.mode"])
        params |= {"folder": str(arguments.folder.absolute()), "mode": mode}
    return run_job(terminal, "compare", params, _show_comparison)


def _show_comparison(terminal: Terminal, result: dict[str, Any]) -> int:
    terminal.print(result["sentence"])
    terminal.print()
    old, new = result["versions"]
    rows = [("", f"version {old}", f"version {new}", "difference", "95 % confidence interval")]
    rows += [
        (
            {"gmean": "G-Mean"}.get(metric, metric),
            f"{result['old'][metric]:.3f}",
            f"{result['new'][metric]:.3f}",
            f"{found['value']:+.3f}",
            f"{found['low']:+.3f} to {found['high']:+.3f}",
        )
        for metric, found in result["differences"].items()
    ]
    for line in formatting.table(rows, right=(1, 2, 3)):
        terminal.print(line)
    for skipped in result["skipped"]:
        terminal.notify(f"Skipped {skipped['path']}: {skipped['reason']}")
    return 1 if result["skipped"] else 0


def _contribute(terminal: Terminal, *, preview: bool) -> int:
    params = {"registry": registry_address()}
    if preview:
        return run_job(terminal, "contribute-preview", params, _show_rows, _with_rows)
    return run_job(terminal, "contribute", params, _show_contributed)


def _with_rows(result: dict[str, Any]) -> dict[str, Any]:
    """Return what a preview has written to its file."""
    return dict(json.loads(Path(result["file"]).read_text("utf-8")))


def _show_rows(terminal: Terminal, result: dict[str, Any]) -> int:
    rows = _with_rows(result)["rows"]
    lines: list[tuple[str, ...]] = [("genre", "recording", "group", "windows", "length")]
    lines += [
        (
            tag_name(row["label"]),
            row["recording"],
            row["group"],
            str(row["windows"]),
            f"{row['duration_s']:.1f} s",
        )
        for row in rows
    ]
    for line in formatting.table(lines, right=(3, 4)):
        terminal.print(line)
    terminal.print()
    terminal.print(
        f"{result['clips']} clips with {result['windows']} rows of features (version {result['feature_version']}), "
        f"{result['bytes'] / 1e6:.1f} MB, would be sent to {result['server']}."
    )
    terminal.print("Never sent: audio, paths, file names, titles, artists and albums.")
    return _show_left_out(terminal, result)


def _show_contributed(terminal: Terminal, result: dict[str, Any]) -> int:
    texts = {
        "sent": "{clips} clips with {windows} rows of features were sent to the team's table at {server}.",
        "unchanged": "The team's table at {server} already has these {clips} clips.",
        "withdrawn": "There are no corrections left; your contribution to {server} was withdrawn.",
    }
    terminal.print(texts[result["status"]].format(**result))
    return _show_left_out(terminal, result)


def _show_left_out(terminal: Terminal, result: dict[str, Any]) -> int:
    if result["left_out"]:
        terminal.print(f"{result['left_out']} corrected clips cannot be sent and were skipped.")
    return 0


def _list(terminal: Terminal, registry: Registry) -> None:
    from genre_desktop.core.monitoring.serving import ServingController

    found = registry.models()
    terminal.data([model.to_dict() for model in found])
    rows: list[tuple[str, ...]] = [("version", "family", "role", "accuracy", "G-Mean", "created")]
    rows += [_row(model) for model in found]
    for line in formatting.table(rows, right=(0, 3, 4)):
        terminal.print(line)
    state = ServingController(terminal.database).current()
    if state.active != "champion":
        terminal.print()
        terminal.print(f"Model in use: {state.active}. {state.reason}")


def _row(model: ModelInfo) -> tuple[str, ...]:
    return (
        model.version,
        model.family,
        ", ".join(model.aliases),
        _metric(model, "accuracy"),
        _metric(model, "gmean"),
        formatting.moment(model.created),
    )


def _metric(model: ModelInfo, name: str) -> str:
    names = (name, f"test_{name}", f"test.{name}")
    return next((f"{model.metrics[n]:.3f}" for n in names if n in model.metrics), "")


def _show_move(terminal: Terminal, move: AliasMove) -> None:
    terminal.data({"champion": move.champion, "fallback": move.fallback or None, "before": move.before})
    terminal.print(
        f"Champion is version {move.champion}, fallback {f'version {move.fallback}' if move.fallback else 'none'}."
    )
