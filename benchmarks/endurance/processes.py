"""The processes of a window with their roles, and what each takes of the computer."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psutil

MARK = "GENRE_DESKTOP_ENDURANCE"
"""A variable of the environment that every process of a run inherits."""


def of_window(window: int, known: dict[int, str]) -> Iterator[tuple[psutil.Process, str]]:
    """Yield a window and everything it started; ``known`` are roles that the window wrote down."""
    try:
        top = psutil.Process(window)
        found = [top, *top.children(recursive=True)]
    except psutil.Error:
        return
    roles: dict[int, str] = {window: "window"}
    for process in found:
        try:
            roles[process.pid] = role = known.get(process.pid) or _role(process, window, roles)
        except psutil.Error:
            continue
        yield process, role


def _role(process: psutil.Process, window: int, roles: dict[int, str]) -> str:
    if process.pid == window:
        return "window"
    parent, command = process.ppid(), " ".join(process.cmdline())
    owner = roles.get(parent, "")
    if "resource_tracker" in command:
        return f"tracker of {owner}"
    if "--decoder-process" in command:
        return f"decoder of {owner}"
    if parent == window:
        return "device" if "spawn_main" in command else "other"
    return f"part of {owner}"


def sample(process: psutil.Process) -> dict[str, float] | None:
    """What a process takes: bytes, descriptors, threads, seconds of age; None if it is gone."""
    try:
        memory = process.memory_full_info()
        if not memory.pss:  # it has just ended
            return None
        return {
            "pid": process.pid,
            "age": time.time() - process.create_time(),
            "pss": memory.pss,
            "uss": memory.uss,
            "rss": memory.rss,
            "fds": process.num_fds(),
            "threads": process.num_threads(),
        }
    except psutil.Error:
        return None


def marked(value: str) -> list[psutil.Process]:
    """The processes of a run that are alive, whatever became of their parents."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == value and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found
