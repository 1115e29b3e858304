"""Asks a PulseAudio (or PipeWire) server for its sources, among them what the computer itself plays.

PortAudio's ALSA back end shows the whole server as one device called ``pulse``; libpulse, which that
device needs anyway, knows the sources behind it. libpulse waits forever for a server that does not answer, so ask
in a device process only (:mod:`genre_desktop.audio.devices.device_process`).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PulseSource:
    """Something the server records from; ``monitor`` is what a loudspeaker plays."""

    name: str
    description: str
    sample_rate: int
    channels: int
    monitor: bool
    default: bool


def sources() -> tuple[PulseSource, ...]:
    """The server's sources; none where there is no server or no libpulse."""
    if not sys.platform.startswith("linux"):
        return ()
    try:
        import pulsectl  # loads libpulse
    except OSError:
        return ()
    # pulsectl 24.12 keeps a reference to the sample format, which libpulse frees with the answer.
    pulsectl.PulseSourceInfo._init_from_struct = _keep_rate
    try:
        with pulsectl.Pulse("Genre Desktop", connect=False) as pulse:
            pulse.connect()  # with a time limit it would always wait that long
            default = pulse.server_info().default_source_name
            return tuple(
                PulseSource(
                    found.name,
                    found.description,
                    found.sample_rate,
                    found.channel_count,
                    found.monitor_of_sink_name is not None,
                    found.name == default,
                )
                for found in pulse.source_list()
            )
    except pulsectl.PulseError:
        return ()


def _keep_rate(source: Any, struct: Any) -> None:
    source.sample_rate = int(struct.sample_spec.rate)
