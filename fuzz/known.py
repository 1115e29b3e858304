"""Findings that are known: a fault of a library that ends a sealed process only, or one that is being mended."""

from __future__ import annotations

from collections.abc import Iterable

from fuzz.outcome import Outcome

KNOWN: dict[tuple[str, str], str] = {}
"""Target and beginning of the key → why it is known."""


def reason(target: str, key: str) -> str:
    """Return why a finding is known; empty for a new one."""
    return next((why for (name, start), why in KNOWN.items() if name == target and key.startswith(start)), "")


def new(target: str, found: Iterable[Outcome]) -> list[Outcome]:
    """Return the findings that are not known."""
    return [outcome for outcome in found if not reason(target, outcome.key)]
