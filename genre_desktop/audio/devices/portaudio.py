"""Loads PortAudio; only for device processes (:mod:`genre_desktop.audio.devices.device_process`)."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from genre_desktop.core.errors import AppError


def library() -> Any:
    """Import and return ``sounddevice``.

    Raises
    ------
    AppError
        ``no-audio-library`` where PortAudio is not installed, or ALSA not configured.
    """
    if "sounddevice" not in sys.modules and not _is_alsa_configured():
        raise AppError("no-audio-library/alsa")
    try:
        import sounddevice  # initialises PortAudio, which queries every driver
    except (OSError, ImportError) as error:
        raise AppError("no-audio-library") from error
    return sounddevice


def _is_alsa_configured() -> bool:
    """Return False where PortAudio would abort this process for lack of ALSA's device definitions."""
    if not sys.platform.startswith("linux"):
        return True
    try:
        alsa = ctypes.CDLL("libasound.so.2")
        alsa.snd_config_update()
        return bool(alsa.snd_config_search(ctypes.c_void_p.in_dll(alsa, "snd_config"), b"pcm", None) == 0)
    except (OSError, AttributeError, ValueError):  # without ALSA, PortAudio itself reports the error
        return True
