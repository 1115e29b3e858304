"""Run one operation with one fault in a forked process, and the next start in another."""

from __future__ import annotations

import json
import os
import shutil
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genre_desktop.audio.sandbox import pool
from tools.faults import checks, orphans
from tools.faults.operation import Operation, close_parts
from tools.faults.shim import State

MOST_S = 300
"""Seconds after which an operation or a start counts as hung."""
_FULL = {"no-space", "disk-full"}
"""Codes of the problems that say that a disk is full."""

Say = Callable[[str, Any], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one run: what is wrong, what the user read, the number of calls and openings."""

    findings: tuple[str, ...]
    said: str
    calls: int
    opens: int


class Runner:
    """Runs of one operation below ``folder``, each in a copy of the same prepared home."""

    def __init__(self, operation: Operation, folder: Path, state: State) -> None:
        self.folder = folder
        self._operation, self._state = operation, state
        self._template, self._root = folder / "template", folder / "run"
        shutil.rmtree(folder, ignore_errors=True)
        # The paths in a registry are absolute, so it is prepared where it is used.
        code, said = _in_child(lambda say: operation.prepare(self._root))
        if code:
            raise RuntimeError(f"it cannot be prepared: {said}")
        self._root.rename(self._template)
        self._sounds = checks.sounds_of(self._template)
        self._warm_up()

    def run(self, fault: str = "", at: int = 0) -> Run:
        """Do the operation with a fault at its call number ``at``, then start again."""
        shutil.rmtree(self._root, ignore_errors=True)
        shutil.copytree(self._template, self._root, symlinks=True)
        self._state.arm(self._root, fault, at)
        code, said = _in_child(self._act)
        self._state.disarm()
        calls, opens = int(self._state.calls), int(self._state.opens)
        findings = [*_bad_end(fault, code), *orphans.found(), *_bad_words(fault, said)]
        reported = [(what, value) for what, value in said if what not in {"problem", "finding"}]
        code, said_then = _in_child(
            lambda say: say(
                "findings", checks.next_start(self._root, self._operation, reported, self._sounds)
            )
        )
        if code or not said_then:
            findings.append(f"the next start failed: {said_then or code}")
        findings += [text for what, texts in said_then if what == "findings" for text in texts]
        findings += orphans.found()
        words = " ".join(text for what, (_, text) in _problems(said))
        return Run(tuple(findings), words, calls, opens)

    def _warm_up(self) -> None:
        """Do it once in this process, so that no run waits for imports."""
        root = self.folder / "warm"
        self._operation.prepare(root)
        self._operation.act(root, _ignore)
        close_parts()
        checks.next_start(root, self._operation, [], {})
        pool.close()
        shutil.rmtree(root)

    def _act(self, say: Say) -> None:
        """Do it; after a problem try again without a fault, in the same process and with what it has open."""
        try:
            self._operation.act(self._root, say)
            close_parts()
        except Exception as error:
            say("problem", _described(error))
            self._state.disarm()
        else:
            return
        try:
            self._operation.act(self._root, say)
        except Exception as error:
            code, text = _described(error)
            if code != self._operation.repeated:
                say("finding", f"not again in the same process: {text}")
        close_parts()


def _ignore(what: str, value: Any) -> None:
    """Do nothing."""


def _described(error: Exception) -> tuple[str, str]:
    """Return the code and the text of a problem; that of the last line of a traceback where it is unexpected."""
    from genre_desktop.core.errors import problem_of

    problem = problem_of(error)
    if problem.code != "unexpected":
        return problem.code, str(problem)
    lines = traceback.format_exc().splitlines()
    where = [line.strip() for line in lines if "genre_desktop" in line]
    return problem.code, f"{problem.reason} ({where[-1] if where else '?'})"


def _bad_end(fault: str, code: int) -> list[str]:
    """Return what is wrong with how an operation ended: hung, crashed, or killed by something else."""
    if code >= 0 or (fault == "kill" and code == -signal.SIGKILL):
        return []
    return ["hung" if code == -signal.SIGALRM else f"ended by signal {-code}"]


def _bad_words(fault: str, said: list[tuple[str, Any]]) -> list[str]:
    """Return what is wrong with what the user reads: no text of its own, or a full disk that is not called so."""
    found = [str(text) for what, text in said if what == "finding"]
    for _, (code, text) in _problems(said):
        if code == "unexpected":
            found.append(f"no text of its own: {text}")
        elif fault == "full" and code not in _FULL:
            found.append(f"a full disk is called {code}: {text}")
    return found


def _problems(said: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [(what, value) for what, value in said if what == "problem"]


def _in_child(work: Callable[[Say], Any]) -> tuple[int, list[tuple[str, Any]]]:
    """Call ``work(say)`` in a fork; return its exit code, negative for a signal, and what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os._exit(_work(work, writing))
    os.close(writing)
    with os.fdopen(reading) as file:
        said = [tuple(json.loads(line)) for line in file]
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said


def _work(work: Callable[[Say], Any], writing: int) -> int:
    os.setpgid(0, 0)
    signal.alarm(MOST_S)

    def say(what: str, value: Any) -> None:
        os.write(writing, (json.dumps([what, value]) + "\n").encode())

    try:
        work(say)
    except BaseException:
        say("failed", traceback.format_exc())
        return 1
    return 0
