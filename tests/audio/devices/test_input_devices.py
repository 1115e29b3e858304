"""The list of inputs: names, host APIs, the default, twins, and no sound system at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from genre_desktop.audio.devices import device_process, portaudio, pulseaudio
from genre_desktop.audio.devices import input_devices as input_devices_module
from genre_desktop.audio.devices.input_devices import Device, find, host_apis, input_devices, scan
from genre_desktop.core.errors import AppError
from tests.audio.conftest import FakeSound


class PortAudioError(Exception):
    """Shaped as sounddevice's."""


def row(name: str, inputs: int, api: int = 0, rate: float = 48_000.0) -> dict[str, object]:
    return {"name": name, "hostapi": api, "max_input_channels": inputs, "default_samplerate": rate}


def library(rows: list[dict[str, object]], default: int = -1) -> SimpleNamespace:
    apis = ({"name": "ALSA", "default_input_device": -1}, {"name": "JACK", "default_input_device": 0})
    return SimpleNamespace(
        PortAudioError=PortAudioError,
        query_devices=lambda: rows,
        query_hostapis=lambda: apis,
        default=SimpleNamespace(device=(default, -1)),
    )


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch):
    def install(
        rows: list[dict[str, object]], default: int = -1, sources: tuple[pulseaudio.PulseSource, ...] = ()
    ) -> None:
        monkeypatch.setattr(portaudio, "library", lambda: library(rows, default))
        monkeypatch.setattr(pulseaudio, "sources", lambda: sources)

    return install


def test_inputs_only_with_the_default_first(computer) -> None:
    computer([row("speaker", 0), row("mic", 2), row("usb", 1, rate=44_100.0)], default=2)
    found = scan()
    assert [(d.name, d.default, d.index, d.sample_rate) for d in found] == [
        ("usb", True, 2, 44_100),
        ("mic", False, 1, 48_000),
    ]
    assert found[0].to_dict() == {
        "id": "ALSA/usb",
        "name": "usb",
        "host_api": "ALSA",
        "channels": 1,
        "default": True,
    }


def test_a_default_that_only_a_host_api_knows(computer) -> None:
    computer([row("mic", 2, api=1)])
    assert scan()[0].default


def test_twins_have_ids_of_their_own(computer) -> None:
    computer([row("mic", 1), row("mic", 1), row("mic", 1, api=1)])
    assert sorted(d.id for d in scan()) == ["ALSA/mic", "ALSA/mic #2", "JACK/mic"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PulseAudio is Linux's")
def test_the_sources_of_a_sound_server_replace_its_alias(computer) -> None:
    sources = (
        pulseaudio.PulseSource("mic.1", "Built-in", 48_000, 2, False, True),
        pulseaudio.PulseSource("out.monitor", "Monitor of Speakers", 44_100, 2, True, False),
    )
    computer([row("pulse", 32), row("default", 32), row("hw: USB", 1)], default=1, sources=sources)
    found = scan()
    assert [(d.id, d.default, d.monitor, d.index) for d in found] == [
        ("PulseAudio/mic.1", True, False, 0),
        ("PulseAudio/out.monitor", False, True, 0),
        ("ALSA/hw: USB", False, False, 2),
    ]
    computer([row("pulse", 32), row("hw: USB", 1)], default=0)
    assert [d.name for d in scan()] == ["pulse", "hw: USB"]


def test_finding_by_id_name_and_source() -> None:
    mic = Device("ALSA/mic", "mic", "ALSA", 1, 48_000, True, 0)
    monitor = Device(
        "PulseAudio/out.monitor", "Monitor", "PulseAudio", 2, 48_000, False, 1, True, "out.monitor"
    )
    for wanted in ("PulseAudio/out.monitor", "Monitor", "out.monitor"):
        assert find((mic, monitor), wanted) is monitor
    assert find((mic, monitor), "") is mic
    with pytest.raises(AppError) as caught:
        find((mic,), "ALSA/gone")
    assert caught.value.problem.code == "device-missing"
    assert caught.value.problem.reason.startswith("gone ")
    with pytest.raises(AppError) as caught:
        find((), "")
    assert caught.value.problem.code == "no-input-device"


def test_without_portaudio_the_reason_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(AppError) as caught:
        scan()
    assert caught.value.problem.code == "no-audio-library"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ALSA is Linux's")
def test_without_alsas_configuration_the_program_goes_on_and_says_so(tmp_path: Path) -> None:
    environment = {**os.environ, "ALSA_CONFIG_PATH": os.devnull}
    command = [sys.executable, "-m", "genre_desktop", "devices", "--home", str(tmp_path / "home")]
    found = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 1, found
    assert "libasound2-data" in found.stderr


def test_a_sound_system_that_is_not_running_has_no_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise PortAudioError("not initialized", -10000)

    broken = SimpleNamespace(PortAudioError=PortAudioError, query_devices=fail)
    monkeypatch.setattr(portaudio, "library", lambda: broken)
    assert scan() == ()


@pytest.mark.parametrize("fault", ["dies", "hangs"])
def test_a_scan_that_does_not_end_finds_nothing(
    fake_sound: FakeSound, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    assert [device.id for device in input_devices()] == ["ALSA/mic"]
    monkeypatch.setattr(device_process, "RESPONSE_S", 0.5)
    monkeypatch.setattr(input_devices_module, "_COUNT_S", 0.5)
    fake_sound(**{fault: "list"})
    assert input_devices() == ()
    assert host_apis() == ()


def test_host_apis_count_their_devices(fake_sound: FakeSound) -> None:
    assert host_apis() == (("ALSA", 1, 1),)
