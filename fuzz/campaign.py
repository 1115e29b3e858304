"""Fuzzes one target for some time: chooses inputs, changes them, and keeps those that took another way."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from fuzz import findings
from fuzz.executor import Executor
from fuzz.mutation.blind import mutate
from fuzz.outcome import Outcome
from fuzz.state import Found, State, Sums
from fuzz.target import Choices, Target

_SEED_SHARE = 0.6
"""Share of inputs that are made of a seed rather than of an input that took a new way."""
_KEPT = 400
_SAVE_EVERY_S = 20.0


@dataclass(frozen=True, slots=True)
class Piece:
    """An input and the name of the seed that it comes from."""

    name: str
    data: bytes


class Campaign:
    """Fuzzing of one target.

    Parameters
    ----------
    say:
        Receives a line for each new finding.
    minimise_s:
        Seconds for making the input of a new finding smaller.
    """

    def __init__(
        self,
        target: Target,
        state: State,
        random: Random,
        say: Callable[[str], object],
        minimise_s: float = 20.0,
    ) -> None:
        self._target, self._state, self._random, self._say = target, state, random, say
        self._minimise_s = minimise_s
        self.sums: Sums = state.load(target.name)
        self._folder = state.folder / "corpus" / target.name
        self._found = state.folder / "findings" / target.name
        self._seeds = [Piece(name, data) for name, data in target.seeds().items()]
        self._kept = self._load_kept()
        self._cpu = time.thread_time()

    def run(self, seconds: float) -> list[Outcome]:
        """Read the seeds, and fuzz for so many seconds; return this run's findings."""
        found: list[Outcome] = []
        with Executor(self._target.name, self._state.folder / "running") as executor:
            self._recheck(executor)
            for seed in self._seeds:
                self._judge(executor, seed, found)
            saved = time.monotonic()
            end = saved + seconds
            while time.monotonic() < end:
                self._judge(executor, self._next(), found)
                if time.monotonic() - saved > _SAVE_EVERY_S:
                    self.save(executor)
                    saved = time.monotonic()
            self.save(executor)
        return found

    def judged(self, executor: Executor, piece: Piece, outcome: Outcome) -> bool:
        """Add an outcome to the sums; a new finding is made smaller and saved. Return whether it is a finding."""
        self.sums.inputs += 1
        if outcome.is_finding:
            self._note(executor, piece, outcome)
        elif outcome.key not in self.sums.signatures:
            self._keep(piece)
        self.sums.signatures.add(outcome.key)
        return outcome.is_finding

    def save(self, executor: Executor) -> None:
        """Save the sums, with the processor time of ``executor`` and of this thread, which makes the inputs."""
        cpu = executor.cpu_s + time.thread_time()
        self.sums.cpu_s += cpu - self._cpu
        self._cpu = cpu
        self._state.save(self._target.name, self.sums)

    def _recheck(self, executor: Executor) -> None:
        """Read the saved inputs again, and forget the findings that were mended."""
        for key, entry in list(self.sums.findings.items()):
            path = self._found / entry.file
            if not path.is_file() or not executor.run(path.name, path.read_bytes()).is_finding:
                del self.sums.findings[key]
                path.unlink(missing_ok=True)
                path.with_name(f"{path.name}.txt").unlink(missing_ok=True)

    def _judge(self, executor: Executor, piece: Piece, found: list[Outcome]) -> None:
        outcome = executor.run(piece.name, piece.data)
        if self.judged(executor, piece, outcome):
            found.append(outcome)

    def _next(self) -> Piece:
        pool = self._seeds if not self._kept or self._random.random() < _SEED_SHARE else self._kept
        piece = self._random.choice(pool)
        others = [other.data for other in self._random.sample(self._seeds, min(3, len(self._seeds)))]
        return Piece(piece.name, mutate(piece.data, Choices(self._random, others), self._target.mutators))

    def _note(self, executor: Executor, piece: Piece, outcome: Outcome) -> None:
        entry = self.sums.findings.setdefault(outcome.key, Found())
        entry.seen += 1
        if entry.file:
            return
        data = piece.data
        if self._minimise_s > 0:
            data = findings.minimised(executor.run, piece.name, data, outcome, self._minimise_s)
        entry.file = findings.save(self._found, piece.name, data, outcome)
        self._say(f"{self._target.name}: {outcome.key} ({entry.file})")
        self.save(executor)

    def _keep(self, piece: Piece) -> None:
        if len(self._kept) >= _KEPT:
            self._kept.pop(self._random.randrange(len(self._kept)))
        self._kept.append(piece)
        self._folder.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(piece.data).hexdigest()[:12]
        (self._folder / f"{digest}{Path(piece.name).suffix}").write_bytes(piece.data)

    def _load_kept(self) -> list[Piece]:
        files = sorted(self._folder.glob("*")) if self._folder.is_dir() else []
        chosen = self._random.sample(files, min(_KEPT, len(files)))
        return [Piece(path.name, path.read_bytes()) for path in chosen]
