"""``python -m tools.power_loss``: replay recorded writes as a loss of power may have left them."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from genre_desktop import environment
from tools.power_loss import recorder
from tools.power_loss.recorder import Kind

STATES, OF_REGISTRY, OF_LONGEST = 300, 200, 800
"""States of an operation, of one with the registry, whose starts take longer, and of the one that writes most."""


def main(arguments: Sequence[str]) -> int:
    """Run what the arguments say; exit code 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tools.power_loss", description=__doc__)
    parser.add_argument("--operation", action="append", help="only this one; may be repeated")
    parser.add_argument("--states", type=int, help="of each operation, at most")
    parser.add_argument("--seed", type=int, default=0, help="other states")
    parser.add_argument(
        "--write-docs", action="store_true", help="keep the results and make the table of the documentation"
    )
    chosen = parser.parse_args(arguments)
    if not recorder.is_loaded():
        return recorder.run_preloaded("tools.power_loss", list(arguments))
    environment.set_up()
    return _run(chosen)


def _run(chosen: argparse.Namespace) -> int:
    from tools.power_loss import results
    from tools.power_loss.operations import OPERATIONS

    kept, bad = results.RESULTS.load(), 0
    for name in chosen.operation or OPERATIONS:
        found = kept[name] = _operation(name, chosen.states, chosen.seed)
        bad += found["bad"]
        print(f"{name}: {found}", flush=True)
        if chosen.write_docs:
            results.RESULTS.save(kept)
            results.RESULTS.write_docs(results.table(kept))
    return 1 if bad else 0


def _operation(name: str, count: int | None, seed: int) -> dict[str, Any]:
    from genre_desktop.ml.registry import connection
    from tools.faults.__main__ import _plain
    from tools.power_loss.operations import OPERATIONS
    from tools.power_loss.replay import Replay

    operation = OPERATIONS[name]
    if operation.registry:
        connection.load()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="faults-", dir=memory if memory.is_dir() else None) as folder:
        replay = Replay(operation, Path(folder) / "work")
        found: dict[str, Any] = {"states": 0, "bad": 0, "findings": {}}
        for state in replay.states(count or _count(name, operation.registry), seed):
            found["states"] += 1
            found["bad"] += bool(state.findings)
            for text in state.findings:
                found["findings"].setdefault(_plain(text), state.after)
    return found | {"records": sum(record.kind != Kind.MARK for record in replay.records)}


def _count(name: str, registry: bool) -> int:
    from tools.power_loss.operations import LONGEST

    return OF_LONGEST if name == LONGEST else OF_REGISTRY if registry else STATES


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
