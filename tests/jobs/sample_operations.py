"""Operations that real worker processes run in the tests: obedient, stubborn, crashing."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import psutil

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.types import AnalyseRequest, Analysis, Answer
from genre_desktop.jobs.context import TaskContext


def nothing(context: TaskContext, payload: object) -> None:
    """A warm-up that has nothing to do."""


def echo(context: TaskContext, payload: object) -> object:
    return payload


def pid(context: TaskContext, payload: object) -> int:
    return os.getpid()


def loud(context: TaskContext, payload: str) -> str:
    """Prints where only the parent may print."""
    print(payload)
    os.write(1, payload.encode())
    return payload


def modules(context: TaskContext, payload: object) -> list[str]:
    return sorted(sys.modules)


def refuse(context: TaskContext, payload: str) -> None:
    raise AppError("refused", title="It was refused", reason=payload, hint="Ask nicely.")


def stumble(context: TaskContext, payload: str) -> None:
    raise ValueError(payload)


def unpicklable(context: TaskContext, payload: object) -> object:
    return lambda: None


def count(context: TaskContext, payload: int) -> int:
    for step in range(payload):
        context.progress(step / payload, f"step {step}")
        time.sleep(0.06)
    context.progress(1.0, "done")
    return payload


def until_cancelled(context: TaskContext, payload: str) -> None:
    """Works in small blocks until it is asked to stop; creates the file ``payload`` at the start."""
    Path(payload).touch()
    while True:
        context.check_cancelled()
        time.sleep(0.01)


def asks_for(context: TaskContext, payload: float) -> str:
    """Asks whether to stop, again and again, for ``payload`` seconds."""
    by = time.monotonic() + payload
    while time.monotonic() < by:
        context.check_cancelled()
        time.sleep(0.01)
    return "done"


def deaf(context: TaskContext, payload: str) -> None:
    """Never looks up; creates the file ``payload`` at the start, with its process id."""
    Path(payload).write_text(str(os.getpid()))
    time.sleep(3600)


def die(context: TaskContext, payload: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


def die_once(context: TaskContext, payload: str) -> str:
    """Dies where the file ``payload`` is absent, and creates it first."""
    if not Path(payload).exists():
        Path(payload).touch()
        die(context, None)
    return "alive"


def die_at_start(context: TaskContext, payload: object) -> None:
    os._exit(7)


def die_at_first_start(context: TaskContext, payload: object) -> None:
    marker = context.home.root / "started-once"
    if not marker.exists():
        marker.touch()
        os._exit(7)


def job_adds(context: TaskContext, params: dict[str, int]) -> dict[str, int]:
    context.progress(0.5, "half-way")
    context.log("adding")
    print("a native library says hello")
    return {"sum": params["a"] + params["b"]}


def job_waits_not(context: TaskContext, params: dict[str, int]) -> dict[str, int]:
    return job_adds(context, {"a": 0, "b": 0} | params)


def job_fails(context: TaskContext, params: dict[str, str]) -> dict[str, str]:
    raise AppError(
        "no-rows", title="Nothing to train on", reason="The library is empty.", hint="Import some music."
    )


def job_stumbles(context: TaskContext, params: dict[str, str]) -> dict[str, str]:
    context.log(params.get("text", "stumbling"))
    raise ValueError(params.get("text", "a bug"))


def job_dies(context: TaskContext, params: dict[str, str]) -> dict[str, str]:
    os._exit(9)


def job_writes_noise(context: TaskContext, params: dict[str, str]) -> dict[str, str]:
    """Writes to the pipe to its parent what a process with damaged memory might, and does not end."""
    import gc
    from multiprocessing.connection import Connection

    (parent,) = (each for each in gc.get_objects() if isinstance(each, Connection))
    parent.send_bytes(b"noise")
    time.sleep(3600)
    return {}


def job_waits(context: TaskContext, params: dict[str, str]) -> dict[str, str]:
    """Stops when asked to."""
    Path(params["marker"]).touch()
    while True:
        context.check_cancelled()
        time.sleep(0.01)


def job_with_children(context: TaskContext, params: dict[str, str]) -> dict[str, str]:
    """Starts a grandchild and never looks up; writes both process ids to ``marker``."""
    import subprocess

    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
    marker = Path(params["marker"])
    temporary = marker.with_suffix(".part")
    temporary.write_text(f"{os.getpid()} {grandchild.pid}")
    temporary.rename(marker)
    time.sleep(3600)
    return {}


def classify(context: TaskContext, payload: AnalyseRequest) -> Analysis:
    """Takes the file's text for its genre, and writes down that it was asked."""
    with (context.home.root / "calls").open("a", errors="surrogateescape") as calls:
        calls.write(f"{Path(payload.path).name}\n")
    time.sleep(0.005)
    text = Path(payload.path).read_text()
    if text == "die":
        die(context, None)
    if text == "wait":
        until_cancelled(context, str(context.home.root / "waiting"))
    if text == "broken":
        raise AppError("not-audio/made-up", title="Not sound", reason="It is text.", hint="Convert it.")
    return Analysis(Answer(path=payload.path, genre=text, confidence=0.5))


def echo_analysis(context: TaskContext, payload: AnalyseRequest) -> Analysis:
    return Analysis(Answer(path=payload.path, genre="x"))


def job_modesty(context: TaskContext, params: dict[str, str]) -> dict[str, Any]:
    me = psutil.Process()
    group = os.getpgid(0) if hasattr(os, "getpgid") else 0
    session = Path("/proc/self/autogroup")
    weight = session.read_text("ascii") if session.exists() else ""
    return {
        "nice": me.nice(),
        "session": weight,
        "threads": os.environ["OMP_NUM_THREADS"],
        "group": group,
        "pid": me.pid,
    }


def prepare(home: Home) -> None:
    """What a spare process does before its job."""
    (home.root / "prepared").write_text(str(os.getpid()))


def prepare_badly(home: Home) -> None:
    raise ValueError("a bug")
