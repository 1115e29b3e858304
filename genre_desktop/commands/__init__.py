"""The commands of the command line: one small module each, without Qt, light until they run.

A module offers ``NAME``, ``HELP``, ``add_arguments(parser)`` and ``run(terminal, arguments) -> int``
(the exit code); adding one is adding it to :data:`ALL`.
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
    "alerts",
    "devices",
    "doctor",
)
"""Modules of this package, in the order of the help."""


class Command(Protocol):
    """What each of these modules is."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the command takes."""

    def run(self, terminal: Terminal, arguments: argparse.Namespace) -> int:
        """Do it; returns the exit code. ``AppError`` for what the person should read."""


def load() -> tuple[Command, ...]:
    """All commands."""
    modules = (importlib.import_module(f"{__name__}.{name}") for name in ALL)
    return tuple(cast(Command, module) for module in modules)
