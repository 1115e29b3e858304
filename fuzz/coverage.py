"""The process in which atheris drives a target by the branches that its Python code takes.

It is started by :mod:`fuzz.coverage_campaign`; libFuzzer ends the process itself.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

LARGEST = 200_000
"""Bytes of an input; larger seeds are left out."""


def main(
    name: str, modules: tuple[str, ...], connection: Connection, log: str, folder: str, seconds: int
) -> None:
    """Fuzz for so many seconds; inputs are written into ``folder``, then sent with their name and outcome."""
    import atheris

    from fuzz.child import redirect

    redirect(log)
    with atheris.instrument_imports(include=list(modules)):
        from fuzz.child import Runner
        from fuzz.mutation.blind import mutate
        from fuzz.target import Choices
        from fuzz.targets import find

        target = find(name)
        runner = Runner(target)
    seeds = dict(target.seeds())
    corpus, current = Path(folder) / "corpus", Path(folder) / "current"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds.values()):
        if len(data) <= LARGEST:
            (corpus / f"seed-{number}").write_bytes(data)
    others = [data for data in seeds.values() if len(data) <= LARGEST] or [b"\0"]

    def read(data: bytes) -> None:
        current.write_bytes(data)
        seed = name_for(data, seeds)
        connection.send((seed, data, runner.run(seed, data)))

    def change(data: bytes, longest: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() < 0.5:
            return bytes(atheris.Mutate(data, longest))
        return mutate(data or b"\0", Choices(random, others), target.mutators)[:longest]

    _start(atheris, read, change, corpus, seconds)


def _start(
    atheris: Any,
    read: Callable[[bytes], None],
    change: Callable[[bytes, int, int], bytes],
    corpus: Path,
    seconds: int,
) -> None:
    options = [
        sys.argv[0], f"-max_total_time={seconds}", f"-max_len={LARGEST}", "-rss_limit_mb=0", "-timeout=0",
        "-handle_segv=0", "-handle_abrt=0", "-handle_bus=0", "-handle_fpe=0", "-handle_ill=0", "-print_final_stats=1",
        str(corpus),
    ]  # fmt: skip
    atheris.Setup(options, read, custom_mutator=change)
    atheris.Fuzz()


def name_for(data: bytes, seeds: dict[str, bytes]) -> str:
    """Return the name of a seed that begins alike, whose suffix the file gets."""
    return next((name for name, seed in seeds.items() if seed[:4] == data[:4]), next(iter(seeds)))
