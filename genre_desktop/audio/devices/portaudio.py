"""PortAudio behind one door: loaded late, re-initialised only while nobody uses it, errors in words."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from typing import Any

from genre_desktop.audio.devices import errors, portaudio_hang

CLOSE_S = 1.0
"""Closing takes some hundredths of a second; after so long it will not come to an end."""

lock = threading.RLock()
"""Hold it from listing devices to opening one: a refresh in between would renumber them."""
_open_streams = 0


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


def refresh() -> bool:
    """Let PortAudio look for devices anew; False, and nothing done, while a stream is open.

    PortAudio makes its list once. The only way to a new one is to end and start the library, which
    would cut every open stream.
    """
    sounddevice = library()
    with lock:
        if _open_streams:
            return False
        with contextlib.suppress(sounddevice.PortAudioError):
            sounddevice._terminate()
        with contextlib.suppress(sounddevice.PortAudioError):
            sounddevice._initialize()
        return True


class OpenStream:
    """An open stream; as long as it is not closed, :func:`refresh` does nothing."""

    def __init__(self, stream: Any) -> None:
        global _open_streams
        self.stream = stream
        self._closed = False
        with lock:
            _open_streams += 1

    def close(self, thread_id: int = 0) -> None:
        """Abort and close; safe to call twice and on a device that is gone.

        A stream that cannot be closed is left alone, and PortAudio with it: where a sound server dies or
        hangs, PortAudio 19 may wait for ever for a thread of its own that runs in circles
        (PortAudio issue 1037). ``thread_id`` is that thread, the one that called back; it is halted.
        """
        with lock:
            if self._closed:
                return
            self._closed = True
        closing = threading.Thread(target=self._close, name="closing", daemon=True)
        closing.start()
        closing.join(CLOSE_S)
        if closing.is_alive():
            atexit.unregister(library()._exit_handler)  # it would wait for ever too
            portaudio_hang.suspend_thread(thread_id)

    def _close(self) -> None:
        global _open_streams
        for step in (self.stream.abort, self.stream.close):
            with contextlib.suppress(Exception):  # the device may be gone, which is why it is closed
                step()
        with lock:
            _open_streams -= 1


@contextlib.contextmanager
def pulse_source(source: str) -> Iterator[None]:
    """Within the block ALSA's ``pulse`` device opens this PulseAudio source; nothing without a name.

    The variable is libpulse's own; PortAudio's ALSA back end has no other way to a named source.
    """
    if not source:
        yield
        return
    with lock:
        before = os.environ.get("PULSE_SOURCE")
        os.environ["PULSE_SOURCE"] = source
        try:
            yield
        finally:
            if before is None:
                del os.environ["PULSE_SOURCE"]
            else:
                os.environ["PULSE_SOURCE"] = before
