"""The commands of the command line: one small module each, without Qt, with deferred heavy imports.

To add a command, write a module that provides :class:`Command` and list it in :data:`ALL`.
"""

from __future__ import annotations

import argparse
import importlib
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal

ALL: tuple[str, ...] = (
    "predict",
    "tag",
    "import_",
    "train",
    "evaluate",
    "models",
    "drift",
    "jobs",
    "worker",
    "alerts",
    "devices",
    "doctor",
)
"""Command modules of this package, in the order of the help."""


class Command(Protocol):
    """Interface of a command module."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, terminal: Terminal, arguments: argparse.Namespace) -> int:
        """Run the command and return the exit code; ``AppError`` for problems reported to the user."""


def load() -> tuple[Command, ...]:
    """Import and return all commands."""
    modules = (importlib.import_module(f"{__name__}.{name}") for name in ALL)
    return tuple(cast(Command, module) for module in modules)
