"""Fuzzes one target with atheris, which keeps the inputs that take a new branch of its Python code."""

from __future__ import annotations

import importlib.util
import multiprocessing
import re
import signal
import time
from pathlib import Path

from fuzz import coverage
from fuzz.campaign import Campaign, Piece
from fuzz.executor import Executor, last_words, place_in
from fuzz.outcome import HANG_S, Outcome
from fuzz.state import State
from fuzz.target import Target

_START_S = 120.0
_EDGES = re.compile(r"cov: (\d+)")


def available(target: Target) -> bool:
    """Return whether atheris is installed and sees code of this target."""
    return bool(target.instrumented) and importlib.util.find_spec("atheris") is not None


def run(campaign: Campaign, target: Target, state: State, seconds: float) -> list[Outcome]:
    """Fuzz for so many seconds; return this run's findings. Sums and findings are those of the campaign."""
    end, found = time.monotonic() + seconds, list[Outcome]()
    with Executor(target.name, state.folder / "running") as executor:
        while (left := end - time.monotonic()) > 1:
            found += _session(campaign, executor, target, state, left)
    return found


def _session(
    campaign: Campaign, executor: Executor, target: Target, state: State, seconds: float
) -> list[Outcome]:
    """Run one process until its time is over, or an input ended it."""
    folder = state.folder / "atheris" / target.name
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "log"
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(
        target=coverage.main,
        args=(target.name, target.instrumented, sender, str(log), str(folder), max(1, int(seconds))),
    )
    process.start()
    sender.close()
    found, cpu, patience = list[Outcome](), 0.0, _START_S
    try:
        while receiver.poll(patience):
            name, data, outcome = receiver.recv()
            cpu, patience = outcome.cpu_s, HANG_S
            if campaign.judged(executor, Piece(name, data), outcome):
                found.append(outcome)
        lost = Outcome("hang", f"in {target.name}", f"after {HANG_S:.0f} s")
    except (EOFError, OSError):
        process.join(10)
        code = process.exitcode or 0
        words = log.read_text("utf-8", "replace") if log.exists() else ""
        cause = signal.Signals(-code).name if code < 0 else f"exit {code}"
        lost = (
            Outcome("crash", f"{cause} in {place_in(words)}", last_words(words))
            if code < 0
            else Outcome("read", "")
        )
    process.kill()
    process.join()
    receiver.close()
    if lost.is_finding and (folder / "current").exists():
        data = (folder / "current").read_bytes()
        name = coverage.name_for(data, dict(target.seeds()))
        campaign.judged(executor, Piece(name, data), lost)
        found.append(lost)
    campaign.sums.cpu_s += cpu
    campaign.sums.edges = max(campaign.sums.edges, _edges(log))
    campaign.save(executor)
    return found


def _edges(log: Path) -> int:
    text = log.read_text("utf-8", "replace") if log.exists() else ""
    return max(map(int, _EDGES.findall(text)), default=0)
