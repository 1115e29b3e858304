"""``python -m tools.faults``: make every file call of the operations fail, and write down what came of it."""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tools.faults import results
from tools.faults.operations import OPERATIONS
from tools.faults.shim import FAULTS
from tools.faults.workers import Workers, started


def main(arguments: Sequence[str]) -> int:
    """Run what the arguments say; exit code 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tools.faults", description=__doc__)
    parser.add_argument("--operation", action="append", choices=OPERATIONS, help="only this; may be repeated")
    parser.add_argument("--fault", action="append", choices=FAULTS, help="only this one; may be repeated")
    parser.add_argument(
        "--sample", type=float, metavar="SECONDS", help="for each operation and fault, as many points as fit"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes side by side")
    parser.add_argument(
        "--write-docs", action="store_true", help="keep the results and make the table of the documentation"
    )
    chosen = parser.parse_args(arguments)
    kept, bad = results.RESULTS.load(), 0
    with started(chosen.workers) as workers:
        for name in chosen.operation or OPERATIONS:
            for fault, found in _operation(workers, name, chosen.fault or FAULTS, chosen):
                kept.setdefault(name, {})[fault] = found
                bad += found["bad"]
                print(f"{name}, {fault}: {found}", flush=True)
                if chosen.write_docs:
                    results.RESULTS.save(kept)
                    results.RESULTS.write_docs(results.table(kept))
    return 1 if bad else 0


def _operation(
    workers: Workers, name: str, faults: Sequence[str], chosen: argparse.Namespace
) -> Iterator[tuple[str, dict[str, Any]]]:
    plain = workers.run(name)
    if plain["findings"] or plain["said"]:
        raise RuntimeError(f"{name} fails without a fault: {plain}")
    for fault in faults:
        points = plain["opens" if fault == "descriptors" else "calls"]
        yield fault, _points(workers, name, fault, points, chosen)


def _points(
    workers: Workers, name: str, fault: str, points: int, chosen: argparse.Namespace
) -> dict[str, Any]:
    """Try every point, or in a spread order as many as fit into the time."""
    by = time.monotonic() + (chosen.sample or 1e9)

    def run(at: int) -> tuple[int, dict[str, Any]] | None:
        return (at, workers.run(name, fault, at)) if time.monotonic() < by else None

    with ThreadPoolExecutor(chosen.workers) as threads:
        runs = [found for found in threads.map(run, _spread(points)) if found]
    findings: dict[str, int] = {}
    for at, found in runs:
        for text in found["findings"]:
            findings.setdefault(_plain(text), at)
    bad = sum(bool(found["findings"]) for _, found in runs)
    return {"points": points, "tried": len(runs), "bad": bad, "findings": findings}


def _plain(text: str) -> str:
    """Return a finding without the folder and the random names of one run."""
    text = re.sub(r"\S*/faults-\w+/work", "", text)
    return re.sub(r"(\.json\.|\.genre-desktop-|\.probe\.)\w{8}", r"\1…", text)[-400:]


def _spread(points: int) -> list[int]:
    """Return 1 to ``points`` so that any beginning is spread evenly: by the golden ratio."""
    return sorted(range(1, points + 1), key=lambda n: n * 0.6180339887498949 % 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
