"""The filter, checked as the kernel reads it."""

from __future__ import annotations

import struct

import pytest

from genre_desktop.audio.sandbox import seccomp

ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ALLOW, KILL = 0x7FFF0000, 0x80000000


def run(machine: str, number: int, third: int = 0, arch: int | None = None) -> int:
    """Interpret the program for one system call."""
    data = struct.pack("=iIQ6Q", number, arch or ARCH[machine], 0, 0, 0, third, 0, 0, 0)
    code = list(struct.iter_unpack("=HBBI", seccomp.program(machine)))
    at, value = 0, 0
    while True:
        operation, yes, no, k = code[at]
        at += 1
        if operation == 0x06:
            return int(k)
        if operation == 0x20:
            (value,) = struct.unpack_from("=I", data, k)
        else:
            true = {0x15: value == k, 0x35: value >= k, 0x45: bool(value & k)}[operation]
            at += yes if true else no


@pytest.mark.parametrize(
    ("machine", "read", "mmap", "mprotect", "forbidden"),
    [
        # open, socket, clone, execve, openat, clone3, ptrace, io_uring_setup, kill
        ("x86_64", 0, 9, 10, (2, 41, 56, 59, 257, 435, 101, 425, 62, 0x40000000)),
        ("aarch64", 63, 222, 226, (56, 198, 220, 221, 437, 435, 117, 425, 129)),
    ],
)
def test_only_what_is_listed_is_allowed(
    machine: str, read: int, mmap: int, mprotect: int, forbidden: tuple[int, ...]
) -> None:
    assert run(machine, read) == ALLOW
    assert run(machine, read, arch=0x40000003) == KILL
    for number in (mmap, mprotect):
        assert run(machine, number, third=3) == ALLOW
        assert run(machine, number, third=7) == KILL
    assert {run(machine, number) for number in forbidden} == {KILL}
    allowed = [number for number in range(600) if run(machine, number) == ALLOW]
    assert len(allowed) < 40
