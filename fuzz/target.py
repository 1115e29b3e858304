"""A target: one door through which bytes come in, with seeds made at run time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

Seeds = Mapping[str, bytes]
"""Valid inputs by name; the suffix of the name is that of the file."""

Mutator = Callable[[bytes, "Choices"], bytes]
"""Changes one input; see :mod:`fuzz.mutation`."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a mutator draws from: random numbers, and other inputs to splice with."""

    random: Random
    others: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """One door of the program.

    Attributes
    ----------
    title:
        For the table of the docs.
    seeds:
        Returns the valid inputs; called once in a process.
    run:
        Reads the file with the program's own functions and returns a short signature of what it found. It raises
        ``AppError`` for what the program refuses with a sentence, :class:`.outcome.Broken` for a broken promise.
    mutators:
        Those of this kind of file, used beside the blind ones.
    expected:
        Further exceptions by which this door refuses, as its documentation says.
    instrumented:
        Modules whose Python code is observed by atheris; empty where the reader is compiled code.
    """

    name: str
    title: str
    seeds: Callable[[], Seeds]
    run: Callable[[Path], str]
    mutators: tuple[Mutator, ...] = ()
    expected: tuple[type[Exception], ...] = ()
    instrumented: tuple[str, ...] = ()
