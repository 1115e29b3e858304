"""Process settings that must precede the import of heavy libraries. Standard library only."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
from pathlib import Path

_DEFAULTS = {
    # MLflow's telemetry is on by default; this app makes no network requests.
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "1",
    # MLflow must refuse pickled models, as our own loader does.
    "MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    "GIT_PYTHON_REFRESH": "quiet",
    # With spinning OpenMP threads a tiny XGBoost fit took seconds in a frozen app.
    "OMP_WAIT_POLICY": "passive",
}
_ARENA_MAX, _MMAP_THRESHOLD = -8, -3
"""Parameters of ``mallopt(3)``."""

_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


def is_stray_mlflow_child(argv: list[str]) -> bool:
    """Return whether MLflow started this executable, in place of Python, to inspect a model."""
    return any(argument.endswith("_capture_modules.py") for argument in argv)


def variables(numba_cache: Path | None = None, threads: int = 1) -> dict[str, str]:
    """Return the environment variables of :func:`set_up`, for a process that is started with them."""
    cache = {} if numba_cache is None else {"NUMBA_CACHE_DIR": str(numba_cache)}
    return {**_DEFAULTS, **dict.fromkeys(_THREAD_VARIABLES, str(threads)), **cache}


def set_up(numba_cache: Path | None = None, threads: int = 1) -> None:
    """Prepare the process: no telemetry, capped threads, compiled-code cache, crash traces.

    Parameters
    ----------
    numba_cache:
        Folder of compiled numba functions; filling an empty one takes tens of seconds.
    threads:
        Threads per numerical library; parallelism comes from processes.
    """
    for name, value in variables(numba_cache, threads).items():
        os.environ.setdefault(name, value)
    if sys.stderr is not None and not faulthandler.is_enabled():
        with contextlib.suppress(OSError, ValueError, AttributeError):  # windowed: no real stderr
            faulthandler.enable()


def keep_memory_small() -> None:
    """Have glibc return the memory of large arrays to the system, also where other threads received them.

    It keeps a heap for each of up to eight threads per core, and in each of them what the largest array took. In the
    window, which reads spectrograms in a new thread for each worker process, that made 100 MB within a quarter of an hour.
    """
    if sys.platform != "linux":
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):  # another C library
        library = ctypes.CDLL(None)
        library.mallopt(_ARENA_MAX, 2)
        library.mallopt(_MMAP_THRESHOLD, 512 * 1024)
