"""``python -m tools.faults``: make every file call of the operations fail, and write down what came of it."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from genre_desktop import environment
from tools.faults import results, shim
from tools.faults.shim import FAULTS


def main(arguments: Sequence[str]) -> int:
    """Run what the arguments say; exit code 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tools.faults", description=__doc__)
    parser.add_argument("--operation", action="append", help="only this one; may be repeated")
    parser.add_argument("--fault", action="append", choices=FAULTS, help="only this one; may be repeated")
    parser.add_argument(
        "--sample", type=float, metavar="SECONDS", help="for each operation and fault, as many points as fit"
    )
    parser.add_argument(
        "--write-docs", action="store_true", help="keep the results and make the table of the documentation"
    )
    chosen = parser.parse_args(arguments)
    if not shim.is_loaded():
        return shim.run_preloaded("tools.faults", list(arguments))
    environment.set_up()
    return _run(chosen)


def _run(chosen: argparse.Namespace) -> int:
    from tools.faults.operations import OPERATIONS

    kept, bad = results.load(), 0
    for name in chosen.operation or OPERATIONS:
        for fault, found in _operation(name, chosen.fault or FAULTS, chosen.sample):
            kept.setdefault(name, {})[fault] = found
            bad += found["bad"]
            print(f"{name}, {fault}: {found}", flush=True)
            if chosen.write_docs:
                results.save(kept)
                results.write_docs(kept)
    return 1 if bad else 0


def _operation(name: str, faults: Sequence[str], sample_s: float | None) -> Any:
    from tools.faults.operations import OPERATIONS
    from tools.faults.runner import Runner

    operation = OPERATIONS[name]
    if operation.registry:
        _import_registry()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="faults-", dir=memory if memory.is_dir() else None) as folder:
        runner = Runner(operation, Path(folder) / "work", shim.opened())
        plain = runner.run()
        if plain.findings:
            raise RuntimeError(f"{name} fails without a fault: {plain.findings}")
        for fault in faults:
            points = plain.opens if fault == "descriptors" else plain.calls
            yield fault, _points(runner, fault, points, sample_s)


def _points(runner: Any, fault: str, points: int, sample_s: float | None) -> dict[str, Any]:
    """Try every point, or in a spread order as many as fit into the time."""
    by = time.monotonic() + (sample_s or 1e9)
    tried = bad = wordless = 0
    findings: dict[str, int] = {}
    for at in _spread(points):
        if time.monotonic() > by:
            break
        run = runner.run(fault, at)
        tried, bad, wordless = tried + 1, bad + bool(run.findings), wordless + bool(run.wordless)
        for text in filter(None, (*run.findings, run.wordless)):
            findings.setdefault(_plain(text, runner.folder), at)
    return {"points": points, "tried": tried, "bad": bad, "wordless": wordless, "findings": findings}


def _plain(text: str, folder: Path) -> str:
    """Return a finding without the folder and the random names of one run."""
    return re.sub(r"(\.json\.|\.genre-desktop-)\w{8}", r"\1…", text.replace(str(folder), ""))[-300:]


def _spread(points: int) -> list[int]:
    """Return 1 to ``points`` so that any beginning is spread evenly: by the golden ratio."""
    return sorted(range(1, points + 1), key=lambda n: n * 0.6180339887498949 % 1)


def _import_registry() -> None:
    """Import MLflow once, so that no run waits for it."""
    from genre_desktop.ml.registry import connection, maintenance  # noqa: F401

    connection._import_quietly()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
