"""``evaluate``: measure a model on a folder with one sub-folder per genre."""

from __future__ import annotations

import argparse
import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import add_reading
from genre_desktop.core.errors import AppError
from genre_desktop.core.tag_rules import tag_name

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.core.types import Answer
    from genre_desktop.ml.evaluation.metrics import Scores

NAME = "evaluate"
HELP = "Evaluate a model on labelled music: one folder per genre."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``evaluate``."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="contains one folder for each genre")
    add_reading(parser)


@dataclass
class _Labelled:
    """Answers with the labels of their folders, and the skipped files."""

    labels: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)

    def add(self, path: Path, root: Path, answer: Answer) -> None:
        """Record the answer of a file below a genre's folder, or that it is skipped."""
        from genre_desktop.core.labels import label_of

        try:
            label = label_of(path, root)
        except AppError as error:
            self.skip(str(path), formatting.sentence(error.problem))
            return
        if label:
            self.labels.append(label)
            self.answers.append(answer)
        else:
            self.skip(str(path), "It is not in the folder of a genre.")

    def skip(self, path: str, reason: str) -> None:
        """Record a skipped file."""
        self.skipped.append({"path": path, "reason": reason})


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Measure the model; exit code 1 if any file was skipped."""
    labelled = _read(terminal, arguments)
    if not labelled.answers:
        raise _nothing_to_evaluate(arguments.folder, labelled)
    scores = _score(labelled)
    model = labelled.answers[0].model
    document: dict[str, Any] = scores.to_dict() | {
        "model": model.to_dict() if model else None,
        "skipped": labelled.skipped,
    }
    terminal.data(document)
    _show(terminal, scores, labelled)
    return 1 if labelled.skipped else 0


def _read(terminal: Terminal, arguments: argparse.Namespace) -> _Labelled:
    from genre_desktop.commands import analysis

    mode = analysis.mode_of(terminal, arguments.mode)
    request = analysis.batch_request([str(arguments.folder)], True, arguments.model, mode)
    labelled = _Labelled()
    with contextlib.closing(analysis.measure(terminal, request, workers=arguments.workers)) as rows:
        for done in rows:
            answer = done.analysis.answer
            if answer.error is not None:
                labelled.skip(done.path, formatting.sentence(answer.error))
            elif not answer.has_genre:
                labelled.skip(done.path, f"It was classified as {answer.kind}, which has no genre.")
            else:
                labelled.add(Path(done.path), arguments.folder, answer)
    return labelled


def _score(labelled: _Labelled) -> Scores:
    import numpy as np

    from genre_desktop.core.labels import same_label
    from genre_desktop.ml.evaluation import metrics

    classes = [score.genre for score in labelled.answers[0].probabilities]
    rows = [{s.genre: s.probability for s in answer.probabilities} for answer in labelled.answers]
    proba = np.array([[row.get(genre, 0.0) for genre in classes] for row in rows])
    return metrics.score([same_label(label, classes) for label in labelled.labels], proba, classes)


def _show(terminal: Terminal, scores: Scores, labelled: _Labelled) -> None:
    model = labelled.answers[0].model
    model_text = f" with {model.name} version {model.version}" if model else ""
    terminal.print(f"{formatting.count(scores.n, 'clip')}{model_text}")
    for name, value in (
        ("accuracy", scores.accuracy),
        ("G-Mean", scores.gmean),
        ("top-3 accuracy", scores.top3),
    ):
        terminal.print(f"  {name:<20} {value:.3f}")
    terminal.print()
    rows = [("genre", "clips", "recall", "precision", "most often confused with")]
    rows += [
        (tag_name(genre), str(s.n), f"{s.recall:.2f}", f"{s.precision:.2f}", _confused_with(scores, genre))
        for genre, s in scores.per_genre.items()
        if s.n
    ]
    for line in formatting.table(rows, right=(1, 2, 3)):
        terminal.print(line)
    for skipped in labelled.skipped:
        terminal.notify(f"Skipped {skipped['path']}: {skipped['reason']}")


def _confused_with(scores: Scores, genre: str) -> str:
    row = scores.confusion[scores.labels.index(genre)].tolist()
    wrong = [(n, label) for n, label in zip(row, scores.labels, strict=True) if n and label != genre]
    return ", ".join(f"{tag_name(label)} ({n})" for n, label in sorted(wrong, key=lambda w: -w[0])[:2])


def _nothing_to_evaluate(folder: Path, labelled: _Labelled) -> AppError:
    if not labelled.skipped:
        return AppError("nothing-to-evaluate", folder=str(folder))
    first, files = labelled.skipped[0], formatting.count(len(labelled.skipped), "file")
    return AppError("nothing-to-evaluate/skipped", files=files, path=first["path"], reason=first["reason"])
