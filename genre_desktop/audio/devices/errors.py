"""What can go wrong with a sound device, in words for people instead of PortAudio's numbers."""

from __future__ import annotations

import sys

from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.messages import message

_UNAVAILABLE = -9985
_BAD_RATE = -9997
_BAD_CHANNELS = -9998
_BAD_DEVICE = -9996

_PRIVACY = {
    "darwin": message("Open System Settings › Privacy & Security › Microphone and allow Genre Desktop."),
    "win32": message("Open Settings › Privacy › Microphone and allow desktop apps."),
}
_MIXER = message("Open the system's sound settings, see that the input is not muted and its level is up.")
_AUDIO_GROUP = message("Add your user to the audio group, or open the device from your own session.")


def no_library() -> AppError:
    """PortAudio is not installed (only possible on Linux; elsewhere it comes with the app)."""
    return AppError("no-audio-library")


def no_configuration() -> AppError:
    """ALSA, which PortAudio uses on Linux, lacks its configuration."""
    return AppError("no-audio-library/alsa")


def no_device() -> AppError:
    """The computer has nothing to listen to."""
    return AppError("no-input-device")


def no_output() -> AppError:
    """The computer has nothing to play through."""
    return AppError("no-output-device")


def missing(name: str) -> AppError:
    """The chosen device is not there."""
    return AppError("device-missing", name=name)


def lost(name: str) -> AppError:
    """The device went away while it was used."""
    return AppError("device-lost", name=name)


def output_lost(name: str) -> AppError:
    """The loudspeaker went away while it played."""
    return AppError("device-lost/output", name=name)


def stalled(name: str) -> AppError:
    """The stream is open but sends nothing, as after the computer slept."""
    return AppError("device-stalled", name=name)


def silent(name: str, *, monitor: bool = False) -> Problem:
    """Digital silence: samples arrive and all are zero. ``monitor`` for what a loudspeaker of this computer plays."""
    if monitor:
        return Problem("no-signal/monitor", name=name)
    return Problem("no-signal", name=name, hint=_PRIVACY.get(sys.platform, _MIXER))


def opening_failed(error: Exception, name: str) -> AppError:
    """Translate what PortAudio said when ``name`` was opened.

    ``error.args`` is ``(text, code)`` or ``(text, code, (host api, host code, host text))``.
    """
    code = error.args[1] if len(error.args) > 1 else 0
    text = " ".join(str(part) for part in error.args)
    if _is_denied(text):
        return AppError("device-denied", name=name, hint=_PRIVACY.get(sys.platform, _AUDIO_GROUP))
    if code == _UNAVAILABLE or "busy" in text.lower():
        return AppError("device-busy", name=name)
    if code in (_BAD_RATE, _BAD_CHANNELS):
        return AppError("device-format", name=name)
    if code == _BAD_DEVICE:
        return missing(name)
    return AppError("device-failed", name=name, error=_plain(error))


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
