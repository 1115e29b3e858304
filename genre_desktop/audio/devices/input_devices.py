"""The input devices of this computer, by name and host API, with what the computer plays itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from genre_desktop.audio.devices import errors, portaudio, pulseaudio
from genre_desktop.audio.devices.device_process import ask

_ALIASES = ("pulse", "default", "pipewire")
"""ALSA names that stand for the whole sound server, whose sources are listed one by one."""

PULSE = "PulseAudio/"
"""How ids of a sound server's sources begin."""

_COUNT_S = 3.0
"""The window waits for it, with the diagnostics."""


@dataclass(frozen=True, slots=True)
class Device:
    """An input device.

    Attributes
    ----------
    id:
        Stable text under which it is remembered: host API and name.
    index:
        PortAudio's number, good in the process that listed the devices.
    channels, sample_rate:
        How it is opened: its own rate in Hz.
    default:
        The system's own choice.
    monitor:
        True for what a loudspeaker of this computer plays.
    source:
        PulseAudio's name, else empty text.
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
        """The row of ``genre-desktop devices --json``."""
        return {
            "id": self.id,
            "name": self.name,
            "host_api": self.host_api,
            "channels": self.channels,
            "default": self.default,
        }


def input_devices() -> tuple[Device, ...]:
    """Every input device that is there now, the default first; none where listing them failed or took too long.

    Numbers (``index``) of these devices mean nothing in this process: a process of its own lists them, so that no
    open stream is cut and no driver can hold up the caller for long.

    Raises
    ------
    AppError
        ``no-audio-library``.
    """
    return ask(scan) or ()


def scan() -> tuple[Device, ...]:
    """As :func:`input_devices`, in this process, which must be a device process; PortAudio lists devices once.

    Raises
    ------
    AppError
        ``no-audio-library``.
    """
    rows = _portaudio_inputs(portaudio.library())
    servers = [device for device in rows if device.host_api == "ALSA" and device.name in _ALIASES]
    behind = _pulse_inputs(servers[0]) if servers else []
    if behind:
        rows = behind + [replace(device, default=False) for device in rows if device not in servers]
    return tuple(sorted(rows, key=lambda device: not device.default))


def find(devices: tuple[Device, ...], wanted: str) -> Device:
    """The device remembered as ``wanted`` (its id, name or PulseAudio name); empty text means the default.

    Raises
    ------
    AppError
        ``no-input-device`` or ``device-missing``.
    """
    if not devices:
        raise errors.no_device()
    if not wanted:
        return devices[0]
    for device in devices:
        if wanted in (device.id, device.name, device.source):
            return device
    raise errors.missing(wanted.partition("/")[2] or wanted)


def host_apis() -> tuple[tuple[str, int, int], ...]:
    """The sound systems PortAudio can use, with how many inputs and outputs each has; no device is named.

    Raises
    ------
    AppError
        ``no-audio-library``.
    """
    return ask(_count_devices, _COUNT_S) or ()


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
