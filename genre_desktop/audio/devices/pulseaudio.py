"""Lists the sources of a PulseAudio (or PipeWire) server, including the monitors of outputs.

PortAudio's ALSA back end shows the whole server as one device called ``pulse``; libpulse, which that device
needs anyway, lists its sources. It waits forever for a server that does not respond, so call this in a device
process only (:mod:`genre_desktop.audio.devices.device_process`).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PulseSource:
    """A source of the server; ``monitor`` for the monitor of an output."""

    name: str
    description: str
    sample_rate: int
    channels: int
    monitor: bool
    default: bool


def sources() -> tuple[PulseSource, ...]:
    """Return the server's sources; none without a server or libpulse."""
    if not sys.platform.startswith("linux"):
        return ()
    try:
        import pulsectl  # loads libpulse
    except OSError:
        return ()
    # WORKAROUND: pulsectl 24.12: it keeps a reference to the sample format, which libpulse frees.
    pulsectl.PulseSourceInfo._init_from_struct = _keep_rate
    try:
        with pulsectl.Pulse("Genre Desktop", connect=False) as pulse:
            pulse.connect()  # with a timeout it would always wait that long
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
