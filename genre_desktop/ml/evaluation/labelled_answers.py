"""Answers for a folder with one subfolder per genre, and the metrics of the model that gave them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.audio.sandbox.client import probe
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.labels import group_key, label_of, same_label
from genre_desktop.core.messages import N_, Message, message_plural
from genre_desktop.core.types import Answer, Kind
from genre_desktop.ml.arrays import Labels
from genre_desktop.ml.evaluation import confidence_intervals, metrics
from genre_desktop.ml.evaluation.confidence_intervals import Interval
from genre_desktop.ml.evaluation.metrics import Scores

_NO_GENRE: dict[Kind, str] = {
    "music": N_("It has no genre."),
    "speech": N_("It was classified as speech, which has no genre."),
    "noise": N_("It was classified as noise, which has no genre."),
    "silence": N_("It was classified as silence, which has no genre."),
}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The metrics of a model, with 95 % confidence intervals of ``accuracy``, ``gmean`` and ``top3``."""

    scores: Scores
    intervals: dict[str, Interval]


@dataclass
class LabelledAnswers:
    """Answers with the labels and groups of their files below ``root``, and the skipped files with the reasons."""

    root: Path
    labels: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)

    def add(self, path: str, answer: Answer) -> None:
        """Record the answer for a file in a genre's folder, or that the file is skipped."""
        if answer.error is not None:
            self.skip(path, answer.error.message)
        elif not answer.has_genre:
            self.skip(path, Message(_NO_GENRE[answer.kind]))
        else:
            self._add_labelled(Path(path), answer)

    def skip(self, path: str, reason: Message) -> None:
        """Record a skipped file."""
        self.skipped.append({"path": path, "reason": reason})

    def evaluate(self) -> Evaluation:
        """Compute the metrics.

        Raises
        ------
        AppError
            ``nothing-to-evaluate`` when no file has both a label and a genre.
        """
        if not self.answers:
            raise self._nothing()
        classes = [score.genre for score in self.answers[0].probabilities]
        rows = [{s.genre: s.probability for s in answer.probabilities} for answer in self.answers]
        proba = np.array([[row.get(genre, 0.0) for genre in classes] for row in rows])
        y = np.array([same_label(label, classes) for label in self.labels], dtype=str)
        groups = independent(np.array(self.groups, dtype=str))
        return Evaluation(
            metrics.score(y, proba, classes),
            confidence_intervals.bootstrap(y, proba, classes, groups=groups),
        )

    def to_dict(self, found: Evaluation) -> dict[str, Any]:
        """Return the JSON of the ``evaluate`` command."""
        model = self.answers[0].model
        return found.scores.to_dict() | {
            "intervals": {name: interval.to_dict() for name, interval in found.intervals.items()},
            "model": model.to_dict() if model else None,
            "skipped": self.skipped,
        }

    def _add_labelled(self, path: Path, answer: Answer) -> None:
        try:
            label = label_of(path, self.root)
        except AppError as error:
            self.skip(str(path), error.problem.message)
            return
        if not label:
            self.skip(str(path), Problem("no-genre-folder").message)
            return
        self.labels.append(label)
        self.groups.append(group_of(path, self.root))
        self.answers.append(answer)

    def _nothing(self) -> AppError:
        if not self.skipped:
            return AppError("nothing-to-evaluate", folder=str(self.root))
        first, files = self.skipped[0], message_plural(len(self.skipped), "{n} file", "{n} files")
        return AppError(
            "nothing-to-evaluate/skipped", files=files, path=first["path"], reason=first["reason"]
        )


def group_of(path: Path, root: Path) -> str:
    """Return the artist of a file in a genre's folder below ``root``, or its substitute (:func:`.group_key`)."""
    folder = root / path.relative_to(root).parts[0]
    try:
        tags = probe(path)
    except AppError:  # it was readable a moment ago
        return group_key(path, folder, None, None)
    return group_key(path, folder, tags.artist, tags.album)


def independent(groups: Labels) -> Labels | None:
    """Return the groups to resample; None, for single clips, where all clips are of one group."""
    return groups if len(np.unique(groups)) > 1 else None
