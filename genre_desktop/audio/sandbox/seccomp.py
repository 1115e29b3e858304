"""The system calls of the decoder process: a list of what it may call, any other ends it.

Own BPF rather than libseccomp: one list for two processors is a hundred lines, while the library would have to be
found on the user's computer (``pyseccomp`` does not contain it) and in the package.
"""

from __future__ import annotations

import ctypes
import platform
import struct

_SECCOMP = {"x86_64": 317, "aarch64": 277}
"""Number of ``seccomp(2)``."""
_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_ALLOWED = {
    # name: (x86_64, aarch64)
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "poll": (7, None),
    "lseek": (8, 62),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "pread64": (17, 67),
    "readv": (19, 65),
    "writev": (20, 66),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "nanosleep": (35, 101),
    "setitimer": (38, 103),
    "getpid": (39, 172),
    "sendto": (44, 206),
    "recvfrom": (45, 207),
    "recvmsg": (47, 212),
    "exit": (60, 93),
    "gettimeofday": (96, 169),
    "getrusage": (98, 165),
    "sigaltstack": (131, 132),
    "gettid": (186, 178),
    "futex": (202, 98),
    "sched_getaffinity": (204, 123),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "exit_group": (231, 94),
    "ppoll": (271, 73),
    "getrandom": (318, 278),
}
_WITHOUT_EXECUTION = {"mmap": (9, 222), "mprotect": (10, 226)}
"""Allowed unless their third argument asks for memory that can be executed."""

_MODE_FILTER, _FLAG_TSYNC = 1, 1
_ACTION_AVAILABLE = 2
_KILL_PROCESS, _ALLOW = 0x80000000, 0x7FFF0000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _ARCH_AT, _THIRD_ARGUMENT_AT = 0, 4, 32
_X32_FROM = 0x40000000
_PROT_EXEC = 4


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def available() -> bool:
    """Whether this kernel can end a process at a system call that is not allowed."""
    number = _SECCOMP.get(platform.machine())
    if number is None:
        return False
    action = ctypes.c_uint32(_KILL_PROCESS)
    return bool(ctypes.CDLL(None).syscall(number, _ACTION_AVAILABLE, 0, ctypes.byref(action)) == 0)


def program(machine: str) -> bytes:
    """Return the filter of a processor (``x86_64``, ``aarch64``) as BPF instructions."""
    column = ("x86_64", "aarch64").index(machine)
    code = [
        (_LOAD, 0, 0, _ARCH_AT),
        (_EQUAL, 1, 0, _AUDIT_ARCH[machine]),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    if machine == "x86_64":  # the same processor has a second table of numbers
        code += [(_AT_LEAST, 0, 1, _X32_FROM), (_RETURN, 0, 0, _KILL_PROCESS)]
    for numbers in _ALLOWED.values():
        if (number := numbers[column]) is not None:
            code += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    for numbers in _WITHOUT_EXECUTION.values():
        code += [
            (_EQUAL, 0, 4, numbers[column]),
            (_LOAD, 0, 0, _THIRD_ARGUMENT_AT),
            (_ANY_BIT, 0, 1, _PROT_EXEC),
            (_RETURN, 0, 0, _KILL_PROCESS),
            (_RETURN, 0, 0, _ALLOW),
        ]
    code.append((_RETURN, 0, 0, _KILL_PROCESS))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def install() -> None:
    """Apply the filter to all threads of this process, for ever.

    Raises
    ------
    OSError
        The kernel refused it.
    """
    machine = platform.machine()
    libc = ctypes.CDLL(None, use_errno=True)
    instructions = program(machine)
    filter_ = _Program(len(instructions) // 8, instructions)
    if libc.syscall(_SECCOMP[machine], _MODE_FILTER, _FLAG_TSYNC, ctypes.byref(filter_)) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")
