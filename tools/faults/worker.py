"""``python -m tools.faults.worker``: run what comes in as lines of JSON, with the library preloaded."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from genre_desktop import environment
from tools.faults import orphans, shim

_MEMORY = Path("/dev/shm")


def main() -> None:
    """Answer each line ``[operation, fault, at]`` with the fields of a :class:`.runner.Run`."""
    environment.set_up()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what operations print is no answer
    orphans.adopt()
    with tempfile.TemporaryDirectory(
        prefix="faults-", dir=_MEMORY if _MEMORY.is_dir() else None, ignore_cleanup_errors=True
    ) as folder:
        _answer(Path(folder), answers)


def _answer(folder: Path, answers: TextIO) -> None:
    from tools.faults import registry_operations, song_operations
    from tools.faults.operations import OPERATIONS
    from tools.faults.runner import Runner

    state, current, runner = shim.opened(), "", None
    song_operations.measure_once()
    for line in sys.stdin:
        name, fault, at = json.loads(line)
        if name in registry_operations.OPERATIONS:
            registry_operations.import_all(folder / "models")
        if name != current or runner is None:
            current, runner = name, Runner(OPERATIONS[name], folder / "work", state)
        print(json.dumps(asdict(runner.run(fault, at))), file=answers, flush=True)


if __name__ == "__main__":
    main()
