"""PortAudio's numbers become sentences; no number reaches the user."""

from __future__ import annotations

import re

import pytest

from genre_desktop.audio.devices import errors
from genre_desktop.core.errors import Problem


class PortAudioError(Exception):
    """Shaped as sounddevice's."""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (
            PortAudioError("Error opening InputStream: Device unavailable [PaErrorCode -9985]", -9985),
            "device-busy",
        ),
        (PortAudioError("Invalid sample rate [PaErrorCode -9997]", -9997), "device-format"),
        (PortAudioError("Invalid number of channels [PaErrorCode -9998]", -9998), "device-format"),
        (PortAudioError("Invalid device [PaErrorCode -9996]", -9996), "device-missing"),
        (PortAudioError("Unanticipated host error", -9999, (2, -13, "Permission denied")), "device-denied"),
        (PortAudioError("Unanticipated host error", -9999, (13, 0, "Access 0x80070005")), "device-denied"),
        (
            PortAudioError("Unanticipated host error", -9999, (2, -16, "Device or resource busy")),
            "device-busy",
        ),
        (PortAudioError("Error opening InputStream: Internal PortAudio error", -9986), "device-failed"),
        (ValueError(), "device-failed"),
    ],
)
def test_each_refusal_has_its_words(error: Exception, code: str) -> None:
    problem = errors.opening_failed(error, "USB Mic").problem
    assert problem.code == code
    readable(problem)
    assert "USB Mic" in problem.reason


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_rest_reads_well_everywhere(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors.sys, "platform", platform)
    for problem in (
        Problem("no-audio-library"),
        Problem("no-audio-library/alsa"),
        Problem("no-input-device"),
        Problem("device-missing", name="USB Mic"),
        Problem("device-lost", name="USB Mic"),
        Problem("device-lost/output", name="USB Mic"),
        Problem("device-stalled", name="USB Mic"),
        errors.silent("USB Mic"),
        errors.silent("Monitor of Loudspeakers", monitor=True),
        errors.opening_failed(PortAudioError("denied", -9999), "USB Mic").problem,
    ):
        readable(problem)


def test_a_silent_loudspeaker_is_not_called_a_muted_microphone() -> None:
    words = errors.silent("Monitor of Loudspeakers", monitor=True)
    assert "plays" in words.reason
    assert "muted" not in words.reason + words.hint


def readable(problem: Problem) -> None:
    assert problem.title
    for sentence in (problem.reason, problem.hint):
        assert sentence.endswith(".")
        assert sentence[0].isupper()
    assert not re.search(r"-9\d\d\d|Pa[A-Z]|Errno", problem.reason.replace("[PaErrorCode", ""))
