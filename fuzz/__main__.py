"""``python -m fuzz --minutes 5``: fuzz every target for its share of the time; ends with 1 after new findings."""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from fuzz import coverage_campaign, known
from fuzz.campaign import Campaign
from fuzz.state import BUILD, State
from fuzz.targets import NAMES, find

_TURN_S = 60.0
"""Longest time at one target, before the next one has its turn."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    options = _parser().parse_args(arguments)
    if options.write_docs:
        from fuzz import report

        report.write(State(options.folder))
        return 0
    names = options.target or list(NAMES)
    with ThreadPoolExecutor(options.jobs) as pool:
        parts = [names[start :: options.jobs] for start in range(options.jobs)]
        found = sum(pool.map(lambda part: fuzz(part, options.minutes * 60, options), filter(None, parts)))
    print(f"{found} inputs were findings that are not in fuzz/known.py.")
    return 1 if found else 0


def fuzz(names: list[str], seconds: float, options: argparse.Namespace) -> int:
    """Fuzz these targets in turn; return how many inputs were findings that are not known.

    Where atheris sees the code of a target, it has every other turn.
    """
    end, found = time.monotonic() + seconds, 0
    turn = min(_TURN_S, seconds / len(names))
    for by_coverage in itertools.cycle((False, True)):
        for name in names:
            left = end - time.monotonic()
            if left <= 0:
                return found
            found += _turn(name, min(turn, left), by_coverage, options)
    return found


def _turn(name: str, seconds: float, by_coverage: bool, options: argparse.Namespace) -> int:
    state, target = State(options.folder), find(name)
    random = Random(options.seed if options.seed is not None else time.time_ns())
    campaign = Campaign(target, state, random, lambda line: print(line, flush=True))
    if by_coverage and coverage_campaign.available(target):
        return len(known.new(name, coverage_campaign.run(campaign, target, state, seconds)))
    return len(known.new(name, campaign.run(seconds)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="for all targets together")
    parser.add_argument(
        "--target", action="append", choices=list(NAMES), help="only this one; may be repeated"
    )
    parser.add_argument("--jobs", type=int, default=1, help="targets side by side")
    parser.add_argument("--seed", type=int, help="of the random numbers, to repeat a run")
    parser.add_argument("--folder", type=Path, default=BUILD, help="for the sums, findings and corpus")
    parser.add_argument("--write-docs", action="store_true", help="write the sums into docs/reliability.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
