"""Asks a PulseAudio (or PipeWire) server for its sources, among them what the computer itself plays.

PortAudio's ALSA back end shows the whole server as one device called ``pulse``; libpulse, which that
device needs anyway, knows the sources behind it. Structures and calls are those of
``pulse/introspect.h`` and ``pulse/context.h``, stable since version 1.0.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
import time
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_uint8, c_uint32, c_void_p
from dataclasses import dataclass
from typing import Any

_READY = 4
_FAILED = (5, 6)
_NO_AUTOSPAWN = 1
_NO_MONITOR = 0xFFFFFFFF
_POLL_US = 20_000


@dataclass(frozen=True, slots=True)
class PulseSource:
    """Something the server records from; ``monitor`` is what a loudspeaker plays."""

    name: str
    description: str
    sample_rate: int
    channels: int
    monitor: bool
    default: bool


class _SampleSpec(Structure):
    _fields_ = (("format", c_int), ("rate", c_uint32), ("channels", c_uint8))


class _ChannelMap(Structure):
    _fields_ = (("channels", c_uint8), ("map", c_int * 32))


class _Volume(Structure):
    _fields_ = (("channels", c_uint8), ("values", c_uint32 * 32))


class _SourceInfo(Structure):
    """The beginning of ``pa_source_info``."""

    _fields_ = (
        ("name", c_char_p),
        ("index", c_uint32),
        ("description", c_char_p),
        ("sample_spec", _SampleSpec),
        ("channel_map", _ChannelMap),
        ("owner_module", c_uint32),
        ("volume", _Volume),
        ("mute", c_int),
        ("monitor_of_sink", c_uint32),
    )


class _ServerInfo(Structure):
    """The beginning of ``pa_server_info``."""

    _fields_ = (
        ("user_name", c_char_p),
        ("host_name", c_char_p),
        ("server_version", c_char_p),
        ("server_name", c_char_p),
        ("sample_spec", _SampleSpec),
        ("default_sink_name", c_char_p),
        ("default_source_name", c_char_p),
    )


_SourceCallback = CFUNCTYPE(None, c_void_p, POINTER(_SourceInfo), c_int, c_void_p)
_ServerCallback = CFUNCTYPE(None, c_void_p, POINTER(_ServerInfo), c_void_p)


def sources(timeout_s: float = 1.0) -> tuple[PulseSource, ...]:
    """The server's sources; none where there is no server, no libpulse, or no answer in time."""
    library = _library()
    if library is None:
        return ()
    loop = library.pa_mainloop_new()
    context = library.pa_context_new(library.pa_mainloop_get_api(loop), b"Genre Desktop")
    try:
        return _ask(library, loop, context, time.monotonic() + timeout_s)
    finally:
        library.pa_context_disconnect(context)
        library.pa_context_unref(context)
        library.pa_mainloop_free(loop)


def _ask(library: Any, loop: int, context: int, deadline: float) -> tuple[PulseSource, ...]:
    if not _connected(library, loop, context, deadline):
        return ()
    found: list[tuple[str, str, int, int, bool]] = []
    default: list[str] = []
    done: list[bool] = []

    def on_source(_context: int, info: Any, end: int, _data: int) -> None:
        if end:
            done.append(True)
        else:
            found.append(_fields_of(info.contents))

    def on_server(_context: int, info: Any, _data: int) -> None:
        default.append(_text(info.contents.default_source_name) if info else "")

    callbacks = _ServerCallback(on_server), _SourceCallback(on_source)  # kept alive until answered
    library.pa_operation_unref(library.pa_context_get_server_info(context, callbacks[0], None))
    library.pa_operation_unref(library.pa_context_get_source_info_list(context, callbacks[1], None))
    while not (done and default):
        if not _turn(library, loop, deadline):
            return ()
    return tuple(PulseSource(*fields, default=fields[0] == default[0]) for fields in found)


def _connected(library: Any, loop: int, context: int, deadline: float) -> bool:
    if library.pa_context_connect(context, None, _NO_AUTOSPAWN, None) < 0:
        return False
    while (state := library.pa_context_get_state(context)) != _READY:
        if state in _FAILED or not _turn(library, loop, deadline):
            return False
    return True


def _turn(library: Any, loop: int, deadline: float) -> bool:
    """One round of the server's main loop; False when time is up or the loop has ended."""
    if library.pa_mainloop_prepare(loop, _POLL_US) < 0 or library.pa_mainloop_poll(loop) < 0:
        return False
    return library.pa_mainloop_dispatch(loop) >= 0 and time.monotonic() < deadline


def _fields_of(info: _SourceInfo) -> tuple[str, str, int, int, bool]:
    spec = info.sample_spec
    monitor = info.monitor_of_sink != _NO_MONITOR
    return _text(info.name), _text(info.description), int(spec.rate), int(spec.channels), monitor


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")


def _library() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    try:
        library = ctypes.CDLL("libpulse.so.0")
    except OSError:
        return None
    for name, result, arguments in (
        ("pa_mainloop_new", c_void_p, ()),
        ("pa_mainloop_get_api", c_void_p, (c_void_p,)),
        ("pa_mainloop_prepare", c_int, (c_void_p, c_int)),
        ("pa_mainloop_poll", c_int, (c_void_p,)),
        ("pa_mainloop_dispatch", c_int, (c_void_p,)),
        ("pa_mainloop_free", None, (c_void_p,)),
        ("pa_context_new", c_void_p, (c_void_p, c_char_p)),
        ("pa_context_connect", c_int, (c_void_p, c_char_p, c_int, c_void_p)),
        ("pa_context_get_state", c_int, (c_void_p,)),
        ("pa_context_get_server_info", c_void_p, (c_void_p, _ServerCallback, c_void_p)),
        ("pa_context_get_source_info_list", c_void_p, (c_void_p, _SourceCallback, c_void_p)),
        ("pa_context_disconnect", None, (c_void_p,)),
        ("pa_context_unref", None, (c_void_p,)),
        ("pa_operation_unref", None, (c_void_p,)),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
