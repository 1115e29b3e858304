"""What all runs together have done, in a file below ``build``."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "fuzz"


@dataclass
class Sums:
    """The sums of one target.

    Attributes
    ----------
    edges:
        Branches of Python code that atheris saw taken, at most in one run; 0 where it was not used.
    signatures:
        Different outcomes, as seen from outside.
    findings:
        By key: how often, and the name of the saved input.
    """

    cpu_s: float = 0.0
    inputs: int = 0
    edges: int = 0
    signatures: set[str] = field(default_factory=set)
    findings: dict[str, Found] = field(default_factory=dict)


@dataclass
class Found:
    """A finding: how often it was seen since it was mended or first seen, and its saved input."""

    seen: int = 0
    file: str = ""


class State:
    """Reads and writes the sums of each target."""

    def __init__(self, folder: Path = BUILD) -> None:
        self.folder = folder

    def load(self, target: str) -> Sums:
        """Return the sums of a target; empty ones before its first run."""
        try:
            document = json.loads(self._path(target).read_text("utf-8"))
        except FileNotFoundError:
            return Sums()
        findings = {key: Found(**entry) for key, entry in document.pop("findings").items()}
        return Sums(**{**document, "signatures": set(document["signatures"]), "findings": findings})

    def save(self, target: str, sums: Sums) -> None:
        """Replace the sums of a target."""
        document = asdict(sums) | {"signatures": sorted(sums.signatures)}
        part = self._path(target).with_suffix(".part")
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(document, indent=1), "utf-8")
        part.replace(self._path(target))

    @property
    def identity(self) -> str:
        """A name that no other folder has, here or on another machine."""
        path = self.folder / "identity"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(uuid.uuid4().hex[:12], "utf-8")
        return path.read_text("utf-8")

    def all(self, targets: Iterable[str]) -> dict[str, Sums]:
        """Return the sums of each target."""
        return {target: self.load(target) for target in targets}

    def _path(self, target: str) -> Path:
        return self.folder / "state" / f"{target}.json"
