"""What became of one input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MEMORY_MB = 600
"""Largest resident memory of a process that reads an input."""

HANG_S = 30.0
"""Seconds without an end after which an input counts as a hang."""

Kind = Literal["read", "refused", "exception", "broken", "memory", "crash", "hang"]
"""``read`` and ``refused`` are as they should be, every other kind is a finding: an exception that is no
:class:`~genre_desktop.core.errors.AppError`, a broken promise, too much memory, the end of the process, no end."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one input.

    Attributes
    ----------
    signature:
        What was read (codec, kinds of warnings …), the key of the problem, or where a finding comes from. Equal
        for inputs that took the same way, as far as can be seen from outside.
    detail:
        For findings: the end of the traceback, or what the process wrote last.
    cpu_s:
        Processor seconds of the process since it began to read inputs.
    """

    kind: Kind
    signature: str
    detail: str = ""
    cpu_s: float = 0.0

    @property
    def is_finding(self) -> bool:
        """True for what must not happen."""
        return self.kind not in ("read", "refused")

    @property
    def key(self) -> str:
        """Kind and signature."""
        return f"{self.kind} {self.signature}"


class Broken(Exception):  # noqa: N818  # raised by targets
    """A promise of the program does not hold, although nothing raised."""
