"""``devices``: list the input devices."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from genre_desktop.commands import formatting

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal

NAME = "devices"
HELP = "List the input devices."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``devices`` has no arguments."""


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """List the devices; ``AppError`` without a sound system."""
    from genre_desktop.audio.devices.input_devices import input_devices

    found = input_devices()
    terminal.data([device.to_dict() for device in found])
    if not found:
        terminal.print(
            "No input devices found. Connect a microphone, or check that the sound server is running."
        )
        return 0
    rows = [("", "device", "driver", "channels")]
    rows += [("*" if d.default else "", d.name, d.host_api, str(d.channels)) for d in found]
    for line in formatting.table(rows, right=(3,)):
        terminal.print(line)
    return 0
