"""``models``: list the registered versions; ``models promote`` and ``models rollback`` move the aliases."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import add_actions
from genre_desktop.core.messages import message

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.ml.registry.model_info import AliasMove, ModelInfo
    from genre_desktop.ml.registry.registry import Registry

NAME = "models"
HELP = "List the models, promote one, or roll back."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``models``."""
    add = add_actions(parser)
    promote = add("promote", help="make a version champion; the old one becomes fallback")
    promote.add_argument("version", metavar="VERSION", help="its number, as models lists it")
    add("rollback", help="undo the last promotion")
    add("restore", help="let the models that came with the program serve again")


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """List the models or move the aliases; ``AppError`` if the registry refuses."""
    from genre_desktop.ml.registry import starter_models
    from genre_desktop.ml.registry.registry import Registry

    if arguments.action == "restore":
        with Registry(terminal.home) as registry:
            _show_move(terminal, starter_models.restore(registry))
        return 0
    with starter_models.open_registry(terminal.home) as registry:
        if arguments.action is None:
            _list(terminal, registry)
        elif arguments.action == "promote":
            _show_move(terminal, registry.promote(arguments.version, reason=message("Promoted by hand.")))
        else:
            _show_move(terminal, registry.rollback())
    return 0


def _list(terminal: Terminal, registry: Registry) -> None:
    from genre_desktop.core.monitoring.serving import ServingController

    found = registry.models()
    terminal.data([model.to_dict() for model in found])
    rows: list[tuple[str, ...]] = [("version", "family", "serves as", "accuracy", "G-Mean", "created")]
    rows += [_row(model) for model in found]
    for line in formatting.table(rows, right=(0, 3, 4)):
        terminal.print(line)
    state = ServingController(terminal.database).current()
    if state.active != "champion":
        terminal.print(f"\nNow answering: {state.active}. {formatting.printable(state.reason)}")


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
