"""``devices``: what this computer can listen to."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from genre_desktop.commands import formatting

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal

NAME = "devices"
HELP = "List the input devices."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``devices`` takes nothing of its own."""


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """List them; ``AppError`` where there is no sound system at all."""
    from genre_desktop.audio.devices.input_devices import input_devices

    found = input_devices()
    terminal.data([device.to_dict() for device in found])
    if not found:
        terminal.say("No input devices. Connect a microphone, or check that the sound system runs.")
        return 0
    rows = [("", "device", "through", "channels")]
    rows += [("*" if d.default else "", d.name, d.host_api, str(d.channels)) for d in found]
    for line in formatting.table(rows, right=(3,)):
        terminal.say(line)
    return 0
