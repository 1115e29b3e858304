"""Saves the input of a finding, as small as it stays one."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from fuzz.outcome import Outcome

Run = Callable[[str, bytes], Outcome]


def save(folder: Path, name: str, data: bytes, outcome: Outcome) -> str:
    """Write the input and a note of what it causes; return the name of the file."""
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(data).hexdigest()[:10]
    path = folder / f"{outcome.kind}-{digest}{Path(name).suffix}"
    path.write_bytes(data)
    path.with_name(f"{path.name}.txt").write_text(f"{outcome.key}\n\n{outcome.detail}\n", "utf-8")
    return path.name


def minimised(run: Run, name: str, data: bytes, outcome: Outcome, seconds: float = 20.0) -> bytes:
    """Return a shorter input with the same outcome: spans are left out, then cleared, while that lasts.

    Hangs are saved as they are, since each try would take as long.
    """
    if outcome.kind == "hang":
        return data
    by = time.monotonic() + seconds

    def same(tried: bytes) -> bool:
        return time.monotonic() < by and run(name, tried).key == outcome.key

    size = len(data) // 2
    while size >= 1 and time.monotonic() < by:
        at = 0
        while at < len(data) and time.monotonic() < by:
            tried = data[:at] + data[at + size :]
            if tried and same(tried):
                data = tried
            else:
                at += size
        size //= 2
    for start, end in _spans(len(data)):
        tried = data[:start] + bytes(end - start) + data[end:]
        if tried != data and same(tried):
            data = tried
    return data


def _spans(length: int) -> Iterator[tuple[int, int]]:
    size = max(1, length // 16)
    yield from ((start, min(length, start + size)) for start in range(0, length, size))
