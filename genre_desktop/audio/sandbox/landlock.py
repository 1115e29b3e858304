"""Landlock: takes every right to files, the network and other processes from this process."""

from __future__ import annotations

import ctypes
import os

_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_VERSION = 1
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""Number of rights to files by version of the interface."""
_NETWORK_FROM, _SCOPES_FROM = 4, 6


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


def abi() -> int:
    """Return the version of the interface that this kernel has; 0 without Landlock."""
    return max(0, int(ctypes.CDLL(None).syscall(_CREATE_RULESET, None, 0, _VERSION)))


def install() -> int:
    """Give up every right that the kernel can withhold, and return its version; for the calling thread.

    Raises
    ------
    OSError
        The kernel refused it.
    """
    version = abi()
    if version == 0:
        return 0
    files = (1 << _FILE_RIGHTS[min(version, 5)]) - 1
    ruleset = _Ruleset(files, 0b11 if version >= _NETWORK_FROM else 0, 0b11 if version >= _SCOPES_FROM else 0)
    size = 24 if version >= _SCOPES_FROM else 16 if version >= _NETWORK_FROM else 8
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.syscall(_CREATE_RULESET, ctypes.byref(ruleset), size, 0)
    if descriptor < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    try:
        if libc.syscall(_RESTRICT_SELF, descriptor, 0) != 0:
            raise OSError(ctypes.get_errno(), "landlock_restrict_self")
    finally:
        os.close(descriptor)
    return version
