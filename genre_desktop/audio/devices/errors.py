"""Problems with sound devices: translates PortAudio's error codes."""

from __future__ import annotations

import sys

from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.messages import message

BAD_RATE = -9997
BAD_CHANNELS = -9998
_UNAVAILABLE = -9985
_BAD_DEVICE = -9996

_PRIVACY = {
    "darwin": message("Open System Settings › Privacy & Security › Microphone and allow Genre Desktop."),
    "win32": message("Open Settings › Privacy › Microphone and allow desktop apps."),
}
_MIXER = message(
    "Open the system's sound settings and check that the input is not muted and its level is not too low."
)
_AUDIO_GROUP = message("Add your user to the audio group, or open the device from your own session.")


def silent(name: str, *, monitor: bool = False) -> Problem:
    """Return the problem of a source that delivers only zeros; ``monitor`` for the monitor of an output."""
    if monitor:
        return Problem("no-signal/monitor", name=name)
    return Problem("no-signal", name=name, hint=_PRIVACY.get(sys.platform, _MIXER))


def opening_failed(error: Exception, name: str) -> AppError:
    """Translate PortAudio's error on opening ``name``.

    ``error.args`` is ``(text, code)`` or ``(text, code, (host api, host code, host text))``.
    """
    code = portaudio_code(error)
    text = " ".join(str(part) for part in error.args)
    if _is_denied(text):
        return AppError("device-denied", name=name, hint=_PRIVACY.get(sys.platform, _AUDIO_GROUP))
    if code == _UNAVAILABLE or "busy" in text.lower():
        return AppError("device-busy", name=name)
    if code in (BAD_RATE, BAD_CHANNELS):
        return AppError("device-format", name=name)
    if code == _BAD_DEVICE:
        return AppError("device-missing", name=name)
    return AppError("device-failed", name=name, error=_plain(error))


def portaudio_code(error: Exception) -> int:
    """Return the error code of a ``PortAudioError``, 0 without one."""
    return int(error.args[1]) if len(error.args) > 1 else 0


def _is_denied(text: str) -> bool:
    lower = text.lower()
    return any(sign in lower for sign in ("denied", "not permitted", "permission", "0x80070005"))


def _plain(error: Exception) -> str:
    text = str(error.args[0]) if error.args else type(error).__name__
    return (
        text.removeprefix("Error opening InputStream: ")
        .removeprefix("Error opening RawInputStream: ")
        .rstrip(".")
    )
