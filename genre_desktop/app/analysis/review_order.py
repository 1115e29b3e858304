"""The order in which doubtful answers are reviewed, and where to listen. No Qt objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.core.types import Answer

EXTRACT_S = 10.0


def teaching_order(rows: Iterable[ResultRow]) -> list[ResultRow]:
    """Sort rows so that the corrections that would teach a model most come first.

    Answers with the smallest margin between the first and the second genre are the most uncertain (margin
    sampling, Scheffer, Decomain and Wrobel 2001). So that the first ones are not all alike, the pairs of
    first and second genre take turns.
    """
    groups: defaultdict[tuple[str, str], list[tuple[float, int, ResultRow]]] = defaultdict(list)
    for row in rows:
        brief = row.brief
        scores = brief.top if brief is not None else ()
        margin = scores[0].probability - scores[1].probability if len(scores) > 1 else 1.0
        groups[(row.genre, row.runner_up)].append((margin, row.key, row))
    turns = ((turn, *item) for group in groups.values() for turn, item in enumerate(sorted(group)))
    return [row for _, _, _, row in sorted(turns)]


def extract_start(answer: Answer) -> float:
    """Return the second at which the ten seconds begin that speak most clearly for the answer's genre."""
    sections = [each for each in answer.segments if each.genre == answer.genre]
    if not sections:
        return max(0.0, (answer.duration_s - EXTRACT_S) / 2)
    best = max(sections, key=lambda each: each.probability)
    return best.start_s + max(0.0, (best.end_s - best.start_s - EXTRACT_S) / 2)
