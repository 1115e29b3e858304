"""What can go wrong with a sound device, in words for people instead of PortAudio's numbers."""

from __future__ import annotations

import sys

from genre_desktop.core.errors import AppError, Problem

_UNAVAILABLE = -9985
_BAD_RATE = -9997
_BAD_CHANNELS = -9998
_BAD_DEVICE = -9996

_PRIVACY = {
    "darwin": "Open System Settings › Privacy & Security › Microphone and allow Genre Desktop.",
    "win32": "Open Settings › Privacy › Microphone and allow desktop apps.",
}
_MIXER = "Open the system's sound settings, see that the input is not muted and its level is up."


def no_library() -> AppError:
    """PortAudio is not installed (only possible on Linux; elsewhere it comes with the app)."""
    return AppError(
        "no-audio-library",
        "Sound input is not available",
        "The PortAudio library is not installed on this computer.",
        "Install it (on Debian and Ubuntu: sudo apt install libportaudio2) and start Genre Desktop again.",
    )


def no_configuration() -> AppError:
    """ALSA, which PortAudio uses on Linux, lacks its configuration."""
    return AppError(
        "no-audio-library",
        "Sound input is not available",
        "The configuration of ALSA, the sound system, is missing on this computer or cannot be read.",
        "Install it again (on Debian and Ubuntu: sudo apt install --reinstall libasound2-data) and start Genre Desktop again.",
    )


def no_device() -> AppError:
    """The computer has nothing to listen to."""
    return AppError(
        "no-input-device",
        "No microphone was found",
        "The system lists no input device.",
        "Plug in a microphone, or see whether the sound server is running; listening begins by itself.",
    )


def no_output() -> AppError:
    """The computer has nothing to play through."""
    return AppError(
        "no-output-device",
        "There is nothing to play through",
        "The system lists no output device.",
        "Connect loudspeakers or headphones and try again.",
    )


def missing(name: str) -> AppError:
    """The chosen device is not there."""
    return AppError(
        "device-missing",
        "The chosen device is not connected",
        f"{name} is not among the system's input devices.",
        "Plug it in again, and it is used as soon as it is back, or choose another one.",
    )


def lost(name: str) -> AppError:
    """The device went away while it was used."""
    return AppError(
        "device-lost",
        "The device went away",
        f"{name} stopped sending sound: it was unplugged, or the sound server ended.",
        "Plug it in again; listening goes on as soon as it is back.",
    )


def output_lost(name: str) -> AppError:
    """The loudspeaker went away while it played."""
    return AppError(
        "device-lost",
        "The output went away",
        f"{name} stopped playing: it was unplugged, or the sound server ended.",
        "Connect it again, or choose another output in the system's sound settings, and press Play.",
    )


def stalled(name: str) -> AppError:
    """The stream is open but sends nothing, as after the computer slept."""
    return AppError(
        "device-stalled",
        "The device stopped sending",
        f"Nothing has come from {name} for some seconds, as happens after the computer slept.",
        "The device is being opened again; if that does not help, plug it out and in.",
    )


def silent(name: str, *, monitor: bool = False) -> Problem:
    """Digital silence: samples arrive and all are zero. ``monitor`` for what a loudspeaker of this computer plays."""
    if monitor:
        return Problem(
            "no-signal",
            "No signal",
            f"{name} hears what this computer plays, and nothing plays there now.",
            "Play something through these loudspeakers, or choose a microphone to hear the room.",
        )
    return Problem(
        "no-signal",
        "No signal",
        f"{name} sends pure digital silence, so it is probably muted, switched off, or not allowed.",
        _PRIVACY.get(sys.platform, _MIXER),
    )


def opening_failed(error: Exception, name: str) -> AppError:
    """Translate what PortAudio said when ``name`` was opened.

    ``error.args`` is ``(text, code)`` or ``(text, code, (host api, host code, host text))``.
    """
    code = error.args[1] if len(error.args) > 1 else 0
    text = " ".join(str(part) for part in error.args)
    if _is_denied(text):
        return AppError(
            "device-denied",
            "The microphone may not be used",
            f"The system denies access to {name}.",
            _PRIVACY.get(
                sys.platform, "Add your user to the audio group, or open the device from your own session."
            ),
        )
    if code == _UNAVAILABLE or "busy" in text.lower():
        return AppError(
            "device-busy",
            "The device is in use",
            f"{name} is used by another program, or has just been unplugged.",
            "Close the other program; listening begins as soon as the device is free.",
        )
    if code in (_BAD_RATE, _BAD_CHANNELS):
        return AppError(
            "device-format",
            "The device refuses every sample rate we know",
            f"{name} accepted no common sample rate and channel count.",
            "Set it to 44100 or 48000 Hz in the system's sound settings, or choose another device.",
        )
    if code == _BAD_DEVICE:
        return missing(name)
    return AppError(
        "device-failed",
        "The device cannot be opened",
        f"{name} could not be opened: {_plain(error)}.",
        "Plug it out and in, or choose another device.",
    )


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
