"""Clips of a team beside those of this desktop: each recording once, and groups joined across desktops."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from genre_desktop.core.store.library import Clip
from genre_desktop.ml.arrays import Labels
from genre_desktop.ml.data.dataset import TEAM, TrainingRows
from genre_desktop.ml.data.pseudonyms import Pseudonyms


@dataclass(frozen=True, eq=False)
class TeamTable:
    """Clips that others contributed, under pseudonyms; those of one contributor follow each other.

    Without clips it only names this desktop's recordings as the team does, so that a model that was
    trained on contributions is not evaluated on clips it has learned from.
    """

    pseudonyms: Pseudonyms
    clips: Sequence[Clip] = ()


class TeamJoin:
    """Joins a team's clips with local ones, which are reported one by one.

    A user's own clip wins over a contributed one, and that over the reference. Where contributors differ,
    the label of most of them counts, and among equals the first.
    """

    def __init__(self, table: TeamTable) -> None:
        self._names = table.pseudonyms
        self._groups = _Groups()
        found: defaultdict[str, list[Clip]] = defaultdict(list)
        for clip in table.clips:
            found[clip.content_hash].append(clip)
        self._waiting = {name: self._one_of(clips) for name, clips in found.items()}

    def own(self, clip: Clip) -> Clip:
        """Report a clip of the user's; return it."""
        self._take(clip)
        return clip

    def reference(self, clip: Clip) -> Clip:
        """Return a clip of the reference, with the team's label if it has one."""
        found = self._take(clip)
        return clip if found is None else replace(clip, label=found.label, source=TEAM)

    def others(self) -> Iterator[Clip]:
        """Yield the clips that no local one was equal to."""
        for clip in self._waiting.values():
            self._groups.add(clip.group)
            yield clip

    def regroup(self, rows: TrainingRows) -> TrainingRows:
        """Return the rows with joined groups, and with pseudonyms as names where there is no published track."""
        names = _mapped(rows.clips, self._names.recording)
        return replace(
            rows,
            groups=_mapped(rows.groups, self._groups.name_of),
            names=np.where(rows.names == "", names, rows.names),
        )

    def _one_of(self, clips: list[Clip]) -> Clip:
        votes = Counter(clip.label for clip in clips)
        for clip in clips[1:]:
            self._groups.join(clips[0].group, clip.group)
        best = max(clips, key=lambda clip: votes[clip.label])
        return replace(best, source=TEAM)

    def _take(self, clip: Clip) -> Clip | None:
        self._groups.join(clip.group, self._names.group(clip.group))
        found = self._waiting.pop(self._names.recording(clip.content_hash), None)
        if found is not None:
            self._groups.join(clip.group, found.group)
        return found


class _Groups:
    """Groups that are joined where they share a recording or a name (union-find)."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def add(self, group: str) -> None:
        self._parents.setdefault(group, group)

    def join(self, one: str, other: str) -> None:
        a, b = self.name_of(one), self.name_of(other)
        first, second = sorted((a, b), key=_precedence)
        self._parents[second] = first

    def name_of(self, group: str) -> str:
        """Return the name of a group's set: an artist's if it has one, else the first in the alphabet."""
        self.add(group)
        while (parent := self._parents[group]) != group:
            self._parents[group] = self._parents[parent]
            group = parent
        return group


def _precedence(group: str) -> tuple[int, str]:
    kinds = ("artist:", "album:", "folder:", "file:")
    kind = next((place for place, prefix in enumerate(kinds) if group.startswith(prefix)), len(kinds))
    return kind, group


def _mapped(values: Labels, change: Callable[[str], str]) -> Labels:
    known, index = np.unique(values, return_inverse=True)
    changed = np.array([change(value) for value in known.tolist()], dtype=str)
    return np.asarray(changed[index.reshape(-1)]) if len(values) else values
