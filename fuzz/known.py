"""Findings that are known: a fault of a library that ends a sealed process only, or one that is being mended."""

from __future__ import annotations

from collections.abc import Iterable

from fuzz.outcome import Outcome

KNOWN: dict[tuple[str, str], str] = {
    ("sound", "crash SIGSEGV in mixdown.py"): "more than eight planar channels end the process",
    (
        "sound",
        "exception IndexError in genre_desktop/audio/decoding/packets.py",
    ): "a packet of a stream that PyAV does not know",
    ("answers", "broken an unexpected problem: IndexError"): "a packet of a stream that PyAV does not know",
    ("answers", "crash SIGSEGV in mixdown.py"): "more than eight planar channels end the process",
    ("tags", "memory"): "mutagen reserves what a tag declares",
    ("tags", "exception"): "what mutagen raises for damage besides its own error",
    ("settings", "exception"): "damaged settings: deep JSON, impossible formats",
    ("snapshot", "exception"): "a damaged serving.json: deep JSON, values of other types",
    (
        "store",
        "exception IndexError in genre_desktop/core/store/database.py:_migrate",
    ): "a version below zero",
    (
        "window",
        "exception IndexError in genre_desktop/core/store/database.py:_migrate",
    ): "a version below zero",
    ("schedule", "exception"): "damage that the check before opening does not find",
}
"""Target and beginning of the key → why it is known."""


def reason(target: str, key: str) -> str:
    """Return why a finding is known; empty for a new one."""
    return next((why for (name, start), why in KNOWN.items() if name == target and key.startswith(start)), "")


def new(target: str, found: Iterable[Outcome]) -> list[Outcome]:
    """Return the findings that are not known."""
    return [outcome for outcome in found if not reason(target, outcome.key)]
