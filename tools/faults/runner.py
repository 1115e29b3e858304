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

from tools.faults import checks
from tools.faults.operations import Operation
from tools.faults.shim import State

MOST_S = 60
"""Seconds after which an operation or a start counts as hung."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one run: findings, the error that had no text of its own, the number of calls and openings."""

    findings: tuple[str, ...]
    wordless: str
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

    def run(self, fault: str = "", at: int = 0) -> Run:
        """Do the operation with a fault at its call number ``at``, then start again."""
        shutil.rmtree(self._root, ignore_errors=True)
        shutil.copytree(self._template, self._root, symlinks=True)
        sounds = checks.sounds_of(self._root)
        self._state.arm(self._root, fault, at)
        code, said = _in_child(lambda say: self._operation.act(self._root, say))
        calls, opens = int(self._state.calls), int(self._state.opens)
        self._state.disarm()
        findings, wordless = _bad_end(fault, code), _wordless(said)
        reported = [(what, value) for what, value in said if what != "error"]
        code, said = _in_child(
            lambda say: say("findings", checks.next_start(self._root, self._operation, reported, sounds))
        )
        if code or not said:
            findings.append(f"the next start failed: {said or code}")
        findings += [text for what, texts in said if what == "findings" for text in texts]
        return Run(tuple(findings), wordless, calls, opens)


def _bad_end(fault: str, code: int) -> list[str]:
    """Return what is wrong with how an operation ended: hung, crashed, or killed by something else."""
    expected = (-signal.SIGKILL,) if fault == "kill" else ()
    return [f"ended by signal {-code}"] if code < 0 and code not in expected else []


def _wordless(said: list[tuple[str, Any]]) -> str:
    """Return the last line of an error that is shown as something that went wrong inside; empty without one."""
    errors = [text for what, text in said if what == "error" and text.startswith("Traceback")]
    return (
        next((line for line in reversed(errors[0].splitlines()) if "Error" in line), "error")
        if errors
        else ""
    )


def _in_child(work: Callable[[Callable[[str, Any], None]], Any]) -> tuple[int, list[tuple[str, Any]]]:
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


def _work(work: Callable[[Callable[[str, Any], None]], Any], writing: int) -> int:
    from genre_desktop.core.errors import problem_of

    os.setpgid(0, 0)
    signal.alarm(MOST_S)

    def say(what: str, value: Any) -> None:
        os.write(writing, (json.dumps([what, value]) + "\n").encode())

    try:
        work(say)
    except BaseException as error:
        problem = problem_of(error)
        say("error", traceback.format_exc() if problem.code == "unexpected" else str(problem))
        return 1
    return 0
