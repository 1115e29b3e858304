"""Lateness of a 10 ms timer of the window, and the part caused by the window itself.

A virtual machine loses processor time to its neighbours; Linux counts it per core ("steal" in
``man proc_stat``), and it delays every thread on that core. So lateness is reported twice: in total, and for the ticks between
which no core was delayed.
"""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import time
from array import array
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Row

TICK_S = 0.01
LATE_MS = 50.0


class TickRecorder:
    """Records ticks: call :meth:`tick` whenever the timer fires. 17 bytes each, so that memory hardly grows."""

    def __init__(self) -> None:
        self._late_ms, self._worked_ms, self._free = array("d"), array("d"), bytearray()
        self._stat = os.open("/proc/stat", os.O_RDONLY) if sys.platform == "linux" else None
        self._last, self._worked, self._held = time.perf_counter(), time.thread_time(), self._held_back()

    def tick(self) -> None:
        """Record the lateness, this thread's processor time since the last tick, and whether no core was delayed."""
        now, worked, held = time.perf_counter(), time.thread_time(), self._held_back()
        self._late_ms.append(max(0.0, (now - self._last - TICK_S) * 1000))
        self._worked_ms.append((worked - self._worked) * 1000)
        self._free.append(held == self._held)
        self._last, self._worked, self._held = now, worked, held

    def rows(self, when: str) -> list[Row]:
        """What was counted since the last call."""
        late, worked, free = np.array(self._late_ms), np.array(self._worked_ms), np.array(self._free, bool)
        free[:-1] &= free[1:]  # the kernel writes down what it lost up to a tick later
        for kept in (self._late_ms, self._worked_ms, self._free):
            del kept[:]
        return [
            Row(f"latest GUI tick{when}", late.max(), "ms", note=f"{_over(late)}; median {np.median(late):.2f} ms"),
            Row(f"latest GUI tick{when}, no core held back by the host", late[free].max(), "ms",
                target="≤ 50 ms", note=_over(late[free])),
            Row(f"longest work of the window between two ticks{when}, likewise", worked[free].max(), "ms",
                note="processor time of its thread"),
        ]  # fmt: skip

    def _held_back(self) -> tuple[bytes, ...]:
        """The steal counter of every core, in hundredths of a second, as text."""
        if self._stat is None:
            return ()
        lines = os.pread(self._stat, 256 * (os.cpu_count() or 1), 0).split(b"\n")[1:]
        return tuple(line.split()[8] for line in lines if line.startswith(b"cpu") and line.count(b" ") >= 8)


def _over(late: NDArray[np.float64]) -> str:
    return f"{np.sum(late > LATE_MS)} of {len(late)} over {LATE_MS:.0f} ms"


class WindowTicks(TickRecorder):
    """The ticks of a timer of this thread's event loop, from now on."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        super().__init__()
        self._timer = QTimer(interval=round(TICK_S * 1000))
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._timer.start()


@contextlib.contextmanager
def bare_loop(rows: list[Row]) -> Iterator[None]:
    """A process beside it all that only sleeps as long as a tick: what the computer makes late by itself."""
    command = [sys.executable, "-m", "benchmarks.timer_jitter"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as loop:
        yield
        output, _ = loop.communicate(b"\n")
    what = "for comparison: latest tick of a bare loop in a process beside it"
    late = np.frombuffer(output)
    rows.append(Row(what, late.max(), "ms", note=_over(late)))


def _loop_until_input() -> None:
    late, last = array("d"), time.perf_counter()
    while not select.select([sys.stdin], [], [], TICK_S)[0]:
        now = time.perf_counter()
        late.append((now - last - TICK_S) * 1000)
        last = now
    sys.stdout.buffer.write(late.tobytes())


if __name__ == "__main__":
    _loop_until_input()
