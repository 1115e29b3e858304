"""Kills of the processes of a window by SIGKILL: workers, decoders, jobs and the sound device.

The oldest worker is spared, so that one of them is seen to grow old; its decoder is not.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable

import psutil

from benchmarks.endurance import processes
from benchmarks.endurance.actions import Stage


def kill_worker(stage: Stage) -> bool:
    host = stage.program.host
    pids = [] if host is None else [worker.pid for worker in host.status().workers]
    return _kill(stage, "worker", pids[1:])  # in the order of their start


def kill_decoder(stage: Stage) -> bool:
    return _kill(stage, "decoder", _of_role(stage, "decoder of worker"))


def kill_device(stage: Stage) -> bool:
    return _kill(stage, "device", _of_role(stage, "device"))


def kill_job(stage: Stage) -> bool:
    jobs = stage.jobs()
    if not jobs:
        return False
    pid = stage.rng.choice(list(jobs))
    return _kill(stage, jobs[pid], [pid])


def _of_role(stage: Stage, role: str) -> list[int]:
    found = processes.of_window(os.getpid(), {int(pid): known for pid, known in stage.roles().items()})
    return [process.pid for process, its in found if its == role]


def _kill(stage: Stage, role: str, pids: list[int]) -> bool:
    if not pids:
        return False
    pid = stage.rng.choice(pids)
    with contextlib.suppress(psutil.Error):
        age = time.time() - psutil.Process(pid).create_time()
        stage.note(f"killed {role}", pid=pid, age=age)
        os.kill(pid, signal.SIGKILL)
    return False  # noted already


ALL: dict[Callable[[Stage], object], float] = {
    kill_worker: 100,
    kill_decoder: 150,
    kill_device: 400,
    kill_job: 300,
}
