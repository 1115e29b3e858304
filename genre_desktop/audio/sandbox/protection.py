"""What a decoder process has given up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Protection:
    """What a decoder process has given up: version of Landlock (0: none), system calls that are not allowed."""

    landlock: int = 0
    seccomp: bool = False

    def __str__(self) -> str:
        parts = [f"Landlock ABI {self.landlock}"] if self.landlock else []
        parts += ["seccomp"] if self.seccomp else []
        return f"sandbox ({', '.join(parts)})" if parts else "separate process, no sandbox"
