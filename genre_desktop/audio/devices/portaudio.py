"""Loads PortAudio, which is done in device processes only (:mod:`genre_desktop.audio.devices.device_process`)."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from genre_desktop.audio.devices import errors


def library() -> Any:
    """The ``sounddevice`` module.

    Raises
    ------
    AppError
        ``no-audio-library`` where PortAudio is not installed, or ALSA not set up.
    """
    if "sounddevice" not in sys.modules and not _alsa_is_set_up():
        raise errors.no_configuration()
    try:
        import sounddevice  # initialises PortAudio, which asks every driver
    except (OSError, ImportError) as error:
        raise errors.no_library() from error
    return sounddevice


def _alsa_is_set_up() -> bool:
    """False where PortAudio would end this process: without ALSA's definitions of devices it aborts."""
    if not sys.platform.startswith("linux"):
        return True
    try:
        alsa = ctypes.CDLL("libasound.so.2")
        alsa.snd_config_update()
        return bool(alsa.snd_config_search(ctypes.c_void_p.in_dll(alsa, "snd_config"), b"pcm", None) == 0)
    except (OSError, AttributeError, ValueError):  # no ALSA at all is for PortAudio to say
        return True
