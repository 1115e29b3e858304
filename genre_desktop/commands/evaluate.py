"""``evaluate``: measure a model on a folder with one sub-folder per genre."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import add_reading
from genre_desktop.core.tag_rules import tag_name

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.ml.evaluation.labelled_answers import Evaluation, LabelledAnswers
    from genre_desktop.ml.evaluation.metrics import Scores

NAME = "evaluate"
HELP = "Evaluate a model on labelled music: one folder per genre."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``evaluate``."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="contains one folder for each genre")
    add_reading(parser)


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Measure the model; exit code 1 if any file was skipped."""
    labelled = _read(terminal, arguments)
    found = labelled.evaluate()
    terminal.data(labelled.to_dict(found))
    _show(terminal, found, labelled)
    return 1 if labelled.skipped else 0


def _read(terminal: Terminal, arguments: argparse.Namespace) -> LabelledAnswers:
    from genre_desktop.commands import analysis
    from genre_desktop.ml.evaluation.labelled_answers import LabelledAnswers

    mode = analysis.mode_of(terminal, arguments.mode)
    request = analysis.batch_request([str(arguments.folder)], True, arguments.model, mode)
    labelled = LabelledAnswers(arguments.folder)
    with contextlib.closing(analysis.measure(terminal, request, workers=arguments.workers)) as rows:
        for done in rows:
            labelled.add(done.path, done.analysis.answer)
    return labelled


def _show(terminal: Terminal, found: Evaluation, labelled: LabelledAnswers) -> None:
    scores, intervals = found.scores, found.intervals
    model = labelled.answers[0].model
    model_text = f" with {model.name} version {model.version}" if model else ""
    terminal.print(f"{formatting.count(scores.n, 'clip')}{model_text}, with 95 % confidence intervals")
    for name, key in (("accuracy", "accuracy"), ("G-Mean", "gmean"), ("top-3 accuracy", "top3")):
        terminal.print(f"  {name:<20} {intervals[key]}")
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
