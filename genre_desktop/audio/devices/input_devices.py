"""Lists the input devices by name and host API, including the monitors of outputs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from genre_desktop.audio.devices import portaudio, pulseaudio
from genre_desktop.audio.devices.device_process import call
from genre_desktop.core.errors import AppError

_ALIASES = ("pulse", "default", "pipewire")
"""ALSA names of the sound server as a whole; its sources are listed individually instead."""

PULSE = "PulseAudio/"
"""Prefix of the ids of a sound server's sources."""

_COUNT_S = 3.0
"""Time limit; the window waits for the result with the diagnostics."""


@dataclass(frozen=True, slots=True)
class Device:
    """An input device.

    Attributes
    ----------
    id:
        Stable identifier for the settings: host API and name.
    index:
        PortAudio's number, valid in the process that listed the devices.
    sample_rate:
        The device's own rate in Hz.
    default:
        Whether it is the system's default.
    monitor:
        True for the monitor of an output.
    source:
        PulseAudio's name, else empty.
    """

    id: str
    name: str
    host_api: str
    channels: int
    sample_rate: int
    default: bool
    index: int
    monitor: bool = False
    source: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the entry of ``genre-desktop devices --json``."""
        return {
            "id": self.id,
            "name": self.name,
            "host_api": self.host_api,
            "channels": self.channels,
            "default": self.default,
        }


def input_devices() -> tuple[Device, ...]:
    """Return all present input devices, the default first; none where listing failed or timed out.

    A child process lists them, so that no open stream is interrupted and no driver can block the caller for long.
    The ``index`` of these devices is meaningless in this process.

    Raises
    ------
    AppError
        ``no-audio-library``.
    """
    return call(scan) or ()


def scan() -> tuple[Device, ...]:
    """As :func:`input_devices`, in the calling device process; PortAudio lists devices only once per process.

    Raises
    ------
    AppError
        ``no-audio-library``.
    """
    rows = _portaudio_inputs(portaudio.library())
    servers = [device for device in rows if device.host_api == "ALSA" and device.name in _ALIASES]
    sources = _pulse_inputs(servers[0]) if servers else []
    if sources:
        rows = sources + [replace(device, default=False) for device in rows if device not in servers]
    return tuple(sorted(rows, key=lambda device: not device.default))


def find(devices: tuple[Device, ...], wanted: str) -> Device:
    """Return the device with the id, name or PulseAudio name ``wanted``; the default one if empty.

    Raises
    ------
    AppError
        ``no-input-device`` or ``device-missing``.
    """
    if not devices:
        raise AppError("no-input-device")
    if not wanted:
        return devices[0]
    for device in devices:
        if wanted in (device.id, device.name, device.source):
            return device
    raise AppError("device-missing", name=wanted.partition("/")[2] or wanted)


def host_apis() -> tuple[tuple[str, int, int], ...]:
    """Return PortAudio's host APIs with their numbers of inputs and outputs.

    Raises
    ------
    AppError
        ``no-audio-library``.
    """
    return call(_count_devices, _COUNT_S) or ()


def _count_devices() -> tuple[tuple[str, int, int], ...]:
    sounddevice = portaudio.library()
    rows, apis = sounddevice.query_devices(), sounddevice.query_hostapis()
    return tuple(
        (
            str(api["name"]),
            sum(rows[index]["max_input_channels"] > 0 for index in api["devices"]),
            sum(rows[index]["max_output_channels"] > 0 for index in api["devices"]),
        )
        for api in apis
    )


def _portaudio_inputs(sounddevice: Any) -> list[Device]:
    try:
        rows, apis = sounddevice.query_devices(), sounddevice.query_hostapis()
        chosen = sounddevice.default.device[0]
    except sounddevice.PortAudioError:
        return []
    if chosen < 0:
        chosen = next((api["default_input_device"] for api in apis if api["default_input_device"] >= 0), -1)
    seen: Counter[str] = Counter()
    devices = []
    for index, row in enumerate(rows):
        if row["max_input_channels"] > 0:
            api = apis[row["hostapi"]]["name"]
            key = f"{api}/{row['name']}"
            seen[key] += 1
            devices.append(
                Device(
                    id=key if seen[key] == 1 else f"{key} #{seen[key]}",
                    name=row["name"],
                    host_api=api,
                    channels=int(row["max_input_channels"]),
                    sample_rate=round(row["default_samplerate"]) or 44_100,
                    default=index == chosen,
                    index=index,
                )
            )
    return devices


def _pulse_inputs(server: Device) -> list[Device]:
    return [
        Device(
            id=f"{PULSE}{source.name}",
            name=source.description or source.name,
            host_api="PulseAudio",
            channels=source.channels,
            sample_rate=source.sample_rate,
            default=source.default,
            index=server.index,
            monitor=source.monitor,
            source=source.name,
        )
        for source in pulseaudio.sources()
    ]
