"""The texts of every problem that the program reports, in one catalogue.

A key is the stable code of the problem, or ``code/variant`` where one code has several texts.
"""

from __future__ import annotations

from genre_desktop.core.problems import (
    audio,
    cluster,
    contributions,
    files,
    jobs,
    library,
    models,
    program,
    shared_registry,
)
from genre_desktop.core.problems.text import ProblemText

CATALOGUE: dict[str, ProblemText] = {
    **audio.TEXTS, **cluster.TEXTS, **contributions.TEXTS, **files.TEXTS, **jobs.TEXTS, **library.TEXTS, **models.TEXTS,
    **program.TEXTS, **shared_registry.TEXTS,
}  # fmt: skip
"""Key to texts."""
