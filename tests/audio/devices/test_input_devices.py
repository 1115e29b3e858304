"""The list of inputs: names, host APIs, the default, twins, and no sound system at all."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from genre_desktop.audio.devices import input_devices as input_devices_module
from genre_desktop.audio.devices import portaudio, pulseaudio
from genre_desktop.audio.devices.input_devices import Device, find, input_devices, input_devices_elsewhere
from genre_desktop.core.errors import AppError


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
    found = input_devices()
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
    assert input_devices()[0].default


def test_twins_have_ids_of_their_own(computer) -> None:
    computer([row("mic", 1), row("mic", 1), row("mic", 1, api=1)])
    assert sorted(d.id for d in input_devices()) == ["ALSA/mic", "ALSA/mic #2", "JACK/mic"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PulseAudio is Linux's")
def test_the_sources_of_a_sound_server_replace_its_alias(computer) -> None:
    sources = (
        pulseaudio.PulseSource("mic.1", "Built-in", 48_000, 2, False, True),
        pulseaudio.PulseSource("out.monitor", "Monitor of Speakers", 44_100, 2, True, False),
    )
    computer([row("pulse", 32), row("default", 32), row("hw: USB", 1)], default=1, sources=sources)
    found = input_devices()
    assert [(d.id, d.default, d.monitor, d.index) for d in found] == [
        ("PulseAudio/mic.1", True, False, 0),
        ("PulseAudio/out.monitor", False, True, 0),
        ("ALSA/hw: USB", False, False, 2),
    ]
    computer([row("pulse", 32), row("hw: USB", 1)], default=0)
    assert [d.name for d in input_devices()] == ["pulse", "hw: USB"]


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


def test_without_portaudio_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(AppError) as caught:
        input_devices()
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
    assert input_devices() == ()


def test_refreshing_waits_for_open_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    fake = SimpleNamespace(
        PortAudioError=PortAudioError,
        _terminate=lambda: calls.append("end"),
        _initialize=lambda: calls.append("start"),
    )
    monkeypatch.setattr(portaudio, "library", lambda: fake)
    held = portaudio.OpenStream(SimpleNamespace(abort=lambda: None, close=lambda: None))
    assert not portaudio.refresh()
    held.close()
    held.close()
    assert portaudio.refresh()
    assert calls == ["end", "start"]


def test_a_stream_that_does_not_close_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    let_go, closed = threading.Event(), threading.Event()
    fake = SimpleNamespace(
        PortAudioError=PortAudioError, _terminate=list, _initialize=list, _exit_handler=lambda: None
    )
    monkeypatch.setattr(portaudio, "library", lambda: fake)
    monkeypatch.setattr(portaudio, "CLOSE_S", 0.01)
    held = portaudio.OpenStream(SimpleNamespace(abort=let_go.wait, close=closed.set))
    held.close()
    assert not closed.is_set()
    assert not portaudio.refresh(), "PortAudio would wait for the stream for ever"
    let_go.set()
    for thread in threading.enumerate():
        if thread.name == "closing":
            thread.join()
    assert portaudio.refresh()


def test_a_scan_that_dies_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_devices_module, "_send_devices", _die)
    assert input_devices_elsewhere() == ()


def _die(_sender: object) -> None:
    sys.exit(3)
